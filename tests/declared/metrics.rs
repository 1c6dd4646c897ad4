//! Metrics: how few calls bring those that rules read, and what becomes of each that cannot be
//! read.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::metrics_server::{Account, MetricsServer, Outcome, Query, complete};
use crate::support::{aws_env, launchgate, run};

/// The snapshot that rules with these conditions, each over a type, make of an account.
fn collected(conditions: &[(&str, &str)], server: &MetricsServer) -> Value {
    let dir = rules(conditions);
    let out = dir.path().join("account.json");
    let mut command = launchgate();
    command.args(["collect", "--region", "us-east-1", "--rules"]);
    command.arg(dir.path()).arg("-o").arg(&out);
    for number in 0..conditions.len() {
        command.args(["--rule", &format!("r{number}")]);
    }
    command
        .envs(aws_env(server.url()))
        .env("AWS_MAX_ATTEMPTS", "1");
    let told = run(&mut command);
    let text = fs::read_to_string(&out);
    let text = text.unwrap_or_else(|e| panic!("{e}: {}", told.stderr));
    serde_json::from_str(&text).expect("a snapshot")
}

fn rules(conditions: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for (number, (resource, condition)) in conditions.iter().enumerate() {
        let rule = format!(
            "id: r{number}\ntitle: T\nseverity: low\nresource: {resource}\nrequire: {condition}\nmessage: M\nwhy: W\n\
             remediation: {{ text: T }}\ntests:\n  - {{ name: a, resource: {{}}, unknown: [id], expect: pass }}\n"
        );
        fs::write(dir.path().join(format!("r{number}.yaml")), rule).expect("a rule is written");
    }
    dir
}

const FUNCTIONS: (&str, &str) = (
    "lambda.Function",
    "size(resource.Metrics.Errors) + size(resource.Metrics.DurationP95) + size(resource.Metrics.Invocations) > 0",
);
const DATABASES: (&str, &str) = (
    "rds.DBInstance",
    "size(resource.Metrics.CPUUtilization) + size(resource.Metrics.FreeStorageSpace) > 0",
);

/// The facts of a metric type by the resource's id.
fn facts<'s>(snapshot: &'s Value, type_name: &str, id: &str) -> &'s Value {
    let resources = snapshot["resources"][type_name].as_array();
    let mut resources = resources.into_iter().flatten();
    let found = resources.find(|resource| resource["id"] == id);
    &found.unwrap_or_else(|| panic!("no {type_name} {id} in {snapshot:#}"))["fields"]
}

fn why<'s>(snapshot: &'s Value, type_name: &str, id: &str, field: &str) -> &'s Value {
    let fact = &facts(snapshot, type_name, id)[field];
    let why = &fact["$unknown"];
    assert!(why.is_object(), "{type_name} {id} {field} is {fact}");
    why
}

#[test]
fn all_metrics_of_a_region_share_one_call() {
    let server = MetricsServer::start(Account {
        functions: 3,
        databases: 1,
        ..Account::default()
    });
    let snapshot = collected(&[FUNCTIONS, DATABASES], &server);
    let calls = server.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert_eq!(snapshot["calls"]["cloudwatch:GetMetricData"], 1);
    let queries = &calls[0].queries;
    assert_eq!(queries.len(), 3 * 3 + 2, "{queries:?}");
    let mut ids: Vec<&str> = queries.iter().map(|query| query.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), queries.len());
    let cpu = queries
        .iter()
        .find(|query| query.metric == "CPUUtilization");
    let cpu = cpu.expect("the processor is asked about");
    let asked = [&cpu.namespace, &cpu.stat, &cpu.period, &cpu.of].map(String::as_str);
    assert_eq!(asked, ["AWS/RDS", "Average", "3600", "d0"]);
    let percentile = queries.iter().find(|query| query.stat == "p95");
    assert_eq!(
        percentile.map(|query| query.metric.as_str()),
        Some("Duration")
    );
    for id in ["f0", "f1", "f2"] {
        let facts = facts(&snapshot, "cloudwatch.FunctionMetrics", id);
        assert_eq!(facts["Errors"], serde_json::json!([6.0, 0.5]));
        assert_eq!(facts["Invocations"], serde_json::json!([11.0, 0.5]));
        assert!(facts.get("Throttles").is_none(), "nobody reads it: {facts}");
    }
}

