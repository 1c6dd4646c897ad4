//! Which fields of which resource types an expression reads: what the plan is computed from.

use std::collections::{BTreeMap, BTreeSet};

/// Field names by resource type. A type with no field names is only counted or listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(BTreeMap<&'static str, BTreeSet<String>>);

impl Reads {
    /// Notes that the resources of a type are looked at.
    pub fn list(&mut self, resource_type: &'static str) {
        self.0.entry(resource_type).or_default();
    }

    /// Notes that a field of a type is read.
    pub fn field(&mut self, resource_type: &'static str, field: &str) {
        self.0
            .entry(resource_type)
            .or_default()
            .insert(field.to_owned());
    }

    /// Adds all that another expression reads.
    pub fn extend(&mut self, other: &Reads) {
        for (resource_type, fields) in &other.0 {
            let known = self.0.entry(resource_type).or_default();
            known.extend(fields.iter().cloned());
        }
    }

    /// The types and the names of their fields that are read.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &BTreeSet<String>)> {
        self.0.iter().map(|(name, fields)| (*name, fields))
    }
}
