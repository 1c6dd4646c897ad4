//! Which services a role last used: a job of AWS's that takes its time, fails, and answers in pages.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use support::{Call, Fault, Faults, Proxy, Reply, RuleDir};

const ORDER: &str = "iam:GenerateServiceLastAccessedDetails";
const GET: &str = "iam:GetServiceLastAccessedDetails";
const NOW: &str = "2026-06-01T12:00:00Z";

/// No server stands behind the proxy: all that is asked is answered here.
const NOWHERE: &str = "http://127.0.0.1:9";

fn iam(operation: &str, members: &str) -> Reply {
    Reply::Body(format!(
        "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <{operation}Result>{members}</{operation}Result></{operation}Response>"
    ))
}

/// An account with a role that is two years old, and `job` for what its job says.
fn account(job: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Faults {
    Faults::none().script(move |call| match call.name().as_str() {
        "sts:GetCallerIdentity" => Some(Reply::Body(
            "<GetCallerIdentityResponse><GetCallerIdentityResult>\
             <Arn>arn:aws:iam::123456789012:user/auditor</Arn><UserId>AIDA</UserId>\
             <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                .to_owned(),
        )),
        "iam:GetAccountAuthorizationDetails" => Some(iam(
            "GetAccountAuthorizationDetails",
            "<IsTruncated>false</IsTruncated><RoleDetailList><member><Path>/</Path>\
             <RoleName>api</RoleName><RoleId>AROA</RoleId>\
             <Arn>arn:aws:iam::123456789012:role/api</Arn>\
             <CreateDate>2024-06-01T12:00:00Z</CreateDate></member></RoleDetailList>",
        )),
        ORDER => Some(iam(
            "GenerateServiceLastAccessedDetails",
            "<JobId>job-1</JobId>",
        )),
        GET => Some(job(call)),
        _ => None,
    })
}

fn job(status: &str, members: &str) -> Reply {
    let members = format!(
        "<JobStatus>{status}</JobStatus><JobType>SERVICE_LEVEL</JobType>\
         <JobCreationDate>2026-06-01T12:00:00Z</JobCreationDate>{members}"
    );
    iam("GetServiceLastAccessedDetails", &members)
}

fn completed(services: &str, next: Option<&str>) -> Reply {
    let truncated = next.is_some();
    let marker = next.map_or_else(String::new, |next| format!("<Marker>{next}</Marker>"));
    job(
        "COMPLETED",
        &format!(
            "<JobCompletionDate>2026-06-01T12:00:02Z</JobCompletionDate>\
             <IsTruncated>{truncated}</IsTruncated>{marker}\
             <ServicesLastAccessed>{services}</ServicesLastAccessed>"
        ),
    )
}

fn service(namespace: &str, used: Option<&str>) -> String {
    let used = used.map_or_else(String::new, |used| {
        format!("<LastAuthenticated>{used}</LastAuthenticated>")
    });
    format!(
        "<member><ServiceName>Amazon {namespace}</ServiceName>\
         <ServiceNamespace>{namespace}</ServiceNamespace>{used}</member>"
    )
}

/// The one finding of the rule over the account's one role.
#[track_caller]
fn finding(proxy: &Proxy) -> Value {
    let rules = RuleDir::of(["iam-role-services-unused"]);
    let mut command = rules.launchgate("audit");
    command.args(["--report", "json=-", "--now", NOW]);
    command.env("AWS_MAX_ATTEMPTS", "1");
    let run = support::run(command.envs(proxy.env()));
    let mut report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array_mut().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings[0].take()
}

#[test]
fn a_job_is_waited_for_and_read_to_its_last_page() {
    let asked = AtomicUsize::new(0);
    let proxy = Proxy::start(
        NOWHERE,
        account(move |call| match call.form("Marker").as_deref() {
            None if asked.fetch_add(1, Ordering::SeqCst) < 2 => {
                job("IN_PROGRESS", "<ServicesLastAccessed/>")
            }
            None => completed(&service("s3", Some("2026-05-31T08:00:00Z")), Some("two")),
            Some("two") => completed(&service("ec2", Some("2025-12-31T08:00:00Z")), Some("three")),
            Some(_) => completed(&service("sqs", None), None),
        }),
    );
    let finding = finding(&proxy);
    assert_eq!(finding["status"], "fail");
    assert_eq!(
        finding["message"],
        "used 1 of the 3 services that it is granted in the last 90 days, and not ec2, sqs"
    );
    assert_eq!(proxy.calls_of(ORDER).len(), 1);
    assert_eq!(proxy.calls_of(GET).len(), 5);
    let order = &proxy.calls_of(ORDER)[0];
    let asked = (order.form("Arn"), order.form("Granularity"));
    let role = "arn:aws:iam::123456789012:role/api".to_owned();
    assert_eq!(asked, (Some(role), Some("SERVICE_LEVEL".to_owned())));
}

#[test]
fn a_role_that_uses_all_that_it_is_granted_passes() {
    let proxy = Proxy::start(
        NOWHERE,
        account(|_| completed(&service("s3", Some("2026-05-31T08:00:00Z")), None)),
    );
    assert_eq!(finding(&proxy)["status"], "pass");
}

#[test]
fn a_job_that_failed_says_why_in_the_words_of_aws() {
    let error = "<Error><Message>Try again later.</Message><Code>ServiceNotReady</Code></Error>";
    let proxy = Proxy::start(NOWHERE, account(move |_| job("FAILED", error)));
    let finding = finding(&proxy);
    assert_eq!(finding["status"], "unknown");
    let unknown = &finding["unknown"];
    assert_eq!(unknown["operation"], GET);
    assert_eq!(unknown["code"], "ServiceNotReady");
    assert_eq!(unknown["message"], "Try again later.");
}

#[test]
fn answers_that_make_no_sense_are_unknown() {
    let answers = [
        job("POSTPONED", ""),
        job("FAILED", ""),
        // More is promised, and nothing says where.
        job(
            "COMPLETED",
            "<IsTruncated>true</IsTruncated><ServicesLastAccessed/>",
        ),
    ];
    for answer in answers {
        let proxy = Proxy::start(NOWHERE, account(move |_| answer.clone()));
        let finding = finding(&proxy);
        assert_eq!(finding["status"], "unknown", "{finding}");
        assert_eq!(finding["unknown"]["operation"], GET);
    }
}

#[test]
fn a_role_that_is_gone_by_then_is_unknown() {
    let faults = account(|_| job("FAILED", "")).on(ORDER, Fault::error(404, "NoSuchEntity"));
    let finding = finding(&Proxy::start(NOWHERE, faults));
    assert_eq!(finding["status"], "unknown");
    assert_eq!(finding["unknown"]["operation"], ORDER);
}
