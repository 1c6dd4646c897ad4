//! What readiness and costs read is in the plan and in the permissions, and nothing else is.

use serde_json::Value;

use crate::support::{launchgate, run};

fn calls(arguments: &[&str]) -> Vec<String> {
    let run = run(launchgate()
        .args(["plan", "--format", "json"])
        .args(arguments))
    .expect_code(0);
    let calls: Vec<Value> = serde_json::from_str(&run.stdout).expect("JSON");
    let names = calls.iter().filter_map(|call| call["operation"].as_str());
    names.map(str::to_owned).collect()
}

#[test]
fn costs_read_what_they_show_and_no_rule() {
    assert_eq!(
        calls(&["--for", "costs"]),
        [
            "apigateway:GetRestApis",
            "apigateway:GetStages",
            "apigatewayv2:GetApis",
            "apigatewayv2:GetStages",
            "ce:GetCostAndUsage",
            "ce:GetCostForecast",
            "cloudwatch:GetMetricData",
            "ec2:DescribeNatGateways",
            "lambda:ListFunctions",
            "rds:DescribeDBInstances",
            "sts:GetCallerIdentity",
        ]
    );
}

#[test]
fn readiness_adds_the_costs_to_the_rules_of_its_framework() {
    let framework = calls(&["--framework", "launch-readiness"]);
    let readiness = calls(&["--for", "readiness"]);
    let more: Vec<&String> = readiness
        .iter()
        .filter(|call| !framework.contains(call))
        .collect();
    assert!(framework.iter().all(|call| readiness.contains(call)));
    let costs = [
        "ce:GetCostAndUsage",
        "ce:GetCostForecast",
        "pricing:GetProducts",
    ];
    let known = |call: &&&String| costs.contains(&call.as_str());
    assert!(more.iter().all(|call| known(&call)), "{more:?}");
    // Present prices are asked for where savings are shown, and nowhere else.
    assert!(readiness.contains(&"ce:GetCostForecast".to_owned()));
    assert!(readiness.contains(&"pricing:GetProducts".to_owned()));
    assert!(!framework.contains(&"pricing:GetProducts".to_owned()));
}

#[test]
fn permissions_hold_for_what_is_read() {
    let run = run(launchgate().args(["permissions", "--for", "costs"])).expect_code(0);
    for action in [
        "ce:GetCostAndUsage",
        "cloudwatch:GetMetricData",
        "lambda:ListFunctions",
    ] {
        assert!(run.stdout.contains(action), "{}", run.stdout);
    }
    assert!(!run.stdout.contains("iam:"), "{}", run.stdout);
}
