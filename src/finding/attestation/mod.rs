//! Attestations: what people sign for where no API can show it.
//!
//! An attestation never speaks for itself: one that has expired, is dated in the future, is malformed
//! or whose evidence has changed counts as missing, and what was wrong with it is said.

mod date;
mod decode;
mod edit;
mod json_schema;
mod register;
mod settle;

pub use date::{Day, parse_day};
pub use decode::{Attestations, Entry, Signed, decode, is_web_address};
pub use edit::{EditError, NewEntry, edit};
pub use json_schema::attestations_schema;
pub use register::{Digests, FileState, NotFound, Register, Rejected, State, find, problem};
pub use settle::settle;

use std::fmt;

use serde::Serialize;

/// An attestation that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attested {
    /// `framework/control`.
    pub control: String,
    /// What was signed.
    pub statement: String,
    /// Who signed it.
    pub by: String,
    /// The day it was signed.
    pub on: String,
    /// The last day on which it counts.
    pub expires: String,
    /// What shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What shows that an attestation is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Evidence {
    /// A page.
    Url {
        /// Its address.
        url: String,
    },
    /// A file beside the attestations.
    File {
        /// Its path, from the directory of the attestations.
        file: String,
        /// Its digest when it was attested, in lower-case hexadecimal digits.
        sha256: String,
    },
}

/// How a control stands that a person may attest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttestationSummary {
    /// What was signed, or is to be.
    pub statement: String,
    /// Whether it is.
    pub state: AttestationState,
    /// Why an attestation was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Who signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The last day on which it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// What shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// Whether a control is attested; ordered from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttestationState {
    /// There is an attestation that does not count.
    Rejected,
    /// There is none.
    Missing,
    /// There is one that counts.
    Valid,
}

impl AttestationState {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Missing => "missing",
            Self::Valid => "valid",
        }
    }
}

impl fmt::Display for Attested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            by, on, statement, ..
        } = self;
        write!(f, "attested by {by} on {on}: {statement}")
    }
}
