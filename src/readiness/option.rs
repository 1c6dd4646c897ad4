//! What could be saved: findings that know what mending them saves a month.

use serde::Serialize;

use super::costs::Money;
use crate::finding::{Finding, Report, Subject};

/// Every option.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Savings {
    /// What all of them would save a month, in US dollars.
    pub total: Money,
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
pub(super) fn savings(report: &Report) -> Savings {
    let mut options: Vec<Saving> = report.findings.iter().filter_map(option).collect();
    options.sort_by(|left, right| right.saving.cmp(&left.saving));
    Savings {
        total: options.iter().map(|option| option.saving).sum(),
        options,
    }
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
