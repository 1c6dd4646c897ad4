//! The checklist: every control of the frameworks, with its state and one line of why.

use std::cmp::Reverse;

use serde::Serialize;

use super::attested::is_valid;
use super::words::many;
use crate::finding::{ControlSummary, Finding, FrameworkSummary, Report, Status, counted};
use crate::rule::Severity;

/// Where controls stand that name no section.
const UNNAMED: &str = "Checks";

/// A part of the checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its controls in the framework's order.
    pub items: Vec<Item>,
}

/// A control.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its framework.
    pub framework: String,
    /// Its id.
    pub control: String,
    /// Its title.
    pub title: String,
    /// What is said of it.
    pub state: State,
    /// Whether that keeps the verdict from being READY.
    pub blocks: bool,
    /// Why, in one line.
    pub why: String,
    /// How many findings it has.
    pub findings: usize,
    /// How many of them fail.
    pub failing: usize,
    /// How many of them could not be decided.
    pub unknown: usize,
}

/// What is said of a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Some finding that counts fails.
    NotMet,
    /// Nothing that counts fails, and something could not be read.
    CannotTell,
    /// A person must say so, and nobody did.
    ToBeAttested,
    /// What fails does not count, being less severe.
    ToImprove,
    /// It fails, and somebody took the risk for a time.
    RiskAccepted,
    /// A person said so.
    Attested,
    /// Every finding passes.
    Met,
    /// There is no resource that it is about.
    NothingToLookAt,
    /// No rule decides it.
    NotAutomated,
}

impl State {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            State::NotMet => "not met",
            State::CannotTell => "cannot tell",
            State::ToBeAttested => "to be attested",
            State::ToImprove => "to improve",
            State::RiskAccepted => "risk accepted",
            State::Attested => "attested",
            State::Met => "met",
            State::NothingToLookAt => "nothing to look at",
            State::NotAutomated => "not automated",
        }
    }

    /// A sign for it, beside its name.
    pub fn symbol(self) -> &'static str {
        match self {
            State::NotMet => "✗",
            State::CannotTell => "?",
            State::ToBeAttested => "☐",
            State::ToImprove => "△",
            State::RiskAccepted => "!",
            State::Attested => "☑",
            State::Met => "✓",
            State::NothingToLookAt => "–",
            State::NotAutomated => "○",
        }
    }
}

/// The controls by section, in the order in which the framework first names each.
pub(super) fn sections(report: &Report, bar: Severity) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for framework in &report.frameworks {
        for control in &framework.controls {
            let title = control.section.as_deref().unwrap_or(UNNAMED);
            let item = item(report, framework, control, bar);
            match sections.iter_mut().find(|section| section.title == title) {
                Some(section) => section.items.push(item),
                None => sections.push(Section {
                    title: title.to_owned(),
                    items: vec![item],
                }),
            }
        }
    }
    sections
}

/// The findings that decide a control.
pub(super) fn findings_of<'r>(
    report: &'r Report,
    framework: &str,
    control: &str,
) -> Vec<&'r Finding> {
    let serves = |finding: &&Finding| {
        let served = finding.controls.get(framework);
        served.is_some_and(|served| served.iter().any(|served| served == control))
    };
    report.findings.iter().filter(serves).collect()
}

fn item(
    report: &Report,
    framework: &FrameworkSummary,
    control: &ControlSummary,
    bar: Severity,
) -> Item {
    let findings = findings_of(report, &framework.id, &control.id);
    let state = state(control, &findings, bar);
    let of = |status: Status| {
        let findings = findings.iter().copied();
        findings
            .filter(|finding| finding.status == status)
            .collect::<Vec<_>>()
    };
    let (failing, unknown) = (of(Status::Fail), of(Status::Unknown));
    let counts = |findings: &[&Finding]| findings.iter().any(|finding| finding.severity >= bar);
    let blocks = match state {
        State::NotMet | State::ToBeAttested => true,
        State::CannotTell => counts(&unknown),
        _ => false,
    };
    Item {
        framework: framework.id.clone(),
        control: control.id.clone(),
        title: control.title.clone(),
        state,
        blocks,
        why: why(report, control, state, &findings),
        findings: findings.len(),
        failing: failing.len(),
        unknown: unknown.len(),
    }
}

