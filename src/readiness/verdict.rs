//! The verdict, and the few reasons that matter.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::attested::{self, Attestation};
use super::checklist::line;
use super::words::{listed, many};
use super::{Bar, Costs};
use crate::finding::{Cause, Finding, Report, Status, causes, counted};
use crate::rule::Severity;

/// Reasons that are shown; what is more is counted.
const MOST: usize = 7;
/// Of these, reads that failed, while something else is wrong too.
const MOST_UNKNOWN: usize = 2;
/// Names shown in a reason.
const NAMES: usize = 12;

/// May it launch?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Ready,
    /// No.
    NotReady,
    /// Nothing is known to be wrong, and something that counts could not be read.
    CannotTell,
    /// Nothing was looked at.
    NothingAudited,
}

impl Verdict {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Ready => "READY",
            Verdict::NotReady => "NOT READY",
            Verdict::CannotTell => "CANNOT TELL",
            Verdict::NothingAudited => "NOTHING AUDITED",
        }
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Verdict::Ready => {
                "Nothing that counts fails, all of it could be looked at, and what people must attest is attested."
            }
            Verdict::NotReady => "Checks that count fail, or wait for somebody to attest them.",
            Verdict::CannotTell => {
                "Nothing that counts is known to fail, but part of it could not be looked at."
            }
            Verdict::NothingAudited => {
                "No rule was chosen, or no rule found a resource to look at."
            }
        }
    }
}

/// What kind of reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Findings of a rule fail.
    Fails,
    /// Nobody attested it.
    NotAttested,
    /// It could not be read.
    Unread,
    /// Costs are not known, or cannot be held against the budget.
    Costs,
    /// There are more reasons than are shown.
    More,
    /// It is READY, and something was let through.
    LetThrough,
}

/// One reason.
#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    /// Its kind.
    pub kind: Kind,
    /// How bad it is, where it comes from findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// In one line.
    pub text: String,
}

/// Decides.
pub(super) fn decide(report: &Report, costs: &[Costs], bar: Bar) -> (Verdict, Vec<Reason>) {
    let counting = |status: Status| {
        let findings = report.findings.iter();
        findings.filter(move |finding| finding.status == status && finding.severity >= bar.fail_on)
    };
    let failing: Vec<Reason> = failing(report, counting(Status::Fail));
    let missing = not_attested(report);
    let mut unread: Vec<Reason> = costs.iter().filter_map(cost_reason).collect();
    let told = |cause: &&Cause<'_>| !unread.is_empty() && is_of_costs(cause);
    let causes = causes(counting(Status::Unknown));
    let other = causes.iter().filter(|cause| !told(cause));
    let other: Vec<Reason> = other.map(unread_reason).collect();
    unread.extend(other);
    // What a person signs is no look at the account.
    if report.findings.iter().all(Finding::is_of_person) {
        return (Verdict::NothingAudited, Vec::new());
    }
    if !failing.is_empty() || missing.is_some() {
        return (Verdict::NotReady, few(failing, missing, unread));
    }
    if unread.is_empty() {
        return (Verdict::Ready, Vec::new());
    }
    if bar.allow_unknown {
        for reason in &mut unread {
            reason.kind = Kind::LetThrough;
        }
        return (Verdict::Ready, few(Vec::new(), None, unread));
    }
    (Verdict::CannotTell, few(Vec::new(), None, unread))
}

/// The first of each kind, and how many more there are.
fn few(mut failing: Vec<Reason>, missing: Option<Reason>, mut unread: Vec<Reason>) -> Vec<Reason> {
    let alone = failing.is_empty() && missing.is_none();
    // One line is kept for what is left out.
    let room = MOST - 1;
    let for_unread = if alone {
        room
    } else {
        unread.len().min(MOST_UNKNOWN)
    };
    let for_failing = room - usize::from(missing.is_some()) - for_unread.min(room - 1);
    let hidden = (
        failing.len().saturating_sub(for_failing),
        unread.len().saturating_sub(for_unread),
    );
    failing.truncate(for_failing);
    unread.truncate(for_unread);
    let mut reasons = failing;
    reasons.extend(missing);
    reasons.extend(unread);
    let more = [
        (hidden.0, "more rule", "fails", "fail"),
        (hidden.1, "more read", "failed", "failed"),
    ];
    let more: Vec<String> = more
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, noun, one, several)| {
            let verb = if *count == 1 { one } else { several };
            format!("{} {verb}", counted(*count, noun))
        })
        .collect();
    if !more.is_empty() {
        reasons.push(reason(Kind::More, format!("and {}", more.join(", "))));
    }
    reasons
}

