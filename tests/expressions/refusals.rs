//! What the checker refuses: the code of the diagnostic, the text it points at, and its help.

use crate::world::check;

/// Code and text pointed at, for every mistake in the expression.
fn mistakes(text: &str) -> Vec<(&'static str, String)> {
    match check(text) {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .into_iter()
            .map(|error| {
                (
                    error.code,
                    error.span.file.text[error.span.range].to_owned(),
                )
            })
            .collect(),
    }
}

fn help(text: &str) -> String {
    let errors = check(text)
        .err()
        .unwrap_or_else(|| panic!("{text} is taken"));
    errors[0].help.clone().unwrap_or_default()
}

fn refused(cases: &[(&str, &str, &str)]) {
    for (text, code, at) in cases {
        assert_eq!(mistakes(text), [(*code, (*at).to_owned())], "{text}");
    }
}

#[test]
fn names_that_are_not_there() {
    refused(&[
        ("resource.Cuont == 1", "unknown-field", "Cuont"),
        (
            "'é日' == 'é日' && resource.Cuont == 1",
            "unknown-field",
            "Cuont",
        ),
        ("resource . Cuont == 1", "unknown-field", "Cuont"),
        (
            "has(resource.Inner) && resource.Inner.C == 1",
            "unknown-field",
            "C",
        ),
        ("resource.Parts.all(p, p.Opn)", "unknown-field", "Opn"),
        ("resource.Parts.Open", "unknown-field", "Open"),
        ("resource.Name.Length == 1", "unknown-field", "Length"),
        ("resurce.Count == 1", "unknown-name", "resurce"),
        ("resource.Parts.all(p, true) && p.Open", "unknown-name", "p"),
        ("lab.Itm.exists(i, true)", "unknown-type", "lab.Itm"),
        ("all.lab.Itm.exists(i, true)", "unknown-type", "all.lab.Itm"),
        ("params.mni == 1", "unknown-param", "params.mni"),
        ("params == 1", "unsupported", "params"),
        (
            "len(resource.Name) == 1",
            "unknown-function",
            "len(resource.Name)",
        ),
        (
            "resource.Name.startWith('a')",
            "unknown-function",
            "resource.Name.startWith('a')",
        ),
        (
            "startsWith(resource.Name, 'a')",
            "unknown-function",
            "startsWith(resource.Name, 'a')",
        ),
    ]);
}

#[test]
fn types_that_do_not_fit() {
    refused(&[
        (
            "resource.Count == '3'",
            "type-mismatch",
            "resource.Count == '3'",
        ),
        (
            "resource.Count < 3.0",
            "type-mismatch",
            "resource.Count < 3.0",
        ),
        ("resource.On < true", "type-mismatch", "resource.On < true"),
        (
            "resource.Names == resource.Names",
            "type-mismatch",
            "resource.Names == resource.Names",
        ),
        (
            "resource.Parts[0] == resource.Parts[1]",
            "type-mismatch",
            "resource.Parts[0] == resource.Parts[1]",
        ),
        ("resource.Count && true", "type-mismatch", "resource.Count"),
        ("true || resource.Name", "type-mismatch", "resource.Name"),
        ("!resource.Count", "type-mismatch", "resource.Count"),
        ("-resource.Name == ''", "type-mismatch", "-resource.Name"),
        ("resource.On ? 1 : 'a'", "type-mismatch", "'a'"),
        ("resource.Name + 1", "type-mismatch", "resource.Name + 1"),
        (
            "resource.Ratio % 2.0",
            "type-mismatch",
            "resource.Ratio % 2.0",
        ),
        ("now + now", "type-mismatch", "now + now"),
        (
            "now > resource.Name",
            "type-mismatch",
            "now > resource.Name",
        ),
        ("1 in resource.Names", "type-mismatch", "1"),
        ("1 in resource.Labels", "type-mismatch", "1"),
        ("'a' in resource.Name", "type-mismatch", "resource.Name"),
        ("resource.Names['a']", "type-mismatch", "'a'"),
        ("resource.Count[0]", "type-mismatch", "resource.Count"),
        ("resource.Names.all(n, n)", "type-mismatch", "n"),
        (
            "resource.Name.all(n, true)",
            "type-mismatch",
            "resource.Name",
        ),
        ("[1, 'a', true] == [1]", "type-mismatch", "'a'"),
        (
            "size(resource.Count) == 1",
            "type-mismatch",
            "size(resource.Count)",
        ),
        (
            "resource.Name.contains( 3 )",
            "type-mismatch",
            "resource.Name.contains( 3 )",
        ),
        (
            "resource.Count.matches('a')",
            "type-mismatch",
            "resource.Count",
        ),
        ("null == resource.Name", "type-mismatch", "null"),
    ]);
}

