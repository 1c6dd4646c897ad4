//! A small schema for expressions to be checked against, and the snapshot they are evaluated over.

use std::sync::{Arc, LazyLock};

use launchgate::diagnostic::{Diagnostic, SourceFile, Span};
use launchgate::expr::{
    Absence, Checked, Constant, Declared, Env, Failure, Known, Library, List, Place, Price, Scope,
    Setting, Value, compile,
};
use launchgate::fact::{Fact, FactSeed, Interner, Unknown};
use launchgate::schema::{
    ApiCall, Field, Per, Relation, ResourceType, Schema, Scope as Where, Struct, Type, TypeBuilder,
};
use launchgate::snapshot::{Account, Index, Resource, Snapshot, Unread, call_key};
use serde::de::DeserializeSeed;
use time::OffsetDateTime;
use time::macros::datetime;

pub const ACCOUNT: &str = "111111111111";
pub const REGION: &str = "us-east-1";
pub const NOW: OffsetDateTime = datetime!(2026-01-31 12:00 UTC);

/// `lab.Box` is what expressions are about; `lab.Item` is regional like it, `lab.Owner` global,
/// and `hub.Gate` a global type that looks at them.
pub static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::new([boxes(), items(), owners(), gates()]));

fn boxes() -> ResourceType {
    let detail = ApiCall::new("lab:GetBoxDetail", Per::Resource);
    TypeBuilder::new("lab.Box", Where::Regional, "A box.")
        .list(&ApiCall::new("lab:ListBoxes", Per::Region))
        .shape(box_shape())
        .detail(Field::optional("Secret", Type::String), &detail)
        .relation(relation("Owner", "lab.Owner", "OwnerId", &["id"], false))
        .relation(relation(
            "Items",
            "lab.Item",
            "Slots[].ItemId",
            &["id"],
            true,
        ))
        .relation(relation("Doors", "lab.Item", "id", &["BoxIds[]"], true))
        .relation(relation(
            "Kin",
            "lab.Item",
            "id",
            &["BoxIds[]", "Colour"],
            true,
        ))
        .build()
}

fn box_shape() -> Type {
    let deep = Struct::new(
        "Deep",
        [
            Field::required("Flag", Type::Bool),
            Field::optional("Text", Type::String),
        ],
    );
    let inner = Struct::new(
        "Inner",
        [
            Field::required("A", Type::Int),
            Field::optional("B", Type::String),
            Field::required("Deep", Type::Struct(deep)),
        ],
    );
    let part = Struct::new(
        "Part",
        [
            Field::required("Key", Type::String),
            Field::optional("Value", Type::Int),
            Field::required("Open", Type::Bool),
            Field::required("Words", Type::list(Type::String)),
        ],
    );
    let slot = Struct::new("Slot", [Field::optional("ItemId", Type::String)]);
    Type::Struct(Struct::new(
        "Box",
        [
            Field::required("Count", Type::Int),
            Field::optional("Limit", Type::Int),
            Field::required("Ratio", Type::Double),
            Field::optional("Weight", Type::Double),
            Field::required("Name", Type::String),
            Field::optional("Note", Type::String),
            Field::required("On", Type::Bool),
            Field::optional("Locked", Type::Bool),
            Field::required("Made", Type::Timestamp),
            Field::optional("Used", Type::Timestamp),
            Field::required("Names", Type::list(Type::String)),
            Field::required("Numbers", Type::list(Type::Int)),
            Field::required("Labels", Type::map(Type::String)),
            Field::optional("Inner", Type::Struct(inner)),
            Field::required("Parts", Type::list(Type::Struct(part))),
            Field::required("Slots", Type::list(Type::Struct(slot))),
            Field::optional("OwnerId", Type::String),
            Field::optional("Free", Type::Any),
        ],
    ))
}

fn items() -> ResourceType {
    TypeBuilder::new("lab.Item", Where::Regional, "An item in a box.")
        .list(&ApiCall::new("lab:ListItems", Per::Region))
        .field(Field::required("Size", Type::Int))
        .field(Field::optional("Colour", Type::String))
        .field(Field::required("BoxIds", Type::list(Type::String)))
        .build()
}

fn owners() -> ResourceType {
    TypeBuilder::new("lab.Owner", Where::Global, "Who owns a box.")
        .list(&ApiCall::new("lab:ListOwners", Per::Account))
        .field(Field::required("Alias", Type::String))
        .field(Field::optional("Age", Type::Int))
        .build()
}

