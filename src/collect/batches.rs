//! Details that are asked for many resources in one call: who shares which.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::context::Context;
use super::declared::{Made, Query};
use super::failure::Failure;
use super::fetch::Fields;
use super::gather::Gathered;
use crate::schema::{ApiCall, ResourceType};

/// A detail of all resources of a type that is asked for many of them at once.
pub struct Wanted {
    /// The call.
    pub call: Arc<ApiCall>,
    /// The type.
    pub resource_type: Arc<ResourceType>,
    /// How it is made.
    pub made: Arc<Made>,
}

/// Whose answer it is.
#[derive(Clone)]
pub struct Owner {
    /// The type.
    pub resource_type: Arc<ResourceType>,
    /// What was asked of it.
    pub call: Arc<ApiCall>,
    /// The resource's position among those of its type.
    pub position: usize,
}

/// What a call of details brought, for each of the resources that it was about.
pub type Details = Vec<(Owner, Result<Fields, Failure>)>;

/// One call.
pub struct Batch {
    /// Where it is made.
    pub context: Arc<Context>,
    /// The region that it is counted for.
    pub region: String,
    /// What it asks.
    pub queries: Vec<Query>,
    /// Whose each answer is.
    pub owners: Vec<Owner>,
}

/// What may be asked in one call: the region, and what all that a call asks shares.
type Group = (String, String);

/// The calls for these details, each as large as it may be.
pub fn batches(
    wanted: &[Wanted],
    gathered: &Gathered,
    mut context: impl FnMut(&str) -> Arc<Context>,
) -> Vec<Batch> {
    let mut groups: BTreeMap<Group, Vec<(Owner, Query)>> = BTreeMap::new();
    let mut contexts: BTreeMap<Group, (Arc<Context>, usize)> = BTreeMap::new();
    for Wanted {
        call,
        resource_type,
        made,
    } in wanted
    {
        for (position, resource) in gathered.of(resource_type.name).iter().enumerate() {
            let context = context(&resource.region);
            let resource = Arc::new(resource.clone());
            let group = made.group(&context, &resource);
            let size = made.batch_size().unwrap_or(1);
            contexts.entry(group.clone()).or_insert((context, size));
            let owner = Owner {
                resource_type: resource_type.clone(),
                call: call.clone(),
                position,
            };
            let query = Query {
                made: made.clone(),
                resource,
            };
            groups.entry(group).or_default().push((owner, query));
        }
    }
    let mut batches = Vec::new();
    for (group, members) in groups {
        let Some((context, size)) = contexts.get(&group) else {
            continue;
        };
        for chunk in members.chunks(*size) {
            let (owners, queries) = chunk.iter().cloned().unzip();
            batches.push(Batch {
                context: context.clone(),
                region: group.0.clone(),
                queries,
                owners,
            });
        }
    }
    batches
}
