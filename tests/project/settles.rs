//! Attestations that stand in for rules, and framework files that say so.

use serde_json::json;

use crate::support::Bench;
use crate::support::samples::{instance, rule_named, snapshot, unreadable_instance};

const HOUSE: &str = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - id: H1
    title: Data comes back
    attest: { statement: Data was brought back., settles: [rds-story] }
";

const SIGNED: &str = "\
attestations:
  - { control: house/H1, statement: We did it., by: Jane, on: 2026-11-01, expires: 2026-12-31 }
";

fn bench(house: &str) -> Bench {
    let controls = "controls: { house: [H1] }\ntests:";
    let instances = [
        instance("kept", 7),
        instance("lost", 0),
        unreadable_instance("dark"),
    ];
    Bench::new()
        .with("rules/frameworks/house.yaml", house)
        .with(
            "rules/rds-story.yaml",
            rule_named("rds-story").replace("tests:", controls),
        )
        .with("snapshot.json", snapshot(&instances).to_string())
        .with("attestations.yaml", SIGNED)
}

const AUDIT: &str = "audit --no-bundled --rules rules --snapshot snapshot.json";

#[test]
fn what_fails_and_what_is_unknown_passes_by_a_persons_word() {
    let bench = bench(HOUSE);
    bench
        .run(&format!("{AUDIT} --now 2026-11-22T00:00:00Z"))
        .expect_code(0);
    let report = bench.json("reports/findings.json");
    let findings = report["findings"].as_array().expect("findings");
    let told: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!([
                finding["resource"]["id"],
                finding["status"],
                finding["message"]
            ])
        })
        .collect();
    let word = "attested by Jane on 2026-11-01: We did it.";
    assert_eq!(
        json!(told),
        json!([
            ["dark", "pass", word],
            ["kept", "pass", "RDS instances keep backups"],
            ["lost", "pass", word]
        ])
    );
    let lost = &findings[2];
    assert_eq!(
        lost["evidence"],
        json!({ "resource.BackupRetentionPeriod": 0 })
    );
    assert_eq!(lost.get("remediation"), None);
    assert_eq!(findings[0].get("unknown"), None);
    assert_eq!(
        findings[1].get("attestation"),
        None,
        "this one needed nobody"
    );
}

#[test]
fn an_expired_word_settles_nothing() {
    let bench = bench(HOUSE);
    bench
        .run(&format!("{AUDIT} --now 2027-01-01T00:00:00Z"))
        .expect_code(1);
    assert_eq!(bench.json("reports/findings.json")["summary"]["pass"], 1);
}

#[test]
fn framework_files_are_checked() {
    let check = |house: &str| {
        let run = bench(house).run("rules check rules").expect_code(2);
        run.stderr
    };
    insta::assert_snapshot!(check(
        &HOUSE.replace("[rds-story]", "[rds-stroy, rds-backup-retention]")
    ));
    let told = check(&HOUSE.replace(", settles: [rds-story]", ""));
    assert!(
        told.contains("this attestation would decide nothing"),
        "{told}"
    );
    let told = check(&HOUSE.replace("[rds-story]", "[rds-story], valid_days: 0"));
    assert!(
        told.contains("`valid_days` must be from 1 to 3653"),
        "{told}"
    );
    let told = check(&HOUSE.replace("statement:", "statment:"));
    assert!(told.contains("did you mean `statement`?"), "{told}");
    let told = check(&HOUSE.replace("    attest:", "    severity: hgih\n    attest:"));
    assert!(told.contains("did you mean `high`?"), "{told}");
    bench(HOUSE).run("rules check rules").expect_code(0);
}
