//! Collections and relations: who sees whom, across regions and accounts, and where a key or its
//! target was not read.

use launchgate::expr::Failure;
use launchgate::fact::Fact;
use launchgate::snapshot::{GLOBAL, Resource, Snapshot};
use serde_json::json;

use crate::world::{
    REGION, a_box, fact, is_unknown, item, outcome_for, resource, snapshot, unread, unread_list,
};

const ELSEWHERE: &str = "eu-west-1";

fn placed(mut resource: Resource, region: &str, account: &str) -> Resource {
    resource.region = region.into();
    resource.account = account.into();
    resource
}

/// Items of two regions and of another account, an owner and a gate.
fn wide() -> Snapshot {
    let account = crate::world::ACCOUNT;
    snapshot([
        ("lab.Box", vec![a_box(&json!({"OwnerId": "o-1"}))]),
        (
            "lab.Item",
            vec![
                item("near", 1, &["box-1"]),
                placed(item("far", 2, &["box-1"]), ELSEWHERE, account),
                placed(item("foreign", 3, &["box-1"]), REGION, "222222222222"),
            ],
        ),
        (
            "lab.Owner",
            vec![resource("o-1", GLOBAL, &json!({"Alias": "ada"}))],
        ),
        (
            "hub.Gate",
            vec![resource("g-1", GLOBAL, &json!({"ItemId": "far"}))],
        ),
    ])
}

fn ids(ids: &[&str]) -> Result<Fact, Failure> {
    Ok(fact(&json!(ids)))
}

#[test]
fn a_collection_is_of_the_same_account_and_region() {
    let of = |type_name, text| outcome_for(type_name, text, &wide());
    assert_eq!(of("lab.Box", "lab.Item.map(i, i.id)"), ids(&["near"]));
    assert_eq!(
        of("lab.Box", "all.lab.Item.map(i, i.id)"),
        ids(&["near", "far"])
    );
    assert_eq!(of("lab.Box", "lab.Owner.map(o, o.id)"), ids(&["o-1"]));
    assert_eq!(
        of("lab.Owner", "lab.Item.map(i, i.id)"),
        ids(&["near", "far"])
    );
    assert_eq!(
        of("hub.Gate", "all.lab.Item.map(i, i.region)"),
        ids(&[REGION, ELSEWHERE])
    );
}

#[test]
fn a_variable_hides_a_service_of_its_name() {
    let text = "resource.Parts.all(lab, lab.Open) && lab.Item.exists(i, i.id == 'near')";
    assert_eq!(outcome_for("lab.Box", text, &wide()), Ok(Fact::Bool(true)));
}

#[test]
fn a_relation_stays_in_its_region_unless_one_end_has_none() {
    let of = |type_name, text| outcome_for(type_name, text, &wide());
    assert_eq!(of("lab.Box", "resource.Doors.map(i, i.id)"), ids(&["near"]));
    let owner = "has(resource.Owner) ? resource.Owner.Alias : 'none'";
    assert_eq!(of("lab.Box", owner), Ok(Fact::string("ada")));
    let item = "has(resource.Item) ? resource.Item.region : 'none'";
    assert_eq!(of("hub.Gate", item), Ok(Fact::string(ELSEWHERE)));
}

#[test]
fn a_relation_to_one_is_absent_without_key_or_target() {
    let has = |facts: serde_json::Value| {
        let boxes = vec![a_box(&facts)];
        let owners = vec![resource("o-1", GLOBAL, &json!({"Alias": "ada"}))];
        let snapshot = snapshot([("lab.Box", boxes), ("lab.Owner", owners)]);
        outcome_for("lab.Box", "has(resource.Owner)", &snapshot)
    };
    assert_eq!(has(json!({"OwnerId": "o-1"})), Ok(Fact::Bool(true)));
    assert_eq!(has(json!({"OwnerId": "gone"})), Ok(Fact::Bool(false)));
    assert_eq!(has(json!({})), Ok(Fact::Bool(false)));
    assert!(is_unknown(&has(json!({"OwnerId": unread()}))));
}

#[test]
fn an_unread_target_list_leaves_a_missing_target_open_and_a_found_one_known() {
    let mut snapshot = wide();
    snapshot.unread.push(unread_list("lab.Owner", GLOBAL));
    let has = outcome_for("lab.Box", "has(resource.Owner)", &snapshot);
    assert_eq!(has, Ok(Fact::Bool(true)));
    snapshot.resources.remove("lab.Owner");
    assert!(is_unknown(&outcome_for(
        "lab.Box",
        "has(resource.Owner)",
        &snapshot
    )));
}