fn gates() -> ResourceType {
    TypeBuilder::new("hub.Gate", Where::Global, "A global thing.")
        .list(&ApiCall::new("hub:ListGates", Per::Account))
        .field(Field::optional("ItemId", Type::String))
        .relation(relation("Item", "lab.Item", "ItemId", &["id"], false))
        .build()
}

fn relation(
    name: &'static str,
    target: &'static str,
    from: &'static str,
    to: &'static [&'static str],
    many: bool,
) -> Relation {
    Relation {
        name,
        target,
        from,
        to,
        many,
    }
}

/// A fact from JSON, by the snapshot's own reader: `{"$unknown": ...}` is an unread one.
pub fn fact(json: &serde_json::Value) -> Fact {
    let mut interner = Interner::default();
    FactSeed(&mut interner)
        .deserialize(json)
        .expect("JSON is a fact")
}

/// A resource of the account under test.
pub fn resource(id: &str, region: &str, fields: &serde_json::Value) -> Resource {
    let Fact::Object(fields) = fact(fields) else {
        panic!("the fields of {id} are no object: {fields}");
    };
    Resource {
        id: id.into(),
        arn: format!("arn:aws:lab:::{id}").into(),
        account: ACCOUNT.into(),
        region: region.into(),
        fields,
    }
}

/// A box with all that is required, and `more` fields over it.
pub fn a_box(more: &serde_json::Value) -> Resource {
    let mut fields = serde_json::json!({
        "Count": 3, "Ratio": 0.5, "Name": "crate", "On": true, "Made": "2026-01-01T00:00:00Z",
        "Names": ["a", "b"], "Numbers": [1, 2, 3], "Labels": {"env": "prod"}, "Parts": [],
        "Slots": [], "tags": {},
    });
    for (name, value) in more.as_object().expect("an object of fields") {
        fields[name] = value.clone();
    }
    resource("box-1", REGION, &fields)
}

/// An item of the region under test.
pub fn item(id: &str, size: i64, boxes: &[&str]) -> Resource {
    resource(
        id,
        REGION,
        &serde_json::json!({ "Size": size, "BoxIds": boxes }),
    )
}

/// Functions that are data, and a price.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let functions = [
        ("twice", vec!["x"], "x + x"),
        (
            "heavy",
            vec!["box", "most"],
            "has(box.Weight) && box.Weight > twice(most)",
        ),
        (
            "any_of",
            vec!["list", "wanted"],
            "list.exists(x, x == wanted)",
        ),
        ("unguarded", vec!["box"], "box.Weight > 1"),
        ("curious", vec!["x"], "resource.Count == x"),
        ("set", vec!["x"], "params.min == x"),
        ("ping", vec!["x"], "pong(x)"),
        ("pong", vec!["x"], "ping(x)"),
    ];
    let functions = functions.map(|(name, params, body)| {
        let params = params.into_iter().map(str::to_owned).collect();
        Declared::new(name.to_owned(), String::new(), params, place(body))
    });
    let price = Price {
        name: "box-hour".to_owned(),
        unit: "hour".to_owned(),
        live: None,
        table: [(REGION.to_owned(), 0.5)].into(),
    };
    Library::new(functions, [price])
});

fn place(text: &str) -> Place {
    let file = SourceFile::new("test.yaml", text.to_owned());
    let range = 0..text.len();
    Place::new(text, Span { file, range })
}

/// Why a fact could not be read.
pub fn unknown() -> Unknown {
    Unknown {
        operation: "lab:GetIt".to_owned(),
        region: REGION.to_owned(),
        code: "AccessDenied".to_owned(),
        message: "no".to_owned(),
        iam_action: Some("lab:GetIt".to_owned()),
    }
}

/// An unread fact, as JSON.
pub fn unread() -> serde_json::Value {
    serde_json::json!({ "$unknown": unknown() })
}

/// A list that was not read to its end.
pub fn unread_list(type_name: &str, region: &str) -> Unread {
    Unread {
        resource_type: type_name.to_owned(),
        account: ACCOUNT.to_owned(),
        region: region.to_owned(),
        unknown: unknown(),
    }
}

