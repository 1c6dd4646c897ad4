//! Which rules a command is about.

use serde_json::Value;

use super::listing::array;
use crate::support::Bench;
use crate::support::samples::rule_named;

const CHOICE: &str = "--no-bundled --rules one --rules two";

/// Four rules in two directories, and a framework that two of them serve.
fn bench() -> Bench {
    let rule = |id: &str, severity: &str| {
        rule_named(id).replace("severity: high", &format!("severity: {severity}"))
    };
    let serving = |id: &str, severity: &str, control: &str| {
        let controls = format!("controls: {{ house: [{control}] }}\ntests:");
        rule(id, severity).replace("tests:", &controls)
    };
    Bench::new()
        .with("one/frameworks/house.yaml", HOUSE)
        .with(
            "one/rds-critical.yaml",
            serving("rds-critical", "critical", "first"),
        )
        .with("one/rds-low.yaml", serving("rds-low", "low", "second"))
        .with("two/rds-high.yaml", rule("rds-high", "high"))
        .with("two/ec2/ec2-volume.yaml", EC2)
}

const HOUSE: &str = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - { id: first, title: The first }
  - { id: second, title: The second }
";

const EC2: &str = "\
id: ec2-volume
title: Volumes are encrypted
severity: medium
resource: ec2.Volume
require: resource.Encrypted
message: is not encrypted
why: Whoever gets the disk reads it.
remediation:
  text: Make an encrypted copy.
tests:
  - { name: plain, resource: { Encrypted: false }, expect: fail }
  - { name: encrypted, resource: { Encrypted: true }, expect: pass }
";

#[track_caller]
fn chosen(flags: &str) -> Vec<String> {
    let run = bench()
        .run(&format!("rules list --format json {flags}"))
        .expect_code(0);
    ids(&array(&run))
}

pub fn ids(rules: &[Value]) -> Vec<String> {
    let ids = rules.iter().map(|rule| rule["id"].as_str());
    ids.map(|id| id.expect("an id is text").to_owned())
        .collect()
}

#[test]
fn a_directory_adds_its_rules_to_the_bundle() {
    let bench = bench();
    let bundled = array(&bench.run("rules list --format json").expect_code(0)).len();
    let run = bench
        .run("rules list --format json --rules two")
        .expect_code(0);
    let both = array(&run);
    assert_eq!(both.len(), bundled + 2);
    assert!(ids(&both).contains(&"rds-high".to_owned()));
}

#[test]
fn without_the_bundle_there_are_only_the_directories_rules() {
    assert_eq!(
        chosen("--no-bundled --rules two"),
        ["ec2-volume", "rds-high"]
    );
    assert_eq!(
        chosen(CHOICE),
        ["ec2-volume", "rds-critical", "rds-high", "rds-low"]
    );
}

#[test]
fn a_single_file_is_a_directory_of_one() {
    assert_eq!(
        chosen("--no-bundled --rules two/rds-high.yaml"),
        ["rds-high"]
    );
}

#[test]
fn by_id() {
    assert_eq!(chosen(&format!("{CHOICE} --rule rds-low")), ["rds-low"]);
    assert_eq!(
        chosen(&format!("{CHOICE} --rule rds-low --rule ec2-volume")),
        ["ec2-volume", "rds-low"]
    );
}

#[test]
fn by_framework() {
    assert_eq!(
        chosen(&format!("{CHOICE} --framework house")),
        ["rds-critical", "rds-low"]
    );
}

#[test]
fn by_the_least_severity() {
    assert_eq!(
        chosen(&format!("{CHOICE} --severity critical")),
        ["rds-critical"]
    );
    assert_eq!(
        chosen(&format!("{CHOICE} --severity high")),
        ["rds-critical", "rds-high"]
    );
    assert_eq!(chosen(&format!("{CHOICE} --severity info")).len(), 4);
}

#[test]
fn by_service() {
    assert_eq!(chosen(&format!("{CHOICE} --service ec2")), ["ec2-volume"]);
    assert_eq!(
        chosen(&format!("{CHOICE} --service ec2 --service rds")).len(),
        4
    );
}

#[test]
fn flags_narrow_each_other() {
    assert_eq!(
        chosen(&format!(
            "{CHOICE} --service rds --framework house --severity high"
        )),
        ["rds-critical"]
    );
    assert_eq!(
        chosen(&format!("{CHOICE} --rule rds-low --severity high")),
        [""; 0]
    );
}

/// A rule about the account belongs to the service that it asks about.
#[test]
fn account_rules_are_chosen_by_what_they_read() {
    let run = Bench::new()
        .run("rules list --format json --service cloudtrail")
        .expect_code(0);
    let rules = array(&run);
    let about_accounts = rules.iter().filter(|rule| rule["service"] == "aws");
    assert!(about_accounts.count() > 0, "{:?}", ids(&rules));
    assert!(rules.iter().all(|rule| {
        let service = rule["service"].as_str();
        service == Some("cloudtrail") || service == Some("aws")
    }));
}

/// Code 4, and nothing that could be taken for a result.
#[test]
fn where_nothing_is_chosen_nothing_is_done() {
    let bench = bench().with("reports/findings.json", "of yesterday");
    let before = bench.files();
    for command in [
        "audit --demo",
        "plan",
        "permissions",
        "collect -o snapshot.json",
    ] {
        let run = bench
            .run(&format!(
                "{command} {CHOICE} --rule rds-low --severity high"
            ))
            .expect_code(4);
        assert_eq!(run.stdout, "", "{command}");
        assert!(
            run.stderr.ends_with(
                ": no rule fits --rule, --framework, --severity and --service together\n"
            ),
            "{command}: {}",
            run.stderr
        );
    }
    assert_eq!(bench.files(), before);
}

#[test]
fn a_directory_of_frameworks_alone_has_no_rule_to_check() {
    let bench = Bench::new().with("house/frameworks/house.yaml", HOUSE);
    for command in ["rules check house", "rules test house"] {
        bench.run(command).expect_code(4);
    }
}
