//! The usual culprits when a bill jumps: what each of them did over the window, measured.

mod api;
mod database;
mod function;
mod metric;
mod nat;

use serde::Serialize;

use crate::fact::Unknown;
use crate::finding::Subject;
use crate::snapshot::{Resource, Snapshot};
use metric::Series;

/// What the view shows, and so all that it reads.
pub const READS: [(&str, &[&str]); 7] = [
    (nat::METRICS, nat::FIELDS),
    (function::TYPE, &["Timeout", "MemorySize"]),
    (function::METRICS, function::FIELDS),
    (database::TYPE, &["AllocatedStorage"]),
    (database::METRICS, database::FIELDS),
    (api::REST, api::FIELDS),
    (api::HTTP, api::FIELDS),
];

/// One kind of culprit.
#[derive(Clone, Debug, Serialize)]
pub struct Culprit {
    /// What it is, as a heading.
    pub title: &'static str,
    /// What to look for.
    pub look: &'static str,
    /// What was measured, the largest first.
    pub suspects: Vec<Suspect>,
    /// What could not be read.
    pub unread: Vec<Unknown>,
    /// What to do at once.
    pub fix: &'static str,
}

/// A resource and what it did.
#[derive(Clone, Debug, Serialize)]
pub struct Suspect {
    /// The resource.
    pub resource: Subject,
    /// Whether it looks like a cause.
    pub worry: bool,
    /// What was measured.
    pub text: String,
    /// By what suspects are ordered.
    #[serde(skip)]
    weight: f64,
}

impl Suspect {
    fn new(name: &str, resource: &Resource, measured: Measured) -> Self {
        Self {
            resource: Subject {
                resource_type: name.to_owned(),
                id: resource.id.to_string(),
                arn: resource.arn.to_string(),
                account: resource.account.to_string(),
                region: resource.region.to_string(),
                name: None,
            },
            worry: measured.worry,
            text: measured.text,
            weight: measured.weight,
        }
    }
}

/// What one resource did, in words.
struct Measured {
    text: String,
    worry: bool,
    weight: f64,
}

impl Measured {
    /// A resource whose metric has no values: said, and never taken as good.
    fn nothing(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            worry: false,
            weight: -1.0,
        }
    }
}

/// Every kind of culprit.
pub(super) fn all(snapshot: &Snapshot) -> Vec<Culprit> {
    vec![
        nat::culprit(snapshot),
        function::culprit(snapshot),
        database::culprit(snapshot),
        api::culprit(snapshot),
    ]
}

/// Measures every resource of some types; what cannot be read is kept beside.
fn measured(
    snapshot: &Snapshot,
    types: &[&str],
    measure: impl Fn(&Resource) -> Result<Measured, Unknown>,
) -> (Vec<Suspect>, Vec<Unknown>) {
    let (mut suspects, mut unread) = (Vec::new(), Vec::new());
    for name in types {
        unread.extend(unlisted(snapshot, name));
        for resource in snapshot.resources.get(*name).into_iter().flatten() {
            match measure(resource) {
                Ok(measured) => suspects.push(Suspect::new(name, resource, measured)),
                Err(unknown) => unread.push(unknown),
            }
        }
    }
    suspects.sort_by(|left, right| {
        let order = right.worry.cmp(&left.worry);
        order.then(right.weight.total_cmp(&left.weight))
    });
    unread.sort();
    unread.dedup();
    (suspects, unread)
}

/// Why there may be resources that were not found.
fn unlisted(snapshot: &Snapshot, name: &str) -> Vec<Unknown> {
    if !snapshot.collected.contains_key(name) {
        return vec![metric::not_collected(name)];
    }
    let unread = snapshot.unread.iter();
    let unread = unread.filter(|unread| unread.resource_type == name);
    unread.map(|unread| unread.unknown.clone()).collect()
}

/// The resource that a metric is of.
fn owner<'s>(snapshot: &'s Snapshot, name: &str, metrics: &Resource) -> Option<&'s Resource> {
    let mut resources = snapshot.resources.get(name).into_iter().flatten();
    resources.find(|resource| {
        (&resource.id, &resource.account, &resource.region)
            == (&metrics.id, &metrics.account, &metrics.region)
    })
}

fn series(resource: &Resource, field: &str) -> Result<Series, Unknown> {
    Series::read(resource, field)
}
