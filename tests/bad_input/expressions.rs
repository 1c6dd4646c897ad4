//! One mistake in one expression or message of a rule.

use insta::assert_snapshot;

use super::rule_files::told_of;
use crate::support::samples::rule_with;

const REQUIRE: &str = "resource.BackupRetentionPeriod >= params.min_days";

/// What `rules check` says of the sound rule with another requirement.
#[track_caller]
fn told_of_requiring(require: &str) -> String {
    told_of(&rule_with(REQUIRE, require))
}

#[test]
fn a_negation_that_yaml_takes_for_a_tag() {
    assert_snapshot!(told_of_requiring("!resource.PubliclyAccessible"), @"
    error[yaml]: YAML takes `!resource.PubliclyAccessible` for a tag, which is no part of `require`
     --> rules/rds-story.yaml:7:38
      |
    7 | require: !resource.PubliclyAccessible
      |                                      ^
      |
      = help: put the text in quotes

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_field() {
    assert_snapshot!(told_of_requiring("resource.BackupRetentionPeriods >= params.min_days"), @"
    error[unknown-field]: rds.DBInstance has no field `BackupRetentionPeriods`
     --> rules/rds-story.yaml:7:19
      |
    7 | require: resource.BackupRetentionPeriods >= params.min_days
      |                   ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `BackupRetentionPeriod`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_field_in_a_folded_text() {
    let folded = ">-\n  resource.MultiAZ &&\n  resource.Enginee == \"mysql\"";
    assert_snapshot!(told_of_requiring(folded), @r#"
    error[unknown-field]: rds.DBInstance has no field `Enginee`
     --> rules/rds-story.yaml:9:12
      |
    9 |   resource.Enginee == "mysql"
      |            ^^^^^^^
      |
      = help: did you mean `Engine`?

    error: 1 mistake in 1 file
    "#);
}

#[test]
fn a_whole_number_compared_with_text() {
    assert_snapshot!(told_of_requiring("resource.BackupRetentionPeriod >= '7'"), @"
    error[type-mismatch]: int does not compare with string
     --> rules/rds-story.yaml:7:10
      |
    7 | require: resource.BackupRetentionPeriod >= '7'
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: convert with int(x), double(x) or string(x), or drop the quotes

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_requirement_that_is_no_condition() {
    assert_snapshot!(told_of_requiring("resource.BackupRetentionPeriod"), @"
    error[type-mismatch]: this must be bool, and it is int
     --> rules/rds-story.yaml:7:10
      |
    7 | require: resource.BackupRetentionPeriod
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_optional_field_without_a_guard() {
    assert_snapshot!(told_of_requiring("resource.KmsKeyId.startsWith('arn:')"), @"
    error[unguarded-field]: `resource.KmsKeyId` may be absent, and nothing here says that it is there
     --> rules/rds-story.yaml:7:10
      |
    7 | require: resource.KmsKeyId.startsWith('arn:')
      |          ^^^^^^^^^^^^^^^^^
      |
      = help: write has(resource.KmsKeyId) && ... or !has(resource.KmsKeyId) || ..., whichever verdict absence should have

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_name() {
    assert_snapshot!(told_of_requiring("resourse.MultiAZ"), @"
    error[unknown-name]: there is no `resourse` here
     --> rules/rds-story.yaml:7:10
      |
    7 | require: resourse.MultiAZ
      |          ^^^^^^^^
      |
      = help: did you mean `resource`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_expression_that_breaks_off() {
    assert_snapshot!(told_of_requiring("resource.BackupRetentionPeriod >="), @"
    error[syntax]: mismatched input 'the end'
     --> rules/rds-story.yaml:7:43
      |
    7 | require: resource.BackupRetentionPeriod >=
      |                                           ^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(told_of_requiring("resource.BackupRetentionPeriod >= params.min_day"), @"
    error[unknown-param]: the rule has no parameter `min_day`
     --> rules/rds-story.yaml:7:44
      |
    7 | require: resource.BackupRetentionPeriod >= params.min_day
      |                                            ^^^^^^^^^^^^^^
      |
      = help: did you mean `min_days`?

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_bad_regular_expression() {
    assert_snapshot!(told_of_requiring("resource.Engine.matches('(post')"), @"
    error[bad-regex]: not a regular expression: unclosed group
     --> rules/rds-story.yaml:7:34
      |
    7 | require: resource.Engine.matches('(post')
      |                                  ^^^^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn a_brace_without_partner_in_a_message() {
    let message = rule_with("Period} days", "Period days");
    assert_snapshot!(told_of(&message), @"
    error[template]: this brace has no partner
     --> rules/rds-story.yaml:8:16
      |
    8 | message: keeps {resource.BackupRetentionPeriod days of backups
      |                ^
      |
      = help: a brace that is meant as such is written twice: {{ or }}

    error: 1 mistake in 1 file
    ");
}
