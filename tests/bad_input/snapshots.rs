//! Snapshot files that cannot be audited.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::Bench;
use crate::support::samples::{instance, rule_named, snapshot};

const AUDIT: &str = "audit --no-bundled --rules rules --snapshot snapshot.json";

/// What `audit` says of a snapshot file; the reports of an earlier run stay as they were.
#[track_caller]
fn told_of(snapshot: impl AsRef<[u8]>) -> String {
    bench().with("snapshot.json", snapshot).refused(AUDIT)
}

fn bench() -> Bench {
    Bench::new()
        .with("rules/rds-story.yaml", rule_named("rds-story"))
        .with("reports/findings.json", "of yesterday")
}

fn sound() -> String {
    snapshot(&[instance("db-1", 7)]).to_string()
}

#[test]
fn the_sound_snapshot_is_audited() {
    let bench = bench().with("snapshot.json", sound());
    bench.run(AUDIT).expect_code(0);
    assert_eq!(
        bench.json("reports/findings.json")["summary"]["pass"],
        json!(1)
    );
}

#[test]
fn none() {
    assert_snapshot!(bench().refused(AUDIT), @"
    error: failed to read snapshot snapshot.json: No such file or directory (os error 2)
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn a_directory() {
    let bench = bench().with_directory("snapshot.json");
    assert_snapshot!(bench.refused(AUDIT), @"
    error: failed to read snapshot snapshot.json: Is a directory (os error 21)
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn an_empty_file() {
    assert_snapshot!(told_of(""), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: EOF while parsing a value at line 1 column 0
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn a_truncated_one() {
    let text = sound();
    assert_snapshot!(told_of(&text[..text.len() / 2]), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: EOF while parsing a string at line 1 column 249
    help: make one with `launchgate collect -o FILE`
    ");
}

/// At no place may half a snapshot pass for a whole one.
#[test]
fn one_truncated_anywhere() {
    let text = sound();
    let bench = bench();
    for end in (1..text.len()).step_by(23) {
        std::fs::write(bench.path().join("snapshot.json"), &text[..end]).expect("a file");
        let told = bench.refused(AUDIT);
        assert!(told.contains("not a whole snapshot"), "{end}: {told}");
    }
}

#[test]
fn something_after_its_end() {
    assert_snapshot!(told_of(sound() + "{}"), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: trailing characters at line 1 column 499
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn other_json() {
    assert_snapshot!(told_of(r#"{ "Reservations": [] }"#), @r#"
    error: failed to read snapshot snapshot.json: it is not a launchgate snapshot (no `"format": "launchgate.snapshot/1"` at its start)
    help: make one with `launchgate collect -o FILE`
    "#);
}

#[test]
fn our_own_report() {
    assert_snapshot!(told_of(r#"{ "schema": "launchgate.findings/1" }"#), @r#"
    error: failed to read snapshot snapshot.json: it is not a launchgate snapshot (no `"format": "launchgate.snapshot/1"` at its start)
    help: make one with `launchgate collect -o FILE`
    "#);
}

#[test]
fn no_json() {
    assert_snapshot!(told_of(b"\x1f\x8b\x08\x00 compressed"), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: expected value at line 1 column 1
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn a_newer_format() {
    let newer = sound().replace("launchgate.snapshot/1", "launchgate.snapshot/2");
    assert_snapshot!(told_of(newer), @"error: failed to read snapshot snapshot.json: it has the format `launchgate.snapshot/2`, and this launchgate reads `launchgate.snapshot/1`: use the release that wrote it or a later one");
}

/// Ages are counted up to it: the present would be wrong in silence.
#[test]
fn no_time_at_which_it_was_taken() {
    let text = sound().replace("2026-01-20T09:00:00Z", "a while ago");
    assert_snapshot!(told_of(text), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: `taken` is not a time at line 1 column 55
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn a_part_missing() {
    let mut parts = snapshot(&[instance("db-1", 7)]);
    let map = parts.as_object_mut().expect("a snapshot is an object");
    map.remove("unread");
    assert_snapshot!(told_of(parts.to_string()), @"
    error: failed to read snapshot snapshot.json: not a whole snapshot: `unread` is missing at line 1 column 486
    help: make one with `launchgate collect -o FILE`
    ");
}

#[test]
fn a_resource_without_identity() {
    let mut nameless = instance("db-1", 7);
    let map = nameless.as_object_mut().expect("a resource is an object");
    map.remove("account");
    let told = told_of(snapshot(&[nameless]).to_string());
    assert!(
        told.contains("a resource lacks its id, arn, account or region at line 1 column"),
        "{told}"
    );
}
