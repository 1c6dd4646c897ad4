//! `rules check` and `rules test` where the files are in order.

use serde_json::json;

use super::listing::array;
use crate::support::Bench;
use crate::support::samples::{RULE, rule_named};

fn bench() -> Bench {
    Bench::new().with("rules/rds-story.yaml", RULE)
}

/// The second test expects what the rule does not say.
fn failing() -> Bench {
    let rule = rule_named("rds-wrong").replace(
        "{ BackupRetentionPeriod: 7 }",
        "{ BackupRetentionPeriod: 6 }",
    );
    bench().with("rules/rds-wrong.yaml", rule)
}

#[test]
fn sound_rules_are_counted() {
    let run = bench().run("rules check rules").expect_code(0);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("", "1 rule: no mistakes\n")
    );
    let run = bench()
        .run("rules check rules --format json")
        .expect_code(0);
    assert_eq!(run.stdout, "[]\n");
}

#[test]
fn one_file_can_be_checked_and_tested() {
    let bench = bench();
    bench.run("rules check rules/rds-story.yaml").expect_code(0);
    let run = bench.run("rules test rules/rds-story.yaml").expect_code(0);
    assert_eq!(run.stderr, "1 rule: 2 tests passed, 0 failed\n");
}

#[test]
fn tests_that_pass_are_counted() {
    let run = bench().run("rules test rules").expect_code(0);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "1 rule: 2 tests passed, 0 failed\n");
}

#[test]
fn a_failing_test_is_told_with_its_place() {
    let run = failing().run("rules test rules").expect_code(1);
    insta::assert_snapshot!(run.stdout, @"
    rules/rds-wrong.yaml:14:5: rds-wrong: test `a week` expects pass and got fail
        keeps 6 days of backups
    ");
    assert_eq!(run.stderr, "2 rules: 3 tests passed, 1 failed\n");
}

#[test]
fn tools_get_failing_tests_as_json() {
    let run = failing()
        .run("rules test rules --format json")
        .expect_code(1);
    assert_eq!(
        array(&run),
        [json!({
            "rule": "rds-wrong",
            "test": "a week",
            "expected": "pass",
            "got": "fail",
            "message": "keeps 6 days of backups",
            "file": "rules/rds-wrong.yaml",
            "line": 14,
            "column": 5,
        })]
    );
}

/// To check is not to run: a wrong expectation is no mistake in the writing.
#[test]
fn checking_does_not_run_tests() {
    failing().run("rules check rules").expect_code(0);
}

/// `rules test` takes no `--param`: a rule is tested as its file says.
#[test]
fn a_test_may_set_parameters_a_time_and_what_is_unread() {
    let more = [
        "name: a month is asked, params: { min_days: 30 }, resource: { BackupRetentionPeriod: 7 }, expect: fail",
        "name: unread, resource: { BackupRetentionPeriod: 7 }, unknown: [resource.BackupRetentionPeriod], expect: unknown",
    ]
    .map(|test| format!("  - {{ {test} }}\n"));
    let rule = format!("{RULE}{}", more.concat());
    let bench = Bench::new().with("rules/rds-story.yaml", rule);
    let run = bench.run("rules test rules").expect_code(0);
    assert_eq!(run.stderr, "1 rule: 4 tests passed, 0 failed\n");
}

/// What a comprehension's variable leads to can be judged, and cannot be shown as evidence.
#[test]
fn a_map_may_be_asked_for_each_of_its_keys() {
    let rule = "\
id: budgets-filters
title: Filters have few values
severity: low
resource: budgets.Budget
require: resource.CostFilters.all(k, size(resource.CostFilters[k]) < 2)
message: has long filters
why: They are hard to read.
remediation: { text: Shorten them. }
tests:
  - { name: long, resource: { CostFilters: { Service: [a, b] } }, expect: fail }
  - { name: short, resource: { CostFilters: { Service: [a] } }, expect: pass }
";
    let bench = Bench::new().with("rules/budgets-filters.yaml", rule);
    bench.run("rules test rules").expect_code(0);
}
