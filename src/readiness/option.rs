//! What could be saved: findings that know what mending them saves a month.

use std::cmp::Reverse;

use serde::Serialize;

use super::costs::Money;
use crate::finding::{Finding, Report, Subject};
use crate::snapshot::Snapshot;

/// Every option.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Savings {
    /// What all of them would save a month, in US dollars.
    pub total: Money,
    /// Where the prices are from.
    pub prices: String,
    /// The largest saving first.
    pub options: Vec<Saving>,
}

/// One option.
#[derive(Clone, Debug, Serialize)]
pub struct Saving {
    /// The rule that found it.
    pub rule: String,
    /// What it is about.
    pub resource: Subject,
    /// What it would save a month, in US dollars.
    pub saving: Money,
    /// What was found.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// The findings that name a saving.
pub(super) fn savings(report: &Report, snapshot: &Snapshot, dated: Option<&str>) -> Savings {
    let mut options: Vec<Saving> = report.findings.iter().filter_map(option).collect();
    options.sort_by_key(|option| Reverse(option.saving));
    Savings {
        prices: prices(snapshot, dated),
        total: options.iter().map(|option| option.saving).sum(),
        options,
    }
}

/// The service whose resources are present prices.
const PRICES: &str = "pricing.";

fn prices(snapshot: &Snapshot, dated: Option<&str>) -> String {
    let table = match dated {
        Some(day) => format!("list prices of {day}, without taxes and discounts"),
        None => "list prices, without taxes and discounts".to_owned(),
    };
    let is_price = |name: &str| name.starts_with(PRICES);
    let mut unread = snapshot.unread.iter();
    if let Some(unread) = unread.find(|unread| is_price(&unread.resource_type)) {
        return format!(
            "{table}, as the present ones could not be read ({})",
            unread.unknown
        );
    }
    let mut read = snapshot.resources.iter();
    if read.any(|(name, found)| is_price(name) && !found.is_empty()) {
        return format!("the present Price List where it has one, else {table}");
    }
    table
}

fn option(finding: &Finding) -> Option<Saving> {
    let saving = Money::from_f64(finding.saving?)?;
    let advice = finding.remediation.as_ref();
    (saving > Money::ZERO).then(|| Saving {
        rule: finding.rule.clone(),
        resource: finding.resource.clone(),
        saving,
        message: finding.message.clone(),
        advice: advice.map_or_else(String::new, |remedy| remedy.text.clone()),
    })
}
