//! What people signed for, and what nobody did.

use serde::Serialize;

use crate::finding::attestation::Evidence;
use crate::finding::{AttestationState, ControlSummary, Report};

/// A control that a person attests.
#[derive(Clone, Debug, Serialize)]
pub struct Attestation {
    /// Its framework.
    pub framework: String,
    /// Its id.
    pub control: String,
    /// Its title.
    pub title: String,
    /// Whether nothing but a signature decides it.
    pub must: bool,
    /// `valid`, `missing` or `rejected`.
    pub state: &'static str,
    /// What is said about a missing or rejected one.
    pub problem: Option<String>,
    /// What was signed, or what to sign.
    pub statement: String,
    /// Who signed.
    pub by: Option<String>,
    /// When.
    pub on: Option<String>,
    /// Until when it holds.
    pub expires: Option<String>,
    /// Where the proof is.
    pub evidence: Option<String>,
}

impl Attestation {
    /// Whether it holds.
    pub fn is_valid(&self) -> bool {
        self.state == "valid"
    }
}

/// Every control that waits for a signature or has one.
pub(super) fn all(report: &Report) -> Vec<Attestation> {
    let mut all = Vec::new();
    for framework in &report.frameworks {
        let controls = framework.controls.iter();
        for control in controls.filter(|control| control.manual || control.attestation.is_some()) {
            all.push(attestation(&framework.id, control));
        }
    }
    all
}

fn attestation(framework: &str, control: &ControlSummary) -> Attestation {
    let given = control.attestation.as_ref();
    let text = |part: Option<&String>| part.filter(|text| !text.is_empty()).cloned();
    Attestation {
        framework: framework.to_owned(),
        control: control.id.clone(),
        title: control.title.clone(),
        must: control.manual,
        state: given.map_or("missing", |given| match given.state {
            AttestationState::Valid => "valid",
            AttestationState::Missing => "missing",
            AttestationState::Rejected => "rejected",
        }),
        problem: given.and_then(|given| text(given.problem.as_ref())),
        statement: given.map_or_else(|| control.title.clone(), |given| given.statement.clone()),
        by: given.and_then(|given| text(given.by.as_ref())),
        on: given.and_then(|given| text(given.on.as_ref())),
        expires: given.and_then(|given| text(given.expires.as_ref())),
        evidence: given.and_then(|given| given.evidence.as_ref().map(shown)),
    }
}

/// Where to look; of a file also the digest, by which it is known to be the one that was signed.
fn shown(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Url { url } => url.clone(),
        Evidence::File { file, sha256 } => format!("{file} (sha256 {sha256})"),
    }
}

/// Whether a control has an attestation that holds.
pub(super) fn is_valid(control: &ControlSummary) -> bool {
    let given = control.attestation.as_ref();
    given.is_some_and(|given| given.state == AttestationState::Valid)
}

/// Why a control still waits for one.
pub(super) fn missing(control: &ControlSummary) -> String {
    let problem = control
        .attestation
        .as_ref()
        .and_then(|given| given.problem.clone());
    problem.unwrap_or_else(|| "nobody has attested it".to_owned())
}

/// Who signed.
pub(super) fn signed(control: &ControlSummary) -> String {
    let Some(given) = &control.attestation else {
        return String::new();
    };
    let by = given.by.as_deref().unwrap_or("somebody");
    let mut text = format!("attested by {by}");
    if let Some(on) = &given.on {
        text.push_str(&format!(" on {on}"));
    }
    if let Some(expires) = &given.expires {
        text.push_str(&format!(", until {expires}"));
    }
    format!("{text}: {}", given.statement)
}
