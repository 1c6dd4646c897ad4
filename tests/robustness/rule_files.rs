//! Rule and framework files that nobody should write.

use std::sync::{Arc, LazyLock};

use launchgate::collect;
use launchgate::diagnostic::{Diagnostic, SourceFile, render, to_json};
use launchgate::evaluate::run_tests;
use launchgate::rule::{Origin, bundled, load};
use launchgate::schema::Schema;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::garbling::{changes, garbled, holds};

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| collect::schema(&launchgate::source::Sources::default()));
static BUNDLE: LazyLock<Vec<(Origin, Arc<SourceFile>)>> = LazyLock::new(bundled);

const RULE: &str = "\
id: a-rule
title: Backups are kept
severity: high
resource: rds.DBInstance
require: resource.BackupRetentionPeriod >= 7
message: keeps {resource.BackupRetentionPeriod} days
why: Disks break.
remediation: { text: Keep them. }
tests:
  - { name: none, resource: { BackupRetentionPeriod: 0 }, expect: fail }
  - { name: a week, resource: { BackupRetentionPeriod: 7 }, expect: pass }
";

/// Loads a file and, where it is sound, runs its tests. Whatever is wrong can be shown.
fn read(origin: Origin, name: &str, text: &str) -> Vec<Diagnostic> {
    let file = SourceFile::new(name, text.to_owned());
    let errors = match load(&[(origin, file)], &SCHEMA) {
        Ok(set) => set
            .rules
            .values()
            .flat_map(|rule| run_tests(rule, &SCHEMA).diagnostics)
            .collect(),
        Err(errors) => {
            assert!(!errors.is_empty(), "a refusal gives its reason");
            errors
        }
    };
    render(&errors, false);
    to_json(&errors);
    errors
}

fn read_rule(text: &str) -> Vec<Diagnostic> {
    read(Origin::Rule, "a-rule.yaml", text)
}

fn codes(text: &str) -> Vec<&'static str> {
    read_rule(text).iter().map(|error| error.code).collect()
}

#[test]
fn the_rule_that_the_others_differ_from_is_sound() {
    assert_eq!(codes(RULE), Vec::<&str>::new());
}

#[test]
fn any_text_is_loaded_or_refused() {
    holds(256, any::<String>(), |text| {
        read_rule(&text);
        read(Origin::Framework, "a.yaml", &text);
        Ok(())
    });
}

#[test]
fn a_garbled_bundled_file_is_loaded_or_refused() {
    holds(192, (any::<Index>(), changes()), |(file, changes)| {
        let (origin, file) = file.get(&BUNDLE);
        // Under a name of its own: what bears the bundle's is taken for checked.
        let name = file.name.rsplit('/').next().unwrap_or_default();
        read(*origin, name, &garbled(&file.text, &changes));
        Ok(())
    });
}

#[test]
fn a_rule_cut_short_anywhere_is_loaded_or_refused() {
    for (cut, _) in RULE.char_indices() {
        read_rule(&RULE[..cut]);
    }
}

#[test]
fn marks_and_line_ends_of_other_systems_change_nothing() {
    assert_eq!(codes(&format!("\u{feff}{RULE}")), Vec::<&str>::new());
    assert_eq!(codes(&RULE.replace('\n', "\r\n")), Vec::<&str>::new());
}

/// A mistake behind such a mark or line end is still pointed at where it is.
#[test]
fn marks_and_line_ends_shift_no_place() {
    let wrong = RULE.replace("severity: high", "severity: hihg");
    for text in [format!("\u{feff}{wrong}"), wrong.replace('\n', "\r\n")] {
        let errors = read_rule(&text);
        assert_eq!(errors.len(), 1, "{errors:#?}");
        let span = &errors[0].span;
        assert_eq!(&span.file.text[span.range.clone()], "hihg");
        assert_eq!(span.file.position(span.range.start).0, 3);
    }
}

#[test]
fn deeply_nested_files_are_refused() {
    for count in [25, 100, 1_000, 100_000] {
        for (open, close) in [
            ("[", "]"),
            ("{a: ", "}"),
            ("- ", ""),
            ("? ", ""),
            ("!!seq [", "]"),
        ] {
            let nested = format!("{}x{}", open.repeat(count), close.repeat(count));
            assert_eq!(codes(&nested), ["yaml"], "{count} {open}");
            let rule = format!("{RULE}controls: {nested}\n");
            assert!(!read_rule(&rule).is_empty(), "{count} {open}");
        }
    }
    let indented: Vec<String> = (0..300).map(|depth| " ".repeat(depth) + "a:").collect();
    assert_eq!(codes(&indented.join("\n")), ["yaml"]);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
    for level in 1..20 {
        let aliases = std::iter::repeat_n(format!("*a{}", level - 1), 10);
        let aliases = aliases.collect::<Vec<_>>().join(", ");
        lines.push(format!("a{level}: &a{level} [{aliases}]"));
    }
    let text = lines.join("\n");
    assert_eq!(codes(&text), ["yaml"]);
    assert_eq!(codes("a: &a [*a]"), ["yaml"]);
    assert_eq!(codes("a: *nobody"), ["yaml"]);
}

#[test]
fn values_out_of_range_are_refused() {
    let nines = "9".repeat(5_000);
    for number in [
        "9223372036854775808",
        "-9223372036854775809",
        "1e400",
        ".inf",
        &nines,
        "7.5",
    ] {
        let text = RULE.replace(
            "BackupRetentionPeriod: 7",
            &format!("BackupRetentionPeriod: {number}"),
        );
        assert!(!read_rule(&text).is_empty(), "{number:.30}");
    }
    let params = "params: { days: { type: int, default: 99999999999999999999, help: x } }\n";
    assert!(!read_rule(&format!("{params}{RULE}")).is_empty());
}

#[test]
fn other_texts_that_are_no_rule_are_refused() {
    for text in [
        "",
        " ",
        "\n",
        "---",
        "...",
        "~",
        "x",
        "[]",
        "{}",
        "- a",
        "\0",
        "id: \0",
        "\t",
        "\u{feff}",
        "%YAML 9.9\n---\na: b",
        "a: b\na: b",
        "a: b\n---\na: b",
        "!!binary x",
        "<<: {a: b}",
        "? [a]\n: b",
        "1: 2",
        "true: false",
        "'",
        "\"",
        "\"\\ud800\"",
        "|",
        ">9",
        "@",
        "`",
        "&",
        "*",
        "a: 'b",
        "id: [\n",
    ] {
        assert!(!read_rule(text).is_empty(), "{text:?}");
        assert!(
            !read(Origin::Framework, "a.yaml", text).is_empty(),
            "{text:?}"
        );
    }
}

#[test]
fn a_nul_is_text_where_it_is_escaped_and_refused_where_it_is_not() {
    let escaped = RULE.replace("Disks break.", "\"Disks \\0break.\"");
    assert_eq!(codes(&escaped), Vec::<&str>::new());
    assert_eq!(codes(&RULE.replace("Disks", "Di\0sks")), ["yaml"]);
}
