//! One mistake in one rule file.

use insta::assert_snapshot;

use crate::support::Bench;
use crate::support::samples::{RULE, rule_with};

/// What `rules check` says of a rule file.
#[track_caller]
pub fn told_of(rule: &str) -> String {
    let bench = Bench::new().with("rules/rds-story.yaml", rule);
    bench.refused("rules check rules")
}

#[test]
fn the_sound_rule_has_no_mistake() {
    let bench = Bench::new().with("rules/rds-story.yaml", RULE);
    bench.run("rules check rules").expect_code(0);
}

#[test]
fn broken_yaml() {
    assert_snapshot!(told_of(&rule_with("title: RDS", "title: [RDS")), @"
    error[yaml]: illegal placement of ':' indicator
     --> rules/rds-story.yaml:3:9
      |
    3 | severity: high
      |         ^
      |
      = help: a text with `: ` or ` #` in it, or with one of `!&*[{` at its start, needs quotes

    error: 1 mistake in 1 file
    ");
}

#[test]
fn two_documents() {
    assert_snapshot!(told_of(&format!("{RULE}---\n{RULE}")), @"
    error[yaml]: `---` begins a second YAML document, and a file holds one
      --> rules/rds-story.yaml:17:1
       |
    17 | id: rds-story
       | ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_key_twice() {
    assert_snapshot!(told_of(&format!("{RULE}why: again\n")), @"
    error[yaml]: duplicate mapping key: why
      --> rules/rds-story.yaml:16:1
       |
    16 | why: again
       | ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_empty_file() {
    assert_snapshot!(told_of(""), @"
    error[wrong-type]: a rule must be a map, not nothing
     --> rules/rds-story.yaml:1:1
      |
    1 |
      | ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_key() {
    assert_snapshot!(told_of(&rule_with("message:", "mesage: x\nmessage:")), @"
    error[unknown-key]: a rule has no key `mesage`
     --> rules/rds-story.yaml:8:1
      |
    8 | mesage: x
      | ^^^^^^
      |
      = help: did you mean `message`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_missing_key() {
    let without_why = rule_with("why: A lost table cannot be brought back.\n", "");
    assert_snapshot!(told_of(&without_why), @"
    error[missing-key]: a rule has no `why`
     --> rules/rds-story.yaml:1:1
      |
    1 | id: rds-story
      | ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_number_where_text_belongs() {
    assert_snapshot!(told_of(&rule_with("title: RDS instances keep backups", "title: 5.10")), @"
    error[wrong-type]: `title` must be text, not a number
     --> rules/rds-story.yaml:2:8
      |
    2 | title: 5.10
      |        ^^^^
      |
      = help: put it in quotes

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_severity() {
    assert_snapshot!(told_of(&rule_with("severity: high", "severity: hihg")), @"
    error[unknown-severity]: there is no severity `hihg`
     --> rules/rds-story.yaml:3:11
      |
    3 | severity: hihg
      |           ^^^^
      |
      = help: did you mean `high`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_resource_type() {
    assert_snapshot!(told_of(&rule_with("rds.DBInstance", "rds.DbInstances")), @"
    error[unknown-type]: there is no resource type `rds.DbInstances`
     --> rules/rds-story.yaml:4:11
      |
    4 | resource: rds.DbInstances
      |           ^^^^^^^^^^^^^^^
      |
      = help: did you mean `rds.DBInstance`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_default_of_another_type_is_one_mistake() {
    assert_snapshot!(told_of(&rule_with("default: 7", "default: seven")), @"
    error[wrong-type]: the default must be of type int, not text
     --> rules/rds-story.yaml:6:35
      |
    6 |   min_days: { type: int, default: seven, help: shortest retention that passes }
      |                                   ^^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_framework() {
    assert_snapshot!(told_of(&rule_with("launch-readiness", "launch-readyness")), @"
    error[unknown-framework]: there is no framework `launch-readyness`
      --> rules/rds-story.yaml:12:13
       |
    12 | controls: { launch-readyness: [backups] }
       |             ^^^^^^^^^^^^^^^^
       |
       = help: did you mean `launch-readiness`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_control() {
    assert_snapshot!(told_of(&rule_with("[backups]", "[backup]")), @"
    error[unknown-control]: framework `launch-readiness` has no control `backup`
      --> rules/rds-story.yaml:12:32
       |
    12 | controls: { launch-readiness: [backup] }
       |                                ^^^^^^
       |
       = help: did you mean `backups`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_id_that_is_none() {
    assert_snapshot!(told_of(&rule_with("id: rds-story", "id: RDS_story")), @"
    error[bad-id]: an id is made of lower-case letters, digits and hyphens
     --> rules/rds-story.yaml:1:5
      |
    1 | id: RDS_story
      |     ^^^^^^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn missing_tests() {
    let (without_tests, _) = RULE.split_once("tests:").expect("the sound rule has tests");
    assert_snapshot!(told_of(without_tests), @"
    error[missing-key]: the rule has no `tests`: each rule shows at least one resource that fails and one that passes
     --> rules/rds-story.yaml:1:1
      |
    1 | id: rds-story
      | ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn no_test_that_passes() {
    assert_snapshot!(told_of(&rule_with("expect: pass", "expect: fail")), @"
    error[missing-test]: rule `rds-story` has no test that expects pass
      --> rules/rds-story.yaml:14:3
       |
    14 |   - { name: none, resource: { BackupRetentionPeriod: 0 }, expect: fail }
       |   ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_field_in_a_test() {
    let test = rule_with(
        "{ BackupRetentionPeriod: 0 }",
        "{ BackupRetentionPerid: 0 }",
    );
    assert_snapshot!(told_of(&test), @"
    error[unknown-field]: rds.DBInstance has no field `BackupRetentionPerid`
      --> rules/rds-story.yaml:14:31
       |
    14 |   - { name: none, resource: { BackupRetentionPerid: 0 }, expect: fail }
       |                               ^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `BackupRetentionPeriod`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_value_of_another_type_in_a_test() {
    let test = rule_with(
        "{ BackupRetentionPeriod: 0 }",
        "{ BackupRetentionPeriod: none }",
    );
    assert_snapshot!(told_of(&test), @"
    error[wrong-type]: BackupRetentionPeriod must be of type int, not text
      --> rules/rds-story.yaml:14:54
       |
    14 |   - { name: none, resource: { BackupRetentionPeriod: none }, expect: fail }
       |                                                      ^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_outcome_that_no_test_can_expect() {
    assert_snapshot!(told_of(&rule_with("expect: fail", "expect: fails")), @"
    error[unknown-status]: a test cannot expect `fails`
      --> rules/rds-story.yaml:14:67
       |
    14 |   - { name: none, resource: { BackupRetentionPeriod: 0 }, expect: fails }
       |                                                                   ^^^^^
       |
       = help: did you mean `fail`?

    error: 1 mistake in 1 file
    ");
}

/// A terminal would act on what a rule of somebody else's holds.
#[test]
fn control_characters_are_not_printed() {
    let told = told_of(&rule_with("message:", "\"me\\e[31mssage\": x\nmessage:"));
    assert!(told.contains("error[unknown-key]"), "{told}");
    assert!(!told.contains('\u{1b}'), "{told}");
}