#[test]
fn what_cel_has_and_rules_have_not() {
    for (text, at) in [
        ("size([]) == 0", "[]"),
        ("{'a': 1}", "{"),
        ("b'a'", "b'a'"),
        ("1u", "1u"),
        ("has(resource)", "resource"),
        ("has(resource.id)", "resource.id"),
        ("has(resource.On, true)", "has(resource.On, true)"),
        ("resource.Names.all(n)", "resource.Names.all(n)"),
        ("resource.Names.all(n.m, true)", "n.m"),
        ("resource.Name.matches(resource.Name)", "resource.Name"),
    ] {
        assert_eq!(mistakes(text), [("unsupported", at.to_owned())], "{text}");
    }
}

#[test]
fn values_and_patterns_that_are_wrong_as_written() {
    refused(&[
        ("int('x') == 1", "bad-value", "int('x')"),
        ("now - duration('1d') > now", "bad-value", "duration('1d')"),
        (
            "timestamp('today') < now",
            "bad-value",
            "timestamp('today')",
        ),
        ("prefixLength('x') == 1", "bad-value", "prefixLength('x')"),
        ("resource.Name.matches('é(')", "bad-regex", "'é('"),
    ]);
}

#[test]
fn text_that_is_no_expression() {
    for (text, at) in [
        ("resource.Name ==", ""),
        ("", ""),
        ("resource.On resource.On", "r"),
        ("resource.On && é", "é"),
        ("resource.On &&& true", "&"),
        ("(resource.On", ""),
        ("resource.Name == 'a", "'"),
        ("resource.?Name", "."),
    ] {
        let found = mistakes(text);
        let [(code, pointed)] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(*code, "syntax", "{text}");
        assert_eq!(pointed, at, "{text}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = mistakes("resource.Cuont == 1 && resource.Name > 3 || resource.Limit == 2");
    let found: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(found, ["unknown-field", "type-mismatch", "unguarded-field"]);
}

#[test]
fn help_says_what_to_write_instead() {
    for (text, part) in [
        ("resource.Cuont == 1", "did you mean `Count`?"),
        ("lab.Itm.exists(i, true)", "did you mean `lab.Item`?"),
        ("resource.Zzz", "launchgate schema --resource lab.Box"),
        ("params.mni == 1", "one of: min"),
        ("resource.Name.startWith('a')", "did you mean `startsWith`?"),
        ("startsWith(resource.Name, 'a')", "x.startsWith(...)"),
        ("resource.Ratio > 7", "7.0"),
        ("resource.Count > '7'", "drop the quotes"),
        ("now - resource.Made > 7", "days(x)"),
        ("resource.Limit > 7", "has(resource.Limit)"),
        ("resource.Parts.all(p, p.Value > 7)", "has(p.Value)"),
        ("resource.Labels['a'] == ''", "key in map"),
        ("resource.Parts.Open", ".exists(x, x.Open"),
    ] {
        let help = help(text);
        assert!(help.contains(part), "{text}: {help}");
    }
}
