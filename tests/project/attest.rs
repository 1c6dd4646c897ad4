//! `launchgate attest`.

use serde_json::{Value, json};

use super::attestations::HOUSE;
use crate::support::{Bench, run};

fn bench() -> Bench {
    Bench::new().with("rules/frameworks/house.yaml", HOUSE)
}

const FLAGS: &str = "--no-bundled --rules rules";

#[track_caller]
fn attest(bench: &Bench, flags: &str) {
    bench.run(&format!("attest {FLAGS} {flags}")).expect_code(0);
}

#[test]
fn the_first_entry_makes_the_file() {
    let bench = bench().with("docs/book.md", "abc");
    attest(
        &bench,
        "on-call --by Jane --on 2026-11-01 --expires 2027-01-31 --evidence docs/book.md --account 012345678901",
    );
    insta::assert_snapshot!(bench.read("attestations.yaml"));
}

#[test]
fn the_framework_words_it_and_says_for_how_long() {
    let bench = bench();
    let mut command = bench.command(&format!("attest {FLAGS} house/on-call --on 2026-11-01"));
    run(command.args(["--by", "Jane \"J\" Doe: ops"])).expect_code(0);
    let text = bench.read("attestations.yaml");
    assert!(
        text.contains("statement: \"Somebody is on call at any hour.\""),
        "{text}"
    );
    assert!(
        text.contains("expires: 2027-05-20"),
        "200 days later: {text}"
    );
    assert!(text.contains("by: \"Jane \\\"J\\\" Doe: ops\""), "{text}");
}

/// The comments, the order, the odd spaces: all as they were.
#[test]
fn the_rest_of_the_file_stays_as_it_was() {
    let file = "\
# ours
attestations:   # a list

    # the phone
    - control:   on-call
      statement: |
        Ops hold
        the phone.
      by: 'Old Name'   # left in May

      on: 2025-11-01
      expires: 2026-03-31

    # the cellar
    - {control: H3, statement: It is dry., by: Joe, on: 2026-01-01,
       expires: 2026-12-31}
# the end";
    let bench = bench().with("attestations.yaml", file);
    attest(
        &bench,
        "on-call --by Jane --on 2026-11-01 --statement Here.",
    );
    insta::assert_snapshot!(bench.read("attestations.yaml"));
    attest(
        &bench,
        "H3 --by Jane --on 2026-11-01 --account 123456789012",
    );
    insta::assert_snapshot!("added_at_the_end", bench.read("attestations.yaml"));
}

