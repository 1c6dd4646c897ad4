//! The resources that CloudFormation creates in one region.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::script::Reason;
use crate::evaluate::{Created, Offer, Parameter, parameter_id};

/// A stack of one region.
#[derive(Clone, Debug)]
pub struct Stack {
    /// The region.
    pub region: String,
    /// The resources by their logical ids.
    pub resources: BTreeMap<String, Entry>,
    /// The parameters by their names in rules.
    pub parameters: BTreeMap<String, Parameter>,
}

/// A resource of a stack.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `Type`, `Properties` and what else there is.
    pub resource: Json,
    /// The findings that it mends.
    pub reasons: Vec<Reason>,
    references: BTreeSet<String>,
}

/// What rules create that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Two resources under one logical id.
    #[error(
        "rules {first} and {second} create different resources as `{id}` in {region}: give one another logical id"
    )]
    Unequal {
        /// The logical id.
        id: String,
        /// The region.
        region: String,
        /// The rule that came first.
        first: String,
        /// The other one.
        second: String,
    },
    /// A reference to a resource that nobody creates.
    #[error("rule {rule} refers to `{id}`, which no loaded rule creates")]
    Dangling {
        /// The logical id.
        id: String,
        /// The rule.
        rule: String,
    },
}

/// The stacks of these offers by region.
///
/// # Errors
/// What does not fit together.
pub fn stacks(offers: &[&Offer]) -> Result<Vec<Stack>, Vec<Conflict>> {
    let mut stacks: BTreeMap<&str, Stack> = BTreeMap::new();
    let mut conflicts = Vec::new();
    for offer in offers {
        let stack = stacks.entry(&offer.region).or_insert_with(|| Stack {
            region: offer.region.clone(),
            resources: BTreeMap::new(),
            parameters: BTreeMap::new(),
        });
        for made in &offer.created {
            conflicts.extend(stack.add(made, Reason::of(offer)).err());
            let taken = made.parameters.iter();
            let known = taken.filter_map(|name| offer.parameters.get_key_value(name));
            let known = known.map(|(name, parameter)| (name.clone(), parameter.clone()));
            stack.parameters.extend(known);
        }
    }
    conflicts.extend(stacks.values().flat_map(Stack::dangling));
    conflicts.dedup();
    if conflicts.is_empty() {
        Ok(stacks.into_values().collect())
    } else {
        Err(conflicts)
    }
}

impl Stack {
    fn add(&mut self, made: &Created, reason: Reason) -> Result<(), Conflict> {
        let Some(known) = self.resources.get_mut(&made.id) else {
            let entry = Entry {
                resource: made.resource.clone(),
                reasons: vec![reason],
                references: made.references.clone(),
            };
            self.resources.insert(made.id.clone(), entry);
            return Ok(());
        };
        if known.resource != made.resource {
            return Err(Conflict::Unequal {
                id: made.id.clone(),
                region: self.region.clone(),
                first: known.reasons[0].rule.clone(),
                second: reason.rule,
            });
        }
        if !known.reasons.contains(&reason) {
            known.reasons.push(reason);
        }
        Ok(())
    }

    fn dangling(&self) -> Vec<Conflict> {
        let parameters: BTreeSet<String> = self
            .parameters
            .keys()
            .map(|name| parameter_id(name))
            .collect();
        let mut dangling = Vec::new();
        for entry in self.resources.values() {
            let unknown = entry
                .references
                .iter()
                .filter(|id| !self.resources.contains_key(*id) && !parameters.contains(*id));
            dangling.extend(unknown.map(|id| Conflict::Dangling {
                id: id.clone(),
                rule: entry.reasons[0].rule.clone(),
            }));
        }
        dangling
    }
}

impl Entry {
    /// Its CloudFormation type.
    pub fn kind(&self) -> &str {
        self.resource["Type"].as_str().unwrap_or_default()
    }
}