#[test]
fn a_call_takes_500_queries_and_no_more() {
    let server = MetricsServer::start(Account {
        functions: 501,
        ..Account::default()
    });
    let rule = ("lambda.Function", "size(resource.Metrics.Errors) > 0");
    let snapshot = collected(&[rule], &server);
    let mut sizes: Vec<usize> = server
        .calls()
        .iter()
        .map(|call| call.queries.len())
        .collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [1, 500]);
    for id in ["f0", "f250", "f500"] {
        let errors = &facts(&snapshot, "cloudwatch.FunctionMetrics", id)["Errors"];
        assert_eq!(*errors, serde_json::json!([6.0, 0.5]), "{id}");
    }
}

#[test]
fn what_is_global_shares_the_calls_of_the_region_that_keeps_it() {
    let server = MetricsServer::start(Account {
        functions: 1,
        distributions: 1,
        ..Account::default()
    });
    let distributions = (
        "cloudfront.Distribution",
        "size(resource.Metrics.Requests) > 0",
    );
    let snapshot = collected(&[FUNCTIONS, distributions], &server);
    let calls = server.calls();
    let regions: Vec<&str> = calls.iter().map(|call| call.region.as_str()).collect();
    assert_eq!(regions, ["us-east-1"]);
    let requests = &facts(&snapshot, "cloudwatch.DistributionMetrics", "E0")["Requests"];
    assert_eq!(*requests, serde_json::json!([8.0, 0.5]));
}

#[test]
fn values_come_in_the_order_of_time_from_all_pages() {
    fn paged(query: &Query, page: usize) -> Option<Outcome> {
        let (status, points) = match (query.metric.as_str(), page) {
            ("Errors", 0) => ("PartialData", vec![("2026-05-30T00:00:00Z", 2.0)]),
            ("Errors", _) => (
                "Complete",
                vec![("2026-05-31T00:00:00Z", 3.0), ("2026-05-29T00:00:00Z", 1.0)],
            ),
            ("Invocations", 0) => ("Complete", vec![]),
            ("Duration", 1) => ("Complete", vec![("2026-05-30T00:00:00Z", 9.0)]),
            _ => return None,
        };
        Some(Outcome { status, points })
    }
    let server = MetricsServer::start(Account {
        functions: 1,
        pages: 2,
        result: paged,
        ..Account::default()
    });
    let snapshot = collected(&[FUNCTIONS], &server);
    assert_eq!(snapshot["calls"]["cloudwatch:GetMetricData"], 2);
    let facts = facts(&snapshot, "cloudwatch.FunctionMetrics", "f0");
    assert_eq!(facts["Errors"], serde_json::json!([1.0, 2.0, 3.0]));
    assert_eq!(facts["Invocations"], serde_json::json!([]));
    assert_eq!(facts["DurationP95"], serde_json::json!([9.0]));
}

#[test]
fn a_result_that_is_not_complete_is_unknown_and_nothing_beside_it() {
    fn troubled(query: &Query, page: usize) -> Option<Outcome> {
        let status = match (query.of.as_str(), query.metric.as_str()) {
            ("f0", "Errors") => "Forbidden",
            ("f0", "Invocations") => "InternalError",
            ("f1", "Errors") => "PartialData",
            ("f1", "Invocations") => return None,
            // It does not become good by what a later page says.
            ("f1", "Duration") if page == 0 => "InternalError",
            _ => return complete(query, page).filter(|_| page == 0 || query.of == "f1"),
        };
        Some(Outcome {
            status,
            points: Vec::new(),
        })
    }
    let server = MetricsServer::start(Account {
        functions: 3,
        pages: 2,
        result: troubled,
        ..Account::default()
    });
    let snapshot = collected(&[FUNCTIONS], &server);
    let of = "cloudwatch.FunctionMetrics";
    for (id, field, code) in [
        ("f0", "Errors", "Forbidden"),
        ("f0", "Invocations", "InternalError"),
        ("f1", "Errors", "PartialData"),
        ("f1", "Invocations", "MissingField"),
        ("f1", "DurationP95", "InternalError"),
    ] {
        let why = why(&snapshot, of, id, field);
        assert_eq!(why["code"], code, "{id} {field}");
        assert_eq!(why["operation"], "cloudwatch:GetMetricData");
        assert_eq!(why["region"], "us-east-1");
        let action = (code == "Forbidden").then_some("cloudwatch:GetMetricData");
        assert_eq!(why["iam_action"].as_str(), action);
    }
    assert_eq!(
        facts(&snapshot, of, "f0")["DurationP95"],
        serde_json::json!([8.0, 0.5])
    );
    assert_eq!(
        facts(&snapshot, of, "f2")["Errors"],
        serde_json::json!([6.0, 0.5])
    );
}

