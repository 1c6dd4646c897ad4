//! Paths of names into answers: `DistributionList.Items`, `Reservations[].Instances`, `Stacks[0]`.

use crate::fact::{Fact, Object};

/// What stands at a path; steps into lists give what stands in each of their elements.
pub fn at<'f>(answer: &'f Object, path: &str) -> Vec<&'f Fact> {
    let mut steps = path.split('.');
    let Some(first) = steps.next() else {
        return Vec::new();
    };
    let mut found: Vec<&Fact> = step(answer, first);
    for name in steps {
        found = found
            .into_iter()
            .filter_map(|fact| match fact {
                Fact::Object(object) => Some(step(object, name)),
                _ => None,
            })
            .flatten()
            .collect();
    }
    found
}

fn step<'f>(object: &'f Object, name: &str) -> Vec<&'f Fact> {
    let bare = name.trim_end_matches("[]").trim_end_matches("[0]");
    let fact = object.get(bare);
    match fact {
        Some(Fact::List(items)) if name.ends_with("[]") => items.iter().collect(),
        Some(Fact::List(items)) if name.ends_with("[0]") => items.first().into_iter().collect(),
        Some(fact) => vec![fact],
        None => Vec::new(),
    }
}

/// The objects at a path, and in the lists there.
pub fn objects<'f>(answer: &'f Object, path: &str) -> Vec<&'f Object> {
    at(answer, path)
        .into_iter()
        .flat_map(|fact| match fact {
            Fact::List(items) => items.iter().collect::<Vec<_>>(),
            other => vec![other],
        })
        .filter_map(|fact| match fact {
            Fact::Object(object) => Some(object),
            _ => None,
        })
        .collect()
}

/// The text at a path; an empty one is none.
pub fn text(answer: &Object, path: &str) -> Option<String> {
    at(answer, path).into_iter().find_map(|fact| match fact {
        Fact::String(text) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    })
}
