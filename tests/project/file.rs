//! What a project file says, and what flags say over it.

use serde_json::json;

use crate::support::Bench;
use crate::support::samples::{ACCOUNT, instance, rule_named, snapshot};

/// A house with one rule, and a project that has it.
fn bench(project: &str) -> Bench {
    Bench::new()
        .with("my-rules/rds-story.yaml", rule_named("rds-story"))
        .with("snapshot.json", snapshot(&[instance("db", 7)]).to_string())
        .with("launchgate.yaml", project)
}

const AUDIT: &str = "audit --no-bundled --snapshot snapshot.json";

#[test]
fn the_file_in_the_working_directory_is_used_and_named() {
    let bench = bench(
        "rules: [my-rules]\nparams: { rds-story.min_days: 30 }\ngate: { fail_on: medium }\nreports: [json=out/findings.json]\n",
    );
    let run = bench.run(AUDIT).expect_code(1);
    assert!(
        run.stderr.starts_with("using launchgate.yaml\n"),
        "{}",
        run.stderr
    );
    let gate = &bench.json("out/findings.json")["gate"];
    assert_eq!(gate["fail_on"], "medium");
    assert!(!bench.path().join("reports").exists());
}

#[test]
fn flags_override_it() {
    let bench = bench(
        "rules: [my-rules]\nparams: { rds-story.min_days: 30 }\ngate: { fail_on: low }\nreports: [json=out/findings.json]\n",
    );
    let flags = "--param rds-story.min_days=5 --fail-on critical --report json=mine.json";
    bench.run(&format!("{AUDIT} {flags}")).expect_code(0);
    assert_eq!(bench.json("mine.json")["gate"]["fail_on"], "critical");
    assert!(!bench.path().join("out").exists());
    let listed = bench.run("rules list --no-bundled --rules other").code;
    assert_eq!(listed, 2, "a list of the flags stands in for the project's");
}

#[test]
fn what_could_not_be_read_is_let_through_until_a_flag_says_no() {
    let unread = crate::support::samples::unreadable_instance("dark");
    let bench = bench("rules: [my-rules]\ngate: { allow_unknown: true }\n")
        .with("snapshot.json", snapshot(&[unread]).to_string());
    bench.run(AUDIT).expect_code(0);
    bench
        .run(&format!("{AUDIT} --allow-unknown=false"))
        .expect_code(3);
    bench
        .run(&format!("{AUDIT} --allow-unknown=maybe"))
        .expect_code(2);
}

#[test]
fn another_file_may_be_named_and_none_at_all() {
    let bench = bench("rules: [gone]\n").with("ci/strict.yaml", "rules: [../my-rules]\n");
    let run = bench
        .run(&format!("{AUDIT} --project ci/strict.yaml"))
        .expect_code(0);
    assert!(!run.stderr.contains("using"), "{}", run.stderr);
    bench
        .run(&format!("{AUDIT} --no-project --rules my-rules"))
        .expect_code(0);
    let both = bench.refused(&format!("{AUDIT} --no-project --project ci/strict.yaml"));
    assert!(both.contains("cannot be used with"), "{both}");
}

#[test]
fn paths_begin_at_the_file() {
    let bench = bench("").with(
        "ci/strict.yaml",
        "rules: [../my-rules]\nreports: [json=findings.json]\n",
    );
    bench
        .run(&format!("{AUDIT} --project ci/strict.yaml"))
        .expect_code(0);
    assert_eq!(bench.json("ci/findings.json")["accounts"], json!([ACCOUNT]));
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# to do\n", "params:\n  # monthly_budget: 100\n"] {
        let bench = bench(text);
        bench
            .run(&format!("{AUDIT} --rules my-rules"))
            .expect_code(0);
    }
}

#[test]
fn its_frameworks_choose_rules_until_a_rule_is_named() {
    let bench = Bench::new().with("launchgate.yaml", "frameworks: [launch-readiness]\n");
    let count = |flags: &str| {
        let listed = bench
            .run(&format!("rules list --format json {flags}"))
            .expect_code(0);
        let rules: serde_json::Value = serde_json::from_str(&listed.stdout).expect("JSON");
        rules.as_array().expect("rules").len()
    };
    let (of_project, all) = (count(""), count("--no-project"));
    assert!(0 < of_project && of_project < all, "{of_project} of {all}");
    assert!(count("--framework cis-aws-7.0") > 0);
    let elsewhere = "iam-user-hardware-mfa";
    assert_eq!(count(&format!("--rule {elsewhere}")), 1);
    bench.run(&format!("rules show {elsewhere}")).expect_code(0);
}

#[test]
fn parameters_that_rules_share_are_set_by_name() {
    let bench = Bench::new().with(
        "launchgate.yaml",
        "params: { monthly_budget: 120.5, active_users: 60 }\n",
    );
    let run = bench
        .run("rules list --rule rds-backup-retention")
        .expect_code(0);
    assert!(
        run.stdout.contains("rds-backup-retention"),
        "{}",
        run.stdout
    );
    let told = bench
        .with("launchgate.yaml", "params: { active_users: many }\n")
        .refused("rules list");
    assert!(
        told.contains("`active_users`: `many` is not of type int"),
        "{told}"
    );
}

#[test]
fn the_demo_is_of_no_project() {
    let bench = Bench::new().with(
        "launchgate.yaml",
        "accounts: [\"999999999999\"]\nrules: [gone]\nregions: [eu-west-1]\n",
    );
    let run = bench.run("audit --demo --report json=-").expect_code(1);
    assert!(!run.stderr.contains("using"), "{}", run.stderr);
    let told = bench.refused("audit --demo --project launchgate.yaml");
    assert!(told.contains("cannot be used with"), "{told}");
}

#[test]
fn all_regions_are_planned_for() {
    let bench = Bench::new().with("launchgate.yaml", "regions: all\n");
    let plan = |flags: &str| {
        let run = bench.run(&format!("plan --rule rds-backup-retention {flags}"));
        run.expect_code(0).stdout
    };
    assert!(plan("").contains("ec2:DescribeRegions"));
    assert!(!plan("--no-project").contains("ec2:DescribeRegions"));
    let policy = bench
        .run("permissions --rule rds-backup-retention")
        .expect_code(0);
    assert!(policy.stdout.contains("ec2:DescribeRegions"));
}

#[test]
fn the_other_extension_is_told() {
    let bench = Bench::new().with("launchgate.yml", "frameworks: [x]\n");
    let run = bench
        .run("rules list --rule rds-backup-retention")
        .expect_code(0);
    assert!(
        run.stderr
            .contains("launchgate.yml is not read: the project file is called launchgate.yaml"),
        "{}",
        run.stderr
    );
}
