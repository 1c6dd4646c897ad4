//! The expressions mean what CEL says: the `cel` crate's own interpreter is asked as well.
//!
//! Where it has a value, launchgate has the same one; where it fails, launchgate fails. It is on
//! purpose that they differ in this:
//!
//! - `exists_one` is false as soon as two elements match, even if the condition has no value for a
//!   third one; in CEL the whole fails then.
//! - Numbers that are none (`0.0 / 0.0`) have no order: launchgate fails where CEL says false, as
//!   neither verdict would mean anything.
//! - What CEL would only meet while evaluating, launchgate refuses when the rule is loaded: types
//!   that do not fit, `int("x")` written out, reads without a guard. Such expressions are not
//!   made here.
//! - Relations, collections and parameters are launchgate's. CEL sees them as plain maps and lists.

use std::collections::HashMap;
use std::sync::Arc;

use cel::extractors::This;
use cel::objects::{Key, Map};
use cel::{Context, Env, ExecutionError, Value};
use launchgate::expr::Failure;
use launchgate::fact::Fact;
use launchgate::snapshot::{Resource, Snapshot};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::choices::{Choices, choices, with_stack};
use crate::world::{ACCOUNT, REGION, check, outcome};
use crate::{facts, generate};

#[test]
fn outcomes_are_those_of_cel() {
    with_stack(|| {
        let config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        TestRunner::new(config)
            .run(&(choices(80), choices(120)), |(facts, expression)| {
                compared(&facts, &expression).map(|_| ())
            })
            .unwrap_or_else(|error| panic!("{error}"));
    });
}

/// The test above would say little if most expressions failed, or were always true.
#[test]
fn the_expressions_have_all_kinds_of_outcome() {
    with_stack(|| {
        let mut runner = TestRunner::deterministic();
        let strategy = (choices(80), choices(120));
        let (mut yes, mut no, mut failed, mut other) = (0, 0, 0, 0);
        for _ in 0..300 {
            let tree = strategy.new_tree(&mut runner).expect("choices are made");
            let (facts, expression) = tree.current();
            match compared(&facts, &expression).expect("they agree") {
                Ok(Fact::Bool(true)) => yes += 1,
                Ok(Fact::Bool(false)) => no += 1,
                Ok(_) => other += 1,
                Err(_) => failed += 1,
            }
        }
        let counts = [yes, no, failed, other];
        assert!(counts.iter().all(|count| *count > 15), "{counts:?}");
    });
}

/// Launchgate's outcome, if CEL has the same.
fn compared(facts: &[u8], expression: &[u8]) -> Result<Result<Fact, Failure>, TestCaseError> {
    let snapshot = facts::make(&mut Choices::new(facts));
    let text = generate::expression(&mut Choices::new(expression));
    let checked = check(&text)
        .map_err(|errors| TestCaseError::fail(format!("{text} is refused: {errors:#?}")))?;
    let ours = outcome(&checked, "lab.Box", &snapshot);
    let theirs = by_cel(&text, &snapshot);
    let agree = match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => same(ours, theirs),
        (Err(Failure::Error(message)), Ok(_)) => &**message == "two values have no order",
        (Err(_), Ok(_)) => false,
        (Ok(_), Err(_)) => text.contains("exists_one"),
        (Err(_), Err(_)) => true,
    };
    prop_assert!(
        agree,
        "{text}\nours: {ours:?}\nCEL's: {theirs:?}\n{snapshot:#?}"
    );
    Ok(ours)
}

