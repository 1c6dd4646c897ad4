//! Arbitrary text as an expression and as a message.

use std::sync::LazyLock;

use launchgate::collect;
use launchgate::diagnostic::{Diagnostic, SourceFile, Span, render};
use launchgate::expr::{
    Absence, Env, Known, Library, Place, TemplateKind, compile, compile_template,
};
use launchgate::schema::{Schema, Type};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::garbling::{changes, garbled, holds};

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| collect::schema(&launchgate::source::Sources::default()));

fn place(text: &str) -> Place {
    let file = SourceFile::new("test.yaml", text.to_owned());
    let range = 0..text.len();
    Place::new(text, Span { file, range })
}

fn with_env<T>(work: impl FnOnce(Env<'_>) -> T) -> T {
    let params = [("days".to_owned(), Type::Int)];
    work(Env {
        schema: &SCHEMA,
        resource: SCHEMA.get("rds.DBInstance").expect("a type of the schema"),
        params: &params,
        library: &Library::default(),
    })
}

/// The mistakes of an expression; each can be shown.
fn refusal(text: &str) -> Option<Vec<Diagnostic>> {
    let place = place(text);
    let known = Known::new();
    let outcome = with_env(|env| compile(&place, env, &known, Absence::MustBeGuarded, None));
    shown(outcome.err())
}

fn template_refusal(text: &str) -> Option<Vec<Diagnostic>> {
    let place = place(text);
    shown(with_env(|env| compile_template(&place, TemplateKind::Command, env)).err())
}

fn shown(errors: Option<Vec<Diagnostic>>) -> Option<Vec<Diagnostic>> {
    if let Some(errors) = &errors {
        assert!(!errors.is_empty(), "a refusal gives its reason");
        assert!(!render(errors, false).is_empty());
    }
    errors
}

#[test]
fn any_text_is_checked_or_refused() {
    holds(256, any::<String>(), |text| {
        refusal(&text);
        template_refusal(&text);
        Ok(())
    });
}

#[test]
fn any_row_of_words_is_checked_or_refused() {
    let words = [
        "resource",
        ".",
        "Engine",
        "MultiAZ",
        "TagList",
        "BackupRetentionPeriod",
        "params.days",
        "now",
        "has(",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "?",
        ":",
        "&&",
        "||",
        "!",
        "-",
        "+",
        "==",
        "<",
        "in",
        ",",
        "'é'",
        "r'\\'",
        "\"",
        "'''",
        "1",
        "1.5e3",
        "0x1F",
        "9223372036854775808",
        "null",
        "true",
        ".exists(x, ",
        ".all(resource, ",
        ".map(",
        "x",
        "size(",
        "int(",
        "matches",
        "duration('1h')",
        "//",
        "\n",
        "b'",
        ".?",
        "[?",
        "rds.DBInstance",
        "all.ec2.Instance",
        "`a`",
    ];
    let row = vec(select(words.to_vec()), 0..24);
    holds(512, row, |row| {
        refusal(&row.concat());
        refusal(&row.join(" "));
        Ok(())
    });
}

#[test]
fn a_garbled_expression_is_checked_or_refused() {
    let whole = "resource.Engine.startsWith('aurora') || (resource.TagList.exists(t, t.Key == \"é\") \
        && resource.BackupRetentionPeriod >= params.days ? true : now - days(3) > now)";
    holds(256, changes(), |changes| {
        refusal(&garbled(whole, &changes));
        Ok(())
    });
}

#[test]
fn a_garbled_message_is_checked_or_refused() {
    let whole =
        "keeps {resource.BackupRetentionPeriod} of {{params}} '{resource.Engine + \"}\"}' é";
    holds(256, changes(), |changes| {
        template_refusal(&garbled(whole, &changes));
        Ok(())
    });
}

#[test]
fn deep_expressions_are_refused_and_not_followed_down() {
    let nested = |open: &str, close: &str, count: usize| {
        format!("{}true{}", open.repeat(count), close.repeat(count))
    };
    for count in [101, 1_000, 10_000] {
        for text in [
            nested("(", ")", count),
            nested("[", "]", count),
            nested("{'a': ", "}", count),
            nested("!(", ")", count),
            nested("-(", ")", count),
            nested("size(", ")", count),
            nested("true ? false : ", "", count),
            nested("resource.TagList.all(t, ", ")", count),
            format!("resource{}", ".Engine".repeat(count)),
            format!("resource{}", "[0]".repeat(count)),
            format!("resource{}", ".trim()".repeat(count)),
            format!("1{}", " + 1".repeat(count)),
            format!("1{}", " == 1".repeat(count)),
        ] {
            let errors = refusal(&text).expect("it is refused");
            assert_eq!(errors[0].code, "too-complex", "{errors:#?}");
            template_refusal(&format!("{{{text}}}")).expect("it is refused in a message as well");
        }
    }
}

/// Brackets without partners nest as well, and so do those within what is no expression at all.
#[test]
fn deep_nonsense_is_refused() {
    for text in [
        "(".repeat(8_000),
        "[".repeat(8_000),
        "{".repeat(8_000),
        "!".repeat(8_001),
        "-".repeat(8_001),
        ")".repeat(8_000),
        "'".repeat(8_001),
        "\\".repeat(8_000),
        "a ".repeat(4_000),
        "é".repeat(4_000),
        "f(".repeat(4_000),
        "?:".repeat(4_000),
        "r'\\'(".repeat(1_600),
        "x".repeat(100_000),
    ] {
        assert!(refusal(&text).is_some());
        template_refusal(&format!("{{{text}}}"));
        template_refusal(&text);
    }
}

#[test]
fn wide_expressions_are_taken() {
    let terms = ["resource.Engine == 'x'"; 200].join(" || ");
    assert!(refusal(&terms).is_none());
    let list = ["'x'"; 1_000].join(", ");
    assert!(refusal(&format!("resource.Engine in [{list}]")).is_none());
    assert!(refusal(&format!("{}true{}", "(".repeat(90), ")".repeat(90))).is_none());
    assert!(refusal(&format!("{}true", "!".repeat(1_000))).is_none());
    assert!(refusal(&format!("1{} > 0", " + 1".repeat(90))).is_none());
}
