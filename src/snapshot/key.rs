//! The keys by which relations join: the texts at a field path of a resource.

use std::sync::Arc;

use super::Resource;
use crate::fact::{Fact, Unknown};

/// What stands at a field path.
#[derive(Debug, Default)]
pub struct Keys<'r> {
    /// The texts.
    pub texts: Vec<&'r str>,
    /// Why there may be others.
    pub unknown: Option<&'r Arc<Unknown>>,
}

/// The texts at a field path of a resource, `[]` marking a step into a list.
pub fn keys<'r>(resource: &'r Resource, path: &str) -> Keys<'r> {
    let mut found = Keys::default();
    match path {
        "arn" => found.texts.push(&resource.arn),
        "id" => found.texts.push(&resource.id),
        _ => {
            let (first, rest) = split(path);
            let fact = resource.get(first.trim_end_matches("[]"));
            found.add(fact, first.ends_with("[]"), rest);
        }
    }
    found
}

fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

impl<'r> Keys<'r> {
    fn add(&mut self, fact: Option<&'r Fact>, list: bool, rest: &str) {
        match fact {
            Some(Fact::Unknown(unknown)) => self.unknown = self.unknown.or(Some(unknown)),
            Some(Fact::List(items)) if list => {
                for item in items {
                    self.add(Some(item), false, rest);
                }
            }
            Some(Fact::Object(object)) if !rest.is_empty() => {
                let (name, rest) = split(rest);
                let fact = object.get(name.trim_end_matches("[]"));
                self.add(fact, name.ends_with("[]"), rest);
            }
            Some(Fact::String(text)) if rest.is_empty() => self.texts.push(text),
            _ => {}
        }
    }
}
