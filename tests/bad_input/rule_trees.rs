//! Mistakes that no single rule file shows: names, places, several files at once.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::Bench;
use crate::support::samples::{RULE, instance, rule_named, rule_with, snapshot};

#[test]
fn a_file_named_otherwise() {
    let bench = Bench::new().with("rules/rds-other.yaml", RULE);
    assert_snapshot!(bench.refused("rules check rules"), @"
    error[file-name]: the file of rule `rds-story` must be called `rds-story.yaml`
     --> rules/rds-other.yaml:1:5
      |
    1 | id: rds-story
      |     ^^^^^^^^^

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_id_twice_in_a_directory() {
    let bench = Bench::new()
        .with("rules/rds-story.yaml", RULE)
        .with("rules/more/rds-story.yaml", RULE);
    assert_snapshot!(bench.refused("rules check rules"), @"
    error[duplicate-id]: there is another rule `rds-story`
     --> rules/rds-story.yaml:1:5
      |
    1 | id: rds-story
      |     ^^^^^^^^^
      |
      = help: rules/more/rds-story.yaml has this id already: choose another

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_id_twice_in_two_directories() {
    let bench = Bench::new()
        .with("one/rds-story.yaml", rule_named("rds-story"))
        .with("two/rds-story.yaml", rule_named("rds-story"));
    assert_snapshot!(bench.refused("rules list --no-bundled --rules one --rules two"), @"
    error[duplicate-id]: there is another rule `rds-story`
     --> two/rds-story.yaml:1:5
      |
    1 | id: rds-story
      |     ^^^^^^^^^
      |
      = help: one/rds-story.yaml has this id already: choose another

    error: 1 mistake in 1 file
    ");
}

#[test]
fn an_id_that_the_bundle_has() {
    let rule = rule_named("rds-backup-retention");
    let bench = Bench::new().with("rules/rds-backup-retention.yaml", rule);
    assert_snapshot!(bench.refused("rules list --rules rules"), @"
    error[duplicate-id]: there is another rule `rds-backup-retention`
     --> rules/rds-backup-retention.yaml:1:5
      |
    1 | id: rds-backup-retention
      |     ^^^^^^^^^^^^^^^^^^^^
      |
      = help: bundled:rules/rds/rds-backup-retention.yaml has this id: choose another, or leave the bundle out with --no-bundled

    error: 1 mistake in 1 file
    ");
    // With the bundle left out it is no duplicate.
    bench
        .run("rules list --no-bundled --rules rules")
        .expect_code(0);
}

#[test]
fn a_framework_when_none_is_loaded() {
    let bench = Bench::new().with("rules/rds-story.yaml", RULE);
    assert_snapshot!(bench.refused("rules list --no-bundled --rules rules"), @"
    error[unknown-framework]: there is no framework `launch-readiness`
      --> rules/rds-story.yaml:12:13
       |
    12 | controls: { launch-readiness: [backups] }
       |             ^^^^^^^^^^^^^^^^
       |
       = help: none is loaded: put its file into frameworks/, or load the bundle's by leaving out --no-bundled

    error: 1 mistake in 1 file
    ");
}

#[test]
fn the_other_extension_of_yaml() {
    let bench = Bench::new()
        .with("rules/rds-story.yaml", RULE)
        .with("rules/rds-other.yml", RULE);
    assert_snapshot!(bench.refused("rules check rules"), @"
    error: failed to read rules: rules/rds-other.yml: rule files end in .yaml; rename this one
    help: give a directory of rule files, or one rule file: UTF-8, ending in .yaml
    ");
}

#[test]
fn a_directory_without_rules() {
    let bench = Bench::new().with("rules/README.md", "to be written");
    assert_snapshot!(bench.refused("rules check rules"), @"
    error: failed to read rules: rules: there is no .yaml file in this directory
    help: give a directory of rule files, or one rule file: UTF-8, ending in .yaml
    ");
}

#[test]
fn a_directory_that_is_not_there() {
    assert_snapshot!(Bench::new().refused("rules check rules"), @"
    error: failed to read rules: rules: No such file or directory (os error 2)
    help: give a directory of rule files, or one rule file: UTF-8, ending in .yaml
    ");
}

#[test]
fn a_file_that_is_not_utf_8() {
    let bench = Bench::new().with("rules/rds-story.yaml", b"title: caf\xe9\n");
    assert_snapshot!(bench.refused("rules check rules"), @"
    error: failed to read rules: rules/rds-story.yaml: stream did not contain valid UTF-8
    help: give a directory of rule files, or one rule file: UTF-8, ending in .yaml
    ");
}

#[test]
fn every_mistake_of_every_file_at_once() {
    let bench = Bench::new()
        .with("rules/a/rds-story.yaml", rule_with("[backups]", "[backup]"))
        .with(
            "rules/b/rds-more.yaml",
            rule_named("rds-more")
                .replace("severity: high", "severity: hihg")
                .replace("params.min_days\n", "params.min_dayz\n"),
        )
        // Sound but for its tests.
        .with(
            "rules/c/rds-tests.yaml",
            rule_named("rds-tests").replace("expect: pass", "expect: passes"),
        )
        .with("rules/d/rds-broken.yaml", "id: [rds-broken\ntitle: x\n");
    assert_snapshot!(bench.refused("rules check rules"), @"
    error[unknown-control]: framework `launch-readiness` has no control `backup`
      --> rules/a/rds-story.yaml:12:32
       |
    12 | controls: { launch-readiness: [backup] }
       |                                ^^^^^^
       |
       = help: did you mean `backups`?

    error[unknown-severity]: there is no severity `hihg`
     --> rules/b/rds-more.yaml:3:11
      |
    3 | severity: hihg
      |           ^^^^
      |
      = help: did you mean `high`?

    error[unknown-param]: the rule has no parameter `min_dayz`
     --> rules/b/rds-more.yaml:7:44
      |
    7 | require: resource.BackupRetentionPeriod >= params.min_dayz
      |                                            ^^^^^^^^^^^^^^^
      |
      = help: did you mean `min_days`?

    error[unknown-status]: a test cannot expect `passes`
      --> rules/c/rds-tests.yaml:14:69
       |
    14 |   - { name: a week, resource: { BackupRetentionPeriod: 7 }, expect: passes }
       |                                                                     ^^^^^^
       |
       = help: did you mean `pass`?

    error[yaml]: illegal placement of ':' indicator
     --> rules/d/rds-broken.yaml:2:6
      |
    2 | title: x
      |      ^
      |
      = help: a text with `: ` or ` #` in it, or with one of `!&*[{` at its start, needs quotes

    error: 5 mistakes in 4 files
    ");
}

#[test]
fn a_flood_of_mistakes_is_counted_and_not_shown() {
    let rule = |number: u32| {
        rule_named(&format!("rds-{number}")).replace("severity: high", "severity: hihg")
    };
    let bench = (1..=60).fold(Bench::new(), |bench, number| {
        bench.with(&format!("rules/rds-{number}.yaml"), rule(number))
    });
    let run = bench.run("rules check rules").expect_code(2);
    assert_eq!(run.stderr.matches("error[unknown-severity]").count(), 50);
    assert!(
        run.stderr
            .ends_with("error: 60 mistakes in 60 files (10 not shown)\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn tools_get_mistakes_as_json() {
    let bench = Bench::new().with("rules/rds-story.yaml", rule_with("[backups]", "[backup]"));
    let run = bench.run("rules check rules --format json").expect_code(2);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        told,
        json!([{
            "code": "unknown-control",
            "message": "framework `launch-readiness` has no control `backup`",
            "file": "rules/rds-story.yaml",
            "line": 12,
            "column": 32,
            "help": "did you mean `backups`?",
        }])
    );
}

/// Each command that loads rules tells of mistakes in the same way.
#[test]
fn every_command_refuses_a_wrong_rule() {
    let bench = Bench::new()
        .with(
            "rules/rds-story.yaml",
            rule_with("severity: high", "severity: hihg"),
        )
        .with(
            "snapshot.json",
            snapshot(&[instance("db-1", 7)]).to_string(),
        )
        .with("reports/findings.json", "of yesterday");
    let told = bench.refused("rules check rules");
    for command in [
        "rules list --rules rules",
        "rules show rds-story --rules rules",
        "rules test rules",
        "plan --rules rules",
        "permissions --rules rules",
        "audit --rules rules --snapshot snapshot.json",
        "collect --rules rules -o snapshot.json",
    ] {
        assert_eq!(bench.refused(command), told, "{command}");
    }
}
