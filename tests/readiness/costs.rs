//! `costs`: where the money goes.

use serde_json::{Value, json};

use crate::support::launch::{Launch, daily, database, metrics, refused, total};
use crate::support::samples::{ACCOUNT, REGION};
use crate::support::{Bench, Run};
use crate::unbroken;

const ARGUMENTS: &str = "costs --snapshot snapshot.json --param monthly_budget=100";

/// The bench with metrics of its resources put into the snapshot.
fn measured(launch: Launch, types: Value) -> Bench {
    let bench = launch.bench();
    let mut snapshot = bench.json("snapshot.json");
    for name in [
        "cloudwatch.NatGatewayMetrics",
        "cloudwatch.FunctionMetrics",
        "cloudwatch.DBInstanceMetrics",
        "cloudwatch.RestApiStageMetrics",
        "cloudwatch.HttpApiStageMetrics",
    ] {
        snapshot["collected"][name] = json!(["cloudwatch:GetMetricData"]);
    }
    for (name, resources) in types.as_object().expect("types") {
        snapshot["resources"][name] = resources.clone();
    }
    bench.with("snapshot.json", snapshot.to_string())
}

fn document(bench: &Bench, code: i32) -> Value {
    let run = bench
        .run(&format!("{ARGUMENTS} --format json"))
        .expect_code(code);
    serde_json::from_str(&run.stdout).expect("JSON")
}

fn shown(bench: &Bench, code: i32) -> Run {
    bench.run(ARGUMENTS).expect_code(code)
}

/// RDS doubles in the last week, Lambda is new in it, and S3 falls.
fn rising(index: usize) -> Vec<(&'static str, String)> {
    let last = index >= 23;
    let mut services = vec![
        ("Amazon RDS", if last { "2" } else { "1" }.to_owned()),
        ("Amazon S3", if last { "0.1" } else { "0.9" }.to_owned()),
    ];
    if last {
        services.push(("AWS Lambda", "5".to_owned()));
    }
    services
}

#[test]
fn the_steepest_rises_come_first() {
    let bench = measured(
        Launch::sound().with_costs(daily(rising, "USD"), total("61.2", "USD")),
        json!({}),
    );
    let document = document(&bench, 0);
    let rises = &document["accounts"][0]["rises"];
    assert_eq!(rises["before"], json!(["2026-01-06", "2026-01-12"]));
    assert_eq!(rises["after"], json!(["2026-01-13", "2026-01-19"]));
    assert_eq!(rises["total"]["change"], "36.40");
    let services = rises["services"].as_array().expect("services");
    let told: Vec<_> = services
        .iter()
        .map(|rise| {
            (
                &rise["service"],
                &rise["change"],
                &rise["percent"],
                &rise["new"],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                &json!("AWS Lambda"),
                &json!("35.00"),
                &Value::Null,
                &json!(true)
            ),
            (
                &json!("Amazon RDS"),
                &json!("7.00"),
                &json!(100),
                &json!(false)
            ),
        ]
    );
    let run = shown(&bench, 0);
    assert!(
        run.stdout
            .contains("AWS Lambda: $0.00, then $35.00: +$35.00 (new)"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("Amazon RDS: $7.00, then $14.00: +$7.00 (+100 %)"),
        "{}",
        run.stdout
    );
}

#[test]
fn two_weeks_are_needed_for_a_rise() {
    let mut costs = daily(rising, "USD");
    let days = costs["ResultsByTime"].as_array_mut().expect("days");
    days.drain(..20);
    let bench = measured(
        Launch::sound().with_costs(costs, total("61.2", "USD")),
        json!({}),
    );
    let run = shown(&bench, 0);
    assert!(
        run.stdout
            .contains("the costs of 10 of these 14 days are known"),
        "{}",
        run.stdout
    );
}

#[test]
fn culprits_are_measured() {
    let gigabyte = 1024.0 * 1024.0 * 1024.0;
    let function = |id: &str| {
        json!({
            "id": id, "arn": "", "account": ACCOUNT, "region": REGION,
            "fields": { "FunctionName": id, "Timeout": 30, "MemorySize": 512 },
        })
    };
    let bench = measured(
        Launch::sound().with_databases(vec![database("db-1")]),
        json!({
            "lambda.Function": [function("slow"), function("idle")],
            "cloudwatch.FunctionMetrics": [
                metrics("slow", json!({ "Invocations": [10.0, 20.0], "DurationSum": [100_000.0, 300_000.0], "DurationMaximum": [12_000.0, 29_500.0] })),
                metrics("idle", json!({ "Invocations": [], "DurationSum": [], "DurationMaximum": [] })),
            ],
            "cloudwatch.NatGatewayMetrics": [
                metrics("nat-1", json!({ "BytesInFromSource": [gigabyte, gigabyte, 20.0 * gigabyte, 20.0 * gigabyte], "BytesInFromDestination": [] })),
            ],
            "cloudwatch.DBInstanceMetrics": [
                metrics("db-1", json!({ "FreeStorageSpace": [10.0 * gigabyte, 9.0 * gigabyte, 8.0 * gigabyte] })),
            ],
            "cloudwatch.RestApiStageMetrics": [
                metrics("api/prod", json!({ "Count": { "$unknown": { "operation": "cloudwatch:GetMetricData", "region": REGION, "code": "AccessDenied", "message": "no", "iam_action": "cloudwatch:GetMetricData" } } })),
            ],
            "cloudwatch.HttpApiStageMetrics": [metrics("web/live", json!({ "Count": [1000.0] }))],
        }),
    );
    let run = shown(&bench, 3);
    for told in [
        "look here: slow (eu-west-1): longest run 29.5 s of 30 s allowed, 13.33 s on average, 30 runs over 2 days",
        "idle (eu-west-1): no data: it did not run in this time",
        "look here: nat-1 (eu-west-1): 42.0 GiB out and 0 bytes in over 4 days",
        "look here: db-1 (eu-west-1): 8.0 GiB free",
        "fell by 2.0 GiB in 3 days, and at that rate is gone in 8 days",
        "web/live (eu-west-1): 1,000 requests over 1 day",
        "not read: cloudwatch:GetMetricData in eu-west-1: AccessDenied: allow cloudwatch:GetMetricData",
    ] {
        assert!(
            unbroken(&run.stdout).contains(told),
            "{told}\n{}",
            run.stdout
        );
    }
}

#[test]
fn what_is_missing_is_said_and_nothing_is_made_up() {
    let refused = refused("AccessDeniedException", "no", Some("ce:GetCostAndUsage"));
    let bench = Launch::sound().with_costs(refused.clone(), refused).bench();
    let run = shown(&bench, 3);
    assert!(
        unbroken(&run.stdout).contains("needs ce:GetCostAndUsage"),
        "{}",
        run.stdout
    );
    assert!(
        unbroken(&run.stdout).contains("collect again with --for costs"),
        "{}",
        run.stdout
    );
    let markdown = bench
        .run(&format!("{ARGUMENTS} --format markdown"))
        .expect_code(3);
    assert!(
        markdown.stdout.starts_with("# Costs of account"),
        "{}",
        markdown.stdout
    );
    assert!(
        markdown.stdout.contains("Not read: "),
        "{}",
        markdown.stdout
    );
}
