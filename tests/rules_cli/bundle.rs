//! What every bundled rule owes to whoever meets it in a report.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use super::listing::array;
use crate::support::Bench;

/// The catalogues whose ids rules may name.
const TOOLS: [&str; 3] = ["aws-config", "prowler", "security-hub"];

/// Loaded once for all tests.
fn bundled() -> &'static [Value] {
    static RULES: OnceLock<Vec<Value>> = OnceLock::new();
    RULES.get_or_init(|| array(&Bench::new().run("rules list --format json").expect_code(0)))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {value}"))
}

#[test]
fn every_rule_passes_its_own_check_and_tests() {
    let bench = Bench::new();
    let count = bundled().len();
    let check = bench.run("rules check").expect_code(0);
    assert_eq!(check.stderr, format!("{count} rules: no mistakes\n"));
    // That each has a test that fails and one that passes is part of the check.
    let test = bench.run("rules test").expect_code(0);
    assert_eq!(test.stdout, "");
    assert!(
        test.stderr.ends_with(" tests passed, 0 failed\n"),
        "{}",
        test.stderr
    );
}

#[test]
fn every_id_begins_with_its_service_and_is_there_once() {
    let rules = bundled();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| text(rule, "id")).collect();
    assert_eq!(ids.len(), rules.len());
    let services: BTreeSet<String> = {
        let run = Bench::new()
            .run("schema --resources --format json")
            .expect_code(0);
        let types = array(&run);
        let services = types
            .iter()
            .map(|known| text(known, "type").split('.').next().unwrap_or(""));
        services.map(str::to_owned).collect()
    };
    for id in ids {
        let service = id.split('-').next().unwrap_or("");
        assert!(services.contains(service), "{id} begins with no service");
    }
}

/// Titles say what is true where a rule passes, in one line of a report.
#[test]
fn every_title_fits_a_line_and_is_there_once() {
    let rules = bundled();
    let titles: BTreeSet<&str> = rules.iter().map(|rule| text(rule, "title")).collect();
    assert_eq!(titles.len(), rules.len(), "two rules have one title");
    for title in titles {
        let length = title.chars().count();
        assert!((10..=100).contains(&length), "{length} characters: {title}");
        assert!(!title.ends_with('.'), "a title is no sentence: {title}");
    }
}

/// Not every rule is known elsewhere; what is named is named in a catalogue that is known here.
#[test]
fn equivalents_name_known_catalogues() {
    for rule in bundled() {
        let equivalents = rule["equivalents"].as_object().expect("a map");
        for (tool, ids) in equivalents {
            assert!(TOOLS.contains(&tool.as_str()), "{}: {tool}", rule["id"]);
            assert!(
                !ids.as_array().expect("a list").is_empty(),
                "{}: {tool}",
                rule["id"]
            );
        }
    }
}

/// A framework is worth choosing: each has rules, and each rule's answer is in one of them or in none
/// by intent.
#[test]
fn every_framework_is_served() {
    let rules = bundled();
    let frameworks: BTreeSet<&str> = rules
        .iter()
        .flat_map(|rule| rule["frameworks"].as_array().expect("a list"))
        .filter_map(Value::as_str)
        .collect();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/frameworks"));
    for entry in files.expect("rules/frameworks can be read") {
        let name = entry.expect("a framework's file").file_name();
        let name = name.to_string_lossy().into_owned();
        // Beside them lies what maps a framework to its source.
        let Some(id) = name.strip_suffix(".yaml") else {
            continue;
        };
        assert!(frameworks.contains(id), "no rule serves {id}");
    }
}
