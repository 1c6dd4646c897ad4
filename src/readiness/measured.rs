//! "When to worry": live measurements, each with what was measured.

use serde::Serialize;

use super::checklist::findings_of;
use crate::finding::{Finding, Report, Status, Subject};

/// The section of a framework whose controls are measurements.
const SECTION: &str = "when to worry";

/// One measurement of one resource.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// The control it belongs to.
    pub control: String,
    /// The control's title.
    pub title: String,
    /// The rule that measured.
    pub rule: String,
    /// What was measured.
    pub resource: Subject,
    /// What it came to.
    pub status: Status,
    /// In words, with the value.
    pub message: String,
}

/// Every measurement, the worrying ones first.
pub(super) fn all(report: &Report) -> Vec<Measurement> {
    let mut all = Vec::new();
    for framework in &report.frameworks {
        let worries = framework.controls.iter().filter(|control| {
            let section = control.section.as_deref();
            section.is_some_and(|section| section.eq_ignore_ascii_case(SECTION))
        });
        for control in worries {
            let findings = findings_of(report, &framework.id, &control.id);
            let measurements = findings
                .into_iter()
                .map(|finding| measurement(finding, &control.id, &control.title));
            all.extend(measurements);
        }
    }
    all.sort_by_key(|measurement| measurement.status);
    all
}

fn measurement(finding: &Finding, control: &str, title: &str) -> Measurement {
    Measurement {
        control: control.to_owned(),
        title: title.to_owned(),
        rule: finding.rule.clone(),
        resource: finding.resource.clone(),
        status: finding.status,
        message: finding.message.clone(),
    }
}
