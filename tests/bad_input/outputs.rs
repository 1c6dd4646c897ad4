//! Reports and snapshots for which there is no place.

use insta::assert_snapshot;

use crate::support::Bench;
use crate::support::samples::{instance, rule_named, snapshot};

const AUDIT: &str = "audit --no-bundled --rules rules --snapshot snapshot.json";

fn bench() -> Bench {
    Bench::new()
        .with("rules/rds-story.yaml", rule_named("rds-story"))
        .with(
            "snapshot.json",
            snapshot(&[instance("db-1", 7)]).to_string(),
        )
        .with("old/findings.json", "of yesterday")
}

#[track_caller]
fn told_of(reports: &str) -> String {
    bench().refused(&format!("{AUDIT} {reports}"))
}

#[test]
fn a_directory_in_its_place() {
    assert_snapshot!(told_of("--report json=old"), @"
    error: failed to write old: is a directory; nothing was written
    help: give a file in a directory that you may write to
    ");
}

#[test]
fn a_path_below_a_file() {
    assert_snapshot!(told_of("--report json=old/findings.json/more.json"), @"
    error: failed to write old/findings.json/more.json: not a directory; nothing was written
    help: give a file in a directory that you may write to
    ");
}

#[test]
fn a_path_far_below_a_file() {
    assert_snapshot!(told_of("--report json=old/findings.json/deep/down/more.json"), @"
    error: failed to write old/findings.json/deep/down/more.json: not a directory; nothing was written
    help: give a file in a directory that you may write to
    ");
}

/// What the system says of it depends on who asks.
#[test]
fn a_place_where_nobody_writes() {
    let told = told_of("--report json=/proc/launchgate.json");
    let place = "error: failed to write /proc/launchgate.json: ";
    assert!(told.starts_with(place), "{told}");
    assert!(!told.contains("/.launchgate-"), "a temporary file: {told}");
}

#[test]
fn two_reports_for_one_path() {
    assert_snapshot!(told_of("--report json=new.json --report junit=new.json"), @"
    error: two reports cannot both go to new.json
    help: give each report a path of its own
    ");
    assert_snapshot!(told_of("--report json=- --report junit=-"), @"
    error: two reports cannot both go to -
    help: give each report a path of its own
    ");
}

/// The first report could be written; that it is not keeps the reports of one run together.
#[test]
fn the_second_of_two_is_told_before_the_first_is_written() {
    let told = told_of("--report json=old/findings.json --report junit=/proc/launchgate.xml");
    let place = "error: failed to write /proc/launchgate.xml: ";
    assert!(told.starts_with(place), "{told}");
}

#[test]
fn a_report_below_another_one() {
    assert_snapshot!(told_of("--report junit=new/it.xml --report json=new"), @"
    error: two reports cannot both go to new
    help: give each report a path of its own
    ");
}

#[test]
fn a_snapshot() {
    let bench = bench();
    let mut command = bench.command("collect --no-bundled --rules rules -o old");
    command.env("AWS_REGION", "eu-west-1");
    assert_snapshot!(bench.refuses(&mut command), @"
    error: failed to write old: is a directory; nothing was written
    help: give a file in a directory that you may write to
    ");
}

/// A directory that was missing is made with the reports, and not before there are any.
#[test]
fn missing_directories_are_made() {
    let bench = bench();
    let audit = format!("{AUDIT} --report json=new/deep/findings.json");
    bench.run(&audit).expect_code(0);
    let files: Vec<String> = bench.files().into_keys().collect();
    assert!(
        files.contains(&"new/deep/findings.json".to_owned()),
        "{files:?}"
    );
    assert!(
        !files.iter().any(|name| name.contains(".launchgate-")),
        "a temporary file was left: {files:?}"
    );
}
