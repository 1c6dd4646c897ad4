//! Every resource type known to this run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ApiCall, ResourceType};

/// The resource types by name.
#[derive(Debug, Default)]
pub struct Schema {
    types: BTreeMap<&'static str, Arc<ResourceType>>,
}

impl Schema {
    /// A schema of these types; of two with one name the later stays.
    pub fn new(types: impl IntoIterator<Item = ResourceType>) -> Self {
        Self {
            types: types
                .into_iter()
                .map(|resource_type| (resource_type.name, Arc::new(resource_type)))
                .collect(),
        }
    }

    /// The type of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<ResourceType>> {
        self.types.get(name)
    }

    /// Every type, by name.
    pub fn types(&self) -> impl Iterator<Item = &Arc<ResourceType>> {
        self.types.values()
    }

    /// Every type's name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().copied()
    }

    /// Whether `service` is the first part of any type's name.
    pub fn has_service(&self, service: &str) -> bool {
        self.types().any(|known| known.service() == service)
    }

    /// Every call that any type may need.
    pub fn calls(&self) -> BTreeSet<Arc<ApiCall>> {
        self.types()
            .flat_map(|resource_type| {
                let fields = resource_type.fields.values();
                fields
                    .filter_map(|field| field.call.as_ref())
                    .chain(&resource_type.list)
            })
            .cloned()
            .collect()
    }
}