/// What counts decides first: that a statement is missing says more than that something small fails.
fn state(control: &ControlSummary, findings: &[&Finding], bar: Severity) -> State {
    let counting = findings.iter().filter(|finding| finding.severity >= bar);
    // The order of `Status` runs from the worst to the best.
    match counting.map(|finding| finding.status).min() {
        Some(Status::Fail) => return State::NotMet,
        Some(Status::Unknown) => return State::CannotTell,
        _ if control.manual && !is_valid(control) => return State::ToBeAttested,
        _ => {}
    }
    match findings.iter().map(|finding| finding.status).min() {
        Some(Status::Fail) => State::ToImprove,
        Some(Status::Unknown) => State::CannotTell,
        Some(Status::Manual) => State::ToBeAttested,
        Some(Status::Waived) => State::RiskAccepted,
        _ if is_valid(control) => State::Attested,
        Some(Status::Pass) => State::Met,
        Some(Status::NotApplicable) => State::NothingToLookAt,
        None if control.rules.is_empty() => State::NotAutomated,
        None => State::NothingToLookAt,
    }
}

fn why(report: &Report, control: &ControlSummary, state: State, findings: &[&Finding]) -> String {
    let count = |status: Status| {
        findings
            .iter()
            .filter(|finding| finding.status == status)
            .count()
    };
    match state {
        State::NotMet | State::ToImprove => worst(report, findings, Status::Fail),
        State::CannotTell => worst(report, findings, Status::Unknown),
        State::ToBeAttested => super::attested::missing(control),
        State::RiskAccepted => format!(
            "{} waived",
            counted(count(Status::Waived), "failing finding")
        ),
        State::Attested => super::attested::signed(control),
        State::Met => match findings {
            [only] => only.message.clone(),
            _ => format!("{} of {} checks pass", count(Status::Pass), findings.len()),
        },
        State::NothingToLookAt if findings.is_empty() => {
            "no resource of this kind was found, which is no pass".to_owned()
        }
        State::NothingToLookAt => match findings {
            [only] => only.message.clone(),
            _ => format!(
                "none of {} is concerned",
                counted(findings.len(), "resource")
            ),
        },
        State::NotAutomated => "no rule decides it: look at it yourself".to_owned(),
    }
}

/// The first of the worst findings, and how many there are.
fn worst(report: &Report, findings: &[&Finding], status: Status) -> String {
    let mut all: Vec<&&Finding> = findings
        .iter()
        .filter(|finding| finding.status == status)
        .collect();
    all.sort_by_key(|finding| Reverse(finding.severity));
    let Some(first) = all.first() else {
        return String::new();
    };
    let same = all.iter().filter(|finding| finding.rule == first.rule);
    let (same, others) = (same.count(), all.len());
    let what = if same == 1 {
        line(first)
    } else {
        let title = report
            .rule(&first.rule)
            .map_or(first.rule.as_str(), |rule| &rule.title);
        format!(
            "{}: {title} ({})",
            many(same, &first.resource.resource_type),
            first.message
        )
    };
    match others - same {
        0 => what,
        more => format!("{what}; and {} more", counted(more, "finding")),
    }
}

/// A finding in one line: the resource, unless it is the account itself, and what was found.
pub(super) fn line(finding: &Finding) -> String {
    let resource = &finding.resource;
    if resource.id == "*" {
        return finding.message.clone();
    }
    // What is once an account has the name of its type.
    if resource.resource_type == "aws.Account" || resource.id == resource.resource_type {
        return format!("account: {}", finding.message);
    }
    let name = resource.name.as_ref().unwrap_or(&resource.id);
    format!("{name}: {}", finding.message)
}