fn slotted(slots: &serde_json::Value) -> Snapshot {
    let items = ["i-0", "i-1"].map(|id| item(id, 1, &[]));
    snapshot([
        ("lab.Box", vec![a_box(&json!({ "Slots": slots }))]),
        ("lab.Item", items.to_vec()),
    ])
}

#[test]
fn a_relation_to_many_follows_every_key_and_finds_each_target_once() {
    let found = |slots: serde_json::Value| {
        outcome_for("lab.Box", "resource.Items.map(i, i.id)", &slotted(&slots))
    };
    let slot = |id: &str| json!({ "ItemId": id });
    assert_eq!(found(json!([])), ids(&[]));
    assert_eq!(found(json!([{}])), ids(&[]));
    assert_eq!(found(json!([slot("i-1")])), ids(&["i-1"]));
    assert_eq!(
        found(json!([slot("i-1"), {}, slot("gone"), slot("i-0")])),
        ids(&["i-1", "i-0"])
    );
    assert_eq!(found(json!([slot("i-1"), slot("i-1")])), ids(&["i-1"]));
}

#[test]
fn a_target_that_holds_the_key_twice_is_found_once() {
    let items = vec![item("i-0", 1, &["box-1", "box-1"])];
    let snapshot = snapshot([("lab.Box", vec![a_box(&json!({}))]), ("lab.Item", items)]);
    let text = "resource.Doors.map(i, i.id)";
    assert_eq!(outcome_for("lab.Box", text, &snapshot), ids(&["i-0"]));
}

#[test]
fn a_relation_may_lead_by_several_fields_to_each_resource_once() {
    let painted = |id: &str, boxes: &[&str], colour: serde_json::Value| {
        let mut painted = item(id, 1, boxes);
        painted.fields.insert("Colour".into(), fact(&colour));
        painted
    };
    let of = |items: Vec<Resource>, text: &str| {
        let snapshot = snapshot([("lab.Box", vec![a_box(&json!({}))]), ("lab.Item", items)]);
        outcome_for("lab.Box", text, &snapshot)
    };
    let items = vec![
        painted("both", &["box-1"], json!("box-1")),
        painted("colour", &["box-2"], json!("box-1")),
        painted("neither", &["box-2"], json!("red")),
        item("box", 1, &["box-1"]),
    ];
    let kin = of(items.clone(), "resource.Kin.map(i, i.id)");
    assert_eq!(kin, ids(&["both", "box", "colour"]));
    // One that was not read could be kin by either field.
    let unread = [items, vec![painted("unread", &["box-2"], unread())]].concat();
    let all = of(unread.clone(), "resource.Kin.all(i, i.Size == 1)");
    assert!(is_unknown(&all), "{all:?}");
    let some = of(unread, "resource.Kin.exists(i, i.id == 'colour')");
    assert_eq!(some, Ok(Fact::Bool(true)));
}

/// A key that was not read could lead anywhere.
#[test]
fn unread_keys_at_either_end_leave_the_relation_open() {
    let all = "resource.Items.all(i, i.Size == 1)";
    let some = "resource.Items.exists(i, i.Size == 1)";
    for slots in [
        json!(unread()),
        json!([unread(), {"ItemId": "i-0"}]),
        json!([{"ItemId": unread()}, {"ItemId": "i-0"}]),
    ] {
        let snapshot = slotted(&slots);
        assert!(
            is_unknown(&outcome_for("lab.Box", all, &snapshot)),
            "{slots}"
        );
        let witness = outcome_for("lab.Box", some, &snapshot);
        let list_unread = slots.get("$unknown").is_some();
        assert_eq!(is_unknown(&witness), list_unread, "{slots}: {witness:?}");
    }

    let mut shut = item("i-0", 1, &["box-1"]);
    shut.fields
        .insert("BoxIds".into(), fact(&json!([unread()])));
    let boxes = vec![a_box(&json!({}))];
    let snapshot = snapshot([("lab.Box", boxes), ("lab.Item", vec![shut])]);
    for text in [
        "resource.Doors.all(i, i.Size == 2)",
        "size(resource.Doors) == 0",
    ] {
        assert!(
            is_unknown(&outcome_for("lab.Box", text, &snapshot)),
            "{text}"
        );
    }
}

/// The list of keys belongs to every answer: without it nothing is known of the targets.
#[test]
fn a_missing_list_of_keys_is_not_taken_for_an_empty_one() {
    let mut tested = a_box(&json!({}));
    tested.fields = tested
        .fields
        .iter()
        .filter(|(name, _)| &***name != "Slots")
        .map(|(name, fact)| (name.clone(), fact.clone()))
        .collect();
    let snapshot = snapshot([("lab.Box", vec![tested])]);
    assert!(is_unknown(&outcome_for(
        "lab.Box",
        "resource.Items.all(i, i.Size > 0)",
        &snapshot
    )));
}