fn by_cel(text: &str, snapshot: &Snapshot) -> Result<Value, ExecutionError> {
    let env = Env::stdlib();
    let program = env
        .compile(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut context = Context::with_env(Arc::new(env));
    // Ours is the regex crate's in any case; the cel crate is built without it.
    let matches = |This(text): This<Arc<String>>, pattern: Arc<String>| {
        regex::Regex::new(&pattern).is_ok_and(|regex| regex.is_match(&text))
    };
    context
        .add_function("matches", matches)
        .expect("a new function");
    let all: Vec<&Resource> = snapshot.resources["lab.Item"].iter().collect();
    let near: Vec<&Resource> = all
        .iter()
        .copied()
        .filter(|item| &*item.region == REGION)
        .collect();
    let service = |items: &[&Resource]| map([("Item", list(items.iter().map(|item| plain(item))))]);
    context.add_variable_from_value("resource", tested(snapshot, &near));
    context.add_variable_from_value("lab", service(&near));
    context.add_variable_from_value("all", map([("lab", service(&all))]));
    context.add_variable_from_value("params", map([("min", Value::Int(7))]));
    program.execute(&context)
}

/// The box under test with what its relations lead to.
fn tested(snapshot: &Snapshot, near: &[&Resource]) -> Value {
    let tested = &snapshot.resources["lab.Box"][0];
    let mut entries = entries(tested);
    let owner = tested.get("OwnerId").and_then(Fact::as_str);
    let owners = &snapshot.resources["lab.Owner"];
    if let Some(owner) = owners.iter().find(|known| Some(&*known.id) == owner) {
        entries.push(("Owner".to_owned(), plain(owner)));
    }
    let mut items: Vec<&Resource> = Vec::new();
    for slot in texts(tested.get("Slots"), "ItemId") {
        let found = near.iter().filter(|item| *item.id == *slot);
        items.extend(
            found
                .filter(|item| !items.iter().any(|known| known.id == item.id))
                .copied()
                .collect::<Vec<_>>(),
        );
    }
    let is_door = |item: &&&Resource| texts(item.get("BoxIds"), "").contains(&&*tested.id);
    let doors = near.iter().filter(is_door);
    entries.push((
        "Items".to_owned(),
        list(items.iter().map(|item| plain(item))),
    ));
    entries.push(("Doors".to_owned(), list(doors.map(|item| plain(item)))));
    map(entries)
}

/// The texts of a list, or those at a field of its elements.
fn texts<'f>(fact: Option<&'f Fact>, field: &str) -> Vec<&'f str> {
    let Some(Fact::List(items)) = fact else {
        return Vec::new();
    };
    let text = |item: &'f Fact| match item {
        Fact::Object(object) => object.get(field).and_then(Fact::as_str),
        item => item.as_str(),
    };
    items.iter().filter_map(text).collect()
}

fn plain(resource: &Resource) -> Value {
    map(entries(resource))
}

fn entries(resource: &Resource) -> Vec<(String, Value)> {
    let identity = [
        ("id", &*resource.id),
        ("region", &resource.region),
        ("account", ACCOUNT),
    ];
    let identity = identity.map(|(name, text)| (name.to_owned(), text.into()));
    let fields = resource
        .fields
        .iter()
        .map(|(name, fact)| (name.to_string(), value(fact)));
    fields.chain(identity).collect()
}

fn value(fact: &Fact) -> Value {
    match fact {
        Fact::Null => Value::Null,
        Fact::Bool(value) => Value::Bool(*value),
        Fact::Int(value) => Value::Int(*value),
        Fact::Double(value) => Value::Float(*value),
        Fact::String(text) => (&**text).into(),
        Fact::List(items) => list(items.iter().map(value)),
        Fact::Object(object) => map(object
            .iter()
            .map(|(name, fact)| (name.to_string(), value(fact)))),
        Fact::Unknown(_) => unreachable!("CEL knows of nothing unread"),
    }
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::List(Arc::new(items.collect()))
}

fn map(entries: impl IntoIterator<Item = (impl Into<String>, Value)>) -> Value {
    let entries = entries
        .into_iter()
        .map(|(key, value)| (Key::String(Arc::new(key.into())), value));
    let map: HashMap<Key, Value> = entries.collect();
    Value::Map(Map { map: Arc::new(map) })
}

fn same(ours: &Fact, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Fact::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Fact::Int(ours), Value::Int(theirs)) => ours == theirs,
        (Fact::Double(ours), Value::Float(theirs)) => {
            ours == theirs || (ours.is_nan() && theirs.is_nan())
        }
        (Fact::String(ours), Value::String(theirs)) => **ours == ***theirs,
        (Fact::List(ours), Value::List(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs.iter()).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}
