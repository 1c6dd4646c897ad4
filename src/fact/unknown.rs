//! Why a value could not be read.

use serde::{Deserialize, Serialize};

/// A read that failed: the call, the region, AWS's error code, and the permission that was missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// The API operation, as `service:Operation`.
    pub operation: String,
    /// The region it was sent to, `global` for a service without regions.
    pub region: String,
    /// AWS's error code, or one of ours: `ConnectionFailed`, `NoCredentials`, `Timeout`,
    /// `InvalidResponse`, `RepeatedToken`, `MissingField`, `NotCollected`, `EvaluationError`.
    pub code: String,
    /// What was said, in one line.
    pub message: String,
    /// The IAM action to allow, where the code says that access was denied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iam_action: Option<String>,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}: {}", self.operation, self.region, self.code)?;
        if let Some(action) = &self.iam_action {
            write!(f, " (needs {action})")?;
        } else if !self.message.is_empty() {
            write!(f, " ({})", self.message)?;
        }
        Ok(())
    }
}
