//! Operations that are used more than once, whose uses must be told apart.

use std::collections::BTreeMap;

use crate::yaml::{Key, Node, Value};

/// Which operations are used more than once, so that their uses must be told apart.
pub struct Purposes(BTreeMap<String, usize>);

impl Purposes {
    /// Counts the uses of a file's types.
    pub fn of(types: &[(Key, Node)]) -> Self {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for (_, node) in types {
            let list = get(node, "list").and_then(|list| get(list, "call"));
            let details = match get(node, "details").map(|details| &details.value) {
                Some(Value::Map(details)) => details.as_slice(),
                _ => &[],
            };
            let named = details.iter().map(|(key, node)| match get(node, "call") {
                Some(Node {
                    value: Value::String(call),
                    ..
                }) => call.clone(),
                _ => key.text.clone(),
            });
            let listed = match list.map(|node| &node.value) {
                Some(Value::String(call)) => Some(call.clone()),
                _ => None,
            };
            for operation in named.chain(listed) {
                *uses.entry(operation).or_default() += 1;
            }
        }
        Self(uses)
    }

    /// What tells a use of an operation from others, where there are others; uses of another
    /// service's operation always have them.
    pub fn purpose(&self, operation: &str, foreign: bool, purpose: String) -> String {
        let shared = self.0.get(operation).is_some_and(|uses| *uses > 1);
        if shared || foreign {
            purpose
        } else {
            String::new()
        }
    }
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    let found = entries.iter().find(|(known, _)| known.text == key);
    found.map(|(_, node)| node)
}
