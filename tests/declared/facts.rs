//! What `sources try` printed, by place: what is unknown, and how two runs differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Where something can be unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// `kms.Key`
    pub type_name: String,
    pub region: String,
    /// A resource and a path in it, `Policy.Statement[0]`. None: which resources there are.
    pub value: Option<(String, String)>,
}

impl Place {
    /// Whether `self` is `other` or lies in it.
    pub fn is_within(&self, other: &Self) -> bool {
        let same = self.type_name == other.type_name;
        match (&self.value, &other.value) {
            (_, None) => same,
            (None, Some(_)) => false,
            (Some((id, path)), Some((other_id, other_path))) => {
                let rest = path.strip_prefix(other_path.as_str());
                let below =
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
                same && self.region == other.region && id == other_id && below
            }
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.value {
            Some((id, path)) => write!(f, "{}/{id}/{path}", self.type_name),
            None => f.write_str(&self.type_name),
        }
    }
}

/// What is unknown, and why.
pub type Unknowns = BTreeMap<Place, Value>;

pub fn unknowns(entries: &[Value]) -> Unknowns {
    let mut found = Unknowns::new();
    for entry in entries {
        if let Some(unread) = entry.get("unread") {
            found.insert(place(entry, None), unread.clone());
        } else {
            gather(&entry["fields"], "", entry, &mut found);
        }
    }
    found
}

fn gather(value: &Value, path: &str, entry: &Value, found: &mut Unknowns) {
    if let Some(unknown) = value.get("$unknown") {
        found.insert(place(entry, Some(path)), unknown.clone());
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                gather(member, &below(path, name), entry, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, &format!("{path}[{index}]"), entry, found);
            }
        }
        _ => {}
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn place(entry: &Value, path: Option<&str>) -> Place {
    let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    Place {
        type_name: text("type"),
        region: text("region"),
        value: path.map(|path| (text("id"), path.to_owned())),
    }
}

/// Holds a run with faults against the one without: what could be read must be the same, and for
/// what is gone there must be an unknown. Gives what became unknown. (An ARN that only a call tells
/// is empty without it, in a resource of which something is unknown.)
///
/// # Errors
/// When something else became of a value or a resource.
pub fn degraded(intact: &[Value], struck: &[Value]) -> Result<Unknowns, String> {
    let now_unknown = unknowns(struck);
    let before = by_resource(intact);
    let after = by_resource(struck);
    for (key, entry) in &after {
        let Some(&was) = before.get(key) else {
            return Err(format!("{key:?} is new"));
        };
        let arn_is_lost = entry["arn"] == "" && !unknowns(std::slice::from_ref(entry)).is_empty();
        let mut was = was.clone();
        if arn_is_lost {
            was["arn"] = Value::from("");
        }
        kept(&was, entry, "").map_err(|why| format!("{key:?}: {why}"))?;
    }
    for (key, entry) in &before {
        let unread = |place: &Place| place.value.is_none() && place.type_name == key[0];
        if !after.contains_key(key) && !now_unknown.keys().any(unread) {
            let id = &entry["id"];
            return Err(format!("{} {id} is gone, and nothing says so", key[0]));
        }
    }
    let known_before = unknowns(intact);
    let mut new = now_unknown;
    new.retain(|place, why| known_before.get(place) != Some(why));
    Ok(new)
}

fn by_resource(entries: &[Value]) -> BTreeMap<[&str; 4], &Value> {
    let resources = entries.iter().filter(|entry| entry.get("unread").is_none());
    resources
        .map(|entry| {
            let key = ["type", "account", "region", "id"];
            (
                key.map(|key| entry[key].as_str().unwrap_or_default()),
                entry,
            )
        })
        .collect()
}

/// Whether a value is as it was, or unknown, in whole or in part.
fn kept(was: &Value, is: &Value, path: &str) -> Result<(), String> {
    if is.get("$unknown").is_some() || was == is {
        return Ok(());
    }
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => members_kept(was, is, path),
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            let mut pairs = was.iter().zip(is).enumerate();
            pairs.try_for_each(|(at, (was, is))| kept(was, is, &format!("{path}[{at}]")))
        }
        _ => Err(format!("{path} was {was} and is {is}")),
    }
}

fn members_kept(
    was: &Map<String, Value>,
    is: &Map<String, Value>,
    path: &str,
) -> Result<(), String> {
    for (name, was) in was {
        let path = below(path, name);
        let is = is.get(name).ok_or_else(|| format!("{path} is gone"))?;
        kept(was, is, &path)?;
    }
    // What was absent may be unknown now; it cannot have come to be.
    let mut new = is.iter().filter(|(name, _)| !was.contains_key(*name));
    match new.find(|(_, value)| value.get("$unknown").is_none()) {
        Some((name, value)) => Err(format!("{} is new: {value}", below(path, name))),
        None => Ok(()),
    }
}

/// Where two values differ first.
pub fn difference(expected: &Value, actual: &Value, path: &str) -> Option<String> {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            let gone = expected.iter().find_map(|(name, expected)| {
                let path = below(path, name);
                match actual.get(name) {
                    Some(actual) => difference(expected, actual, &path),
                    None => Some(format!("{path} is not there; expected {expected}")),
                }
            });
            let unexpected = || {
                let (name, value) = actual
                    .iter()
                    .find(|(name, _)| !expected.contains_key(*name))?;
                Some(format!("{} is not expected: {value}", below(path, name)))
            };
            gone.or_else(unexpected)
        }
        (Value::Array(expected), Value::Array(actual)) => {
            let mut pairs = expected.iter().zip(actual).enumerate();
            let first = pairs.find_map(|(at, (expected, actual))| {
                difference(expected, actual, &format!("{path}[{at}]"))
            });
            let (longer, shorter) = (expected.len(), actual.len());
            first.or_else(|| {
                (longer != shorter)
                    .then(|| format!("{path} has {shorter} elements; expected {longer}"))
            })
        }
        _ if expected == actual => None,
        _ => Some(format!("{path} is {actual}; expected {expected}")),
    }
}

#[test]
fn only_an_unknown_excuses_a_change() {
    use serde_json::json;
    let key = |fields: Value| json!({ "type": "s.T", "region": "r", "id": "i", "fields": fields });
    let unknown = json!({ "$unknown": { "operation": "s:Get" } });
    let before = [key(json!({ "a": 1, "b": [{ "c": 2 }] }))];
    let judge = |after: &[Value]| degraded(&before, after).map(|unknowns| unknowns.len());

    assert_eq!(judge(&before), Ok(0));
    assert_eq!(
        judge(&[key(json!({ "a": unknown, "b": [{ "c": unknown }] }))]),
        Ok(2)
    );
    // Absent before: it may be unknown, and nothing else.
    assert_eq!(
        judge(&[key(json!({ "a": 1, "b": [{ "c": 2 }], "d": unknown }))]),
        Ok(1)
    );
    let unread = json!({ "type": "s.T", "region": "r", "unread": { "operation": "s:List" } });
    assert_eq!(judge(&[unread]), Ok(1));
    for wrong in [
        vec![],
        vec![key(json!({ "a": 1 }))],
        vec![key(json!({ "a": 1, "b": [] }))],
        vec![key(json!({ "a": 0, "b": [{ "c": 2 }] }))],
        vec![key(json!({ "a": 1, "b": [{ "c": 2 }], "d": 3 }))],
    ] {
        assert!(judge(&wrong).is_err(), "{wrong:?}");
    }
}
