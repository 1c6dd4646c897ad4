//! One resource with all that was read of it.

use crate::fact::{Fact, Object};

/// A resource. Its identity is beside its facts, because every source gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// What people call it: the name or id that the CLI takes.
    pub id: Box<str>,
    /// Its ARN.
    pub arn: Box<str>,
    /// The account it is in.
    pub account: Box<str>,
    /// Its region, or [`GLOBAL`](super::GLOBAL).
    pub region: Box<str>,
    /// Its fields, tags under `tags`.
    pub fields: Object,
}

impl Resource {
    /// The fact at a field of the resource, identity aside.
    pub fn get(&self, field: &str) -> Option<&Fact> {
        self.fields.get(field)
    }
}
