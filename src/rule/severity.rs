//! How bad a failing rule is.

use std::str::FromStr;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Span};
use crate::yaml::Decoder;

/// From a hint to an emergency; ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Hygiene.
    Low,
    /// A weakness that needs another one to hurt.
    Medium,
    /// A weakness that hurts by itself.
    High,
    /// Stop and mend.
    Critical,
}

impl Severity {
    /// All of them, worst first.
    pub const ALL: [Severity; 5] = [
        Severity::Critical,
        Severity::High,
        Severity::Medium,
        Severity::Low,
        Severity::Info,
    ];

    /// Its name in rules, reports and flags.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// A severity as a file names it.
    pub fn decode(text: &str, span: Span, decoder: &mut Decoder) -> Option<Self> {
        let severity = text.parse().ok();
        if severity.is_none() {
            let message = format!("there is no severity `{text}`");
            let names = Self::ALL.map(Severity::name);
            let diagnostic = Diagnostic::new("unknown-severity", span, message);
            decoder.report(diagnostic.suggest(text, names));
        }
        severity
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.name() == text)
            .ok_or_else(|| "one of: critical, high, medium, low, info".to_owned())
    }
}
