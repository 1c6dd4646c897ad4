//! What could not be looked at, by what is missing.

use super::{Bounded, limit, name, names};
use crate::finding::{Cause, Report, advice, causes, counted};

/// The section, nothing where all was read.
pub(super) fn section(report: &Report) -> String {
    let causes = causes(&report.findings);
    if causes.is_empty() {
        return String::new();
    }
    let undecided = counted(report.summary().unknown, "finding");
    let mut list = Bounded::new(limit::UNKNOWN);
    for cause in &causes {
        list.push(cause.findings, || item(report, cause));
    }
    let list = list.finish("undecided finding");
    format!("### {undecided} could not be decided, which is no pass\n\n{list}")
}

fn item(report: &Report, cause: &Cause<'_>) -> String {
    let regions = names(cause.regions.iter().copied());
    let mut text = format!(
        "- {} in {regions}: {}",
        name(cause.operation),
        name(cause.code)
    );
    if report.accounts.len() > 1 {
        text.push_str(&format!(
            ", account {}",
            names(cause.accounts.iter().copied())
        ));
    }
    text.push_str(". ");
    match cause.iam_action {
        Some(action) => {
            text.push_str(&format!(
                "**Allow {} to the identity that runs launchgate.**",
                name(action)
            ));
        }
        None => {
            text.push_str(&format!("**{}**", advice(cause.code)));
            if !cause.message.is_empty() {
                text.push_str(&format!(" The error: {}.", name(cause.message)));
            }
        }
    }
    let findings = counted(cause.findings, "finding");
    let count = counted(cause.rules.len(), "rule");
    let rules = names(cause.rules.iter().copied());
    text.push_str(&format!(" {findings} of {count} waited for it: {rules}\n"));
    text
}
