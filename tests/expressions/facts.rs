//! Facts made from choices: a box, the items and the owner that it may lead to.

use launchgate::snapshot::{GLOBAL, Resource, Snapshot};
use serde_json::{Value as Json, json};

use crate::choices::Choices;
use crate::world::{REGION, resource, snapshot};

pub const TEXTS: [&str; 8] = ["", "a", "b", "env", "prod", "12", "-7", "é日"];
const INTS: [i64; 7] = [0, 1, 2, -3, 7, i64::MAX, i64::MIN];
const DOUBLES: [f64; 7] = [0.0, 1.0, 0.5, -2.25, 7.0, 1e300, -1e300];

/// A snapshot whose first box is the resource under test.
pub fn make(choices: &mut Choices<'_>) -> Snapshot {
    let tested = resource("box-1", REGION, &box_fields(choices));
    let other = resource("box-2", REGION, &box_fields(&mut Choices::new(&[])));
    let count = choices.below(4);
    let items = (0..count).map(|number| item(number, choices)).collect();
    let owner = json!({ "Alias": choices.of(&TEXTS), "Age": choices.of(&INTS) });
    let mut owner = resource("o-1", GLOBAL, &owner);
    if choices.once_in(2) {
        owner.fields = owner
            .fields
            .iter()
            .filter(|(name, _)| &***name != "Age")
            .map(|(name, fact)| (name.clone(), fact.clone()))
            .collect();
    }
    snapshot([
        ("lab.Box", vec![tested, other]),
        ("lab.Item", items),
        ("lab.Owner", vec![owner]),
    ])
}

fn box_fields(choices: &mut Choices<'_>) -> Json {
    let mut fields = json!({
        "Count": choices.of(&INTS), "Ratio": choices.of(&DOUBLES), "Name": choices.of(&TEXTS),
        "On": choices.once_in(2), "Made": "2026-01-01T00:00:00Z",
        "Names": list(choices, |choices| json!(choices.of(&TEXTS))),
        "Numbers": list(choices, |choices| json!(choices.of(&INTS))),
        "Parts": list(choices, part),
        "Slots": list(choices, |choices| choices.of(&[json!({}), json!({"ItemId": "i-0"}), json!({"ItemId": "i-1"}), json!({"ItemId": "i-9"})])),
        "Labels": {}, "tags": {},
    });
    for key in ["a", "env", "é日"] {
        if choices.once_in(2) {
            fields["Labels"][key] = json!(choices.of(&TEXTS));
        }
    }
    let optional = [
        ("Limit", json!(choices.of(&INTS))),
        ("Weight", json!(choices.of(&DOUBLES))),
        ("Note", json!(choices.of(&TEXTS))),
        ("Locked", json!(choices.once_in(2))),
        ("OwnerId", json!(choices.of(&["o-1", "o-9"]))),
        ("Inner", inner(choices)),
    ];
    for (name, value) in optional {
        if choices.once_in(2) {
            fields[name] = value;
        }
    }
    fields
}

fn inner(choices: &mut Choices<'_>) -> Json {
    let mut inner = json!({ "A": choices.of(&INTS), "Deep": { "Flag": choices.once_in(2) } });
    if choices.once_in(2) {
        inner["B"] = json!(choices.of(&TEXTS));
    }
    if choices.once_in(2) {
        inner["Deep"]["Text"] = json!(choices.of(&TEXTS));
    }
    inner
}

fn part(choices: &mut Choices<'_>) -> Json {
    let words = list(choices, |choices| json!(choices.of(&TEXTS)));
    let mut part = json!({ "Key": choices.of(&TEXTS), "Open": choices.once_in(2), "Words": words });
    if choices.once_in(2) {
        part["Value"] = json!(choices.of(&INTS));
    }
    part
}

fn item(number: usize, choices: &mut Choices<'_>) -> Resource {
    let boxes = list(choices, |choices| json!(choices.of(&["box-1", "box-2"])));
    let mut fields = json!({ "Size": choices.of(&INTS), "BoxIds": boxes });
    if choices.once_in(2) {
        fields["Colour"] = json!(choices.of(&TEXTS));
    }
    let region = choices.of(&[REGION, REGION, "eu-west-1"]);
    resource(&format!("i-{number}"), region, &fields)
}

fn list(choices: &mut Choices<'_>, mut item: impl FnMut(&mut Choices<'_>) -> Json) -> Json {
    let count = choices.below(4);
    (0..count).map(|_| item(choices)).collect()
}
