//! Unread facts: a verdict is only given where no reading of them could change it.

use std::sync::Arc;

use launchgate::expr::Failure;
use launchgate::fact::{Fact, Object};
use launchgate::snapshot::{Snapshot, Unread};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::choices::{Choices, choices, with_stack};
use crate::world::{
    ACCOUNT, REGION, a_box, check, is_unknown, item, of_box, outcome, outcome_for, snapshot,
    unknown, unread, unread_list,
};
use crate::{facts, generate};

/// Whatever could not be read, the outcome is what it would have been, or unknown.
#[test]
fn what_was_not_read_never_turns_an_outcome() {
    with_stack(|| {
        let config = Config {
            cases: 2 * Config::default().cases,
            failure_persistence: None,
            ..Config::default()
        };
        let cases = (choices(80), choices(120), choices(60));
        TestRunner::new(config)
            .run(&cases, |(facts, expression, hidden)| {
                let snapshot = facts::make(&mut Choices::new(&facts));
                let text = generate::expression(&mut Choices::new(&expression));
                let checked = check(&text).map_err(|errors| {
                    TestCaseError::fail(format!("{text} is refused: {errors:#?}"))
                })?;
                let full = outcome(&checked, "lab.Box", &snapshot);
                let partial = hide(snapshot.clone(), &mut Choices::new(&hidden));
                let seen = outcome(&checked, "lab.Box", &partial);
                prop_assert!(
                    is_unknown(&seen) || agree(&full, &seen),
                    "{text}\nfull: {full:?}\nseen: {seen:?}\n{partial:#?}"
                );
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

fn agree(full: &Result<Fact, Failure>, seen: &Result<Fact, Failure>) -> bool {
    match (full, seen) {
        (Ok(full), Ok(seen)) => agree_as_far_as_read(full, seen),
        (full, seen) => full == seen,
    }
}

fn agree_as_far_as_read(full: &Fact, seen: &Fact) -> bool {
    match (full, seen) {
        (_, Fact::Unknown(_)) => true,
        (Fact::Double(full), Fact::Double(seen)) => full.to_bits() == seen.to_bits(),
        (Fact::List(full), Fact::List(seen)) if full.len() == seen.len() => {
            let mut pairs = full.iter().zip(seen);
            pairs.all(|(full, seen)| agree_as_far_as_read(full, seen))
        }
        (full, seen) => full == seen,
    }
}

/// The snapshot of a run that was denied some of it.
fn hide(mut snapshot: Snapshot, choices: &mut Choices<'_>) -> Snapshot {
    for resources in snapshot.resources.values_mut() {
        for resource in resources {
            resource.fields = hide_fields(&resource.fields, choices);
        }
    }
    for (name, region) in [
        ("lab.Item", REGION),
        ("lab.Item", "eu-west-1"),
        ("lab.Owner", "global"),
    ] {
        match choices.below(6) {
            5 => {
                let all = snapshot
                    .resources
                    .get_mut(name)
                    .expect("the type has resources");
                all.retain(|known| &*known.region != region || choices.once_in(2));
                snapshot.unread.push(unread_list(name, region));
            }
            4 if choices.once_in(4) => {
                snapshot.collected.remove(name);
                snapshot.resources.remove(name);
                snapshot.resources.insert(name.to_owned(), Vec::new());
            }
            _ => {}
        }
    }
    snapshot
}

fn hide_fields(object: &Object, choices: &mut Choices<'_>) -> Object {
    let fields = object
        .iter()
        .map(|(name, fact)| (name.clone(), hide_fact(fact, choices)));
    fields.collect()
}

fn hide_fact(fact: &Fact, choices: &mut Choices<'_>) -> Fact {
    if choices.once_in(12) {
        return Fact::Unknown(Arc::new(unknown()));
    }
    match fact {
        Fact::List(items) => {
            Fact::List(items.iter().map(|item| hide_fact(item, choices)).collect())
        }
        Fact::Object(object) => Fact::Object(hide_fields(object, choices)),
        fact => fact.clone(),
    }
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);
const OPEN: Option<bool> = None;

/// The verdict of a condition, `None` where it is unknown.
fn verdict(outcome: &Result<Fact, Failure>) -> Option<bool> {
    match outcome {
        Ok(Fact::Bool(value)) => Some(*value),
        Err(Failure::Unknown(_)) => None,
        other => panic!("neither a verdict nor unknown: {other:?}"),
    }
}

#[test]
fn one_side_may_settle_a_junction() {
    let cases = [
        ("false && resource.On", NO),
        ("resource.On && false", NO),
        ("true && resource.On", OPEN),
        ("resource.On && true", OPEN),
        ("true || resource.On", YES),
        ("resource.On || true", YES),
        ("false || resource.On", OPEN),
        ("resource.On || false", OPEN),
        ("!resource.On", OPEN),
        ("resource.On ? true : false", OPEN),
        ("true ? true : resource.On", YES),
        ("resource.On || 1 / (resource.Count - 3) > 0", OPEN),
        ("1 / (resource.Count - 3) > 0 || resource.On", OPEN),
        ("has(resource.Locked)", OPEN),
        ("has(resource.Locked) && resource.Locked", OPEN),
        ("!has(resource.Locked) && false", NO),
    ];
    let facts = json!({ "On": unread(), "Locked": unread() });
    for (text, expected) in cases {
        assert_eq!(verdict(&of_box(text, &facts)), expected, "{text}");
    }
}

#[test]
fn an_unread_element_leaves_open_what_the_others_do_not_settle() {
    let cases = [
        ("resource.Numbers.exists(x, x == 2)", YES),
        ("resource.Numbers.exists(x, x == 5)", OPEN),
        ("resource.Numbers.all(x, x < 2)", NO),
        ("resource.Numbers.all(x, x < 5)", OPEN),
        ("resource.Numbers.exists_one(x, x == 2)", OPEN),
        ("resource.Numbers.exists_one(x, x > 0)", NO),
        ("2 in resource.Numbers", YES),
        ("5 in resource.Numbers", OPEN),
        ("size(resource.Numbers) == 3", YES),
        ("size(resource.Numbers.filter(x, x > 1)) == 1", OPEN),
        ("resource.Numbers[0] == 1", YES),
        ("resource.Numbers[1] == 1", OPEN),
        ("resource.Names.join(',') == 'a'", OPEN),
        ("resource.Labels['env'] == 'prod' || true", YES),
        (
            "resource.Labels.exists(key, resource.Labels[key] == 'prod')",
            OPEN,
        ),
        ("resource.Labels.exists(key, key == 'env')", YES),
        ("'env' in resource.Labels", OPEN),
        ("has(resource.Labels.other)", NO),
    ];
    let facts = json!({
        "Numbers": [1, unread(), 2], "Names": ["a", unread()], "Labels": {"env": unread()},
    });
    for (text, expected) in cases {
        let text = text.replace(
            "resource.Labels['env'] ==",
            "'env' in resource.Labels && resource.Labels['env'] ==",
        );
        assert_eq!(verdict(&of_box(&text, &facts)), expected, "{text}");
    }
}

#[test]
fn a_partly_read_collection_answers_with_witness_or_counterexample_only() {
    let cases = [
        ("lab.Item.exists(i, i.Size == 1)", YES),
        ("lab.Item.exists(i, i.Size == 5)", OPEN),
        ("lab.Item.all(i, i.Size == 1)", NO),
        ("lab.Item.all(i, i.Size > 0)", OPEN),
        ("lab.Item.exists_one(i, i.Size == 1)", OPEN),
        ("lab.Item.exists_one(i, i.Size > 0)", NO),
        ("size(lab.Item) >= 2", OPEN),
        ("lab.Item.filter(i, i.Size > 1).exists(i, i.Size == 2)", YES),
        ("lab.Item.filter(i, i.Size > 1).all(i, i.Size == 2)", OPEN),
        ("1 in lab.Item.map(i, i.Size)", YES),
        ("3 in lab.Item.map(i, i.Size)", OPEN),
        ("lab.Item[0].Size == 1", OPEN),
        ("lab.Item.map(i, i.id).join(',') == 'i-0,i-1'", OPEN),
    ];
    let items = vec![item("i-0", 1, &[]), item("i-1", 2, &[])];
    let mut snapshot = snapshot([("lab.Box", vec![a_box(&json!({}))]), ("lab.Item", items)]);
    snapshot.unread.push(unread_list("lab.Item", REGION));
    for (text, expected) in cases {
        assert_eq!(
            verdict(&outcome_for("lab.Box", text, &snapshot)),
            expected,
            "{text}"
        );
    }
}

#[test]
fn unread_lists_of_other_places_leave_nothing_open() {
    let mut snapshot = snapshot([("lab.Box", vec![a_box(&json!({}))])]);
    snapshot.unread.push(unread_list("lab.Item", "eu-west-1"));
    snapshot.unread.push(unread_list("lab.Owner", "global"));
    snapshot.unread.push(Unread {
        account: "222222222222".to_owned(),
        ..unread_list("lab.Item", REGION)
    });
    let near = outcome_for("lab.Box", "size(lab.Item) == 0", &snapshot);
    assert_eq!(verdict(&near), YES);
    let everywhere = outcome_for("lab.Box", "size(all.lab.Item) == 0", &snapshot);
    assert_eq!(verdict(&everywhere), OPEN);
    assert_eq!(snapshot.unread[2].resource_type, "lab.Item");
    assert_ne!(snapshot.unread[2].account, ACCOUNT);
}

#[test]
fn what_was_never_asked_for_is_unknown_and_says_so() {
    let mut snapshot = snapshot([("lab.Box", vec![a_box(&json!({"OwnerId": "o-1"}))])]);
    snapshot.collected.remove("lab.Item");
    snapshot.collected.remove("lab.Owner");
    let calls = snapshot
        .collected
        .get_mut("lab.Box")
        .expect("it was collected");
    calls.remove("lab:GetBoxDetail");
    for text in [
        "lab.Item.all(i, i.Size > 0)",
        "has(resource.Owner)",
        "has(resource.Secret)",
        "has(resource.Secret) && resource.Secret == ''",
        "resource.Doors.all(i, i.Size > 0)",
    ] {
        match outcome_for("lab.Box", text, &snapshot) {
            Err(Failure::Unknown(unknown)) => assert_eq!(unknown.code, "NotCollected", "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// Free-form facts may hold something unread below their surface.
#[test]
fn free_form_facts_with_something_unread_inside_are_not_compared() {
    let same = "has(resource.Free) && resource.Free == resource.Free";
    for (free, expected) in [
        (json!({"a": [1, {"b": null}]}), YES),
        (json!({"a": [1, {"b": unread()}]}), OPEN),
        (json!([1, unread()]), OPEN),
        (json!([1, 2]), YES),
        (json!("text"), YES),
    ] {
        let facts = json!({ "Free": free });
        assert_eq!(verdict(&of_box(same, &facts)), expected, "{free}");
    }
}

/// An answer that AWS's own description rules out is no verdict either.
#[test]
fn facts_of_another_type_and_missing_ones_are_unknown() {
    for (text, facts, code) in [
        (
            "resource.Count == 3",
            json!({"Count": "3"}),
            "InvalidResponse",
        ),
        ("resource.On", json!({"On": null}), "InvalidResponse"),
        (
            "resource.Numbers.all(x, x > 0)",
            json!({"Numbers": [1, "2"]}),
            "InvalidResponse",
        ),
        (
            "resource.Made < now",
            json!({"Made": "yesterday"}),
            "InvalidResponse",
        ),
        (
            "resource.Parts.all(p, p.Open)",
            json!({"Parts": [{"Key": "k"}]}),
            "MissingField",
        ),
        (
            "resource.Names.all(n, n == '')",
            json!({"Names": {}}),
            "InvalidResponse",
        ),
    ] {
        match of_box(text, &facts) {
            Err(Failure::Unknown(unknown)) => assert_eq!(unknown.code, code, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}
