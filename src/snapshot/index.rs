//! The index over a snapshot: collections by place, and joins by key, each made on first use.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::key::keys;
use super::{GLOBAL, Resource, Snapshot, Unread, call_key};
use crate::fact::Unknown;
use crate::schema::{ApiCall, Relation, ResourceType, Schema, Scope};

/// Resources found for a collection or a relation.
#[derive(Clone, Debug)]
pub struct Found<'s> {
    /// Those that were read.
    pub resources: &'s [&'s Resource],
    /// Why there may be others.
    pub rest: Option<&'s Arc<Unknown>>,
}

/// The resources of one type in one account.
#[derive(Default)]
struct Place<'s> {
    everywhere: Vec<&'s Resource>,
    by_region: HashMap<&'s str, Vec<&'s Resource>>,
}

struct TypeIndex<'s> {
    regional: bool,
    by_account: HashMap<&'s str, Place<'s>>,
    unread: Vec<(&'s Unread, Arc<Unknown>)>,
    collected: Option<&'s BTreeSet<String>>,
    not_collected: Arc<Unknown>,
    joins: HashMap<&'static str, OnceLock<Join<'s>>>,
}

/// The resources of one account and region, by the values of one field path.
#[derive(Default)]
struct Joined<'s> {
    by_key: HashMap<&'s str, Vec<&'s Resource>>,
    /// Why a resource may have a key that is not among these.
    unknown: Option<&'s Arc<Unknown>>,
}

/// What a path leads to, by account, then region.
type Join<'s> = HashMap<&'s str, HashMap<&'s str, Joined<'s>>>;

/// Read access to a snapshot for the evaluation of expressions.
pub struct Index<'s> {
    /// What is indexed.
    pub snapshot: &'s Snapshot,
    types: HashMap<&'static str, TypeIndex<'s>>,
}

impl<'s> Index<'s> {
    /// Indexes the types of `schema`; joins are indexed when first used.
    pub fn new(snapshot: &'s Snapshot, schema: &Schema) -> Self {
        let mut types: HashMap<&'static str, TypeIndex<'s>> = schema
            .asked_for()
            .map(|resource_type| (resource_type.name, type_index(snapshot, resource_type)))
            .collect();
        for relation in schema
            .asked_for()
            .flat_map(|known| known.relations.values())
        {
            if let Some(target) = types.get_mut(relation.target) {
                for to in relation.to {
                    target.joins.entry(to).or_default();
                }
            }
        }
        Self { snapshot, types }
    }

    /// The resources of a type that a resource at `account` and `region` sees: those of its
    /// account and, when both are regional and `everywhere` is not asked for, of its region.
    pub fn collection(
        &self,
        name: &str,
        account: &str,
        region: &str,
        everywhere: bool,
    ) -> Found<'_> {
        let Some(index) = self.types.get(name) else {
            return Found {
                resources: &[],
                rest: None,
            };
        };
        let one_region = index.regional && region != GLOBAL && !everywhere;
        let place = index.by_account.get(account);
        let resources = match place {
            None => &[][..],
            Some(place) if one_region => place.by_region.get(region).map_or(&[][..], Vec::as_slice),
            Some(place) => &place.everywhere,
        };
        let rest = index.rest(account, one_region.then_some(region));
        Found { resources, rest }
    }

    /// The resources that a relation's key leads to by one of its paths `to`, from a resource at
    /// `account` and `region`.
    pub fn related(
        &self,
        relation: &Relation,
        to: &'static str,
        key: &str,
        account: &str,
        region: &str,
    ) -> Found<'_> {
        let Some(index) = self.types.get(relation.target) else {
            return Found {
                resources: &[],
                rest: None,
            };
        };
        let place = if index.regional && region != GLOBAL {
            region
        } else {
            GLOBAL
        };
        let joined = index
            .joins
            .get(to)
            .map(|join| join.get_or_init(|| index.join(to)))
            .and_then(|join| join.get(account)?.get(place));
        let resources = joined
            .and_then(|joined| joined.by_key.get(key))
            .map_or(&[][..], Vec::as_slice);
        let rest = index
            .rest(account, (place != GLOBAL).then_some(place))
            .or_else(|| joined.and_then(|joined| joined.unknown));
        Found { resources, rest }
    }

    /// Why a call's fields are not in the snapshot, if that call was never made for the type.
    pub fn not_collected(
        &self,
        resource_type: &ResourceType,
        call: Option<&ApiCall>,
    ) -> Option<&Arc<Unknown>> {
        let index = self.types.get(resource_type.name)?;
        let made = match (index.collected, call) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(calls), Some(call)) => calls.contains(&call_key(call)),
        };
        (!made).then_some(&index.not_collected)
    }
}

impl<'s> TypeIndex<'s> {
    /// Why resources may be missing in that region, or anywhere in the account.
    fn rest(&self, account: &str, region: Option<&str>) -> Option<&Arc<Unknown>> {
        if self.collected.is_none() {
            return Some(&self.not_collected);
        }
        self.unread
            .iter()
            .find(|(unread, _)| {
                unread.account == account && region.is_none_or(|region| unread.region == region)
            })
            .map(|(_, unknown)| unknown)
    }

    /// Indexes the type by a field path, under the resource's region and under [`GLOBAL`], from
    /// where global resources look.
    fn join(&self, path: &str) -> Join<'s> {
        let mut join = Join::new();
        for (account, place) in &self.by_account {
            let regions = join.entry(*account).or_default();
            for resource in &place.everywhere {
                let mut places = vec![GLOBAL];
                if &*resource.region != GLOBAL {
                    places.push(&resource.region);
                }
                let keys = keys(resource, path);
                for place in places {
                    let joined: &mut Joined = regions.entry(place).or_default();
                    joined.unknown = joined.unknown.or(keys.unknown);
                    for key in &keys.texts {
                        let found = joined.by_key.entry(key).or_default();
                        // A resource may hold one key twice.
                        if !found
                            .last()
                            .is_some_and(|last| std::ptr::eq(*last, *resource))
                        {
                            found.push(resource);
                        }
                    }
                }
            }
        }
        join
    }
}

fn type_index<'s>(snapshot: &'s Snapshot, resource_type: &ResourceType) -> TypeIndex<'s> {
    let mut by_account: HashMap<&str, Place> = HashMap::new();
    for resource in snapshot
        .resources
        .get(resource_type.name)
        .into_iter()
        .flatten()
    {
        let place = by_account.entry(&resource.account).or_default();
        place.everywhere.push(resource);
        place
            .by_region
            .entry(&resource.region)
            .or_default()
            .push(resource);
    }
    let unread = snapshot
        .unread
        .iter()
        .filter(|unread| unread.resource_type == resource_type.name);
    TypeIndex {
        regional: resource_type.scope == Scope::Regional,
        by_account,
        unread: unread
            .map(|unread| (unread, Arc::new(unread.unknown.clone())))
            .collect(),
        collected: snapshot.collected.get(resource_type.name),
        not_collected: Arc::new(Unknown {
            operation: resource_type
                .list
                .as_ref()
                .map_or(resource_type.name, |call| call.operation)
                .to_owned(),
            region: GLOBAL.to_owned(),
            code: "NotCollected".to_owned(),
            message: "the snapshot was taken without it; collect again with the rules that read it"
                .to_owned(),
            iam_action: None,
        }),
        joins: HashMap::new(),
    }
}
