//! What a run needs before it can read anything: whose account it is, and which regions.

mod support;

use std::fs;
use std::process::Command;

use support::{Fault, Faults, Moto, Proxy, RuleDir, Run};

const WHO_AM_I: &str = "sts:GetCallerIdentity";
const REGIONS: &str = "ec2:DescribeRegions";

fn audit(dir: &RuleDir, proxy: &Proxy) -> Command {
    let mut command = dir.launchgate("audit");
    command.envs(proxy.env()).env("AWS_MAX_ATTEMPTS", "1");
    command
}

/// The run ended with a usage error that says all of this, and left nothing behind.
#[track_caller]
fn expect_refusal(run: Run, said: &[&str]) {
    let run = run.expect_code(2);
    assert_eq!(run.stdout, "");
    for words in said {
        assert!(run.stderr.contains(words), "no {words:?} in {}", run.stderr);
    }
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    let files = fs::read_dir(run.dir().join("reports")).map_or(0, Iterator::count);
    assert_eq!(files, 0, "an audit that did not happen wrote reports");
}

#[test]
fn without_an_identity_nothing_is_read() {
    let moto = Moto::start();
    let dir = RuleDir::of(["rds-backup-retention"]);
    let cases = [
        (Fault::AccessDenied, "AccessDenied"),
        (Fault::error(403, "ExpiredToken"), "ExpiredToken"),
        (
            Fault::error(403, "InvalidClientTokenId"),
            "InvalidClientTokenId",
        ),
        (Fault::AlwaysStatus(503), "Http503"),
        (Fault::Garbage, "InvalidResponse"),
    ];
    for (fault, code) in cases {
        let proxy = Proxy::start(moto.url(), Faults::none().on(WHO_AM_I, fault));
        let run = support::run(&mut audit(&dir, &proxy));
        expect_refusal(
            run,
            &["the account cannot be reached", WHO_AM_I, code, "help: "],
        );
        let sent: Vec<String> = proxy.calls().iter().map(support::Call::name).collect();
        assert_eq!(sent, [WHO_AM_I]);
    }
}

#[test]
fn an_expired_session_is_told_to_log_in_again() {
    let moto = Moto::start();
    let fault = Fault::error(403, "ExpiredToken");
    let proxy = Proxy::start(moto.url(), Faults::none().on(WHO_AM_I, fault));
    let dir = RuleDir::of(["rds-backup-retention"]);
    let run = support::run(&mut audit(&dir, &proxy));
    expect_refusal(run, &["the session has expired: log in again"]);
}

#[test]
fn without_any_server_the_network_is_named() {
    let moto = Moto::start();
    let gone = {
        let proxy = Proxy::start(moto.url(), Faults::none());
        proxy.env()
    };
    let dir = RuleDir::of(["rds-backup-retention"]);
    let mut command = dir.launchgate("audit");
    let run = support::run(command.envs(gone).env("AWS_MAX_ATTEMPTS", "1"));
    expect_refusal(run, &["ConnectionFailed", "AWS_ENDPOINT_URL"]);
}

#[test]
fn without_the_list_of_regions_all_regions_cannot_be_read() {
    let moto = Moto::start();
    let proxy = Proxy::start(moto.url(), Faults::none().on(REGIONS, Fault::AccessDenied));
    let dir = RuleDir::of(["rds-backup-retention"]);
    let run = support::run(audit(&dir, &proxy).arg("--all-regions"));
    expect_refusal(
        run,
        &[
            REGIONS,
            "UnauthorizedOperation",
            "allow ec2:DescribeRegions",
        ],
    );
    assert_eq!(proxy.calls_of("rds:DescribeDBInstances"), []);
}

#[test]
fn a_throttled_order_of_the_credential_report_is_repeated() {
    let moto = Moto::start();
    let order = "iam:GenerateCredentialReport";
    let proxy = Proxy::start(
        moto.url(),
        Faults::none().on(order, Fault::ThrottledTimes(2)),
    );
    let dir = RuleDir::of(["iam-root-unused"]);
    let mut command = audit(&dir, &proxy);
    command.args(["--report", "json=-"]);
    let run = support::run(command.env("AWS_MAX_ATTEMPTS", "4"));

    assert_eq!(proxy.calls_of(order).len(), 3);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("a JSON report");
    // moto's report has no row for the root user: it was read, and this is what it lacks.
    let unknown = &report["findings"][0]["unknown"];
    assert_eq!(unknown["operation"], "iam:GetCredentialReport");
    assert_eq!(unknown["code"], "MissingField");
}
