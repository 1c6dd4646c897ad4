//! Colour: on a terminal only, and never where `NO_COLOR` is set.

use std::path::Path;

use super::exit_codes::{audit, bench};
use crate::support::samples::instance;
use crate::support::{Bench, python, run, scrubbed};

const ESCAPE: char = '\u{1b}';
const AUDIT: &str = "audit --no-bundled --rules rules --snapshot snapshot.json";

/// What launchgate writes on a terminal, with `NO_COLOR` as given.
fn on_a_terminal(bench: &Bench, arguments: &str, no_color: Option<&str>, code: i32) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/terminal.py");
    let mut command = scrubbed(python());
    command
        .current_dir(bench.path())
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_launchgate"))
        .args(arguments.split_whitespace())
        .env("TERM", "xterm-256color")
        .env_remove("NO_COLOR");
    if let Some(value) = no_color {
        command.env("NO_COLOR", value);
    }
    run(&mut command).expect_code(code).stdout
}

#[test]
fn a_terminal_gets_colour() {
    let bench = bench("high", &[instance("lost", 0)]);
    let shown = on_a_terminal(&bench, AUDIT, None, 1);
    assert!(shown.contains("\u{1b}[1;31mGate closed: "), "{shown:?}");
    // An empty value is no wish, says no-color.org.
    assert!(on_a_terminal(&bench, AUDIT, Some(""), 1).contains(ESCAPE));
}

#[test]
fn no_color_is_obeyed() {
    let bench = bench("high", &[instance("lost", 0)]);
    let shown = on_a_terminal(&bench, AUDIT, Some("1"), 1);
    assert!(shown.contains("Gate closed: "), "{shown:?}");
    assert!(!shown.contains(ESCAPE), "{shown:?}");
}

#[test]
fn mistakes_in_rules_have_colour_too() {
    let bench = Bench::new().with("rules/rds-story.yaml", "id: rds-story\n");
    let check = "rules check rules";
    assert!(on_a_terminal(&bench, check, None, 2).contains(ESCAPE));
    assert!(!on_a_terminal(&bench, check, Some("1"), 2).contains(ESCAPE));
}

/// A log or a pipe gets none, whatever is set.
#[test]
fn what_is_no_terminal_gets_no_colour() {
    let bench = bench("high", &[instance("lost", 0)]);
    let arguments = format!("{AUDIT} --report json=findings.json");
    let run = run(bench.command(&arguments).env_remove("NO_COLOR")).expect_code(1);
    assert!(!run.stdout.contains(ESCAPE) && !run.stderr.contains(ESCAPE));
    let run = audit(&bench, "--report markdown=-").expect_code(1);
    assert!(!run.stdout.contains(ESCAPE));
}
