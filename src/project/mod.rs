//! The project file `launchgate.yaml`: what a team decided once, so that nobody has to say it in flags.
//!
//! It is read as strictly as a rule: every mistake at once, each with its place. What only a run can
//! tell (whether a rule, framework or parameter of a name exists) is checked by the command line,
//! which has the rules; the places for that are kept here.

mod account;
mod decode;
mod draft;
mod json_schema;
mod region;

pub use decode::decode;
pub use draft::{Budget, Found, draft};
pub use json_schema::project_schema;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{SourceFile, Span};
use crate::report::ReportTarget;
use crate::rule::Severity;

/// The file that is looked for in the working directory.
pub const FILE: &str = "launchgate.yaml";
/// The file of attestations beside a project file that names none.
pub const ATTESTATIONS: &str = "attestations.yaml";

/// A text and its place.
pub type Text = (String, Span);

/// What a project file says. What it leaves out is `None` or empty.
#[derive(Clone, Debug)]
pub struct Project {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The only accounts that may be read; none for any.
    pub accounts: Vec<String>,
    /// The regions to read.
    pub regions: Option<Regions>,
    /// The profile of the AWS configuration.
    pub profile: Option<String>,
    /// The frameworks to report on.
    pub frameworks: Vec<Text>,
    /// Directories of rules, from the file's own directory.
    pub rules: Vec<Text>,
    /// Parameters by the names that `--param` knows.
    pub params: Vec<Setting>,
    /// From which severity on the gate closes.
    pub fail_on: Option<Severity>,
    /// Whether the gate lets through what could not be read.
    pub allow_unknown: Option<bool>,
    /// The file of attestations, from the file's own directory.
    pub attestations: Option<Text>,
    /// The reports to write.
    pub reports: Option<Vec<ReportTarget>>,
}

/// Which regions to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regions {
    /// Every region that the account has enabled.
    All,
    /// These.
    These(Vec<String>),
}

/// A parameter that is set.
#[derive(Clone, Debug)]
pub struct Setting {
    /// `rule.name`, `service.name`, or a name that rules share.
    pub name: String,
    /// The value as a flag would give it.
    pub value: String,
    /// The place of the name.
    pub name_at: Span,
    /// The place of the value.
    pub value_at: Span,
}

impl Project {
    /// A path that the file names, seen from the working directory.
    pub fn path(&self, named: &str) -> PathBuf {
        beside(Path::new(&self.file.name), named)
    }
}

/// A path seen from the directory of a file.
pub fn beside(file: &Path, named: impl AsRef<Path>) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(named)
}
