//! Shared parameters, functions and prices of a directory of rules.

use crate::support::Bench;

const RULE: &str = r#"id: rds-room
title: Databases have room
severity: high
resource: rds.DBInstance
params: { headcount: shared, least: shared }
when: resource.Engine != "none"
require: roomy(resource, params.least)
message: has {resource.AllocatedStorage} GiB for {params.headcount} people, and {fixed(params.least, 1)} are needed
pass_message: has {resource.AllocatedStorage} GiB
not_applicable_message: has no engine at all
saves: price("gib", resource.region) * params.least
signal: storage
why: A full database stops.
remediation: { text: Make it larger. }
tests:
  - { name: small, resource: { Engine: a, AllocatedStorage: 1 }, params: { least: 5.0, headcount: 3 }, expect: fail }
  - { name: large, resource: { Engine: a, AllocatedStorage: 9 }, params: { least: 5.0, headcount: 3 }, expect: pass }
  - { name: not said, resource: { Engine: a, AllocatedStorage: 9 }, expect: unknown }
  - { name: none, resource: { Engine: none, AllocatedStorage: 9 }, expect: not_applicable }
"#;

const PARAMS: &str = "
headcount: { type: int, help: how many people }
least: { type: double, help: GiB, by: headcount, steps: [[1, 2.0], [10, 20.5]] }
";

const FUNCTIONS: &str = "
roomy:
  doc: Whether a database has so much storage.
  params: [db, least]
  is: double(db.AllocatedStorage) >= least
";

const PRICES: &str = "
dated: '2026-01-01'
prices:
  gib: { unit: GB-month, usd: { us-east-1: 0.5 } }
";

const SNAPSHOT: &str = r#"{
  "format": "launchgate.snapshot/1", "taken": "2026-01-01T00:00:00Z",
  "accounts": [{ "id": "123456789012", "partition": "aws" }], "regions": ["us-east-1"], "calls": {},
  "collected": { "rds.DBInstance": ["rds:DescribeDBInstances"] }, "unread": [],
  "resources": { "rds.DBInstance": [
    { "id": "a", "arn": "arn:a", "account": "123456789012", "region": "us-east-1", "fields": { "Engine": "postgres", "AllocatedStorage": 5 } },
    { "id": "b", "arn": "arn:b", "account": "123456789012", "region": "us-east-1", "fields": { "Engine": "postgres", "AllocatedStorage": 50 } },
    { "id": "c", "arn": "arn:c", "account": "123456789012", "region": "us-east-1", "fields": { "Engine": "none", "AllocatedStorage": 5 } }
  ] }
}"#;

fn bench() -> Bench {
    Bench::new()
        .with("rules/rds-room.yaml", RULE)
        .with("rules/params.yaml", PARAMS)
        .with("rules/functions/storage.yaml", FUNCTIONS)
        .with("rules/prices.yaml", PRICES)
        .with("account.json", SNAPSHOT)
}

/// The findings of an audit with these flags besides: id, status, message and what mending saves.
fn audit(flags: &str, code: i32) -> Vec<(String, String, String, Option<f64>)> {
    let command = format!(
        "audit --rules rules --rule rds-room --snapshot account.json --report json=- {flags}"
    );
    let run = bench().run(&command).expect_code(code);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("a report");
    let findings = report["findings"].as_array().expect("findings");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    findings
        .iter()
        .map(|finding| {
            (
                text(&finding["resource"]["id"]),
                text(&finding["status"]),
                text(&finding["message"]),
                finding["saving"].as_f64(),
            )
        })
        .collect()
}

fn said(id: &str, status: &str, message: &str) -> (String, String, String, Option<f64>) {
    (id.to_owned(), status.to_owned(), message.to_owned(), None)
}

#[test]
fn rules_share_parameters_functions_and_prices() {
    bench().run("rules check rules").expect_code(0);
    bench().run("rules test rules").expect_code(0);
    let mut small = said("a", "fail", "has 5 GiB for 12 people, and 20.5 are needed");
    small.3 = Some(10.25);
    let expected = [
        small,
        said("b", "pass", "has 50 GiB"),
        said("c", "not_applicable", "has no engine at all"),
    ];
    assert_eq!(audit("--param headcount=12", 1), expected);
}

