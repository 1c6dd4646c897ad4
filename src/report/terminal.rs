//! The summary on a terminal: what fails, what could not be looked at, and last the verdict, which
//! is the line that people read.

use std::io::Write;

use super::ReportError;
use super::group::{RuleGroup, attested, by_rule, empty_rules};
pub use super::page::Style;
use super::page::{Page, ansi, names};
use super::text::{clip, one_line, sentence};
use super::verdict::{self, Verdict, verdict};
use crate::finding::{Cause, Finding, Report, Status, advice, causes, counted};
use crate::rule::Severity;

/// Resources shown of one rule.
const RESOURCES: usize = 8;
/// Causes shown of what could not be decided.
const CAUSES: usize = 20;
/// Characters shown of a message.
const MESSAGE: usize = 400;

/// Writes the summary.
///
/// # Errors
/// When `out` does not take it.
pub fn write(report: &Report, out: &mut dyn Write, style: Style) -> Result<(), ReportError> {
    let mut page = Page::new(style);
    page.head(report);
    page.failing(report);
    page.unknown(report);
    page.manual(report);
    page.counts(report);
    page.verdict(report);
    out.write_all(page.text.as_bytes())?;
    Ok(())
}

/// The parts of the summary.
impl Page {
    fn head(&mut self, report: &Report) {
        let parts = [
            list("account", &report.accounts),
            list("region", &report.regions),
            counted(report.rules.len(), "rule"),
        ];
        self.wrapped(0, &format!("Looked at {}.", parts.join(", ")), None);
        self.text.push('\n');
    }

    /// What closes the gate in full, and of what is below it one line a rule.
    fn failing(&mut self, report: &Report) {
        let groups = by_rule(report, Status::Fail);
        let gate = report.gate.fail_on;
        let (closing, minor): (Vec<_>, Vec<_>) =
            groups.iter().partition(|group| group.severity() >= gate);
        for group in closing {
            self.group_title(group, "");
            self.resources(report, group);
            self.text.push('\n');
        }
        if minor.is_empty() {
            return;
        }
        self.line(&format!("Below {}, so not closing the gate:", gate.name()));
        for group in minor {
            let count = counted(group.findings.len(), "resource");
            self.group_title(group, &format!(": {count}"));
        }
        self.text.push('\n');
    }

    fn group_title(&mut self, group: &RuleGroup<'_>, rest: &str) {
        let severity = group.severity();
        let label = self.paint(color_of(severity), severity.name());
        let title = self.paint(ansi::BOLD, &sentence(group.title()));
        let id = self.paint(ansi::DIM, &format!("[{}]", one_line(group.id)));
        // The title says what should be so: the cross says that it is not.
        self.line(&format!("✗ {label}: {title} {id}{rest}"));
    }

    fn resources(&mut self, report: &Report, group: &RuleGroup<'_>) {
        let shared = group.shares_advice();
        for finding in group.findings.iter().take(RESOURCES) {
            let message = sentence(&finding.message);
            let text = format!("{}: {}", place(report, finding), clip(&message, MESSAGE));
            self.item(&text);
            if !shared {
                self.fix(4, finding);
            }
        }
        self.hidden(group.findings.len(), RESOURCES);
        if let Some(first) = group.findings.first().filter(|_| shared) {
            self.fix(2, first);
        }
    }

    fn fix(&mut self, indent: usize, finding: &Finding) {
        if let Some(remedy) = &finding.remediation {
            let text = sentence(&remedy.text);
            self.wrapped(
                indent,
                &format!("fix: {}", clip(&text, MESSAGE)),
                Some(ansi::DIM),
            );
        }
    }

    fn unknown(&mut self, report: &Report) {
        let causes = causes(&report.findings);
        if causes.is_empty() {
            return;
        }
        let undecided = report.summary().unknown;
        let head = format!(
            "{} could not be decided, which is no pass:",
            counted(undecided, "finding")
        );
        self.wrapped(0, &head, Some(ansi::BOLD_YELLOW));
        for cause in causes.iter().take(CAUSES) {
            self.item(&what_failed(report, cause));
            let (advice, color) = match cause.iam_action {
                Some(action) => (format!("allow {}", one_line(action)), Some(ansi::YELLOW)),
                None => (advice(cause.code).to_owned(), None),
            };
            self.wrapped(4, &advice, color);
            let rules = names(cause.rules.iter().copied());
            let findings = counted(cause.findings, "finding");
            self.wrapped(4, &format!("{findings} of {rules}"), Some(ansi::DIM));
        }
        self.hidden(causes.len(), CAUSES);
        self.text.push('\n');
    }

