//! Every resource type known to this run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{ApiCall, ResourceType};

/// Resource types by name.
type Types = BTreeMap<&'static str, Arc<ResourceType>>;

/// The types of a service that are made when somebody first asks for one of them.
pub struct Lazy {
    service: &'static str,
    types: OnceLock<Types>,
    make: Box<dyn Fn() -> Vec<Arc<ResourceType>> + Send + Sync>,
}

impl Lazy {
    /// The types of `service`, as `make` makes them.
    pub fn new(
        service: &'static str,
        make: impl Fn() -> Vec<Arc<ResourceType>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            service,
            types: OnceLock::new(),
            make: Box::new(make),
        }
    }

    fn types(&self) -> &Types {
        self.types.get_or_init(|| by_name((self.make)()))
    }
}

fn by_name(types: impl IntoIterator<Item = Arc<ResourceType>>) -> Types {
    let types = types.into_iter();
    types.map(|known| (known.name, known)).collect()
}

/// The resource types by name.
#[derive(Default)]
pub struct Schema {
    types: Types,
    lazy: Vec<Lazy>,
}

impl Schema {
    /// A schema of these types; of two with one name the later stays.
    pub fn new(types: impl IntoIterator<Item = ResourceType>) -> Self {
        Self {
            types: by_name(types.into_iter().map(Arc::new)),
            lazy: Vec::new(),
        }
    }

    /// The same with the types of more services.
    pub fn with(mut self, lazy: impl IntoIterator<Item = Lazy>) -> Self {
        self.lazy.extend(lazy);
        self
    }

    /// The type of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<ResourceType>> {
        if let Some(found) = self.types.get(name) {
            return Some(found);
        }
        let (service, _) = name.split_once('.')?;
        let mut lazy = self.lazy.iter().filter(|lazy| lazy.service == service);
        lazy.find_map(|lazy| lazy.types().get(name))
    }

    /// Every type, by name.
    pub fn types(&self) -> impl Iterator<Item = &Arc<ResourceType>> {
        let all = self.lazy.iter().map(Lazy::types).chain([&self.types]);
        let sorted: BTreeMap<_, _> = all.flatten().collect();
        sorted.into_values()
    }

    /// The types that somebody has asked for and those that are always there: no rule that was
    /// checked against this schema reads another.
    pub fn asked_for(&self) -> impl Iterator<Item = &Arc<ResourceType>> {
        let made = self.lazy.iter().filter_map(|lazy| lazy.types.get());
        made.chain([&self.types]).flat_map(BTreeMap::values)
    }

    /// Every type's name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.types().map(|known| known.name)
    }

    /// The first parts of the types' names, each once.
    pub fn services(&self) -> BTreeSet<&'static str> {
        let typed = self.types.values().map(|known| known.service());
        let lazy = self.lazy.iter().map(|lazy| lazy.service);
        typed.chain(lazy).collect()
    }

    /// Whether `service` is the first part of any type's name.
    pub fn has_service(&self, service: &str) -> bool {
        let lazy = self.lazy.iter().any(|lazy| lazy.service == service);
        lazy || self.types.values().any(|known| known.service() == service)
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

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.asked_for()).finish()
    }
}
