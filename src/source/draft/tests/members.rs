//! Members of answers: their types, their secrets, those that cannot be facts.

use super::*;

/// The fields of a lamp with these members.
fn fields(protocol: &str, members: &[(&str, &str)], mut shapes: Value) -> String {
    shapes["Answer"] = structure(&[("Lamps", "Lamps")]);
    shapes["Lamps"] = list("Lamp");
    shapes["Lamp"] = structure(members);
    let http = json!({ "method": "GET", "requestUri": "/lamps" });
    let service = Service::speaking(protocol)
        .operation(
            "ListLamps",
            json!({ "http": http, "output": { "shape": "Answer" } }),
        )
        .shapes(shapes);
    service.drafted("ListLamps", "service:")
}

fn field(text: &str, name: &str) -> String {
    let line = text
        .lines()
        .rfind(|line| line.trim_start().starts_with(&format!("{name}:")));
    let line = line.unwrap_or_else(|| panic!("no {name} in\n{text}"));
    line.trim().to_owned()
}

#[test]
fn every_kind_of_member_has_a_type() {
    let text = fields(
        "rest-json",
        &[
            ("Name", "Text"),
            ("Length", "Long"),
            ("Weight", "Double"),
            ("Free", "Free"),
            ("Photo", "Photo"),
            ("Nothing", "Nothing"),
            ("Deep", "Deep"),
            ("Stream", "Stream"),
        ],
        json!({
            "Long": { "type": "long" },
            "Double": { "type": "float" },
            "Free": { "type": "structure", "members": {}, "document": true },
            "Photo": { "type": "blob" },
            "Nothing": { "type": "structure", "members": {} },
            "Deep": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Lists" } },
            "Lists": list("Texts"),
            "Stream": { "type": "structure", "members": {}, "eventstream": true },
        }),
    );
    assert_eq!(field(&text, "Length"), "Length: int?");
    assert_eq!(field(&text, "Weight"), "Weight: double?");
    assert!(field(&text, "Free").starts_with("Free: any?  # free-form"));
    assert_eq!(field(&text, "Deep"), "Deep: map<list<list<string>>>");
    assert_eq!(field(&text, "Nothing"), "Nothing: Nothing?");
    assert!(text.contains("shapes:\n  Nothing: {}\n"), "{text}");
    assert!(text.contains("# Photo is left out: bytes are no fact"));
    assert!(text.contains("# Stream is left out: it is a stream of events"));
}

#[test]
fn xml_has_no_free_form() {
    let shapes = json!({ "Free": { "type": "structure", "members": {}, "document": true } });
    let text = fields("query", &[("Name", "Text"), ("Free", "Free")], shapes);
    assert!(text.contains("# Free is left out: free-form members cannot be read from XML"));
}

#[test]
fn a_shape_that_holds_itself_is_cut() {
    let text = fields(
        "json",
        &[("Name", "Text"), ("Tree", "Tree"), ("Chain", "Chain")],
        json!({
            "Tree": structure(&[("Name", "Text"), ("Branches", "Branches")]),
            "Branches": list("Branch"),
            "Branch": structure(&[("Tree", "Tree"), ("Length", "Number")]),
            "Chain": list("Chain"),
        }),
    );
    assert!(
        text.contains("  Tree:\n    Name: string?\n    Branches: list<Branch>\n"),
        "{text}"
    );
    let branch = "  Branch:\n    # Tree is left out: it would hold itself\n    Length: int?\n";
    assert!(text.contains(branch), "{text}");
    assert!(
        text.contains("# Chain is left out: it would hold itself"),
        "{text}"
    );
}

#[test]
fn shapes_without_end_are_cut() {
    let mut shapes = json!({});
    for depth in 0..5_000 {
        shapes[format!("S{depth}")] =
            structure(&[("Name", "Text"), ("In", &format!("S{}", depth + 1))]);
    }
    shapes["S5000"] = structure(&[("Name", "Text")]);
    let text = fields("json", &[("Name", "Text"), ("In", "S0")], shapes);
    assert!(
        text.contains("# In is left out: it is nested too deep"),
        "{text}"
    );
}

