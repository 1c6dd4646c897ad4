//! What the calls bring, put together into a snapshot.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::failure::Failure;
use super::fetch::{Bulk, Fields, Listing};
use crate::fact::{Fact, Name, Unknown, name};
use crate::plan::Plan;
use crate::schema::{ApiCall, ResourceType, Scope};
use crate::snapshot::{Account, GLOBAL, Resource, Snapshot, Unread, call_key};

/// Resources and failures while they come in.
pub struct Gathered {
    account: String,
    resources: BTreeMap<&'static str, Vec<Resource>>,
    /// What is there already, by type, ARN and id: regions may list one resource twice (trails).
    seen: BTreeMap<(&'static str, Box<str>, Box<str>), usize>,
    /// Positions of resources that turned out not to be: settings of a service that the region
    /// does not have.
    gone: BTreeSet<(&'static str, usize)>,
    unread: Vec<Unread>,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(account: &str) -> Self {
        Self {
            account: account.to_owned(),
            resources: BTreeMap::new(),
            seen: BTreeMap::new(),
            gone: BTreeSet::new(),
            unread: Vec::new(),
        }
    }

    /// The resources of a type so far.
    pub fn of(&self, resource_type: &str) -> &[Resource] {
        self.resources.get(resource_type).map_or(&[], Vec::as_slice)
    }

    /// Adds one resource; of one that is there already, the one of the region that is first by name
    /// stays.
    pub fn add(&mut self, resource_type: &'static str, resource: Resource) {
        let (arn, id) = if resource.arn.is_empty() {
            // Without an ARN, only the place tells apart what has one id in two regions.
            (resource.region.clone(), resource.id.clone())
        } else {
            (resource.arn.clone(), resource.id.clone())
        };
        let all = self.resources.entry(resource_type).or_default();
        match self.seen.entry((resource_type, arn, id)) {
            Entry::Vacant(entry) => {
                entry.insert(all.len());
                all.push(resource);
            }
            // Which region answers first is chance, and must not show.
            Entry::Occupied(entry) => {
                let before = &mut all[*entry.get()];
                if resource.region < before.region {
                    *before = resource;
                }
            }
        }
    }

    /// Adds what a list call brought; a failure leaves each wanted type unread in that region.
    pub fn listed(&mut self, wanted: &[Arc<ResourceType>], listing: Listing, region: &str) {
        for (resource_type, resource) in listing.resources {
            self.add(resource_type, resource);
        }
        let Some(failure) = listing.failure.filter(|failure| !failure.unavailable) else {
            return;
        };
        for resource_type in wanted {
            self.unread.push(Unread {
                resource_type: resource_type.name.to_owned(),
                account: self.account.clone(),
                region: place_of(resource_type, region).to_owned(),
                unknown: failure.clone().in_region(place_of(resource_type, region)),
            });
        }
    }

    /// Whether a type's list could not be read in a region, so that what depends on it is not
    /// read either.
    pub fn unread_like(&mut self, parent: &str, child: &ResourceType) {
        let unread: Vec<Unread> = self
            .unread
            .iter()
            .filter(|unread| unread.resource_type == parent)
            .map(|unread| Unread {
                resource_type: child.name.to_owned(),
                ..unread.clone()
            })
            .collect();
        self.unread.extend(unread);
    }

    /// Adds what a detail call brought of one resource, or why it brought nothing.
    pub fn detailed(
        &mut self,
        resource_type: &ResourceType,
        call: &ApiCall,
        position: usize,
        outcome: Result<Fields, Failure>,
    ) {
        let resources = self.resources.get_mut(resource_type.name);
        let Some(resource) = resources.and_then(|all| all.get_mut(position)) else {
            return;
        };
        let fields = match outcome {
            Ok(fields) => fields,
            Err(failure)
                if failure.unavailable
                    && resource_type.list.is_none()
                    && !resource_type.is_derived() =>
            {
                self.gone.insert((resource_type.name, position));
                return;
            }
            Err(failure) => unknown_fields(
                resource_type,
                call,
                &Arc::new(failure.in_region(&resource.region)),
            ),
        };
        for (field, fact) in fields {
            match fact {
                Fact::String(arn) if &*field == "arn" => resource.arn = arn,
                fact => resource.fields.insert(field, fact),
            }
        }
    }

    /// Adds what a bulk call brought of all resources of these types in one region.
    pub fn bulked(
        &mut self,
        types: &[Arc<ResourceType>],
        call: &ApiCall,
        outcome: Result<Bulk, Failure>,
        region: &str,
    ) {
        match outcome {
            Ok(bulk) => self.spread(types, bulk, region),
            Err(failure) => {
                for resource_type in types {
                    let place = place_of(resource_type, region);
                    let unknown = Arc::new(failure.clone().in_region(place));
                    let fields = unknown_fields(resource_type, call, &unknown);
                    for resource in self
                        .resources
                        .get_mut(resource_type.name)
                        .into_iter()
                        .flatten()
                    {
                        if &*resource.region == place {
                            insert_all(resource, &fields);
                        }
                    }
                }
            }
        }
    }

    fn spread(&mut self, types: &[Arc<ResourceType>], bulk: Bulk, region: &str) {
        let mut by_id: HashMap<(&'static str, Box<str>), Fields> = bulk
            .fields
            .into_iter()
            .map(|(resource_type, id, fields)| ((resource_type, id), fields))
            .collect();
        for resource_type in types {
            let place = place_of(resource_type, region);
            for resource in self
                .resources
                .get_mut(resource_type.name)
                .into_iter()
                .flatten()
            {
                if &*resource.region != place {
                    continue;
                }
                let own = by_id.remove(&(resource_type.name, resource.id.clone()));
                insert_all(resource, own.as_ref().unwrap_or(&bulk.otherwise));
            }
        }
    }

    /// The snapshot, everything in a fixed order.
    pub fn into_snapshot(
        mut self,
        plan: &Plan,
        partition: &str,
        regions: &[String],
        calls: BTreeMap<String, u64>,
        taken: String,
    ) -> Snapshot {
        for (resource_type, position) in self.gone.iter().rev() {
            if let Some(resources) = self.resources.get_mut(resource_type) {
                resources.remove(*position);
            }
        }
        for resources in self.resources.values_mut() {
            resources.sort_by(|left, right| {
                (&left.region, &left.id, &left.arn).cmp(&(&right.region, &right.id, &right.arn))
            });
        }
        self.unread.sort_by(|left, right| {
            (&left.resource_type, &left.region, &left.unknown).cmp(&(
                &right.resource_type,
                &right.region,
                &right.unknown,
            ))
        });
        self.unread.dedup();
        let collected = plan.types.values().map(|planned| {
            let calls = planned.details.keys().chain(&planned.resource_type.list);
            let keys: BTreeSet<String> = calls.map(|call| call_key(call)).collect();
            (planned.resource_type.name.to_owned(), keys)
        });
        Snapshot {
            taken,
            accounts: vec![Account {
                id: self.account,
                partition: partition.to_owned(),
            }],
            regions: regions.to_vec(),
            calls,
            collected: collected.collect(),
            unread: self.unread,
            resources: self
                .resources
                .into_iter()
                .map(|(resource_type, resources)| (resource_type.to_owned(), resources))
                .collect(),
        }
    }
}

/// The region that a type's resources have when they are read through `region`.
pub fn place_of<'r>(resource_type: &ResourceType, region: &'r str) -> &'r str {
    match resource_type.scope {
        Scope::Global => GLOBAL,
        Scope::Regional => region,
    }
}

fn insert_all(resource: &mut Resource, fields: &Fields) {
    for (field, fact) in fields {
        resource.fields.insert(field.clone(), fact.clone());
    }
}

/// Each field of the type that only this call brings, as unknown.
fn unknown_fields(
    resource_type: &ResourceType,
    call: &ApiCall,
    unknown: &Arc<Unknown>,
) -> Vec<(Name, Fact)> {
    resource_type
        .fields
        .values()
        .filter(|known| known.call.as_deref() == Some(call))
        .map(|known| (name(&known.field.name), Fact::Unknown(unknown.clone())))
        .collect()
}
