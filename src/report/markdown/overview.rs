//! The verdict, what was looked at, and the tables.

use super::super::text::{clip, md_cell, md_prose};
use super::super::verdict::{self, Verdict, verdict};
use super::{Bounded, SHOWN, details, limit, name, names};
use crate::finding::counted;
use crate::finding::{ControlSummary, FrameworkSummary, Report, Status, Summary};
use crate::rule::Severity;

/// The verdict, and what it is about.
pub(super) fn head(report: &Report) -> String {
    let mark = match verdict(report) {
        Verdict::Open => "✅",
        Verdict::Closed => "❌",
        Verdict::Nothing => "⚠️",
    };
    let line = clip(&verdict::line(report), SHOWN).into_owned();
    let mut text = format!("## {mark} {}\n\n", md_prose(&line));
    text.push_str(&format!(
        "Looked at {}, {} with {}, ",
        list("account", &report.accounts),
        list("region", &report.regions),
        counted(report.rules.len(), "rule")
    ));
    let (started, version) = (name(&report.started), name(report.version));
    text.push_str(&format!("from {started} on, by launchgate {version}. "));
    text.push_str(&format!("Ages were counted up to {}.\n", name(&report.now)));
    text
}

/// ``account `1` ``, ``2 regions (`a`, `b`)``.
fn list(noun: &str, all: &[String]) -> String {
    let listed = names(all.iter().map(String::as_str));
    match all.len() {
        0 => format!("no {noun}"),
        1 => format!("{noun} {listed}"),
        count => format!("{} ({listed})", counted(count, noun)),
    }
}

/// Findings by severity and status.
pub(super) fn table(report: &Report) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let mut text =
        "| Severity | Fail | Unknown | Manual | Waived | Pass | Not applicable |\n".to_owned();
    text.push_str("|---|--:|--:|--:|--:|--:|--:|\n");
    for severity in Severity::ALL {
        let summary = Summary::of(
            report
                .findings
                .iter()
                .filter(|finding| finding.severity == severity),
        );
        if summary != Summary::default() {
            text.push_str(&row(severity.name(), summary));
        }
    }
    text.push_str(&row("**all**", report.summary()));
    text
}

fn row(name: &str, summary: Summary) -> String {
    let Summary {
        pass,
        fail,
        unknown,
        not_applicable,
        waived,
        manual,
    } = summary;
    format!("| {name} | {fail} | {unknown} | {manual} | {waived} | {pass} | {not_applicable} |\n")
}

/// What the run says of each framework's controls.
pub(super) fn frameworks(report: &Report) -> String {
    let mut text = Bounded::new(limit::FRAMEWORKS);
    for framework in &report.frameworks {
        text.push(framework.controls.len(), || {
            format!("### {}\n\n{}", prose_title(framework), controls(framework))
        });
    }
    text.finish("control")
}

fn prose_title(framework: &FrameworkSummary) -> String {
    format!("{} ({})", md_prose(&framework.title), name(&framework.id))
}

fn controls(framework: &FrameworkSummary) -> String {
    let mut table = "| Control | Title | Status | Rules |\n|---|---|---|---|\n".to_owned();
    for control in &framework.controls {
        let rules = names(control.rules.iter().map(String::as_str)).replace('|', "\\|");
        let cells = [
            md_cell(&control.id),
            md_cell(&control.title),
            status(control).to_owned(),
            rules,
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    let summary = format!(
        "{}: {}",
        counted(framework.controls.len(), "control"),
        tally(framework)
    );
    details(&summary, &table) + "\n\n"
}

/// What is said of a control: one that no rule decides is said to be so, and never left out.
fn status(control: &ControlSummary) -> &'static str {
    match control.status {
        Some(Status::NotApplicable) => "not applicable",
        Some(status) => status.name(),
        None if control.rules.is_empty() => "not automated",
        None => "no resource",
    }
}

/// `5 fail, 2 not automated`, the worst first.
fn tally(framework: &FrameworkSummary) -> String {
    let order = [
        "fail",
        "unknown",
        "manual",
        "waived",
        "pass",
        "not applicable",
        "no resource",
        "not automated",
    ];
    let counts = order.iter().map(|&name| {
        let count = framework
            .controls
            .iter()
            .filter(|control| status(control) == name)
            .count();
        (count, name)
    });
    let told = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"));
    told.collect::<Vec<_>>().join(", ")
}
