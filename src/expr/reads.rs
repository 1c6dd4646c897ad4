//! Which fields of which resource types an expression reads: what the plan is computed from.

use std::collections::{BTreeMap, BTreeSet};

/// Field names by resource type, and the names of prices. A type with no field names is only counted
/// or listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    types: BTreeMap<&'static str, BTreeSet<String>>,
    prices: BTreeSet<String>,
}

impl Reads {
    /// Notes that the resources of a type are looked at.
    pub fn list(&mut self, resource_type: &'static str) {
        self.types.entry(resource_type).or_default();
    }

    /// Notes that a field of a type is read.
    pub fn field(&mut self, resource_type: &'static str, field: &str) {
        self.types
            .entry(resource_type)
            .or_default()
            .insert(field.to_owned());
    }

    /// Notes that a list price is asked for.
    pub fn price(&mut self, name: &str) {
        self.prices.insert(name.to_owned());
    }

    /// The names of the list prices that are asked for.
    pub fn prices(&self) -> impl Iterator<Item = &str> {
        self.prices.iter().map(String::as_str)
    }

    /// Adds all that another expression reads.
    pub fn extend(&mut self, other: &Reads) {
        self.prices.extend(other.prices.iter().cloned());
        for (resource_type, fields) in &other.types {
            let known = self.types.entry(resource_type).or_default();
            known.extend(fields.iter().cloned());
        }
    }

    /// The types and the names of their fields that are read.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &BTreeSet<String>)> {
        self.types.iter().map(|(name, fields)| (*name, fields))
    }
}