#[test]
fn other_forms_of_an_empty_or_dense_list() {
    let kept = "  - { control: H3, statement: Dry., by: Joe, on: 2026-01-01, expires: 2026-12-31 }";
    let starts = [
        "",
        "# only a comment",
        "attestations:",
        "attestations: []\n# after\n",
        "attestations: [ ] # none yet\n",
        "attestations:\n  # none yet\n",
        &format!("attestations:\n{kept}"),
        &format!("attestations:\n{}\n", kept.trim_start()),
        &format!("attestations:\r\n{kept}\r\n"),
        &format!("---\nattestations:\n{kept}\n...\n"),
    ];
    for start in starts {
        let bench = bench().with("attestations.yaml", start);
        attest(&bench, "on-call --by Jane --on 2026-11-01");
        let text = bench.read("attestations.yaml");
        let lines_kept = start.lines().filter(|line| !line.contains('['));
        for line in lines_kept {
            assert!(text.contains(line), "{start:?} lost {line:?}:\n{text}");
        }
        let listed = bench
            .run(&format!("attest --list --format json {FLAGS}"))
            .expect_code(0);
        let listed: Value = serde_json::from_str(&listed.stdout).expect("JSON");
        assert_eq!(listed[0]["by"], "Jane", "{start:?}:\n{text}");
        let other = if start.contains("H3") { "Joe" } else { "" };
        assert_eq!(
            listed[1]["by"].as_str().unwrap_or_default(),
            other,
            "{text}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_added_to_is_left_alone() {
    let entry = "{ control: H3, statement: Dry., by: Joe, on: 2026-01-01, expires: 2026-12-31 }";
    let bench = bench().with("attestations.yaml", format!("attestations: [{entry}]\n"));
    let told = bench.refused(&format!("attest {FLAGS} on-call --by Jane --on 2026-11-01"));
    assert!(
        told.contains("add this to its list") && told.contains("- control: house/on-call"),
        "{told}"
    );
    let bench = bench.with("attestations.yaml", "attestations: [\n");
    bench.refused(&format!("attest {FLAGS} on-call --by Jane"));
}

#[test]
fn what_would_not_count_is_not_written() {
    let bench = bench()
        .with("attestations.yaml", "attestations:\n")
        .with_directory("docs");
    let refused = |flags: &str| {
        let told = bench.refused(&format!("attest {FLAGS} {flags}"));
        told.lines().next().unwrap_or_default().to_owned()
    };
    let all = [
        "oncall --by Jane",
        "H1 --by Jane",
        "on-call --by Jane --on 2999-01-01",
        "on-call --by Jane --on 2020-01-01 --expires 2020-02-01",
        "on-call --by Jane --on 2026-01-02 --expires 2026-01-01",
        "on-call --by Jane --on yesterday",
        "on-call --by Jane --evidence none.md",
        "on-call --by Jane --evidence docs",
        "on-call --by Jane --evidence /etc/hostname",
        "on-call --by Jane --account 12",
    ];
    let told = all.map(refused);
    insta::assert_snapshot!(told.join("\n"));
    let mut blank = bench.command(&format!("attest {FLAGS} on-call --by"));
    assert!(bench.refuses(blank.arg("  ")).contains("`--by` is blank"));
    let mut lines = bench.command(&format!("attest {FLAGS} on-call --by"));
    assert!(bench.refuses(lines.arg("a\nb")).contains("one line"));
    let told = bench.refused(&format!("attest {FLAGS} on-call"));
    assert!(told.contains("--by <NAME>"), "{told}");
}

#[test]
fn the_list_says_how_each_control_stands() {
    let bench = bench().with(
        "attestations.yaml",
        "attestations:\n  - { control: on-call, statement: Yes., by: Jane, on: 2020-01-01, expires: 2020-02-01 }\n",
    );
    let list = bench.run(&format!("attest --list {FLAGS}")).expect_code(0);
    insta::assert_snapshot!(list.stdout);
    let list = bench
        .run(&format!("attest --list --format json {FLAGS}"))
        .expect_code(0);
    let list: Value = serde_json::from_str(&list.stdout).expect("JSON");
    assert_eq!(
        list[1],
        json!({
            "control": "house/H3", "title": "The cellar is dry", "manual": true, "settles": [], "valid_days": 365,
            "statement": "The cellar is dry", "state": "missing",
        })
    );
}

/// Whoever owns the bundled framework can sign each of its controls.
#[test]
fn the_bundled_controls_can_be_signed_and_settle_their_rules() {
    let bench = Bench::new();
    for control in [
        "on-call",
        "restore-tested",
        "recovery-documented",
        "load-test",
        "budget-approved",
    ] {
        bench
            .run(&format!("attest {control} --by Jane"))
            .expect_code(0);
    }
    let report = "audit --demo --framework launch-readiness --attestations attestations.yaml --report json=f.json";
    bench.run(report).expect_code(1);
    let findings = bench.json("f.json");
    let attested: Vec<&str> = findings["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding.get("attestation").is_some())
        .filter_map(|finding| finding["rule"].as_str())
        .collect();
    let expected = [
        "backup-restore-tested",
        "launch-readiness/budget-approved",
        "launch-readiness/load-test",
        "launch-readiness/on-call",
        "launch-readiness/recovery-documented",
    ];
    assert_eq!(attested, expected);
}
