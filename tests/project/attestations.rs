//! What people signed, in findings and reports.

use serde_json::{Value, json};

use crate::support::samples::{instance, rule_named, snapshot};
use crate::support::{Bench, Run};

pub const HOUSE: &str = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - { id: H1, title: Data comes back, section: Data }
  - id: on-call
    title: Somebody is on call
    section: People
    manual: true
    severity: critical
    attest: { statement: Somebody is on call at any hour., valid_days: 200 }
  - { id: H3, title: The cellar is dry, manual: true }
";

pub const DAY: &str = "2026-11-22";

/// A house in which this was attested.
pub fn bench(attestations: &str) -> Bench {
    let controls = "controls: { house: [H1] }\ntests:";
    let rule = rule_named("rds-story").replace("tests:", controls);
    Bench::new()
        .with("rules/frameworks/house.yaml", HOUSE)
        .with("rules/rds-story.yaml", rule)
        .with("snapshot.json", snapshot(&[instance("db", 7)]).to_string())
        .with("attestations.yaml", attestations)
}

pub fn audit(bench: &Bench, flags: &str) -> Run {
    bench.run(&format!(
        "audit --no-bundled --rules rules --framework house --snapshot snapshot.json --now {DAY}T12:00:00Z {flags}"
    ))
}

/// An entry for `on-call` with these lines in place of the usual ones.
pub fn entry(changes: &[(&str, &str)]) -> String {
    let mut keys = vec![
        ("control", "on-call"),
        ("statement", "Ops hold the phone."),
        ("by", "Jane"),
        ("on", "2026-11-01"),
        ("expires", "2026-12-31"),
    ];
    for (key, value) in changes {
        keys.retain(|(known, _)| known != key);
        if !value.is_empty() {
            keys.push((key, value));
        }
    }
    let lines = keys
        .iter()
        .map(|(key, value)| format!("    {key}: {value}\n"));
    format!("  -\n{}", lines.collect::<String>())
}

pub fn file(entries: &[String]) -> String {
    format!("attestations:\n{}", entries.concat())
}

/// The finding of `house/on-call`.
#[track_caller]
pub fn on_call(bench: &Bench) -> Value {
    let report = bench.json("reports/findings.json");
    let findings = report["findings"].as_array().expect("findings");
    let found = findings
        .iter()
        .find(|finding| finding["rule"] == "house/on-call");
    found.expect("the control's finding").clone()
}

#[test]
fn nobody_has_signed() {
    let bench = bench("attestations:\n");
    let run = audit(&bench, "").expect_code(0);
    let finding = on_call(&bench);
    assert_eq!(finding["status"], "manual");
    assert_eq!(finding["severity"], "critical");
    assert_eq!(
        finding["message"],
        "nobody has attested: Somebody is on call at any hour."
    );
    assert_eq!(finding["resource"]["type"], "aws.Account");
    assert_eq!(finding["controls"], json!({ "house": ["on-call"] }));
    let controls = &bench.json("reports/findings.json")["frameworks"][0]["controls"];
    insta::assert_snapshot!(format!("{controls:#}"));
    insta::assert_snapshot!(run.stdout);
    let junit = bench.read("reports/junit.xml");
    assert!(
        junit.contains(
            "<skipped type=\"manual\" message=\"manual: nobody has attested: The cellar is dry\""
        ) || junit.contains("message=\"manual: nobody has attested: The cellar is dry\""),
        "{junit}"
    );
}