#[test]
fn secrets_are_never_declared() {
    let text = fields(
        "json",
        &[
            ("Name", "Text"),
            ("MasterPassword", "Text"),
            ("AuthToken", "Text"),
            ("SecretArn", "Text"),
            ("TokenType", "Enum"),
            ("Environment", "TextMap"),
            ("environmentVariables", "Pairs"),
            ("Owner", "Hidden"),
            ("Notes", "HiddenMap"),
            ("UserData", "Photo"),
            ("PasswordUsed", "Time"),
        ],
        json!({
            "Enum": { "type": "string", "enum": ["a", "b"] },
            "Pairs": list("Pair"),
            "Pair": structure(&[("name", "Text"), ("value", "Text")]),
            "Hidden": { "type": "string", "sensitive": true },
            "HiddenMap": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Hidden" } },
            "Photo": { "type": "blob" },
        }),
    );
    let present = [
        "MasterPassword",
        "AuthToken",
        "environmentVariables",
        "Owner",
        "UserData",
    ];
    for name in present {
        assert!(
            field(&text, name).starts_with(&format!("{name}: present  # ")),
            "{text}"
        );
    }
    assert!(field(&text, "Environment").starts_with("Environment: keys  # "));
    assert!(field(&text, "Notes").starts_with("Notes: keys  # AWS marks it as sensitive"));
    assert_eq!(field(&text, "SecretArn"), "SecretArn: string?");
    assert_eq!(field(&text, "TokenType"), "TokenType: string?");
    assert_eq!(field(&text, "PasswordUsed"), "PasswordUsed: timestamp?");
}

#[test]
fn resources_that_are_secrets_are_none() {
    let mut secret = structure(&[("Name", "Text"), ("Key", "Text")]);
    secret["sensitive"] = json!(true);
    let service = Service::speaking("json")
        .operation("ListLamps", json!({ "output": { "shape": "Answer" } }))
        .shapes(json!({
            "Answer": structure(&[("Lamps", "Lamps"), ("Count", "Number")]),
            "Lamps": list("Lamp"),
            "Lamp": secret,
        }));
    let text = service.drafted("ListLamps", "types:");
    assert!(
        field(&text, "Lamps").starts_with("Lamps: present  # "),
        "{text}"
    );
    assert!(!text.contains("Key"), "{text}");
}

#[test]
fn tags_come_under_one_name() {
    let shapes = json!({
        "Tags": list("Tag"),
        "Tag": structure(&[("key", "Text"), ("value", "Hidden")]),
        "Hidden": { "type": "string", "sensitive": true },
    });
    let text = fields("json", &[("Name", "Text"), ("tagList", "Tags")], shapes);
    assert_eq!(field(&text, "tags"), "tags: tags<key,value> from tagList");
    // Only resources have a field of that name.
    let shapes = json!({
        "Part": structure(&[("TagSet", "TextMap")]),
    });
    let text = fields(
        "json",
        &[("Name", "Text"), ("tags", "Texts"), ("Part", "Part")],
        shapes,
    );
    assert!(
        text.contains("  Part:\n    TagSet: map<string>\n"),
        "{text}"
    );
    assert!(
        text.contains("# tags is left out: `tags` is a map of texts"),
        "{text}"
    );
}

#[test]
fn names_on_the_way_are_kept_where_they_differ() {
    let mut shapes = json!({
        "Answer": structure(&[("Lamps", "Lamps")]),
        "Lamps": list("Lamp"),
        "Lamp": {
            "type": "structure",
            "members": {
                "Name": { "shape": "Text", "locationName": "name" },
                "Body": { "shape": "body_part" },
                "Odd": { "shape": "Text", "locationName": "a: 'b'" },
                "Header": { "shape": "Text", "location": "header", "locationName": "x-header" },
            },
        },
        "body_part": structure(&[("Size", "Number")]),
    });
    shapes["Answer"]["members"]["Lamps"]["locationName"] = json!("item");
    let service = Service::speaking("rest-json")
        .operation(
            "ListLamps",
            json!({ "http": { "method": "GET", "requestUri": "/" }, "output": { "shape": "Answer" } }),
        )
        .shapes(shapes);
    let text = service.drafted("ListLamps", "service:");
    assert!(text.contains("items: item\n"), "{text}");
    assert_eq!(field(&text, "Name"), "Name: string from name");
    assert_eq!(field(&text, "Body"), "Body: Bodypart?");
    assert_eq!(field(&text, "Odd"), "Odd: 'string? from a: ''b'''");
    assert!(
        text.contains("# Header is left out: it is no part of the answer's body"),
        "{text}"
    );
}
