//! The one value that every report format is written from.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{AttestationSummary, Finding, GateOutcome, Status};
use crate::rule::Severity;

/// All there is to tell about a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The crate's version.
    pub version: &'static str,
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// The time that counted as now for the rules, RFC 3339.
    pub now: String,
    /// The accounts looked at.
    pub accounts: Vec<String>,
    /// The regions looked at.
    pub regions: Vec<String>,
    /// The rules that ran, by id.
    pub rules: Vec<RuleSummary>,
    /// The frameworks that were asked for, every control of theirs.
    pub frameworks: Vec<FrameworkSummary>,
    /// The gate's decision.
    pub gate: GateOutcome,
    /// The findings, in the order of [`Report::sort`].
    pub findings: Vec<Finding>,
    /// How many requests were sent, by operation.
    pub calls: BTreeMap<String, u64>,
}

/// A rule that ran.
#[derive(Clone, Debug)]
pub struct RuleSummary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its severity.
    pub severity: Severity,
    /// The resource type it is about.
    pub resource_type: String,
    /// Why it matters.
    pub why: String,
    /// The signal of the resource that it wants an alarm to watch.
    pub signal: Option<String>,
    /// How many resources it was applied to; 0 is told, as it is no pass.
    pub resources: usize,
}

/// A framework and what the run says of its controls.
#[derive(Clone, Debug)]
pub struct FrameworkSummary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its controls in the benchmark's order.
    pub controls: Vec<ControlSummary>,
}

/// A control and what the run says of it.
#[derive(Clone, Debug)]
pub struct ControlSummary {
    /// The benchmark's number.
    pub id: String,
    /// Its title in our words.
    pub title: String,
    /// The rules that decide it; none means that it is not automated.
    pub rules: Vec<String>,
    /// The worst status of its findings; `None` where it has none.
    pub status: Option<Status>,
    /// The part of the benchmark that it belongs to.
    pub section: Option<String>,
    /// Whether nobody but a person can decide it.
    pub manual: bool,
    /// How its attestation stands, where a person may give one.
    pub attestation: Option<AttestationSummary>,
}

/// Findings by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Requirement met.
    pub pass: usize,
    /// Not met.
    pub fail: usize,
    /// Could not be looked at.
    pub unknown: usize,
    /// Not concerned.
    pub not_applicable: usize,
    /// Failing, risk taken.
    pub waived: usize,
    /// To be attested.
    pub manual: usize,
}

impl Summary {
    /// Counts findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            *match finding.status {
                Status::Pass => &mut summary.pass,
                Status::Fail => &mut summary.fail,
                Status::Unknown => &mut summary.unknown,
                Status::NotApplicable => &mut summary.not_applicable,
                Status::Waived => &mut summary.waived,
                Status::Manual => &mut summary.manual,
            } += 1;
        }
        summary
    }
}

impl Report {
    /// Findings by status.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.findings)
    }

    /// Findings in one fixed order, so that two runs diff: by rule, then by resource.
    pub fn sort(findings: &mut [Finding]) {
        findings.sort_by(|left, right| {
            (&left.rule, &left.resource, &left.message).cmp(&(
                &right.rule,
                &right.resource,
                &right.message,
            ))
        });
    }

    /// The summary of a rule that ran.
    pub fn rule(&self, id: &str) -> Option<&RuleSummary> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
