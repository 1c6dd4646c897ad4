//! Mistakes in a project file: all at once, each with its place.

use insta::assert_snapshot;

use crate::support::Bench;

#[track_caller]
fn told(project: &str) -> String {
    let bench = Bench::new().with("launchgate.yaml", project);
    bench.refused("rules list")
}

/// A line for each mistake, as `line:column: message` would be read.
fn in_short(told: &str) -> String {
    let mut short = String::new();
    for line in told.lines() {
        if let Some((_, place)) = line.split_once("--> launchgate.yaml:") {
            short.push_str(&format!("    at {place}\n"));
        } else if line.starts_with("error") {
            short.push_str(&format!("{line}\n"));
        } else if let Some((_, help)) = line.split_once("= help: ") {
            short.push_str(&format!("    {help}\n"));
        }
    }
    short
}

/// More mistakes than fit a screen.
#[track_caller]
fn many(project: &str) -> String {
    let run = Bench::new()
        .with("launchgate.yaml", project)
        .run("rules list")
        .expect_code(2);
    in_short(&run.stderr)
}

#[test]
fn every_mistake_of_form_is_told_at_once() {
    let project = "\
acounts: [\"123456789012\"]
accounts: [123, 012345678901, \"12345678901x\", true]
regions: [eu-wst-1, eu-west-1, 5]
frameworks: []
gate: { fail_on: hihg, allow_unknown: yes, close: true }
params: { rds-backup-retention: { min_days: 14 }, window: null }
reports: [jnuit=x.xml, markdown]
profile: ''
";
    assert_snapshot!(many(project));
}

#[test]
fn names_and_values_are_checked_against_the_rules() {
    let project = "\
frameworks: [launch-readines, cis-aws-7.0]
params:
  rds-backup-retention.min_day: 14
  rds-backup-retention.min_days: soon
  rds-backup-retentoin.min_days: 14
  monthly_bugdet: 100
  monthly_budget: much
  active_users: 1.5
";
    assert_snapshot!(many(project));
}

#[test]
fn directories_that_are_not_there_are_told_in_the_file() {
    assert_snapshot!(told("rules: [gone, also-gone]\n"));
}

#[test]
fn regions_are_all_or_a_list() {
    assert_snapshot!(told("regions: eu-west-1\n"));
}

#[test]
fn what_is_no_yaml_or_no_map() {
    assert!(told("accounts: [\n").contains("launchgate.yaml:"));
    assert!(told("- a\n").contains("a project file must be a map, not a list"));
    assert!(told("profile: a\nprofile: b\n").contains("duplicate"));
    assert!(told("---\na: 1\n---\nb: 2\n").contains("second YAML document"));
}

#[test]
fn what_cannot_be_read() {
    let bench = Bench::new()
        .with_directory("launchgate.yaml")
        .with("latin.yaml", b"profile: \xe9\n");
    let told = bench.refused("rules list");
    assert!(
        told.contains("failed to read the project file launchgate.yaml"),
        "{told}"
    );
    let told = bench.refused("rules list --project latin.yaml");
    assert!(
        told.contains("failed to read the project file latin.yaml"),
        "{told}"
    );
    let told = bench.refused("rules list --project none.yaml");
    assert!(
        told.contains("failed to read the project file none.yaml: No such file"),
        "{told}"
    );
}

#[test]
fn reports_for_one_path_are_refused() {
    let bench = Bench::new().with("launchgate.yaml", "reports: [json=a, markdown=a]\n");
    let told = bench.refused("audit --snapshot none.json");
    assert!(told.contains("two reports cannot both go to a"), "{told}");
}
