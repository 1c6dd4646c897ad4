//! Whoever may name a resource writes into the script. Names stay arguments, and comments.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use serde_json::Value;

use crate::stub;
use crate::support::Bench;
use crate::support::nasty::NAMES;
use crate::support::samples::{REGION, instance, rule_named, snapshot};

const SCRIPT: &str = "reports/remediate.sh";

/// Bare, in single quotes, in double quotes, and inside a word.
fn rule() -> String {
    rule_named("rds-story").replace(
        "  text: Raise the retention period.\n",
        "  text: Raise it for {resource.id}.\n  cli: >-\n    aws rds modify --db {resource.id} --single '<{resource.id}>' --double \"<{resource.id}>\" --inside <{resource.id}/x\n",
    )
    .replace("--inside <", "--inside x/")
}

fn bench(names: &[String]) -> Bench {
    let instances: Vec<Value> = names.iter().map(|name| instance(name, 0)).collect();
    Bench::new()
        .with("rules/rds-story.yaml", rule())
        .with("snapshot.json", snapshot(&instances).to_string())
}

fn expected(name: &str) -> Vec<String> {
    let text = [
        "--region",
        REGION,
        "rds",
        "modify",
        "--db",
        name,
        "--single",
        &format!("<{name}>"),
        "--double",
        &format!("<{name}>"),
        "--inside",
        &format!("x/{name}/x"),
    ];
    text.map(str::to_owned).to_vec()
}

/// What the AWS CLI itself would not take for text.
fn waits(name: &str) -> bool {
    let read = ["-", "file://", "fileb://", "http://", "https://"];
    name.contains('\0') || read.iter().any(|start| name.starts_with(start))
}

fn check(names: &[String]) -> Result<(), TestCaseError> {
    let bench = bench(names);
    let run = bench.run("remediate --no-bundled --rules rules --snapshot snapshot.json");
    proptest::prop_assert_eq!(run.code, 0, "{}", run.stderr);
    let mut called = stub::calls_of(&bench, SCRIPT);
    let mut wanted: Vec<Vec<String>> = names
        .iter()
        .filter(|name| !waits(name))
        .map(|name| expected(name))
        .collect();
    called.sort();
    wanted.sort();
    wanted.dedup();
    proptest::prop_assert_eq!(called, wanted);
    // Nothing that acts on a terminal is printed.
    let acts = |c: char| c.is_control() && c != '\n';
    proptest::prop_assert!(!run.stdout.contains(acts), "{:?}", run.stdout);
    Ok(())
}

#[test]
fn known_tricks_stay_data() {
    let more = [
        "$(touch owned)",
        "`touch owned`",
        "'; touch owned; '",
        "\"; touch owned; \"",
        "-rf",
        "--debug",
        "file:///etc/passwd",
        "a\n# b\naws evil call\n",
        "a\raws evil",
        "~",
        "*",
        "",
        " ",
        "\\",
        "\\'",
        "!!",
        "$HOME",
        "${ALERT_EMAIL}",
        "x && touch owned",
        "x; touch owned",
        "#",
        "# comment",
        "a\u{2028}b",
        "&",
        "|",
        "<",
        ">",
        "%s",
        "EOF",
    ];
    let names = NAMES.iter().chain(&more).map(|name| (*name).to_owned());
    let names: Vec<String> = names.collect();
    check(&names).expect("names stay data");
}

fn name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "'", "\"", "\\", "$", "`", "$(", ")", "\n", "\r", " ", "-", "#", "!", "{", "}", ";",
            "&&", "|", "*", "~", "a", "=", ",", "[", "]", "<", ">", "\u{1b}",
        ])
        .prop_map(str::to_owned),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_name_stays_data(names in vec(name(), 1..40)) {
        let mut names = names;
        names.sort();
        names.dedup();
        check(&names)?;
    }
}

#[test]
fn names_in_comments_end_with_their_line() {
    let names = [
        "a\naws evil call\n#".to_owned(),
        "-\naws evil call".to_owned(),
    ];
    let bench = bench(&names);
    bench
        .run("remediate --no-bundled --rules rules --snapshot snapshot.json")
        .expect_code(0);
    let calls = stub::calls_of(&bench, SCRIPT);
    assert_eq!(calls, [expected(&names[0])]);
    assert!(bench.read(SCRIPT).contains("# decide: "));
}
