//! Bending JSON.

use serde_json::{Value, json};

use super::bend::Bend;
use super::source_file::{Member, Step};

/// The text with the member bent wherever it is; none if it is nowhere.
pub fn bend(text: &str, member: &Member, bend: Bend) -> Option<String> {
    let mut answer: Value = serde_json::from_str(text).ok()?;
    let mut bent = false;
    visit(&mut answer, &member.path, &mut |structure| {
        let Some(value) = structure.get_mut(&member.wire) else {
            return;
        };
        if value.is_null() {
            return;
        }
        bent = true;
        match bend {
            Bend::Replace if member.is_list() => *value = json!("no list"),
            Bend::Replace => *value = json!([["neither text nor structure"]]),
            Bend::Shorten => {
                value.as_array_mut().map(|items| items.pop());
            }
            Bend::Remove => {
                let members = structure.as_object_mut().expect("it has a member");
                members.shift_remove(&member.wire);
            }
        }
    });
    bent.then(|| answer.to_string())
}

/// Calls `f` with each structure at the end of the path.
fn visit(value: &mut Value, path: &[Step], f: &mut impl FnMut(&mut Value)) {
    let Some((step, rest)) = path.split_first() else {
        f(value);
        return;
    };
    let Some(next) = value.get_mut(&step.name) else {
        return;
    };
    match next {
        Value::Array(items) if step.into_list => {
            items.iter_mut().for_each(|item| visit(item, rest, f));
        }
        // A map's values may be the list.
        Value::Object(members) if step.into_list => {
            members.values_mut().for_each(|item| visit(item, rest, f));
        }
        other => visit(other, rest, f),
    }
}
