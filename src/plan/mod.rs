//! The plan: which calls a set of rules needs, and which permissions those calls need.
//!
//! Nothing is called that no chosen rule reads. The plan is computed from the fields that the
//! rules' expressions read, without talking to AWS.

mod permissions;

pub use permissions::policy;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rule::{Rule, compile_all};
use crate::schema::{ApiCall, Per, ResourceType, Schema};

/// The call that every run starts with: whose account is this? It needs no permission.
pub const WHO_AM_I: &str = "sts:GetCallerIdentity";
/// The call behind `--all-regions`.
pub const REGIONS: &str = "ec2:DescribeRegions";

/// What is to be read.
#[derive(Debug, Default)]
pub struct Plan {
    /// The resource types to read, by name.
    pub types: BTreeMap<&'static str, TypePlan>,
    /// Whether the enabled regions are asked for.
    pub all_regions: bool,
}

/// What is to be read of one resource type.
#[derive(Debug)]
pub struct TypePlan {
    /// The type.
    pub resource_type: Arc<ResourceType>,
    /// The calls besides the list call, each with the rules that read what it brings.
    pub details: BTreeMap<Arc<ApiCall>, BTreeSet<String>>,
    /// The rules that need it.
    pub rules: BTreeSet<String>,
}

/// An operation that a run would send.
#[derive(Debug, PartialEq, Eq)]
pub struct PlannedCall {
    /// `service:Operation`.
    pub operation: &'static str,
    /// What it is made once for.
    pub per: Per,
    /// The resource types it is made for.
    pub resource_types: BTreeSet<&'static str>,
    /// The IAM actions it needs.
    pub iam_actions: BTreeSet<&'static str>,
    /// The documented errors by which a region says that it does not have the service, which leave
    /// no resources there.
    pub unavailable: BTreeSet<&'static str>,
    /// The rules that need it.
    pub rules: BTreeSet<String>,
}

impl Plan {
    /// The plan for these rules.
    pub fn new<'r>(rules: impl IntoIterator<Item = &'r Rule>, schema: &Schema) -> Self {
        let rules: Vec<&Rule> = rules.into_iter().collect();
        compile_all(&rules, schema);
        let mut plan = Self::default();
        for rule in rules {
            for (type_name, fields) in rule.body(schema).reads.iter() {
                let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
                plan.add(type_name, &fields, &rule.id, schema);
            }
        }
        plan
    }

    /// Adds a type with the calls that bring these fields, and what their requests are made of. The
    /// reader is a rule, or a command that shows them.
    pub fn add(&mut self, type_name: &str, fields: &[&str], rule: &str, schema: &Schema) {
        let Some(resource_type) = schema.get(type_name) else {
            return;
        };
        if let Some(parent) = resource_type.parent {
            self.add(parent, resource_type.parent_needs(), rule, schema);
        }
        let entry = self
            .types
            .entry(resource_type.name)
            .or_insert_with(|| TypePlan {
                resource_type: resource_type.clone(),
                details: BTreeMap::new(),
                rules: BTreeSet::new(),
            });
        entry.rules.insert(rule.to_owned());
        let calls = fields
            .iter()
            .filter_map(|field| resource_type.fields.get(*field)?.call.clone());
        let mut needs = Vec::new();
        for call in calls {
            let needed = call.needs;
            let readers = entry.details.entry(call).or_default();
            if readers.insert(rule.to_owned()) {
                needs.extend(needed.iter().copied());
            }
        }
        if !needs.is_empty() {
            self.add(type_name, &needs, rule, schema);
        }
    }

    /// Adds what the list call of a type brings, and no call beside it.
    pub fn add_list(&mut self, type_name: &str, schema: &Schema) {
        self.add(type_name, &[], "", schema);
    }

    /// Adds all that can be read of a type.
    pub fn add_all(&mut self, resource_type: &ResourceType, schema: &Schema) {
        let fields: Vec<&str> = resource_type.fields.keys().map(String::as_str).collect();
        self.add(resource_type.name, &fields, "", schema);
    }

    /// The operations that a run sends, by name.
    pub fn calls(&self) -> Vec<PlannedCall> {
        let mut calls: BTreeMap<&'static str, PlannedCall> = BTreeMap::new();
        for planned in self.types.values() {
            let TypePlan {
                resource_type,
                details,
                rules,
            } = planned;
            let list = resource_type.list.iter().map(|call| (call, rules));
            for (call, readers) in details.iter().chain(list) {
                for operation in call.operations() {
                    let entry = calls.entry(operation).or_insert_with(|| PlannedCall {
                        operation,
                        per: call.per,
                        resource_types: BTreeSet::new(),
                        iam_actions: BTreeSet::new(),
                        unavailable: BTreeSet::new(),
                        rules: BTreeSet::new(),
                    });
                    entry.per = entry.per.max(call.per);
                    entry.resource_types.insert(resource_type.name);
                    entry.iam_actions.extend(call.actions());
                    entry.unavailable.extend(call.unavailable);
                    entry.rules.extend(readers.iter().cloned());
                }
            }
        }
        let start = [(WHO_AM_I, true), (REGIONS, self.all_regions)];
        for (operation, _) in start.into_iter().filter(|(_, wanted)| *wanted) {
            calls.entry(operation).or_insert_with(|| PlannedCall {
                operation,
                per: Per::Account,
                resource_types: BTreeSet::new(),
                iam_actions: BTreeSet::from_iter((operation == REGIONS).then_some(REGIONS)),
                unavailable: BTreeSet::new(),
                rules: BTreeSet::new(),
            });
        }
        calls.into_values().collect()
    }
}
