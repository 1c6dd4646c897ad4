//! The lists that come after what is wrong.

use super::super::group::{
    attested as attested_findings, by_rule, empty_rules as rules_without_resource, every_rule,
};
use super::super::text::md_link;
use super::{Bounded, details, limit, name, prose, resource};
use crate::finding::attestation::Evidence;
use crate::finding::counted;
use crate::finding::{Report, Status, Summary};

/// What a person must attest.
pub(super) fn manual(report: &Report) -> String {
    let count = counted(report.summary().manual, "finding");
    by_status(
        report,
        Status::Manual,
        &format!("{count} for a person to attest"),
    )
}

/// What passes because a person said so: who, when, and for how long that counts.
pub(super) fn attested(report: &Report) -> String {
    let mut list = Bounded::new(limit::LIST);
    for group in every_rule(report) {
        let attested = group.findings.iter();
        for (finding, said) in attested.filter_map(|f| Some((f, f.attestation.as_ref()?))) {
            list.push(1, || {
                let (title, id) = (prose(group.title()), name(group.id));
                let (place, message) = (resource(report, finding), prose(&finding.message));
                let expires = name(&said.expires);
                let shown = evidence(said.evidence.as_ref());
                format!("- {title} ({id}): {place}: {message} Until {expires}{shown}.\n")
            });
        }
    }
    let count = attested_findings(report).count();
    if count == 0 {
        return String::new();
    }
    let head = counted(count, "attested finding");
    format!("### {head}\n\n{}", list.finish("finding"))
}

fn evidence(evidence: Option<&Evidence>) -> String {
    match evidence {
        Some(Evidence::Url { url }) => format!(", shown by {}", md_link(url)),
        Some(Evidence::File { file, .. }) => format!(", shown by {}", name(file)),
        None => String::new(),
    }
}

/// What fails, and somebody took the risk.
pub(super) fn waived(report: &Report) -> String {
    let count = counted(report.summary().waived, "finding");
    by_status(report, Status::Waived, &format!("{count} waived"))
}

fn by_status(report: &Report, status: Status, heading: &str) -> String {
    let groups = by_rule(report, status);
    if groups.is_empty() {
        return String::new();
    }
    let mut list = Bounded::new(limit::LIST);
    for group in &groups {
        for finding in &group.findings {
            list.push(1, || {
                let (severity, title) = (finding.severity.name(), prose(group.title()));
                let (id, place) = (name(group.id), resource(report, finding));
                let message = prose(&finding.message);
                format!("- {severity}: {title} ({id}): {place}: {message}\n")
            });
        }
    }
    format!("### {heading}\n\n{}", list.finish("finding"))
}

/// What passes and what is not concerned, as counts a rule.
pub(super) fn passed(report: &Report) -> String {
    let summary = report.summary();
    let mut list = Bounded::new(limit::LIST);
    for group in every_rule(report) {
        let Summary {
            pass,
            not_applicable,
            ..
        } = Summary::of(group.findings.iter().copied());
        if pass + not_applicable > 0 {
            let counts = [(pass, "pass"), (not_applicable, "not applicable")];
            let told = counts.iter().filter(|(count, _)| *count > 0);
            let told: Vec<_> = told
                .map(|(count, said)| format!("{count} {said}"))
                .collect();
            list.push(1, || {
                let (id, title) = (name(group.id), prose(group.title()));
                format!("- {id} {title}: {}\n", told.join(", "))
            });
        }
    }
    if summary.pass + summary.not_applicable == 0 {
        return String::new();
    }
    let verb = if summary.pass == 1 { "passes" } else { "pass" };
    let head = format!(
        "{} {verb}, {} not applicable",
        counted(summary.pass, "finding"),
        summary.not_applicable
    );
    details(&head, &list.finish("rule"))
}

/// The rules that looked at nothing.
pub(super) fn empty_rules(report: &Report) -> String {
    let rules = rules_without_resource(report);
    if rules.is_empty() {
        return String::new();
    }
    let mut list = Bounded::new(limit::LIST);
    for rule in &rules {
        list.push(1, || {
            let (id, title) = (name(&rule.id), prose(&rule.title));
            format!("- {id} {title}: no {}\n", name(&rule.resource_type))
        });
    }
    let head = format!(
        "{} found no resource, which is no pass",
        counted(rules.len(), "rule")
    );
    details(&head, &list.finish("rule"))
}

/// The requests that were sent.
pub(super) fn calls(report: &Report) -> String {
    if report.calls.is_empty() {
        return String::new();
    }
    let mut list = Bounded::new(limit::LIST);
    for (operation, count) in &report.calls {
        list.push(1, || format!("- {} {count}\n", name(operation)));
    }
    let sent = report.calls.values().sum::<u64>();
    let head = format!(
        "{sent} API calls of {}, all of them reads",
        counted(report.calls.len(), "operation")
    );
    details(&head, &list.finish("operation"))
}
