//! The reports of an account whose names try to get out of them.

use crate::support::Bench;
use crate::support::launch::{ARGUMENTS, Launch, SAID};
use crate::support::nasty::NAMES;
use crate::support::samples::instance;

/// Characters that act where a text is shown, and are not seen.
fn acts_unseen(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Databases with such names, and one whose name is longer than a page; services as well.
pub fn hostile() -> Bench {
    let long = "x".repeat(10_000);
    let names = NAMES.iter().copied().chain([long.as_str()]);
    let databases = names.map(|name| instance(name, 0)).collect();
    let services = |_| {
        let services = NAMES.iter().map(|name| (*name, "1".to_owned()));
        services.collect()
    };
    let costs = crate::support::launch::daily(services, "USD");
    let month = crate::support::launch::total("300", "USD");
    Launch::sound()
        .with_databases(databases)
        .with_costs(costs, month)
        .bench()
}

#[test]
fn no_name_is_markup_and_none_is_lost() {
    let bench = hostile();
    let run = bench.run(&format!(
        "{ARGUMENTS} {SAID} --report html=out.html --report markdown=out.md --report json=out.json"
    ));
    let run = run.expect_code(1);
    let (page, markdown) = (bench.read("out.html"), bench.read("out.md"));
    for text in [&page, &markdown, &bench.read("out.json"), &run.stdout] {
        assert!(!text.contains(acts_unseen), "{text:?}");
    }
    for sign in ["<script", "<img", "<link", "<iframe", "@import", "url("] {
        assert!(!page.contains(sign), "{sign}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains(&"x".repeat(500)), "long names are clipped");
    assert!(
        markdown.contains("`<script>alert(1)</script>"),
        "{markdown}"
    );
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let bench = Launch::sound().bench();
    bench
        .run(&format!("{ARGUMENTS} {SAID} --report html=out.html"))
        .expect_code(0);
    let page = bench.read("out.html");
    assert!(
        page.starts_with("<!DOCTYPE html><html lang=\"en\">"),
        "{}",
        &page[..60]
    );
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    for tag in [
        "<script",
        "<link",
        "<iframe",
        "<img",
        "onclick",
        " href=\"http",
    ] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("<title>") && page.contains("READY: launch readiness of 123456789012"));
}

/// Headings go down one level at a time, as a screen reader's list of them shows.
#[test]
fn headings_are_in_order() {
    let bench = hostile();
    bench
        .run(&format!("{ARGUMENTS} {SAID} --report html=out.html"))
        .expect_code(1);
    let page = bench.read("out.html");
    let levels: Vec<u8> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page.as_bytes().get(at + 2))
        .filter(|level| level.is_ascii_digit())
        .copied()
        .collect();
    assert_eq!(levels.first(), Some(&b'1'));
    assert!(levels.iter().filter(|level| **level == b'1').count() == 1);
    assert!(
        levels.windows(2).all(|two| two[1] <= two[0] + 1),
        "{levels:?}"
    );
}

#[test]
fn reports_go_where_they_are_asked_to() {
    let bench = Launch::sound().bench();
    let run = bench.run(&format!("{ARGUMENTS} {SAID}")).expect_code(0);
    assert!(
        run.stderr.contains("wrote reports/readiness.md"),
        "{}",
        run.stderr
    );
    assert!(!bench.read("reports/readiness.html").is_empty());
    let run = bench
        .run(&format!("{ARGUMENTS} {SAID} --report markdown=-"))
        .expect_code(0);
    assert!(run.stdout.starts_with("# ✅ READY\n"), "{}", run.stdout);
    assert!(run.stderr.contains("READY\n"), "the summary stands aside");
    let refused = bench.refused(&format!("{ARGUMENTS} --report pdf=x"));
    assert!(
        refused.contains("one of: html, markdown, json"),
        "{refused}"
    );
    let refused = bench.refused(&format!("{ARGUMENTS} --report html=x --report json=x"));
    assert!(
        refused.contains("two reports cannot both go to x"),
        "{refused}"
    );
}

/// Every row of a table has the cells of its header, whatever a name holds.
#[test]
fn a_table_row_is_a_line_with_all_its_cells() {
    let bench = hostile();
    bench
        .run(&format!("{ARGUMENTS} {SAID} --report markdown=out.md"))
        .expect_code(1);
    let page = bench.read("out.md");
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut lines = page.lines().peekable();
    let mut tables = 0;
    while let Some(header) = lines.next() {
        if !lines.peek().is_some_and(|next| next.starts_with("|--")) {
            continue;
        }
        tables += 1;
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            assert_eq!(cells(row), cells(header), "{row}");
        }
    }
    assert!(tables >= 8, "{tables} tables");
}
