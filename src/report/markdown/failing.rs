//! What fails, the worst first, and how to mend it.

use super::super::group::{RuleGroup, by_rule};
use super::super::text::{md_fenced, md_link, sentence};
use super::{Bounded, REST, limit, name, prose, resource};
use crate::finding::counted;
use crate::finding::{Finding, Report, Status};

/// Resources shown of one rule.
pub(super) const RESOURCES: usize = 20;
/// A command is shown whole or not at all: one cut in half is worse than none.
const COMMAND: usize = 4_000;

/// The section, nothing where nothing fails.
pub(super) fn section(report: &Report) -> String {
    let groups = by_rule(report, Status::Fail);
    if groups.is_empty() {
        return String::new();
    }
    let head = counted(report.summary().fail, "failing finding");
    let mut list = Bounded::new(limit::FAILING);
    for group in &groups {
        list.push(group.findings.len(), || rule(report, group));
    }
    format!("### {head}\n\n{}", list.finish("failing finding"))
}

fn rule(report: &Report, group: &RuleGroup<'_>) -> String {
    let severity = group.severity().name();
    // The title says what should be so: the cross says that it is not.
    let mut text = format!("#### ❌ {severity}: {}\n\n", prose(group.title()));
    let verb = if group.findings.len() == 1 {
        "fails"
    } else {
        "fail"
    };
    text.push_str(&format!(
        "{}, {} {verb}.",
        name(group.id),
        counted(group.findings.len(), "resource")
    ));
    if let Some(rule) = group.rule.filter(|rule| !rule.why.trim().is_empty()) {
        text.push_str(&format!(" {}", prose(&rule.why)));
    }
    text.push_str("\n\n");
    let shared = group.shares_advice();
    let said_once = group.findings.first().filter(|_| shared);
    if let Some(advice) = said_once.and_then(|finding| advice(finding)) {
        text.push_str(&format!("**To mend it:** {advice}\n\n"));
    }
    for finding in group.findings.iter().take(RESOURCES) {
        text.push_str(&item(report, finding, shared));
    }
    let hidden = group.findings.len().saturating_sub(RESOURCES);
    if hidden > 0 {
        text.push_str(&format!("\nand {hidden} more in {REST}.\n"));
    }
    text.push('\n');
    text
}

fn advice(finding: &Finding) -> Option<String> {
    let remedy = finding.remediation.as_ref()?;
    let mut text = prose(&remedy.text);
    if let Some(url) = &remedy.url {
        text.push_str(&format!(" See {}.", md_link(url)));
    }
    Some(text)
}

fn item(report: &Report, finding: &Finding, advice_is_said: bool) -> String {
    let mut text = format!(
        "- {}: {}\n",
        resource(report, finding),
        prose(&finding.message)
    );
    if !advice_is_said && let Some(advice) = advice(finding) {
        text.push_str(&format!("  **To mend it:** {advice}\n"));
    }
    let command = finding
        .remediation
        .as_ref()
        .and_then(|remedy| remedy.cli.as_deref());
    match command {
        Some(command) if sentence(command).is_empty() => {}
        Some(command) => {
            let block = md_fenced("sh", command, "  ");
            let too_long = format!("  The command is too long for this page: see {REST}.\n");
            text.push_str(if block.len() > COMMAND {
                &too_long
            } else {
                &block
            });
        }
        None => {}
    }
    text
}
