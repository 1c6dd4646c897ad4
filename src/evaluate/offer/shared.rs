//! Resources that rules refer to and another rule holds: one topic for all alarms.

use std::collections::{BTreeMap, BTreeSet};

use super::creation::{Created, create, id_of};
use super::{Parameter, parameter};
use crate::expr::{Scope, Setting};
use crate::rule::{Creation, Rule};
use crate::schema::Schema;

/// The resources that any rule may refer to, by their logical ids.
#[derive(Default)]
pub struct Shared<'r> {
    by_id: BTreeMap<String, Held<'r>>,
}

/// Which rule holds a resource.
struct Held<'r> {
    rule: &'r Rule,
    params: Vec<Setting>,
    /// Every shared resource of that rule.
    all: Vec<&'r Creation>,
}

impl<'r> Shared<'r> {
    /// The shared resources of these rules.
    pub fn of(rules: &[&'r Rule], schema: &Schema) -> Self {
        let mut by_id = BTreeMap::new();
        for rule in rules.iter().copied().filter(|rule| rule.creates()) {
            let Ok(body) = rule.check(schema) else {
                continue;
            };
            let creations = body.remediation.creates.iter();
            let all: Vec<&Creation> = creations
                .filter(|creation| creation.shared_id().is_some())
                .collect();
            for id in all.iter().filter_map(|creation| creation.shared_id()) {
                by_id.entry(id).or_insert_with(|| Held {
                    rule,
                    params: rule.param_values(),
                    all: all.clone(),
                });
            }
        }
        Self { by_id }
    }

    /// The resources of a rule, with what they refer to and do not hold themselves, and what belongs
    /// to that.
    ///
    /// # Errors
    /// When a resource cannot be filled in, or no rule holds it.
    pub fn create(
        &self,
        creations: &[Creation],
        scope: &Scope<'_, '_>,
    ) -> Result<Vec<Created>, String> {
        let mut created = Vec::new();
        let mut wanted = Vec::new();
        for creation in creations {
            match create(creation, scope).map_err(|gap| gap.to_string())? {
                Some(made) => created.push(made),
                None => wanted.push(id_of(creation, scope).map_err(|gap| gap.to_string())?),
            }
        }
        if let Some(id) = wanted.iter().find(|id| !self.by_id.contains_key(*id)) {
            return Err(format!("no loaded rule holds `{id}`"));
        }
        let mut ids: BTreeSet<String> = created.iter().map(|made| made.id.clone()).collect();
        wanted.extend(references(&created));
        while let Some(id) = wanted.pop() {
            if ids.contains(&id) {
                continue;
            }
            let Some(held) = self.by_id.get(&id) else {
                // Told once the whole plan is known: another rule may make it for a resource.
                continue;
            };
            let mut brought = held.bring(&id, scope)?;
            brought.retain(|made| ids.insert(made.id.clone()));
            wanted.extend(references(&brought));
            created.extend(brought);
        }
        Ok(created)
    }

    /// A parameter of a rule that holds shared resources.
    pub fn parameter(&self, name: &str) -> Option<Parameter> {
        let mut held = self.by_id.values();
        held.find_map(|held| parameter(held.rule, name))
    }
}

impl Held<'_> {
    /// A resource, and those that belong to it as they refer to it.
    fn bring(&self, id: &str, scope: &Scope<'_, '_>) -> Result<Vec<Created>, String> {
        let scope = Scope {
            params: &self.params,
            ..*scope
        };
        let mut brought = Vec::new();
        for creation in &self.all {
            let made = create(creation, &scope)
                .map_err(|gap| format!("{id} of {}: {gap}", self.rule.id))?;
            brought.extend(made.filter(|made| made.id == id || made.references.contains(id)));
        }
        Ok(brought)
    }
}

fn references(created: &[Created]) -> Vec<String> {
    let all = created.iter().flat_map(|made| &made.references);
    all.cloned().collect()
}