    fn manual(&mut self, report: &Report) {
        let groups = by_rule(report, Status::Manual);
        if groups.is_empty() {
            return;
        }
        let waiting = report.summary().manual;
        let verb = if waiting == 1 { "waits" } else { "wait" };
        let head = format!(
            "{} {verb} for a person to attest:",
            counted(waiting, "finding")
        );
        self.wrapped(0, &head, Some(ansi::BOLD));
        for group in &groups {
            let (title, id) = (sentence(group.title()), one_line(group.id));
            self.item(&format!("{title} [{id}]: {}", waits_for(group)));
        }
        if groups.iter().any(|group| group.control.is_some()) {
            self.wrapped(
                2,
                "`launchgate attest CONTROL --by NAME` writes an attestation",
                Some(ansi::DIM),
            );
        }
        self.text.push('\n');
    }

    fn counts(&mut self, report: &Report) {
        let summary = report.summary();
        let parts = [
            (summary.fail, "fail", ansi::RED),
            (summary.unknown, "unknown", ansi::YELLOW),
            (summary.manual, "manual", ansi::BLUE),
            (summary.waived, "waived", ansi::DIM),
            (summary.pass, "pass", ansi::BOLD),
            (summary.not_applicable, "not applicable", ansi::DIM),
        ];
        let attested = attested(report).count();
        let shown: Vec<_> = parts
            .iter()
            .filter(|(count, name, _)| *count > 0 || *name == "fail" || *name == "pass")
            .map(|(count, name, color)| match (*name, attested) {
                ("pass", 1..) => format!("{count} pass ({attested} attested)"),
                _ => self.paint(color, &format!("{count} {name}")),
            })
            .collect();
        self.line(&format!(
            "{}: {}",
            counted(report.findings.len(), "finding"),
            shown.join(", ")
        ));
        let empty: Vec<_> = empty_rules(report)
            .iter()
            .map(|rule| rule.id.as_str())
            .collect();
        if !empty.is_empty() {
            let text = format!(
                "{} found no resource: {}",
                counted(empty.len(), "rule"),
                names(empty)
            );
            self.wrapped(0, &text, Some(ansi::DIM));
        }
        self.text.push('\n');
    }

    fn verdict(&mut self, report: &Report) {
        let color = match verdict(report) {
            Verdict::Open => ansi::BOLD_GREEN,
            Verdict::Closed => ansi::BOLD_RED,
            Verdict::Nothing => ansi::BOLD_YELLOW,
        };
        // Not broken: it stays one line, for people and for `tail -1`.
        let line = self.paint(color, &verdict::line(report));
        self.line(&line);
    }
}

/// What keeps a group from being attested.
fn waits_for(group: &RuleGroup<'_>) -> String {
    let attestation = group
        .control
        .and_then(|control| control.attestation.as_ref());
    match attestation {
        None => counted(group.findings.len(), "resource"),
        Some(attestation) => match &attestation.problem {
            Some(problem) => clip(&sentence(problem), MESSAGE).into_owned(),
            None => "nobody has attested it".to_owned(),
        },
    }
}

fn color_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => ansi::BOLD_RED,
        Severity::High => ansi::RED,
        Severity::Medium => ansi::YELLOW,
        Severity::Low => ansi::BLUE,
        Severity::Info => ansi::DIM,
    }
}

/// Where a finding is; the account only where there are several, the region only where it is not
/// the resource itself.
fn place(report: &Report, finding: &Finding) -> String {
    let resource = &finding.resource;
    let (id, region) = (clip(&resource.id, MESSAGE), &resource.region);
    let name = resource.name.as_ref().filter(|name| **name != resource.id);
    let name = name.map(|name| format!("\"{}\"", clip(name, MESSAGE)));
    let account = Some(&resource.account).filter(|_| report.accounts.len() > 1);
    let region = Some(region).filter(|region| *region != &resource.id);
    let places = account.into_iter().chain(region).map(String::as_str);
    let around: Vec<&str> = name.as_deref().into_iter().chain(places).collect();
    let text = if around.is_empty() {
        id.into_owned()
    } else {
        format!("{id} ({})", around.join(", "))
    };
    one_line(&text).into_owned()
}

fn what_failed(report: &Report, cause: &Cause<'_>) -> String {
    let mut text = format!(
        "{} in {}: {}",
        cause.operation,
        names(cause.regions.iter().copied()),
        cause.code
    );
    if report.accounts.len() > 1 {
        text.push_str(&format!(
            " (accounts {})",
            names(cause.accounts.iter().copied())
        ));
    }
    if cause.iam_action.is_none() && !cause.message.is_empty() {
        text.push_str(&format!(" ({})", cause.message));
    }
    clip(&sentence(&text), MESSAGE).into_owned()
}

/// `account 1`, `2 regions (a, b)`.
fn list(noun: &str, all: &[String]) -> String {
    match all {
        [] => format!("no {noun}"),
        [one] => format!("{noun} {}", one_line(one)),
        many => format!(
            "{} ({})",
            counted(many.len(), noun),
            names(many.iter().map(String::as_str))
        ),
    }
}

#[cfg(test)]
mod tests;
