//! Reads of what may be absent: which guards establish that it is there, and which do not.

use crate::world::check;

#[test]
fn these_guards_are_enough() {
    for text in [
        "has(resource.Limit) && resource.Limit > 1",
        "!has(resource.Limit) || resource.Limit > 1",
        "has(resource.Limit) ? resource.Limit > 1 : false",
        "!has(resource.Limit) ? true : resource.Limit > 1",
        "has(resource.Limit) && (resource.On || resource.Limit > 1)",
        "!(has(resource.Limit) && resource.On) || resource.Limit > 1",
        "!(!has(resource.Limit) || resource.On) && resource.Limit > 1",
        "(has(resource.Limit) && has(resource.Note)) && resource.Limit > size(resource.Note)",
        "(has(resource.Limit) && resource.On || has(resource.Limit)) && resource.Limit > 1",
        "has(resource.Limit) && resource.Names.all(n, size(n) < resource.Limit)",
        "has(resource.Inner) && has(resource.Inner.Deep.Text) && resource.Inner.Deep.Text != ''",
        "has(resource.Owner) && has(resource.Owner.Age) && resource.Owner.Age > 1",
        "resource.Parts.all(p, !has(p.Value) || p.Value > 1)",
        "has(resource.Parts[0].Value) && resource.Parts[0].Value > 1",
        "lab.Item.exists(i, has(i.Colour) && i.Colour == 'red')",
        "'a' in resource.Labels && resource.Labels['a'] == 'b'",
        "has(resource.Labels.a) && resource.Labels['a'] == 'b'",
        "'a' in resource.Labels && resource.Labels.a == 'b'",
        "resource.Name in resource.Labels && resource.Labels[resource.Name] == 'b'",
        "resource.Labels.all(k, resource.Labels[k] == 'b')",
        "has(resource.Free) && has(resource.Free.a) && has(resource.Free.a.b) && resource.Free.a.b == 1",
    ] {
        if let Err(errors) = check(text) {
            panic!("{text}: {errors:#?}");
        }
    }
}

#[test]
fn these_are_not() {
    for (text, at) in [
        ("resource.Limit > 1", "resource.Limit"),
        (
            "has(resource.Limit) || resource.Limit > 1",
            "resource.Limit",
        ),
        (
            "!has(resource.Limit) && resource.Limit > 1",
            "resource.Limit",
        ),
        (
            "has(resource.Limit) ? true : resource.Limit > 1",
            "resource.Limit",
        ),
        (
            "resource.Limit > 1 && has(resource.Limit)",
            "resource.Limit",
        ),
        ("has(resource.Note) && resource.Limit > 1", "resource.Limit"),
        (
            "(has(resource.Limit) || resource.On) && resource.Limit > 1",
            "resource.Limit",
        ),
        (
            "(resource.On ? has(resource.Limit) : true) && resource.Limit > 1",
            "resource.Limit",
        ),
        (
            "has(resource.Inner) && resource.Inner.Deep.Text != ''",
            "resource.Inner.Deep.Text",
        ),
        ("has(resource.Inner.B)", "resource.Inner"),
        ("has(resource.Owner.Age)", "resource.Owner"),
        (
            "resource.Parts.all(p, has(p.Value)) && resource.Parts.all(p, p.Value > 1)",
            "p.Value",
        ),
        (
            "resource.Parts.all(p, has(p.Value) && resource.Parts.all(p, p.Value > 1))",
            "p.Value",
        ),
        (
            "has(resource.Parts[0].Value) && resource.Parts[1].Value > 1",
            "resource.Parts[1].Value",
        ),
        (
            "'a' in resource.Labels && resource.Labels['b'] == 'b'",
            "resource.Labels['b']",
        ),
        (
            "resource.Labels.all(k, resource.Labels['k'] == 'b')",
            "resource.Labels['k']",
        ),
        (
            "resource.Labels.all(k, resource.tags[k] == 'b')",
            "resource.tags[k]",
        ),
        (
            "resource.Labels[resource.Name + 'x'] == 'b'",
            "resource.Labels[resource.Name + 'x']",
        ),
    ] {
        let errors = check(text)
            .err()
            .unwrap_or_else(|| panic!("{text} is taken"));
        let found: Vec<(&str, &str)> = errors
            .iter()
            .map(|error| (error.code, &error.span.file.text[error.span.range.clone()]))
            .collect();
        assert_eq!(found, [("unguarded-field", at)], "{text}");
    }
}

/// What is no path goes by its text: a guard of one part says nothing of another.
#[test]
fn a_guard_of_a_computed_part_stands_for_that_part_only() {
    let first = "resource.Parts.filter(p, p.Key == 'a')[0].Value";
    let second = "resource.Parts.filter(p, p.Key == 'b')[0].Value";
    assert!(check(&format!("has({first}) && {first} > 1")).is_ok());
    let errors = check(&format!("has({first}) && {second} > 1"))
        .err()
        .expect("it is refused");
    assert_eq!(errors[0].code, "unguarded-field");
    assert_eq!(
        &errors[0].span.file.text[errors[0].span.range.clone()],
        second
    );
}
