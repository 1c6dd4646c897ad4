//! What can be said of projects and attestations; the doc comments are the help.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::args::{Account, Choice, ListFormat};

/// Which project file.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Project file")]
pub struct ProjectChoice {
    /// The project file; flags override it [default: ./launchgate.yaml where there is one]
    #[arg(long, value_name = "FILE")]
    pub project: Option<PathBuf>,
    /// Ignore ./launchgate.yaml, and ./attestations.yaml with it
    #[arg(long, conflicts_with = "project")]
    pub no_project: bool,
    /// The account that comes with launchgate has a project of its own.
    #[arg(skip)]
    pub demo: bool,
}

impl Choice {
    /// The choice for the account that comes with launchgate, which has a project of its own, or for
    /// another.
    pub fn of_demo_if(&self, demo: bool) -> Self {
        let mut choice = self.clone();
        choice.project.demo = demo;
        choice
    }

    /// The bundle, and no project.
    pub fn without_project() -> Self {
        let project = ProjectChoice {
            project: None,
            no_project: true,
            demo: false,
        };
        Self {
            project,
            ..Self::default()
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct AttestArgs {
    /// The control, such as on-call or launch-readiness/on-call
    #[arg(required_unless_present = "list")]
    pub control: Option<String>,
    /// Who signs
    #[arg(long, value_name = "NAME", required_unless_present = "list")]
    pub by: Option<String>,
    /// What is signed [default: what the framework says]
    #[arg(long, value_name = "TEXT")]
    pub statement: Option<String>,
    /// The day it is signed, as 2026-12-31 [default: today, in UTC]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// The last day on which it counts [default: as late as the control allows]
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// What shows it: a page, or a file, whose digest is written down
    #[arg(long, value_name = "URL|FILE")]
    pub evidence: Option<String>,
    /// Only for this account [default: every account]
    #[arg(long, value_name = "ID")]
    pub account: Option<String>,
    /// List the controls that a person may attest, and how they stand
    #[arg(long, conflicts_with_all = ["control", "by", "statement", "on", "expires", "evidence"])]
    pub list: bool,
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// The file to write [default: ./attestations.yaml, or the one that the project file names]
    #[arg(long, value_name = "FILE")]
    pub attestations: Option<PathBuf>,
    /// Add the frameworks of a directory (repeatable)
    #[arg(long = "rules", value_name = "DIR")]
    pub directories: Vec<PathBuf>,
    /// Leave out the frameworks inside the binary
    #[arg(long)]
    pub no_bundled: bool,
    #[command(flatten)]
    pub project: ProjectChoice,
}

#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    /// Look at a snapshot file; nothing is sent to AWS
    #[arg(long, value_name = "FILE", conflicts_with_all = ["profile", "regions", "all_regions"])]
    pub snapshot: Option<PathBuf>,
    /// Look at the account of a small start-up that comes with launchgate
    #[arg(long, conflicts_with_all = ["snapshot", "profile", "regions", "all_regions"])]
    pub demo: bool,
    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "launchgate.yaml")]
    pub output: PathBuf,
    /// Overwrite the file where it is there already
    #[arg(long)]
    pub force: bool,
    /// Only print the IAM policy that this needs
    #[arg(long)]
    pub permissions: bool,
    #[command(flatten)]
    pub account: Account,
}
