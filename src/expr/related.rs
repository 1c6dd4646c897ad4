//! Relations: from a resource to others that have its key.

use std::collections::HashSet;
use std::sync::Arc;

use super::eval::{Failure, Outcome, Scope};
use super::facts::missing;
use super::ir::ResourceAccess;
use super::value::{List, Value};
use crate::fact::Unknown;
use crate::schema::Relation;
use crate::snapshot::{Found, Resource, relation_keys};

impl<'a> Scope<'a, '_> {
    /// What a relation leads to.
    pub(super) fn related(
        &self,
        resource: &'a Resource,
        access: &'a ResourceAccess,
        relation: &'a Relation,
    ) -> Outcome<'a> {
        if self.resource_fact(resource, access)?.is_none() && access.is_required_fact() {
            return Err(missing(&access.field.origin));
        }
        let Resource {
            account, region, ..
        } = resource;
        let keys = relation_keys(resource, relation.from);
        let found = |key: &str| -> Vec<Found<'_>> {
            let paths = relation.to.iter();
            paths
                .map(|to| self.index.related(relation, to, key, account, region))
                .collect()
        };
        if relation.many {
            let all = keys.texts.iter().flat_map(|key| found(key)).collect();
            return Ok(Value::List(union(all, keys.unknown)));
        }
        if let Some(unknown) = keys.unknown {
            return Err(Failure::Unknown(unknown.clone()));
        }
        let absent = || Failure::Absent(access.field.origin.written().into());
        let all = found(keys.texts.first().ok_or_else(absent)?);
        let mut resources = all.iter().flat_map(|found| found.resources);
        match (resources.next(), all.iter().find_map(|found| found.rest)) {
            (Some(target), _) => Ok(Value::Resource(target)),
            (None, Some(unknown)) => Err(Failure::Unknown(unknown.clone())),
            (None, None) => Err(absent()),
        }
    }
}

/// The resources that several keys lead to, each once. `unread` is why there may be more keys.
fn union<'a>(found: Vec<Found<'a>>, unread: Option<&Arc<Unknown>>) -> List<'a> {
    if let ([Found { resources, rest }], None) = (&found[..], unread) {
        return List::Resources(resources, *rest);
    }
    let rest = unread.or_else(|| found.iter().find_map(|found| found.rest));
    let mut seen = HashSet::new();
    let values = found
        .iter()
        .flat_map(|found| found.resources)
        .filter(|resource| seen.insert(std::ptr::from_ref::<Resource>(resource)))
        .map(|resource| Value::Resource(resource))
        .collect();
    List::Values(Arc::new(values), rest.cloned())
}
