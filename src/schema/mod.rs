//! What can be read: resource types, their fields, and the API call that brings each field.
//!
//! The schema is what rules are checked against, what the plan is computed from, and what
//! `launchgate schema` prints. Sources (typed and declared) fill it; nothing here calls AWS.

mod builder;
mod export;
mod interned;
mod read_only;
mod registry;
mod types;

pub use builder::TypeBuilder;
pub use export::{describe, resource_types_json};
pub use interned::{interned, interned_list};
pub use read_only::{is_read_action, is_read_only, reads_by_post};
pub use registry::{Lazy, Schema};
pub use types::{Field, Struct, Type};

use std::collections::BTreeMap;
use std::sync::Arc;

/// How a resource type lives in an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Once for the account: IAM, Budgets.
    Global,
    /// In each region.
    Regional,
}

/// What a call is made once for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// Once for the account.
    Account,
    /// Once for each region.
    Region,
    /// Once for up to so many resources of the type.
    Batch(u16),
    /// Once for up to so many queries in a region, whatever fields and types they are for.
    Pool(u16),
    /// Once for each resource of the type.
    Resource,
}

/// A call to AWS, as the plan and the permissions need to know it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiCall {
    /// `service:Operation`, by which findings and plans name it.
    pub operation: &'static str,
    /// Tells apart two uses of one operation (the public ones among all snapshots); mostly empty.
    pub purpose: &'static str,
    /// The IAM actions that it needs where they differ from the operation's name; see
    /// [`ApiCall::actions`].
    pub iam_actions: &'static [&'static str],
    /// Other operations that are made on the way, as `service:Operation`: what this one asks about
    /// must be listed first. Plan, permissions and the read-only check count them like its own.
    pub also: &'static [&'static str],
    /// Fields that other calls bring and that this one's request is made of: of the resource it is
    /// about, of a list call of the parent's.
    pub needs: &'static [&'static str],
    /// The documented errors by which a region says that it does not have the service: they leave
    /// no resources there, and nothing unknown.
    pub unavailable: &'static [&'static str],
    /// How often it is made, pages aside.
    pub per: Per,
}

impl ApiCall {
    /// A call whose IAM action has the operation's own name, as most have.
    pub fn new(operation: &'static str, per: Per) -> Arc<Self> {
        Self::with_actions(operation, per, &[])
    }

    /// A call that needs other IAM actions than the one of its name.
    pub fn with_actions(
        operation: &'static str,
        per: Per,
        iam_actions: &'static [&'static str],
    ) -> Arc<Self> {
        Self::with_also(operation, per, iam_actions, &[])
    }

    /// A call that makes other operations on its way. The IAM actions, where given, are those of
    /// all of them.
    pub fn with_also(
        operation: &'static str,
        per: Per,
        iam_actions: &'static [&'static str],
        also: &'static [&'static str],
    ) -> Arc<Self> {
        Arc::new(Self {
            operation,
            purpose: "",
            iam_actions,
            also,
            needs: &[],
            unavailable: &[],
            per,
        })
    }

    /// Every operation it makes, its own first.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.operation).chain(self.also.iter().copied())
    }

    /// The IAM actions it needs, for every operation it makes.
    pub fn actions(&self) -> Vec<&'static str> {
        match self.iam_actions {
            [] => self.operations().collect(),
            actions => actions.to_vec(),
        }
    }

    /// The part of the operation before the colon.
    pub fn service(&self) -> &'static str {
        self.operation.split(':').next().unwrap_or(self.operation)
    }
}

/// A field of a resource type.
#[derive(Clone, Debug)]
pub struct ResourceField {
    /// Name, type and presence.
    pub field: Field,
    /// The call that brings it; `None` where it needs no call of its own (the resource's identity).
    pub call: Option<Arc<ApiCall>>,
    /// What its name does not say; mostly empty.
    pub doc: &'static str,
}

/// A typed join: a name on one resource type that leads to others.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The name read in expressions (`FlowLogs`).
    pub name: &'static str,
    /// The resource type it leads to.
    pub target: &'static str,
    /// The field path on this type that holds the key (`DBParameterGroups[].DBParameterGroupName`).
    pub from: &'static str,
    /// The field paths on the target, any of which holds the same key.
    pub to: &'static [&'static str],
    /// Whether it leads to a list of resources, or to the one.
    pub many: bool,
}

/// A type of resource, as `service.Name`.
#[derive(Clone, Debug)]
pub struct ResourceType {
    /// Its full name, such as `rds.DBInstance`.
    pub name: &'static str,
    /// One line about it.
    pub doc: &'static str,
    /// Where it lives.
    pub scope: Scope,
    /// The call that lists it; `None` for those that always exist once (`aws.Account`).
    pub list: Option<Arc<ApiCall>>,
    /// A type that must be listed first, because this one is listed per resource of that one, or is
    /// there once for each of them without a call.
    pub parent: Option<&'static str>,
    /// The fields of the parent that one without a call of its own is made of; see
    /// [`ResourceType::parent_needs`].
    pub made_of: &'static [&'static str],
    /// Its fields by name, the identity fields (`id`, `arn`, `account`, `region`, `tags`) included.
    pub fields: BTreeMap<String, ResourceField>,
    /// Its relations by name.
    pub relations: BTreeMap<&'static str, Relation>,
}

impl ResourceType {
    /// The part of the name before the dot.
    pub fn service(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }

    /// The fields of the parent that must be read first.
    pub fn parent_needs(&self) -> &'static [&'static str] {
        self.list.as_ref().map_or(self.made_of, |list| list.needs)
    }

    /// Whether its resources are made of those of its parent, without a call.
    pub fn is_derived(&self) -> bool {
        self.list.is_none() && self.parent.is_some()
    }

    /// The call behind a field path's first name: the field's own, else the list call.
    pub fn call_of(&self, field: &str) -> Option<&Arc<ApiCall>> {
        self.fields
            .get(field)
            .and_then(|field| field.call.as_ref())
            .or(self.list.as_ref())
    }

    /// The names that may follow a dot on a resource of this type.
    pub fn member_names(&self) -> impl Iterator<Item = &str> {
        self.fields
            .keys()
            .map(String::as_str)
            .chain(self.relations.keys().copied())
    }
}
