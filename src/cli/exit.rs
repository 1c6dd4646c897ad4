//! Exit codes: the only place that knows them.

use std::process::ExitCode;

use crate::finding::GateOutcome;
use crate::readiness::Verdict;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The gate is open, or the command did what it was asked.
    Open = 0,
    /// Findings at or above the gate's severity fail; of `rules test`: tests fail.
    Failing = 1,
    /// Usage, configuration or rule error.
    Usage = 2,
    /// Nothing fails, but findings at or above the gate's severity are unknown.
    Unknown = 3,
    /// Nothing was audited: no rule chosen, or no resource and no unknown.
    Nothing = 4,
    /// Stopped by the user.
    Interrupted = 130,
}

impl Exit {
    /// What the gate's decision comes to.
    pub fn of(gate: &GateOutcome) -> Self {
        if gate.empty {
            Exit::Nothing
        } else if gate.failing > 0 {
            Exit::Failing
        } else if gate.unknown > 0 {
            Exit::Unknown
        } else {
            Exit::Open
        }
    }

    /// What a verdict on readiness comes to.
    pub fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ready => Exit::Open,
            Verdict::NotReady => Exit::Failing,
            Verdict::CannotTell => Exit::Unknown,
            Verdict::NothingAudited => Exit::Nothing,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
