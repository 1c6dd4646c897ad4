//! Words on the command line that mean nothing.

use insta::assert_snapshot;

use crate::support::Bench;
use crate::support::samples::{instance, rule_named, snapshot};

/// What `audit` says of more flags; there is one rule, `rds-story`, and no framework.
#[track_caller]
fn told_of(flags: &str) -> String {
    let bench = Bench::new()
        .with("rules/rds-story.yaml", rule_named("rds-story"))
        .with(
            "snapshot.json",
            snapshot(&[instance("db-1", 7)]).to_string(),
        )
        .with("reports/findings.json", "of yesterday");
    bench.refused(&format!(
        "audit --no-bundled --rules rules --snapshot snapshot.json {flags}"
    ))
}

/// The same of the bundled rules.
#[track_caller]
fn told_of_bundled(flags: &str) -> String {
    Bench::new().refused(flags)
}

#[test]
fn a_parameter_without_value() {
    assert_snapshot!(told_of("--param rds-story.min_days"), @"
    error: `--param rds-story.min_days` is not of the form rule.name=value
    help: write for example rds-backup-retention.min_days=14
    ");
}

#[test]
fn a_parameter_without_rule() {
    let told = told_of("--param min_days=3");
    let wrong = "error: there is no shared parameter `min_days`; one of: active_users, ";
    assert!(told.starts_with(wrong), "{told}");
}

#[test]
fn a_parameter_of_an_unknown_rule() {
    assert_snapshot!(told_of("--param rds-stori.min_days=3"), @"
    error: there is no rule `rds-stori`; did you mean `rds-story`?
    help: `launchgate rules list` shows all rules
    ");
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(told_of("--param rds-story.min_dayz=3"), @"
    error: there is no parameter `rds-story.min_dayz`; did you mean `rds-story.min_days`?
    help: `launchgate rules show RULE` shows a rule's parameters
    ");
}

#[test]
fn a_parameter_of_another_type() {
    assert_snapshot!(told_of("--param rds-story.min_days=many"), @"error: `--param rds-story.min_days=many`: `many` is not of type int");
    assert_snapshot!(told_of("--param rds-story.min_days=3.5"), @"error: `--param rds-story.min_days=3.5`: `3.5` is not of type int");
    assert_snapshot!(told_of("--param rds-story.min_days="), @"error: `--param rds-story.min_days=`: `` is not of type int");
}

#[test]
fn a_now_that_is_no_time() {
    assert_snapshot!(told_of("--now yesterday"), @"error: `--now yesterday` is not a time such as 2026-01-31T12:00:00Z");
    // Which midnight is meant depends on where one is.
    assert_snapshot!(told_of("--now 2026-01-31"), @"error: `--now 2026-01-31` is not a time such as 2026-01-31T12:00:00Z");
    assert_snapshot!(told_of("--now 2026-02-30T00:00:00Z"), @"error: `--now 2026-02-30T00:00:00Z` is not a time such as 2026-01-31T12:00:00Z");
}

#[test]
fn an_unknown_report() {
    assert_snapshot!(told_of("--report jnuit=x.xml"), @"
    error: invalid value 'jnuit=x.xml' for '--report <FORMAT=PATH>': unknown report format `jnuit`; did you mean `junit`?

    For more information, try '--help'.
    ");
    let told = told_of("--report pdf=x.pdf");
    let listed = "unknown report format `pdf`; one of: junit, markdown, json";
    assert!(told.contains(listed), "{told}");
    assert_snapshot!(told_of("--report junit"), @"
    error: invalid value 'junit' for '--report <FORMAT=PATH>': write FORMAT=PATH, for example markdown=reports/report.md

    For more information, try '--help'.
    ");
    assert_snapshot!(told_of("--report junit="), @"
    error: invalid value 'junit=' for '--report <FORMAT=PATH>': the path is missing

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_severity() {
    assert_snapshot!(told_of("--fail-on hihg"), @"
    error: invalid value 'hihg' for '--fail-on <SEVERITY>': one of: critical, high, medium, low, info

    For more information, try '--help'.
    ");
    assert_snapshot!(told_of("--severity serious"), @"
    error: invalid value 'serious' for '--severity <SEVERITY>': one of: critical, high, medium, low, info

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_rule() {
    assert_snapshot!(told_of("--rule rds-stori"), @"
    error: there is no rule `rds-stori`; did you mean `rds-story`?
    help: `launchgate rules list` shows all rules
    ");
}

#[test]
fn an_unknown_framework() {
    assert_snapshot!(told_of("--framework launch-readiness"), @"error: there is no framework `launch-readiness`");
    assert_snapshot!(told_of_bundled("plan --framework launch-readyness"), @"error: there is no framework `launch-readyness`; did you mean `launch-readiness`?");
    let told = told_of_bundled("plan --framework soc-2");
    let listed = "error: there is no framework `soc-2`; one of: cis-aws-";
    assert!(told.starts_with(listed), "{told}");
}

#[test]
fn an_unknown_service() {
    assert_snapshot!(told_of("--service rdss"), @"error: there is no service `rdss`; did you mean `rds`?");
    let told = told_of("--service quantum-ledger");
    let named = "error: there is no service `quantum-ledger`";
    assert!(told.starts_with(named), "{told}");
}

#[test]
fn an_unknown_resource_type() {
    assert_snapshot!(told_of_bundled("schema --resource rds.DBInstanse"), @"
    error: there is no resource type `rds.DBInstanse`; did you mean `rds.DBInstance`?
    help: `launchgate schema --resources` lists all of them
    ");
    assert_snapshot!(told_of_bundled("schema --resource zzz"), @"
    error: there is no resource type `zzz`
    help: `launchgate schema --resources` lists all of them
    ");
}

#[test]
fn a_snapshot_and_a_region() {
    assert_snapshot!(told_of("--region eu-west-1"), @"
    error: the argument '--snapshot <FILE>' cannot be used with '--region <REGION>'

    Usage: launchgate audit --no-bundled --rules <DIR> --snapshot <FILE>

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_command() {
    assert_snapshot!(told_of_bundled("adit"), @"
    error: unrecognized subcommand 'adit'

      tip: a similar subcommand exists: 'audit'

    Usage: launchgate <COMMAND>

    For more information, try '--help'.
    ");
}
