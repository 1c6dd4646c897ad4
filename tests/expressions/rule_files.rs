//! Expressions where they stand in rule files: what a rule reads, what `when` establishes, and
//! whether a mistake is pointed at in every way that YAML has to write a text.

use launchgate::diagnostic::{Diagnostic, SourceFile, render};
use launchgate::rule::{Origin, Rule, load};

use crate::world::SCHEMA;

/// The rule that a file with these lines besides the usual ones describes.
fn loaded(lines: &str) -> Result<Rule, Vec<Diagnostic>> {
    let text = format!(
        "id: a-rule\n\
         title: A box is closed\n\
         severity: high\n\
         resource: lab.Box\n\
         params: {{ min: {{ type: int, default: 1, help: the least }} }}\n\
         why: It rains.\n\
         remediation: {{ text: 'Close {{resource.Name}}.' }}\n\
         {lines}\n\
         tests: []\n"
    );
    let file = SourceFile::new("a-rule.yaml", text);
    let mut set = load(&[(Origin::Rule, file)], &SCHEMA)?;
    Ok(set.rules.remove("a-rule").expect("the rule is in its set"))
}

/// Code and text pointed at, for every mistake in the file.
fn mistakes(lines: &str) -> Vec<(&'static str, String)> {
    let errors = loaded(lines)
        .err()
        .unwrap_or_else(|| panic!("{lines} is taken"));
    assert!(render(&errors, false).contains("a-rule.yaml:"), "{lines}");
    errors
        .into_iter()
        .map(|error| {
            (
                error.code,
                error.span.file.text[error.span.range].to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_mistake_is_pointed_at_however_the_text_is_written() {
    let scalars = [
        "require: resource.Name == \"é\" && resource.Cuont > 1",
        "require: 'resource.Name == \"é\" && resource.Cuont > 1'",
        "require: 'resource.Name != ''é'' && resource.Cuont > 1'",
        "require: '''Cu'' == ''Cu'' && resource.Cuont > 1'",
        "require: \"resource.Name == 'é' && resource.Cuont > 1\"",
        "require: \"resource.Name == \\\"é\\\" && resource.Cuont > 1\"",
        "require: \"'\\u00e9\\x41' == resource.Name && resource.\\\n  Cuont > 1\"",
        "require: \"resource.Name == 'A' &&\\tresource.Cuont > 1\"",
        "require: >-\n  resource.Name == 'é' &&\n  resource.Cuont > 1",
        "require: >\n  resource.Name == 'é'\n\n  && resource.Cuont > 1\n",
        "require: |\n  resource.Name == 'é'\n    && resource.Cuont > 1",
        "require: |2-\n  resource.Name == 'é' // Cuont\n  && resource.Cuont > 1",
        "require: resource.Name == \"é\" &&\n  resource.Cuont > 1",
        "require: >- # Cuont\n  resource.On && resource.Cuont > 1",
        "require: &cond resource.Cuont > 1",
    ];
    for scalar in scalars {
        let lines = format!("#日本 é\n{scalar}\nmessage: it is open");
        let found = mistakes(&lines);
        assert_eq!(found, [("unknown-field", "Cuont".to_owned())], "{scalar}");
        let errors = loaded(&lines).expect_err("it is refused");
        let at = errors[0].span.range.start;
        let text = &errors[0].span.file.text;
        assert!(
            text[..at].ends_with("resource.") || text[..at].ends_with("\\\n  "),
            "{scalar}"
        );
    }
}

#[test]
fn line_ends_of_another_system_shift_nothing() {
    let lines = "require: >-\r\n  resource.On &&\r\n  resource.Cuont > 1\r\nmessage: m\r";
    assert_eq!(mistakes(lines), [("unknown-field", "Cuont".to_owned())]);
}

#[test]
fn a_mistake_in_a_message_is_pointed_at() {
    for (message, code, at) in [
        (
            "message: 'é {resource.Cuont} boxes'",
            "unknown-field",
            "Cuont",
        ),
        (
            "message: \"{{é}} \\u00e9 {resource.Names.foo()}\"",
            "unknown-function",
            "resource.Names.foo()",
        ),
        (
            "message: |\n  日\n  {resource.Name +\n  1}",
            "type-mismatch",
            "resource.Name +\n  1",
        ),
        ("message: 'it is {resource.Name'", "template", "{"),
        ("message: 'é} is too much'", "template", "}"),
    ] {
        let lines = format!("require: resource.On\n{message}");
        assert_eq!(mistakes(&lines), [(code, at.to_owned())], "{message}");
    }
}

#[test]
fn conditions_are_conditions() {
    let found = mistakes("when: resource.Count\nrequire: resource.Name\nmessage: m");
    let expected = [
        ("type-mismatch", "resource.Count"),
        ("type-mismatch", "resource.Name"),
    ];
    assert_eq!(found, expected.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn when_establishes_what_require_may_read() {
    let require = "require: resource.Limit > params.min\nmessage: 'limit {resource.Limit}'";
    assert!(
        loaded(&format!(
            "when: has(resource.Limit) && resource.On\n{require}"
        ))
        .is_ok()
    );
    for when in [
        "has(resource.Limit) || resource.On",
        "'!has(resource.Limit)'",
        "resource.On",
    ] {
        let found = mistakes(&format!("when: {when}\n{require}"));
        assert_eq!(
            found,
            [("unguarded-field", "resource.Limit".to_owned())],
            "{when}"
        );
    }
}

/// The reads of a rule, as `type.field`; a type that is only counted or listed stands alone.
fn reads(lines: &str) -> Vec<String> {
    let rule = loaded(lines).unwrap_or_else(|errors| panic!("{}", render(&errors, false)));
    rule.body(&SCHEMA)
        .reads
        .iter()
        .flat_map(|(name, fields)| {
            let fields = fields.iter().map(move |field| format!("{name}.{field}"));
            std::iter::once(name.to_owned()).chain(fields)
        })
        .collect()
}

#[test]
fn reads_are_what_conditions_and_messages_look_at() {
    // Every rule here reads the name: its remediation does.
    for (lines, expected) in [
        (
            "require: resource.id != ''",
            vec!["lab.Box", "lab.Box.Name"],
        ),
        (
            "require: has(resource.Secret)",
            vec!["lab.Box", "lab.Box.Name", "lab.Box.Secret"],
        ),
        (
            "require: size(lab.Item) > 0",
            vec!["lab.Box", "lab.Box.Name", "lab.Item"],
        ),
        (
            "require: all.lab.Item.exists(i, i.Size > 0)",
            vec!["lab.Box", "lab.Box.Name", "lab.Item", "lab.Item.Size"],
        ),
        (
            "when: has(resource.Owner)\nrequire: resource.Owner.Alias != ''",
            vec![
                "lab.Box",
                "lab.Box.Name",
                "lab.Box.OwnerId",
                "lab.Owner",
                "lab.Owner.Alias",
                "lab.Owner.id",
            ],
        ),
        (
            "require: resource.Items.all(i, i.Size > 0)",
            vec![
                "lab.Box",
                "lab.Box.Name",
                "lab.Box.Slots",
                "lab.Item",
                "lab.Item.Size",
                "lab.Item.id",
            ],
        ),
        (
            "require: resource.Doors.all(i, has(i.Colour))",
            vec![
                "lab.Box",
                "lab.Box.Name",
                "lab.Box.id",
                "lab.Item",
                "lab.Item.BoxIds",
                "lab.Item.Colour",
            ],
        ),
        (
            "require: resource.Parts.all(p, p.Open)",
            vec!["lab.Box", "lab.Box.Name", "lab.Box.Parts"],
        ),
    ] {
        assert_eq!(reads(&format!("{lines}\nmessage: m")), expected, "{lines}");
    }
    let shown = "require: resource.On\nmessage: 'has {resource.Count}, of {resource.Owner.Alias}'";
    let expected = [
        "lab.Box",
        "lab.Box.Count",
        "lab.Box.Name",
        "lab.Box.On",
        "lab.Box.OwnerId",
        "lab.Owner",
        "lab.Owner.Alias",
        "lab.Owner.id",
    ];
    assert_eq!(reads(shown), expected);
}
