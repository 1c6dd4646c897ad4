//! Why no source can be drafted, and what to do about it.

use std::io;
use std::path::PathBuf;

/// Why no source can be drafted.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Neither the AWS CLI nor botocore is here.
    #[error("no API models were found on this machine; searched:{}", listed(.places))]
    NoModels {
        /// Where they were looked for.
        places: Vec<PathBuf>,
    },
    /// There are models, but none of this service.
    #[error("the installed AWS CLI or botocore has no service `{service}`{hint}")]
    NoService {
        /// As given.
        service: String,
        /// A suggestion, or empty.
        hint: String,
    },
    /// The file system refused.
    #[error("{path}: {error}")]
    Unreadable {
        /// What was read.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A packed file that cannot be unpacked.
    #[error("{path}: {error}")]
    Packed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// A file that does not hold what its name says.
    #[error("{path} is no API model: {error}")]
    NoModel {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The service has no such operation.
    #[error("{service} has no operation `{operation}`{hint}")]
    NoOperation {
        /// The service.
        service: String,
        /// As given.
        operation: String,
        /// A suggestion, or empty.
        hint: String,
    },
    /// The operation changes something, or hands out what must stay secret.
    #[error("`{operation}` is not for launchgate, which only reads how things are set up: {why}")]
    NotReadOnly {
        /// As `service:Operation`.
        operation: String,
        /// What it does instead.
        why: &'static str,
    },
    /// The service is spoken to in a way that declared sources have no words for.
    #[error(
        "{service} speaks {spoken}, which declared sources do not: they speak awsQuery, awsJson, restJson and restXml"
    )]
    Protocol {
        /// The service.
        service: String,
        /// What the model says.
        spoken: String,
    },
    /// The host depends on what is asked for.
    #[error(
        "`{operation}` is sent to a host of its own for each `{label}`, which declared sources cannot do"
    )]
    Host {
        /// The operation.
        operation: String,
        /// The input that the host's name holds.
        label: String,
    },
    /// The model contradicts itself.
    #[error("the model names the shape `{0}` and does not have it")]
    NoShape(String),
    /// Nothing in the answer can be a fact.
    #[error("`{operation}` answers nothing that could be a fact: {why}")]
    NothingToRead {
        /// The operation.
        operation: String,
        /// What it answers instead.
        why: &'static str,
    },
}

impl DraftError {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoModels { .. } => {
                "install the AWS CLI, or `pip install botocore`; if one of them is elsewhere, set AWS_DATA_PATH to its botocore/data"
            }
            Self::NoService { .. } => {
                "services are named as in `aws help` (elbv2, stepfunctions, events); a newer AWS CLI or botocore knows newer ones"
            }
            Self::NotReadOnly { .. } => {
                "launchgate only reads: operations that begin with Describe, Get, List or BatchGet"
            }
            Self::Packed { .. } | Self::NoModel { .. } => "install the AWS CLI or botocore anew",
            _ => return None,
        })
    }
}

fn listed(places: &[PathBuf]) -> String {
    let lines = places
        .iter()
        .map(|place| format!("\n  {}", place.display()));
    lines.collect()
}
