//! Reports of an account whose names try to get out of them: Markdown, JSON and the summary.

mod support;

use serde_json::{Value, json};

use support::nasty::{Audited, NAMES};

/// Characters that act where a text is shown, and are not seen: controls, turns of direction.
fn acts_unseen(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// The page without code: fenced blocks, then spans between backtick runs of one length, as
/// CommonMark finds them. What is in code does nothing.
fn without_code(page: &str) -> String {
    let mut prose = String::new();
    let mut fence: Option<usize> = None;
    for line in page.lines() {
        let ticks = line
            .trim_start()
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        match fence {
            Some(length) if ticks >= length && line.trim().len() == ticks => fence = None,
            Some(_) => {}
            None if ticks >= 3 && !line.trim_start()[ticks..].contains('`') => fence = Some(ticks),
            None => {
                prose.push_str(&without_spans(line));
                prose.push('\n');
            }
        }
    }
    assert_eq!(fence, None, "a fence is never closed");
    prose
}

fn without_spans(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let length = run(&rest[start..]);
        let (before, opened) = (&rest[..start], &rest[start + length..]);
        prose.push_str(before);
        let end = closing(opened, length).unwrap_or_else(|| panic!("an open code span: {line}"));
        prose.push_str("CODE");
        rest = &opened[end + length..];
    }
    prose + rest
}

fn run(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// Where a run of exactly that many backticks begins.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let found = run(&text[start..]);
        if found == length {
            return Some(start);
        }
        at = start + found;
    }
    None
}

fn page() -> String {
    Audited::new().bench.read("reports/report.md")
}

#[test]
fn no_name_is_markup_in_markdown() {
    let prose = without_code(&page());
    let known = ["<details>", "<summary>", "</summary>", "</details>"];
    let without_ours = known
        .iter()
        .fold(prose.clone(), |text, tag| text.replace(tag, ""));
    for sign in [
        "<", "alert(1)", "](", "![", "@octocat", "#1", "www.", "evil", "**bold", "~~",
    ] {
        assert!(
            !without_ours.contains(sign),
            "{sign:?} outside of code:\n{prose}"
        );
    }
    assert!(!page().contains(acts_unseen));
}

/// The names must be there all the same: an empty page would pass every other test.
#[test]
fn names_are_shown_in_markdown() {
    let page = page();
    for name in [NAMES[0], NAMES[1], NAMES[9], NAMES[11], NAMES[14]] {
        assert!(
            page.contains(&format!("`{name}`")),
            "{name:?} is not in\n{page}"
        );
    }
    assert!(page.contains("`\\u{202e}gpj.exe\\u{200f} \\u{2066}turned\\u{2069}`"));
}

#[test]
fn a_table_row_is_a_line_with_all_its_cells() {
    let page = page();
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut tables = 0;
    let mut lines = page.lines().peekable();
    while let Some(header) = lines.next() {
        if !lines.peek().is_some_and(|next| next.starts_with("|--")) {
            continue;
        }
        tables += 1;
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            assert_eq!(cells(row), cells(header), "{row}");
        }
    }
    assert_eq!(tables, 2, "findings by severity, and the controls");
    let controls = page
        .lines()
        .filter(|line| line.starts_with("| `H") || line.starts_with("| H"));
    assert_eq!(controls.count(), 2, "a row a control");
}

/// Each failing resource is one item of its rule's list.
#[test]
fn a_finding_is_one_item_of_a_list() {
    let page = page();
    let items = page
        .lines()
        .filter(|line| line.starts_with("- ") && line.contains(" is called "));
    let failing = items.filter(|line| line.contains(" in `eu-west-1`: "));
    assert_eq!(failing.count(), NAMES.len(), "{page}");
}

#[test]
fn json_gives_names_back_as_they_are() {
    let audited = Audited::new();
    let text = audited.bench.read("reports/findings.json");
    assert!(
        !text.contains(acts_unseen),
        "seen by whoever opens the file"
    );
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    for name in NAMES {
        let mut statuses: Vec<&str> = findings
            .iter()
            .filter(|finding| finding["resource"]["id"] == name)
            .filter_map(|finding| finding["status"].as_str())
            .collect();
        statuses.sort_unstable();
        assert_eq!(
            statuses,
            ["fail", "not_applicable", "pass", "unknown"],
            "{name:?}"
        );
    }
    let lost = findings
        .iter()
        .find(|finding| finding["rule"] == "rds-lost" && finding["resource"]["id"] == NAMES[2]);
    assert_eq!(
        lost.expect("a finding of rds-lost")["message"],
        json!(format!("is called {0} and tagged {0}", NAMES[2]))
    );
}

/// Two resources with one name are two findings; and the same resource has the same fingerprint
/// in the next run.
#[test]
fn fingerprints_tell_findings_apart_and_stay() {
    let prints = || {
        let report = Audited::new().bench.json("reports/findings.json");
        let findings = report["findings"].as_array().expect("findings").clone();
        let prints = findings
            .iter()
            .map(|finding| finding["fingerprint"].to_string());
        prints.collect::<Vec<_>>()
    };
    let first = prints();
    let distinct: std::collections::BTreeSet<&String> = first.iter().collect();
    assert_eq!(distinct.len(), first.len());
    assert_eq!(first, prints());
}

/// A terminal does what it is told, and so does a CI log that begins a line with `::error`.
#[test]
fn the_summary_commands_nothing() {
    let audited = Audited::new();
    let shown = [&audited.run.stdout, &audited.run.stderr]
        .map(String::as_str)
        .concat();
    assert!(
        shown.contains("<script>alert(1)</script>|*_ (eu-west-1)"),
        "{shown}"
    );
    assert!(!shown.contains(acts_unseen), "{shown:?}");
    for line in shown.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
    }
}

/// The command that mends a resource is pasted into a shell.
#[test]
fn commands_quote_names() {
    let report = Audited::new().bench.json("reports/findings.json");
    let findings = report["findings"].as_array().expect("findings");
    for finding in findings
        .iter()
        .filter(|finding| finding["status"] == "fail")
    {
        let name = finding["resource"]["id"].as_str().expect("an id");
        let command = finding["remediation"]["cli"].as_str().expect("a command");
        // No shell takes a NUL in an argument, quoted or not.
        if name.contains('\0') {
            continue;
        }
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("aws() {{ printf '%s' \"$3\"; }}; {command}")])
            .output()
            .expect("sh runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), name, "{command}");
    }
}
