//! What goes over the wire: what the plan says, read-only calls alone, each of them counted.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde_json::Value;
use support::{Call, Fault, Faults, Proxy, RuleDir};

fn sent(proxy: &Proxy) -> BTreeSet<String> {
    proxy.calls().iter().map(Call::name).collect()
}

fn counted(proxy: &Proxy) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for call in proxy.calls() {
        *counts.entry(call.name()).or_default() += 1;
    }
    counts
}

/// The calls that a report or a snapshot says were made.
fn told(document: &str) -> BTreeMap<String, u64> {
    let document: Value = serde_json::from_str(document).expect("JSON");
    serde_json::from_value(document["calls"].clone()).expect("counts by operation")
}

fn planned(choice: &[&str]) -> BTreeSet<String> {
    let plan = support::plan(choice).into_iter();
    plan.map(|call| call.operation).collect()
}

/// IAM has these reports written before it lets them be read.
const REPORTS: [&str; 2] = [
    "iam:GenerateCredentialReport",
    "iam:GenerateServiceLastAccessedDetails",
];

/// `Get`, `List` and `Describe` read.
fn is_read(operation: &str) -> bool {
    let name = operation.split(':').next_back().unwrap_or_default();
    REPORTS.contains(&operation)
        || ["Get", "List", "Describe"]
            .iter()
            .any(|verb| name.starts_with(verb))
}

#[test]
fn one_rule_sends_its_one_call_and_asks_whose_account_it_is() {
    let moto = support::seeded();
    let proxy = Proxy::start(moto.url(), Faults::none());
    let mut command = support::launchgate();
    command.args(["audit", "--rule", "rds-backup-retention"]);
    support::run(command.envs(proxy.env())).expect_code(1);
    let mut calls: Vec<String> = proxy.calls().iter().map(Call::name).collect();
    calls.sort();
    assert_eq!(calls, ["rds:DescribeDBInstances", "sts:GetCallerIdentity"]);
}

#[test]
fn all_rules_send_what_is_planned_and_every_call_reads_and_is_counted() {
    let moto = support::seeded();
    // Throttled calls are sent again, and count again.
    let faults = Faults::none().completing_moto().on(
        "iam:GetAccountAuthorizationDetails",
        Fault::ThrottledTimes(1),
    );
    let proxy = Proxy::start(moto.url(), faults);
    let mut command = support::launchgate();
    command.args(["audit", "--report", "json=findings.json"]);
    command.args(support::typed_rules());
    let run = support::run(command.envs(proxy.env())).expect_code(1);

    let mut expected = planned(&support::typed_rules());
    // Ordered only where there is none, and there is one.
    expected.remove("iam:GenerateCredentialReport");
    assert_eq!(sent(&proxy), expected);
    let writes: Vec<&String> = expected.iter().filter(|call| !is_read(call)).collect();
    assert!(writes.is_empty(), "not read-only: {writes:?}");
    assert_eq!(told(&run.file("findings.json")), counted(&proxy));
    assert_eq!(
        proxy.calls_of("iam:GetAccountAuthorizationDetails").len(),
        2
    );
}

#[test]
fn a_plan_names_the_rules_that_read_a_call_and_no_others() {
    let rules = support::rules_of_service("ec2").into_iter();
    let settings = rules.filter(|rule| rule.starts_with("ec2-settings-"));
    let rules: Vec<String> = settings
        .chain(support::rules_of_service("budgets"))
        .collect();
    let choice = rules.iter().flat_map(|rule| ["--rule", rule]);
    let plan = support::plan(&Vec::from_iter(choice));
    for rule in &rules {
        let alone = RuleDir::of([rule.as_str()]);
        let mut command = alone.launchgate("plan");
        let run = support::run(command.args(["--format", "json"])).expect_code(0);
        let calls: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let calls = calls.as_array().into_iter().flatten();
        let needed: BTreeSet<&str> = calls
            .filter_map(|call| call["operation"].as_str())
            .collect();
        for call in plan
            .iter()
            .filter(|call| call.operation != "sts:GetCallerIdentity")
        {
            let named = call.rules.contains(rule);
            let operation = call.operation.as_str();
            assert_eq!(named, needed.contains(operation), "{rule} and {operation}");
        }
    }
}

#[test]
fn a_services_rules_send_nothing_that_only_others_read() {
    let moto = support::seeded();
    let typed = support::typed_rules();
    let all = planned(&typed);
    let services = all.iter().filter_map(|call| call.split(':').next());
    let services: BTreeSet<&str> = services.filter(|service| *service != "sts").collect();
    assert!(services.len() >= 5, "{services:?}");
    for service in services {
        let proxy = Proxy::start(moto.url(), Faults::none().completing_moto());
        let mut command = support::launchgate();
        command.args(["collect", "--output", "snapshot.json", "--service", service]);
        command.args(&typed);
        let run = support::run(command.envs(proxy.env())).expect_code(0);

        let mut expected = planned(&[&["--service", service][..], &typed].concat());
        expected.remove("iam:GenerateCredentialReport");
        assert_eq!(sent(&proxy), expected, "--service {service}");
        assert_eq!(told(&run.file("snapshot.json")), counted(&proxy));
    }
    let other = |call: &String| !call.starts_with("kms:") && call != "sts:GetCallerIdentity";
    assert!(!planned(&["--service", "kms"]).iter().any(other));
}

