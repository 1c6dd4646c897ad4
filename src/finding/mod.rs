//! Findings: a rule's verdict on one resource; and the gate that decides over all of them.

pub mod attestation;
mod cause;
mod gate;
mod report;

pub use attestation::{AttestationState, AttestationSummary, Attested};
pub use cause::{Cause, advice, causes};
pub use gate::{Gate, GateOutcome, counted};
pub use report::{ControlSummary, FrameworkSummary, Report, RuleSummary, Summary};

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::fact::Unknown;
use crate::rule::Severity;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The requirement is not met.
    Fail,
    /// It could not be looked at.
    Unknown,
    /// A person must attest it.
    Manual,
    /// It failed, and somebody took the risk for a time.
    Waived,
    /// It is met.
    Pass,
    /// The rule does not concern this resource.
    NotApplicable,
}

impl Status {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Status::Fail => "fail",
            Status::Unknown => "unknown",
            Status::Manual => "manual",
            Status::Waived => "waived",
            Status::Pass => "pass",
            Status::NotApplicable => "not_applicable",
        }
    }
}

/// The resource that a finding is about; of an unread list, id and arn are `*`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Subject {
    /// Its type.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// What the CLI calls it.
    pub id: String,
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: String,
    /// Its region, or `global`.
    pub region: String,
    /// What its `Name` tag says, where it has one and the tags were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A rule's verdict on one resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's severity.
    pub severity: Severity,
    /// The verdict.
    pub status: Status,
    /// What it is about.
    pub resource: Subject,
    /// One line: what was found, or why nothing could be.
    pub message: String,
    /// The controls that the rule serves, by framework.
    pub controls: BTreeMap<String, Vec<String>>,
    /// What was read, by the path it was read at.
    pub evidence: BTreeMap<String, serde_json::Value>,
    /// Why it could not be looked at; only with [`Status::Unknown`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Unknown>,
    /// What mending it saves, in USD a month, where the rule says so and it could be worked out;
    /// only with [`Status::Fail`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving: Option<f64>,
    /// What to do, with this resource's names filled in; only with [`Status::Fail`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remediation: Option<Remedy>,
    /// Who attested it, where a person's word decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attested>,
    /// Stays the same while rule and resource do.
    pub fingerprint: String,
}

impl Finding {
    /// Whether it is about a control that a person attests, and not a rule's: `framework/control`
    /// stands where a rule's id would.
    pub fn is_of_person(&self) -> bool {
        self.rule.contains('/')
    }
}

/// How to mend one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// In words.
    pub text: String,
    /// A command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cli: Option<String>,
    /// Where to read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The fingerprint of a rule's finding about a resource.
pub fn fingerprint(rule: &str, subject: &Subject) -> String {
    let mut hash = Sha256::new();
    let Subject {
        resource_type,
        id,
        arn,
        account,
        region,
        name: _,
    } = subject;
    for part in [rule, resource_type, account, region, arn, id] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