#[test]
fn a_step_is_overridden_by_name() {
    let found = audit("--param headcount=12 --param least=2.5", 0);
    assert_eq!(found[0], said("a", "pass", "has 5 GiB"));
}

#[test]
fn a_parameter_that_nobody_set_is_unknown_and_says_how_to_set_it() {
    let found = audit("", 3);
    assert_eq!(found[0].1, "unknown");
    let how = "set it in launchgate.yaml or with --param headcount=VALUE";
    assert!(found[0].2.contains(how), "{}", found[0].2);
    // Fewer than the first step is no step either.
    assert_eq!(audit("--param headcount=0", 3)[0].1, "unknown");
}

#[test]
fn wrong_values_and_names_are_told() {
    let run = bench()
        .run("rules list --rules rules --param headcount=many")
        .expect_code(2);
    assert!(
        run.stderr.contains("`many` is not of type int"),
        "{}",
        run.stderr
    );
    let run = bench()
        .run("rules list --rules rules --param headcont=1")
        .expect_code(2);
    assert!(
        run.stderr.contains("did you mean `headcount`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn mistakes_in_their_files_have_places() {
    let bench = bench()
        .with("rules/params.yaml", "headcount: { type: int }\nleast: { type: double, help: x, by: headcont, steps: [[2, 1.0], [1, 2.0]] }\nother: { type: text, help: x }\n")
        .with("rules/functions/more.yaml", "size: { doc: x, params: [], is: '1' }\nroomy: { doc: x, params: [], is: '1' }\nbroken: { doc: x, params: [], is: '1 +' }\n")
        .with("rules/prices.yaml", "dated: '2026-01-01'\nprices: { gib: { unit: GB, usd: { us-east-1: much } } }\n");
    let run = bench.run("rules check rules").expect_code(2);
    for said in [
        "shared parameter `headcount` has no `help`",
        "a step is a rising whole number and a double",
        "there is no parameter type `text`",
        "the language has a function `size` already",
        "there is another function `roomy`",
        "rules/functions/more.yaml:3:39",
        "`roomy` is called as roomy()",
        "a price must be a number, not text",
    ] {
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
}

#[test]
fn a_rule_that_misuses_them_is_refused_with_its_place() {
    let bench = bench().with(
        "rules/rds-room.yaml",
        RULE.replace(
            "roomy(resource, params.least)",
            "roomy(resource, params.headcount)",
        )
        .replace("least: shared", "least: { type: double, help: x }")
        .replace("price(\"gib\"", "price(\"gibs\""),
    );
    let run = bench.run("rules check rules").expect_code(2);
    for said in [
        "parameter `least` has no `default`",
        "did you mean `gib`?",
        "`roomy` does not take (rds.DBInstance, int): see inside it",
        "rules/functions/storage.yaml:5",
    ] {
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
}

#[test]
fn the_vocabulary_is_listed() {
    let run = bench()
        .run("rules vocabulary --rules rules --param headcount=12")
        .expect_code(0);
    let lines: Vec<&str> = run.stdout.lines().map(str::trim).collect();
    let has = |words: &[&str]| {
        lines
            .iter()
            .any(|line| words.iter().all(|word| line.contains(word)))
    };
    assert!(
        has(&["params.headcount", "int", "12", "how many people"]),
        "{}",
        run.stdout
    );
    assert!(has(&["params.least", "double", "20.5"]), "{}", run.stdout);
    assert!(
        has(&["roomy(db, least)", "Whether a database"]),
        "{}",
        run.stdout
    );
    assert!(
        has(&["price(\"gib\", region)", "USD per GB-month", "1 region"]),
        "{}",
        run.stdout
    );
    let run = bench()
        .run("rules vocabulary --rules rules --format json")
        .expect_code(0);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).expect("an array");
    let named = |name: &str| {
        let all = all.as_array().expect("an array");
        all.iter()
            .find(|one| one["name"] == name)
            .expect("listed")
            .clone()
    };
    assert_eq!(named("headcount")["value"], serde_json::Value::Null);
    assert_eq!(named("roomy")["params"][1], "least");
    assert_eq!(named("gib")["usd"]["us-east-1"], 0.5);
}