#[test]
fn somebody_has_signed() {
    let evidence = "{ url: \"https://wiki.example/on-call\" }";
    let bench = bench(&file(&[entry(&[("evidence", evidence)])]));
    let run = audit(&bench, "").expect_code(0);
    let finding = on_call(&bench);
    assert_eq!(finding["status"], "pass");
    assert_eq!(
        finding["attestation"],
        json!({
            "control": "house/on-call",
            "statement": "Ops hold the phone.",
            "by": "Jane",
            "on": "2026-11-01",
            "expires": "2026-12-31",
            "evidence": { "url": "https://wiki.example/on-call" },
        })
    );
    assert_eq!(
        finding["message"],
        "attested by Jane on 2026-11-01: Ops hold the phone."
    );
    assert!(run.stdout.contains("2 pass (1 attested)"), "{}", run.stdout);
    assert!(
        run.stderr.contains("using attestations.yaml"),
        "{}",
        run.stderr
    );
    let page = bench.read("reports/report.md");
    let line = page
        .lines()
        .find(|line| line.starts_with("- Somebody is on call"));
    insta::assert_snapshot!(line.unwrap_or_default(), @"- Somebody is on call (`house/on-call`): `123456789012` in `global`: attested by Jane on `2026-11-01`: Ops hold the phone. Until `2026-12-31`, shown by <https://wiki.example/on-call>.");
    let control = &bench.json("reports/findings.json")["frameworks"][0]["controls"][1];
    assert_eq!(control["attestation"]["state"], "valid");
    assert_eq!(control["status"], "pass");
    assert!(
        bench
            .read("reports/junit.xml")
            .contains("attested by Jane on 2026-11-01")
    );
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    for (now, status) in [
        ("2026-12-31T23:59:59Z", "pass"),
        ("2027-01-01T00:00:00Z", "manual"),
        ("2026-12-31T23:59:59-02:00", "manual"),
    ] {
        let bench = bench(&file(&[entry(&[])]));
        bench
            .run(&format!(
                "audit --no-bundled --rules rules --framework house --snapshot snapshot.json --now {now}"
            ))
            .expect_code(0);
        assert_eq!(on_call(&bench)["status"], status, "{now}");
    }
}

#[test]
fn one_account_may_be_meant() {
    let of = |account: &str| file(&[entry(&[("account", account)])]);
    let status = |text: &str| {
        let bench = bench(text);
        audit(&bench, "").expect_code(0);
        on_call(&bench)["status"].clone()
    };
    assert_eq!(status(&of("\"123456789012\"")), "pass");
    assert_eq!(status(&of("123456789012")), "pass");
    assert_eq!(status(&of("\"210987654321\"")), "manual");
    // One for all and an old one for this account: one that counts is enough.
    let old = entry(&[("account", "\"123456789012\""), ("expires", "2026-11-02")]);
    assert_eq!(status(&file(&[entry(&[]), old.clone()])), "pass");
    assert_eq!(status(&file(&[old, entry(&[])])), "pass");
}

/// People's words are no substitute for an account in which something was found.
#[test]
fn an_empty_account_stays_nothing_audited() {
    let bench = bench(&file(&[entry(&[])])).with("snapshot.json", snapshot(&[]).to_string());
    audit(&bench, "").expect_code(4);
}

#[test]
fn whoever_names_rules_is_told_of_those_alone() {
    let bench = bench("attestations:\n");
    audit(&bench, "--rule rds-story").expect_code(0);
    let report = bench.json("reports/findings.json");
    assert_eq!(report["summary"]["manual"], 0);
    audit(&bench, "--severity high").expect_code(0);
    assert_eq!(bench.json("reports/findings.json")["summary"]["manual"], 2);
}

#[test]
fn the_file_may_be_named() {
    let bench = bench("attestations:\n").with("signed/by-us.yaml", file(&[entry(&[])]));
    audit(&bench, "--attestations signed/by-us.yaml").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "pass");
    let told = bench.refused("audit --snapshot snapshot.json --attestations none.yaml");
    assert!(
        told.contains("failed to read the attestations none.yaml"),
        "{told}"
    );
    let bench = bench.with("launchgate.yaml", "attestations: signed/by-us.yaml\n");
    audit(&bench, "").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "pass");
    audit(&bench, "--no-project").expect_code(0);
    assert_eq!(on_call(&bench)["status"], "manual");
    let bench = bench.with("launchgate.yaml", "attestations: later.yaml\n");
    let run = audit(&bench, "").expect_code(0);
    assert!(
        run.stderr
            .contains("later.yaml is not there yet, so nothing is attested"),
        "{}",
        run.stderr
    );
}
