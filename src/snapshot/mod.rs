//! Everything read in one run, and the index that makes joins cheap.

mod file;
mod index;
mod key;
mod resource;

pub use file::{FORMAT, SnapshotError, read, write};
pub use index::{Found, Index};
pub use key::{Keys, keys as relation_keys};
pub use resource::Resource;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::fact::Unknown;
use crate::schema::ApiCall;

/// The region of what lives in no region.
pub const GLOBAL: &str = "global";

/// Every fact read in one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// When collecting began, RFC 3339.
    pub taken: String,
    /// The accounts looked at.
    pub accounts: Vec<Account>,
    /// The regions looked at.
    pub regions: Vec<String>,
    /// How many requests were sent, by operation.
    pub calls: BTreeMap<String, u64>,
    /// For each resource type that was asked for, the calls made for it (see [`call_key`]).
    pub collected: BTreeMap<String, BTreeSet<String>>,
    /// Lists that could not be read, or not to their end.
    pub unread: Vec<Unread>,
    /// The resources by type.
    pub resources: BTreeMap<String, Vec<Resource>>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its twelve digits.
    pub id: String,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: String,
}

/// A list that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The type whose resources may be missing.
    pub resource_type: String,
    /// In this account.
    pub account: String,
    /// In this region, or [`GLOBAL`].
    pub region: String,
    /// Why.
    pub unknown: Unknown,
}

/// How a snapshot names a call: the operation, and its purpose where it serves two.
pub fn call_key(call: &ApiCall) -> String {
    if call.purpose.is_empty() {
        call.operation.to_owned()
    } else {
        format!("{}#{}", call.operation, call.purpose)
    }
}
