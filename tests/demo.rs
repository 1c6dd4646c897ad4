//! `audit --demo`: the start-up that comes with the binary, and the samples of what is said of it.

mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};
use support::{Run, launchgate, run};

/// When the demo's account was read; with it as the present, nothing in a report is of today.
const TAKEN: &str = "2026-01-19T09:00:00Z";
const REPORTS: [&str; 3] = ["junit.xml", "report.md", "findings.json"];
/// The one thing that the demo's role may not read.
const HOLE: (&str, &str) = (
    "ec2-settings-snapshot-public-block",
    "ec2:GetSnapshotBlockPublicAccessState",
);
/// Set to write the samples instead of comparing them.
const UPDATE: &str = "LAUNCHGATE_UPDATE_SAMPLES";

fn audit() -> Run {
    run(launchgate().args(["audit", "--demo", "--now", TAKEN])).expect_code(1)
}

fn written(run: &Run, name: &str) -> String {
    run.file(&format!("reports/{name}"))
}

fn findings(run: &Run) -> Vec<Value> {
    let document: Value = serde_json::from_str(&written(run, "findings.json")).expect("JSON");
    assert_eq!(document["schema"], "launchgate.findings/1");
    let findings = document["findings"].as_array();
    findings.expect("a list of findings").clone()
}

fn is(finding: &Value, rule: &str, status: &str) -> bool {
    finding["rule"] == rule && finding["status"] == status
}

#[test]
fn the_demo_needs_nothing_but_the_binary() {
    let run = run(launchgate().args(["audit", "--demo"])).expect_code(1);
    for name in REPORTS {
        assert!(!written(&run, name).is_empty(), "{name}");
    }
    let document: Value = serde_json::from_str(&written(&run, "findings.json")).expect("JSON");
    // Ages do not grow with the years that the binary is old.
    assert_eq!(document["now"], TAKEN);
    assert!(
        run.stdout
            .contains("account 111122223333, region us-east-1"),
        "{}",
        run.stdout
    );
}

#[test]
fn two_runs_are_the_same_to_the_byte() {
    let (one, other) = (audit(), audit());
    assert_eq!(one.stdout, other.stdout);
    for name in REPORTS {
        assert!(written(&one, name) == written(&other, name), "{name}");
    }
}

#[test]
fn one_hole_and_no_other_is_unknown() {
    let run = audit();
    let all = findings(&run);
    let unknown: Vec<&Value> = all.iter().filter(|f| f["status"] == "unknown").collect();
    let told: Vec<_> = unknown
        .iter()
        .map(|f| (&f["rule"], &f["unknown"]["iam_action"]))
        .collect();
    assert_eq!(told, [(&HOLE.0.into(), &HOLE.1.into())]);

    // Nor is anything hidden in the evidence: these are the codes of facts that the demo lacks.
    let text = written(&run, "findings.json");
    for code in ["MissingField", "NotCollected", "EvaluationError"] {
        assert!(!text.contains(code), "{code}");
    }
}

#[test]
fn the_story_is_told() {
    let all = findings(&audit());
    let count = |status: &str| all.iter().filter(|f| f["status"] == status).count();
    assert!(count("pass") > count("fail"), "most of the demo is well");
    for rule in [
        "budgets-forecast-alert",
        "cloudtrail-multi-region-logging",
        "cloudwatch-dashboard-exists",
        "ec2-open-ssh",
        "ec2-vpc-s3-endpoint",
        "iam-policy-service-admin",
        "iam-root-mfa",
        "iam-user-access-keys-rotated",
        "lambda-alarm-errors",
        "rds-backup-retention",
        "rds-cpu-sustained",
        "rds-snapshot-shared",
    ] {
        assert!(all.iter().any(|f| is(f, rule, "fail")), "{rule} fails");
    }
    for rule in [
        "budgets-early-warning",
        "ce-month-to-date-within-budget",
        "ec2-nat-gateway-cost",
        "ec2-snapshot-public",
        "iam-role-github-oidc",
        "iam-root-access-keys",
        "rds-multi-az",
        "rds-no-public-access",
        "rds-storage-encrypted",
    ] {
        assert!(all.iter().any(|f| is(f, rule, "pass")), "{rule} passes");
        assert!(!all.iter().any(|f| is(f, rule, "fail")), "{rule} fails");
    }
}

#[test]
fn the_facts_are_those_that_the_types_have() {
    let schema = run(launchgate().args(["schema", "--resources", "--format", "json"]));
    let types: Vec<Value> = serde_json::from_str(&schema.expect_code(0).stdout).expect("JSON");
    let demo = root().join("src/cli/demo.json");
    let demo: Value = serde_json::from_slice(&fs::read(demo).expect("the demo")).expect("JSON");
    for (name, resources) in object(&demo["resources"]) {
        let known = types.iter().find(|t| t["type"] == **name);
        let known = known.unwrap_or_else(|| panic!("no type {name}"));
        for resource in resources.as_array().expect("a list") {
            let path = format!("{name} {}", resource["id"]);
            check(
                &resource["fields"],
                &known["fields"],
                &demo["collected"][name],
                &path,
            );
        }
    }
}

/// Compares an object with its fields: none unknown, and none missing but optional ones, those of
/// calls that no bundled rule needs, and the identity, which stands beside the fields.
fn check(fact: &Value, fields: &Value, calls: &Value, path: &str) {
    for name in object(fact).keys() {
        assert!(fields.get(name).is_some(), "{path} has no field {name}");
    }
    let read = |call: &Value| {
        let mut calls = calls.as_array().into_iter().flatten();
        call.is_null() || calls.any(|made| made == call)
    };
    for (name, field) in object(fields) {
        let wanted = field["optional"] == false && read(&field["call"]);
        let identity = ["id", "arn", "account", "region"].contains(&name.as_str());
        let Some(value) = fact.get(name) else {
            assert!(!wanted || identity, "{path} lacks {name}");
            continue;
        };
        let map = field["type"]
            .as_str()
            .is_some_and(|t| t.starts_with("map<"));
        if field.get("fields").is_none() || map || value.get("$unknown").is_some() {
            continue;
        }
        let items = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for item in items {
            check(item, &field["fields"], calls, &format!("{path} {name}"));
        }
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"))
}

#[test]
fn the_samples_are_what_the_demo_writes() {
    let run = audit();
    for name in REPORTS {
        let path = root().join("reports/sample").join(name);
        let now = written(&run, name);
        if std::env::var_os(UPDATE).is_some() {
            fs::create_dir_all(root().join("reports/sample")).expect("the directory of samples");
            fs::write(&path, now).expect("a written sample");
            continue;
        }
        let sample = fs::read_to_string(&path).unwrap_or_default();
        let differing = sample.lines().zip(now.lines()).find(|(was, is)| was != is);
        assert!(
            sample == now,
            "reports/sample/{name} is not what is written now ({differing:?}); \
             look at the change and run the test with {UPDATE}=1"
        );
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