#[test]
fn a_refused_call_makes_unknown_what_it_carried() {
    let server = MetricsServer::start(Account {
        functions: 1,
        databases: 1,
        denied: Some("GetMetricData"),
        ..Account::default()
    });
    let snapshot = collected(&[FUNCTIONS, DATABASES], &server);
    for (of, id, field) in [
        ("cloudwatch.FunctionMetrics", "f0", "Errors"),
        ("cloudwatch.FunctionMetrics", "f0", "DurationP95"),
        ("cloudwatch.DBInstanceMetrics", "d0", "CPUUtilization"),
    ] {
        let why = why(&snapshot, of, id, field);
        assert_eq!(why["code"], "AccessDenied");
        assert_eq!(why["iam_action"], "cloudwatch:GetMetricData");
    }
    let of = facts(&snapshot, "cloudwatch.DBInstanceMetrics", "d0");
    assert_eq!(of["DBInstanceIdentifier"], "d0");
}

#[test]
fn what_cannot_be_listed_has_metrics_that_nobody_knows() {
    let server = MetricsServer::start(Account {
        functions: 1,
        databases: 1,
        denied: Some("ListFunctions"),
        ..Account::default()
    });
    let snapshot = collected(&[FUNCTIONS, DATABASES], &server);
    let unread = snapshot["unread"].as_array().expect("a list");
    let of = |name: &str| {
        let mut found = unread.iter();
        found.find(|unread| unread["resource_type"] == name)
    };
    let metrics = of("cloudwatch.FunctionMetrics").expect("the metrics are unread");
    assert_eq!(metrics["unknown"]["operation"], "lambda:ListFunctions");
    assert_eq!(metrics["region"], "us-east-1");
    assert!(of("cloudwatch.DBInstanceMetrics").is_none());
    let cpu = &facts(&snapshot, "cloudwatch.DBInstanceMetrics", "d0")["CPUUtilization"];
    assert_eq!(*cpu, serde_json::json!([14.0, 0.5]));
    assert_eq!(server.calls().len(), 1);
}

#[test]
fn without_resources_nothing_is_asked() {
    let server = MetricsServer::start(Account::default());
    let snapshot = collected(&[FUNCTIONS, DATABASES], &server);
    assert_eq!(server.calls().len(), 0);
    assert!(snapshot["calls"].get("cloudwatch:GetMetricData").is_none());
}

#[test]
fn the_plan_names_the_call_once_with_all_who_need_it() {
    let dir = rules(&[FUNCTIONS, DATABASES]);
    let mut command = launchgate();
    command.args(["plan", "--format", "json", "--rules"]);
    command.arg(dir.path());
    command.args(["--rule", "r0", "--rule", "r1"]);
    let told = run(&mut command).expect_code(0);
    let calls: Vec<Value> = serde_json::from_str(&told.stdout).expect("a list of calls");
    let mut data = calls.iter();
    let data: Vec<&Value> = data
        .by_ref()
        .filter(|call| call["operation"] == "cloudwatch:GetMetricData")
        .collect();
    assert_eq!(data.len(), 1);
    assert_eq!(data[0]["per"], "pool");
    assert_eq!(data[0]["rules"], serde_json::json!(["r0", "r1"]));
    let actions = serde_json::json!(["cloudwatch:GetMetricData"]);
    assert_eq!(data[0]["iam_actions"], actions);
}