/// A snapshot in which everything was asked for, holding these resources by type.
pub fn snapshot(resources: impl IntoIterator<Item = (&'static str, Vec<Resource>)>) -> Snapshot {
    let mut snapshot = Snapshot {
        taken: "2026-01-31T12:00:00Z".to_owned(),
        accounts: vec![Account {
            id: ACCOUNT.to_owned(),
            partition: "aws".to_owned(),
        }],
        regions: vec![REGION.to_owned()],
        ..Snapshot::default()
    };
    for known in SCHEMA.types() {
        let fields = known.fields.values();
        let calls = fields.filter_map(|field| field.call.as_ref());
        let keys = calls.chain(&known.list).map(|call| call_key(call));
        snapshot
            .collected
            .insert(known.name.to_owned(), keys.collect());
    }
    for (name, found) in resources {
        snapshot.resources.insert(name.to_owned(), found);
    }
    snapshot
}

/// Checks an expression about a type, with nothing known before.
pub fn check_for(type_name: &str, text: &str) -> Result<Checked, Vec<Diagnostic>> {
    let env = Env {
        schema: &SCHEMA,
        resource: SCHEMA.get(type_name).expect("a type of the schema"),
        params: &[
            ("min".to_owned(), Type::Int),
            ("never_set".to_owned(), Type::Int),
        ],
        library: &LIBRARY,
    };
    compile(
        &place(text),
        env,
        &Known::new(),
        Absence::MustBeGuarded,
        None,
    )
}

/// Checks an expression about a box.
pub fn check(text: &str) -> Result<Checked, Vec<Diagnostic>> {
    check_for("lab.Box", text)
}

/// The outcome of an expression about the first resource of its type, in a form that outlives it.
pub fn outcome_for(type_name: &str, text: &str, snapshot: &Snapshot) -> Result<Fact, Failure> {
    let checked = check_for(type_name, text).unwrap_or_else(|errors| panic!("{text}: {errors:#?}"));
    outcome(&checked, type_name, snapshot)
}

/// The outcome of a checked expression, in a form that outlives the snapshot.
pub fn outcome(checked: &Checked, type_name: &str, snapshot: &Snapshot) -> Result<Fact, Failure> {
    let index = Index::new(snapshot, &SCHEMA);
    let scope = Scope {
        index: &index,
        resource: &snapshot.resources[type_name][0],
        params: &[
            Setting::Value(Constant::Int(7)),
            Setting::Unset(Arc::new(unknown())),
        ],
        now: NOW,
    };
    scope.eval(&checked.expr).and_then(|value| owned(&value))
}

/// The outcome of an expression about one box, alone in its account.
pub fn of_box(text: &str, more: &serde_json::Value) -> Result<Fact, Failure> {
    outcome_for("lab.Box", text, &snapshot([("lab.Box", vec![a_box(more)])]))
}

/// A value as a fact: resources by their id, points and lengths of time as text. A list that may
/// have more elements is no whole value, so its reason stands for it.
fn owned(value: &Value<'_>) -> Result<Fact, Failure> {
    Ok(match value {
        Value::Bool(value) => Fact::Bool(*value),
        Value::Int(value) => Fact::Int(*value),
        Value::Double(value) => Fact::Double(*value),
        Value::String(text) => Fact::string(&**text),
        Value::Timestamp(at) => Fact::string(at.to_string()),
        Value::Duration(length) => Fact::string(length.to_string()),
        Value::Fact(fact) => (*fact).clone(),
        Value::Resource(resource) => Fact::string(&*resource.id),
        Value::List(list) => return owned_list(list),
    })
}

fn owned_list(list: &List<'_>) -> Result<Fact, Failure> {
    if let Some(unknown) = list.rest() {
        return Err(Failure::Unknown(unknown.clone()));
    }
    let items: Result<Vec<Fact>, Failure> = match list {
        List::Facts(facts) => Ok(facts.to_vec()),
        List::Resources(resources, _) => resources
            .iter()
            .map(|resource| owned(&Value::Resource(resource)))
            .collect(),
        List::Constants(constants) => constants.iter().map(|c| owned(&c.value())).collect(),
        List::Values(values, _) => values.iter().map(owned).collect(),
    };
    items.map(Fact::List)
}

/// Whether the outcome is that something was not read.
pub fn is_unknown(outcome: &Result<Fact, Failure>) -> bool {
    matches!(outcome, Err(Failure::Unknown(_)))
}
