//! The exit code is what a deploy waits for.

use serde_json::{Value, json};

use crate::support::samples::{
    instance, rule_named, snapshot, unread_instances, unreadable_instance,
};
use crate::support::{Bench, Run};

/// One rule of this severity over these instances.
pub fn bench(severity: &str, instances: &[Value]) -> Bench {
    let rule = rule_named("rds-story").replace("severity: high", &format!("severity: {severity}"));
    Bench::new()
        .with("rules/rds-story.yaml", rule)
        .with("snapshot.json", snapshot(instances).to_string())
}

pub fn audit(bench: &Bench, flags: &str) -> Run {
    bench.run(&format!(
        "audit --no-bundled --rules rules --snapshot snapshot.json {flags}"
    ))
}

/// The last line of the summary, which people read, and `gate` of the JSON report.
fn verdict(bench: &Bench, run: &Run) -> (String, Value) {
    let line = run.stdout.lines().last().unwrap_or_default();
    (
        line.to_owned(),
        bench.json("reports/findings.json")["gate"].clone(),
    )
}

#[test]
fn open() {
    let bench = bench("high", &[instance("kept", 7)]);
    let run = audit(&bench, "").expect_code(0);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(
        line,
        "Gate open: no finding of severity high or higher fails"
    );
    assert_eq!(
        gate,
        json!({ "fail_on": "high", "open": true, "reasons": [] })
    );
}

#[test]
fn failing() {
    let bench = bench("high", &[instance("kept", 7), instance("lost", 0)]);
    let run = audit(&bench, "").expect_code(1);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(
        line,
        "Gate closed: 1 failing finding of severity high or higher"
    );
    assert_eq!(
        gate,
        json!({ "fail_on": "high", "open": false, "reasons": ["1 failing finding of severity high or higher"] })
    );
}

#[test]
fn unknown() {
    let bench = bench("high", &[instance("kept", 7), unreadable_instance("dark")]);
    let run = audit(&bench, "").expect_code(3);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(
        line,
        "Gate closed: 1 finding of severity high or higher could not be decided"
    );
    assert_eq!(gate["open"], false);
}

/// What fails is certain, so it comes first.
#[test]
fn failing_and_unknown() {
    let bench = bench("high", &[instance("lost", 0), unreadable_instance("dark")]);
    let run = audit(&bench, "").expect_code(1);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(gate["reasons"].as_array().map(Vec::len), Some(2), "{line}");
}

#[test]
fn the_gates_severity_decides_what_counts() {
    let severities = ["info", "low", "medium", "high", "critical"];
    for (at, severity) in severities.iter().enumerate() {
        let failing = bench(severity, &[instance("lost", 0)]);
        let dark = bench(severity, &[unreadable_instance("dark")]);
        for (gate, fail_on) in severities.iter().enumerate() {
            let counts = at >= gate;
            let flag = format!("--fail-on {fail_on}");
            audit(&failing, &flag).expect_code(if counts { 1 } else { 0 });
            audit(&dark, &flag).expect_code(if counts { 3 } else { 0 });
        }
    }
}

/// The default is `high`, and what it let through is said.
#[test]
fn lower_findings_are_told_by_an_open_gate() {
    let bench = bench("medium", &[instance("lost", 0)]);
    let run = audit(&bench, "").expect_code(0);
    let (line, _) = verdict(&bench, &run);
    assert_eq!(
        line,
        "Gate open: no finding of severity high or higher fails; 1 of lower severity fails"
    );
}

#[test]
fn unknowns_can_be_allowed_and_stay_unknown() {
    let bench = bench("high", &[unreadable_instance("dark")]);
    let run = audit(&bench, "--allow-unknown").expect_code(0);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(
        line,
        "Gate open: no finding of severity high or higher fails, but 1 could not be decided"
    );
    assert_eq!(gate["open"], true);
    let findings = bench.json("reports/findings.json");
    assert_eq!(findings["findings"][0]["status"], "unknown");
    assert_eq!(findings["summary"]["unknown"], 1);
}

/// To allow what is unknown is not to allow what fails.
#[test]
fn allowing_unknowns_lets_nothing_else_through() {
    let bench = bench("high", &[instance("lost", 0), unreadable_instance("dark")]);
    audit(&bench, "--allow-unknown").expect_code(1);
}

#[test]
fn an_empty_account_is_not_a_pass() {
    let bench = bench("high", &[]);
    let run = audit(&bench, "").expect_code(4);
    let (line, gate) = verdict(&bench, &run);
    assert_eq!(line, "Nothing audited: no rule found a resource to look at");
    assert_eq!(gate["reasons"], json!(["nothing was audited"]));
    assert_eq!(
        bench.json("reports/findings.json")["resources"],
        json!({ "rds-story": 0 })
    );
    // Not to be let through by anything.
    audit(&bench, "--allow-unknown --fail-on critical").expect_code(4);
}

/// Nothing was found, but it is not known that there is nothing.
#[test]
fn an_account_that_could_not_be_listed_is_unknown_and_not_empty() {
    let mut unread = snapshot(&[]);
    unread["unread"] = json!([unread_instances()]);
    let bench = bench("high", &[]).with("snapshot.json", unread.to_string());
    audit(&bench, "").expect_code(3);
    audit(&bench, "--allow-unknown").expect_code(0);
}

#[test]
fn no_rule_chosen_writes_no_report() {
    let bench = bench("medium", &[instance("lost", 0)]);
    let before = bench.files();
    let run = audit(&bench, "--severity critical").expect_code(4);
    assert_eq!(run.stdout, "");
    assert_eq!(bench.files(), before);
}

#[test]
fn the_help_tells_the_codes() {
    for arguments in ["--help", "audit --help"] {
        let run = Bench::new().run(arguments).expect_code(0);
        let words: Vec<&str> = run.stdout.split_whitespace().collect();
        let help = words.join(" ");
        for code in [
            "0 the gate is open;",
            "1 findings at",
            "2 usage",
            "3 unknowns",
            "4 nothing",
        ] {
            assert!(help.contains(code), "{arguments}: {code}");
        }
        assert_eq!(run.stderr, "");
    }
    let version = Bench::new().run("--version").expect_code(0).stdout;
    assert_eq!(
        version,
        concat!("launchgate ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