fn reason(kind: Kind, text: String) -> Reason {
    Reason {
        kind,
        severity: None,
        text,
    }
}

/// One reason a rule, the most severe first, then those with the most findings.
fn failing<'r>(report: &'r Report, findings: impl Iterator<Item = &'r Finding>) -> Vec<Reason> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    let mut rules: Vec<(&str, Vec<&Finding>)> = rules.into_iter().collect();
    rules.sort_by_key(|(_, findings)| {
        let severity = findings.iter().map(|finding| finding.severity).max();
        Reverse((severity, findings.len()))
    });
    let reasons = rules.into_iter().map(|(rule, findings)| Reason {
        kind: Kind::Fails,
        severity: findings.iter().map(|finding| finding.severity).max(),
        text: format!("{} ({rule})", what_fails(report, rule, &findings)),
    });
    reasons.collect()
}

fn what_fails(report: &Report, rule: &str, findings: &[&Finding]) -> String {
    let [first, rest @ ..] = findings else {
        return String::new();
    };
    if rest.is_empty() {
        return line(first);
    }
    let many = many(findings.len(), &first.resource.resource_type);
    if rest.iter().all(|finding| finding.message == first.message) {
        return format!("{many}: {}", first.message);
    }
    let title = report.rule(rule).map_or(rule, |rule| rule.title.as_str());
    format!("{many} fail \"{title}\"")
}

/// One reason for all controls that nobody attested.
fn not_attested(report: &Report) -> Option<Reason> {
    let waiting = attested::all(report).into_iter();
    let waiting: Vec<Attestation> = waiting
        .filter(|attestation| attestation.must && !attestation.is_valid())
        .collect();
    let mut controls: Vec<String> = waiting
        .into_iter()
        .map(
            |waiting| match waiting.problem.filter(|_| waiting.state == "rejected") {
                Some(problem) => format!("{} ({problem})", waiting.control),
                None => waiting.control,
            },
        )
        .collect();
    // A manual finding that no control stands for waits all the same.
    let stray = report.findings.iter().filter(|finding| {
        finding.status == Status::Manual && !finding.controls.keys().any(|id| known(report, id))
    });
    controls.extend(stray.map(|finding| finding.rule.clone()));
    controls.dedup();
    let text = || format!("nobody attested: {}", listed(&controls, NAMES));
    (!controls.is_empty()).then(|| reason(Kind::NotAttested, text()))
}

fn known(report: &Report, framework: &str) -> bool {
    report.frameworks.iter().any(|known| known.id == framework)
}

fn unread_reason(cause: &Cause<'_>) -> Reason {
    let findings = counted(cause.findings, "finding");
    let text = match cause.iam_action {
        Some(action) => format!(
            "could not look: {} was denied, needs {action}",
            cause.operation
        ),
        None if cause.code == "ParameterNotSet" => format!("could not look: {}", cause.message),
        None => format!(
            "could not look: {} {} ({})",
            cause.operation, cause.code, cause.message
        ),
    };
    Reason {
        kind: Kind::Unread,
        severity: Some(cause.severity),
        text: format!("{text} ({findings} undecided)"),
    }
}

/// Whether a read is behind what is said of the costs, so that it need not be said twice.
fn is_of_costs(cause: &Cause<'_>) -> bool {
    [
        "ce:GetCostAndUsage",
        "ce:GetCostForecast",
        "params.monthly_budget",
    ]
    .contains(&cause.operation)
}

/// What keeps the costs from being known; a budget without them says nothing.
fn cost_reason(costs: &Costs) -> Option<Reason> {
    let hidden = costs.gaps.iter().find(|gap| gap.hides_spend());
    let text = match hidden {
        Some(gap) => gap.told(),
        None => {
            let mut checks = costs.checks.iter();
            let needed = checks
                .find(|check| check.is_needed() && check.answer == super::Answer::CannotTell)?;
            format!("costs cannot be held against the budget: {}", needed.text)
        }
    };
    Some(reason(Kind::Costs, text))
}
