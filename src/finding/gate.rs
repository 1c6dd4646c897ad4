//! The gate: open or closed, and why.

use serde::Serialize;

use super::{Finding, Status};
use crate::rule::Severity;

/// When the gate closes. What waits for a person to attest does not close it: a deploy goes on while
/// a runbook is being written.
#[derive(Clone, Copy, Debug)]
pub struct Gate {
    /// Findings of this severity or a higher one count.
    pub fail_on: Severity,
    /// Whether what could not be read is let through.
    pub allow_unknown: bool,
}

/// The gate's decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GateOutcome {
    /// From which severity on findings counted.
    pub fail_on: Severity,
    /// Whether it is open.
    pub open: bool,
    /// Why it is closed, one line each.
    pub reasons: Vec<String>,
    /// How many findings at or above the severity fail.
    #[serde(skip)]
    pub failing: usize,
    /// How many at or above it are unknown.
    #[serde(skip)]
    pub unknown: usize,
    /// Whether nothing at all was looked at.
    #[serde(skip)]
    pub empty: bool,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            fail_on: Severity::High,
            allow_unknown: false,
        }
    }
}

impl Gate {
    /// Decides over all findings of a run.
    pub fn decide(self, findings: &[Finding]) -> GateOutcome {
        let count = |status: Status| {
            findings
                .iter()
                .filter(|finding| finding.status == status && finding.severity >= self.fail_on)
                .count()
        };
        let (failing, unknown) = (count(Status::Fail), count(Status::Unknown));
        // What people sign says nothing of an account in which nothing was found.
        let empty = findings.iter().all(Finding::is_of_person);
        let mut reasons = Vec::new();
        let severity = self.fail_on.name();
        if failing > 0 {
            reasons.push(format!(
                "{} of severity {severity} or higher",
                counted(failing, "failing finding")
            ));
        }
        if unknown > 0 && !self.allow_unknown {
            reasons.push(format!(
                "{} of severity {severity} or higher could not be decided",
                counted(unknown, "finding")
            ));
        }
        if empty {
            reasons.push("nothing was audited".to_owned());
        }
        GateOutcome {
            fail_on: self.fail_on,
            open: reasons.is_empty(),
            reasons,
            failing,
            unknown: if self.allow_unknown { 0 } else { unknown },
            empty,
        }
    }
}

/// `1 finding`, `2 findings`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