#[test]
fn a_snapshot_is_audited_without_a_call_and_like_the_live_account() {
    let moto = support::seeded();
    let proxy = Proxy::start(moto.url(), Faults::none().completing_moto());
    let dir = tempfile::tempdir().expect("a directory for the snapshot");
    let snapshot = dir.path().join("snapshot.json");
    let mut collect = support::launchgate();
    collect.arg("collect").arg("--output").arg(&snapshot);
    collect.args(support::typed_rules());
    support::run(collect.envs(proxy.env())).expect_code(0);
    let collected = fs::read_to_string(&snapshot).expect("a snapshot");
    let collected: Value = serde_json::from_str(&collected).expect("JSON");
    let now = collected["taken"].as_str().expect("a time");

    let live = report(&mut audit(&proxy, now));
    proxy.forget_calls();
    let stored = report(audit(&proxy, now).arg("--snapshot").arg(&snapshot));
    assert_eq!(proxy.calls(), []);
    let list = |report: &Value| report["findings"].as_array().cloned().unwrap_or_default();
    for (live, stored) in list(&live).iter().zip(&list(&stored)) {
        assert_eq!(live, stored);
    }
    assert_eq!(live, stored);
}

fn audit(proxy: &Proxy, now: &str) -> Command {
    let mut command = support::launchgate();
    command.args(["audit", "--report", "json=-", "--now", now]);
    command.args(support::typed_rules());
    command.envs(proxy.env());
    command
}

#[track_caller]
fn report(command: &mut Command) -> Value {
    let run = support::run(command).expect_code(1);
    let mut report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    support::without_clocks(&mut report);
    report
}

#[test]
fn each_region_is_asked_for_what_is_regional_and_one_for_what_is_global() {
    let moto = support::seeded();
    let proxy = Proxy::start(moto.url(), Faults::none().completing_moto());
    let dir = RuleDir::of([
        "ec2-open-rdp",
        "rds-backup-retention",
        "iam-root-access-keys",
    ]);
    let mut command = dir.launchgate("audit");
    command.args(["--region", "eu-west-1", "--region", "us-east-1"]);
    command.args(["--report", "json=-"]).envs(proxy.env());
    let run = support::run(&mut command).expect_code(1);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");

    assert_eq!(
        report["regions"],
        serde_json::json!(["eu-west-1", "us-east-1"])
    );
    for regional in ["ec2:DescribeSecurityGroups", "rds:DescribeDBInstances"] {
        let calls = proxy.calls_of(regional).into_iter();
        let regions: BTreeSet<String> = calls.map(|call| call.region).collect();
        let both = ["eu-west-1", "us-east-1"].map(str::to_owned);
        assert_eq!(regions, BTreeSet::from(both), "{regional}");
    }
    for global in ["iam:GetAccountSummary", "sts:GetCallerIdentity"] {
        assert_eq!(proxy.calls_of(global).len(), 1, "{global}");
    }
    assert_eq!(told(&run.stdout), counted(&proxy));
    let place = |id: &str| {
        let mut all = report["findings"].as_array().into_iter().flatten();
        let found = all.find(|finding| finding["resource"]["id"] == id);
        found.map(|finding| finding["resource"]["region"].clone())
    };
    assert_eq!(place("reports-eu"), Some("eu-west-1".into()));
    assert_eq!(place("legacy"), Some("us-east-1".into()));
}

#[test]
fn a_region_that_refuses_takes_nothing_from_the_others() {
    let moto = support::seeded();
    let faults = Faults::none().on("*@eu-west-1", Fault::AccessDenied);
    let proxy = Proxy::start(moto.url(), faults);
    let dir = RuleDir::of(["rds-backup-retention"]);
    let mut command = dir.launchgate("audit");
    // The first region named is the one that is asked whose account it is.
    command.args(["--region", "us-east-1", "--region", "eu-west-1"]);
    let run = support::run(command.args(["--report", "json=-"]).envs(proxy.env()));
    let report: Value = serde_json::from_str(&run.expect_code(1).stdout).expect("JSON");

    let findings = report["findings"].as_array().expect("findings");
    let (abroad, home): (Vec<&Value>, Vec<&Value>) = findings
        .iter()
        .partition(|finding| finding["resource"]["region"] == "eu-west-1");
    assert_eq!(abroad.len(), 1);
    assert_eq!(abroad[0]["status"], "unknown");
    assert_eq!(abroad[0]["unknown"]["region"], "eu-west-1");
    assert!(home.len() >= 3 && home.iter().all(|finding| finding["status"] != "unknown"));
}
