//! Why a command could not be carried out: one screen, with what to do.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::collect::SessionError;
use crate::diagnostic::{self, Diagnostic};
use crate::finding::attestation::EditError;
use crate::finding::counted;
use crate::remedy::Conflict;
use crate::report::ReportError;
use crate::rule::{ParamError, ReadError};
use crate::snapshot::SnapshotError;
use crate::source::{self, draft::DraftError};

/// More mistakes than this are counted, not shown.
const SHOWN_DIAGNOSTICS: usize = 50;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Mistakes in rule or framework files.
    #[error("{}", counted(.0.len(), "mistake"))]
    Rules(Vec<Diagnostic>),
    /// A directory of rules that cannot be read.
    #[error("failed to read rules: {0}")]
    RuleFiles(#[from] ReadError),
    /// A name on the command line that nothing bears.
    #[error("there is no {what} `{name}`{hint}")]
    NoSuch {
        /// Rule, framework, ...
        what: &'static str,
        /// As given.
        name: String,
        /// A suggestion, or empty.
        hint: String,
    },
    /// A `--param` that is not `rule.name=value`.
    #[error("`--param {0}` is not of the form rule.name=value")]
    ParamForm(String),
    /// A `--param` with a value of another type.
    #[error("`--param {text}`: {error}")]
    Param {
        /// As given.
        text: String,
        /// What is wrong with the value.
        error: ParamError,
    },
    /// The same for a parameter of a source.
    #[error("`--param {text}`: {error}")]
    SourceParam {
        /// As given.
        text: String,
        /// What is wrong with the value.
        error: source::ParamError,
    },
    /// A source that cannot be drafted.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A `--now` that is no time.
    #[error("`--now {0}` is not a time such as 2026-01-31T12:00:00Z")]
    Now(String),
    /// A project file that cannot be read.
    #[error("failed to read the project file {path}: {error}")]
    ProjectFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A file of attestations that cannot be read.
    #[error("failed to read the attestations {path}: {error}")]
    AttestationsFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// An attestation that would not count, or not be of anything.
    #[error("{0}")]
    Attest(String),
    /// An attestation that cannot be put into the file.
    #[error("failed to write the attestation: {0}")]
    Edit(EditError),
    /// A file that is there already.
    #[error("{0} is there already; nothing was written")]
    Exists(PathBuf),
    /// A snapshot of an account that the project does not list.
    #[error("the snapshot is of account {account}, and the project file lists only {allowed}")]
    OtherAccount {
        /// Whose it is.
        account: String,
        /// Those that may be read.
        allowed: String,
    },
    /// No account to read.
    #[error("{0}")]
    Session(#[from] SessionError),
    /// A snapshot file that cannot be opened.
    #[error("failed to read snapshot {path}: {error}")]
    SnapshotFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A snapshot file that is none.
    #[error("failed to read snapshot {path}: {error}")]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: SnapshotError,
    },
    /// A file that cannot be written.
    #[error("failed to write {path}: {error}; nothing was written")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Two reports for one path.
    #[error("two reports cannot both go to {0}")]
    SameTarget(PathBuf),
    /// A report that cannot be made.
    #[error("failed to write the {format} report: {error}")]
    Report {
        /// Its format.
        format: String,
        /// Why.
        error: ReportError,
    },
    /// Rules whose resources do not fit together.
    #[error("{}", contradictions(.0))]
    Contradiction(Vec<Conflict>),
    /// The reader of standard output went away.
    #[error("standard output was closed")]
    ClosedPipe,
    /// Standard output cannot be written.
    #[error("failed to write to standard output: {0}")]
    Stdout(std::io::Error),
    /// The asynchronous runtime cannot start.
    #[error("failed to start: {0}")]
    Runtime(std::io::Error),
}

impl CliError {
    /// A name that nothing bears, with the nearest one that something does, or the few there are.
    pub fn no_such<'n>(
        what: &'static str,
        name: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let hint = diagnostic::suggestion(name, names)
            .map_or_else(String::new, |suggestion| format!("; {suggestion}"));
        Self::NoSuch {
            what,
            name: name.to_owned(),
            hint,
        }
    }

    /// An error of writing to standard output; a closed pipe is no error of ours.
    pub fn stdout(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Stdout(error)
        }
    }

    /// Says it on standard error.
    pub fn print(&self) {
        if let Self::Rules(diagnostics) = self {
            let shown = &diagnostics[..diagnostics.len().min(SHOWN_DIAGNOSTICS)];
            eprint!("{}", diagnostic::render(shown, color()));
            let files: std::collections::BTreeSet<_> = diagnostics
                .iter()
                .map(|diagnostic| &diagnostic.span.file.name)
                .collect();
            let (mistakes, files) = (
                counted(diagnostics.len(), "mistake"),
                counted(files.len(), "file"),
            );
            let hidden = diagnostics.len() - shown.len();
            let more = if hidden > 0 {
                format!(" ({hidden} not shown)")
            } else {
                String::new()
            };
            eprintln!("error: {mistakes} in {files}{more}");
            return;
        }
        eprintln!("error: {self}");
        if let Some(help) = self.help() {
            eprintln!("help: {help}");
        }
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Exists(_) => "--force overwrites it, and -o FILE writes another one",
            Self::OtherAccount { .. } | Self::Session(SessionError::OtherAccount { .. }) => {
                "choose other credentials with --profile, or add the account to `accounts`"
            }
            Self::Session(SessionError::WhoAmI(failure)) => match failure.code.as_str() {
                "NoCredentials" => {
                    "give credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, --profile, `aws sso login`, or an instance role"
                }
                "InvalidRequest" if failure.message.contains("region") => {
                    "check --region and AWS_REGION: a region is written as eu-west-1"
                }
                "ConnectionFailed" | "Timeout" => {
                    "check the network, the proxy and AWS_ENDPOINT_URL"
                }
                "ExpiredToken" | "ExpiredTokenException" => "the session has expired: log in again",
                _ => {
                    "check the credentials: `aws sts get-caller-identity` must work with the same environment"
                }
            },
            // Its message says already which release to use.
            Self::Snapshot {
                error: SnapshotError::NewerFormat(_),
                ..
            } => return None,
            Self::Snapshot { .. } | Self::SnapshotFile { .. } => {
                "make one with `launchgate collect -o FILE`"
            }
            Self::RuleFiles(_) => {
                "give a directory of rule files, or one rule file: UTF-8, ending in .yaml"
            }
            Self::NoSuch { what: "rule", .. } => "`launchgate rules list` shows all rules",
            Self::NoSuch {
                what: "parameter", ..
            } => "`launchgate rules show RULE` shows a rule's parameters",
            Self::NoSuch {
                what: "resource type",
                ..
            } => "`launchgate schema --resources` lists all of them",
            Self::ParamForm(_) => "write for example rds-backup-retention.min_days=14",
            Self::Draft(error) => return error.help(),
            Self::Write { .. } => "give a file in a directory that you may write to",
            Self::SameTarget(_) => "give each report a path of its own",
            _ => return None,
        })
    }
}

fn contradictions(conflicts: &[Conflict]) -> String {
    let told: Vec<String> = conflicts.iter().map(Conflict::to_string).collect();
    format!("failed to put the plan together: {}", told.join("; "))
}

/// Whether standard error takes colour: a terminal, and `NO_COLOR` unset or empty.
pub fn color() -> bool {
    std::io::stderr().is_terminal() && color_allowed()
}

/// Whether the user lets us colour at all.
pub fn color_allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
