//! What can be said to the commands that look at an account as it is; the doc comments are the help.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::args::{Account, Choice};
use crate::report::{Format, ReportTarget, readiness};
use crate::rule::Severity;

/// What is judged, and when.
#[derive(Debug, ClapArgs)]
pub struct RunArgs {
    /// Look at a snapshot file (of `collect`); nothing is sent to AWS
    #[arg(long, value_name = "FILE", conflicts_with_all = ["profile", "regions", "all_regions"])]
    pub snapshot: Option<PathBuf>,
    /// Look at the snapshot of a small start-up's account that comes with launchgate
    #[arg(long, conflicts_with_all = ["snapshot", "project", "profile", "regions", "all_regions"])]
    pub demo: bool,
    /// The time that counts as now, for reproducible runs (RFC 3339)
    /// [default: the present, of a snapshot the time it was taken]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub account: Account,
}

/// What decides.
#[derive(Debug, ClapArgs)]
pub struct GateArgs {
    /// Close the gate on findings of this severity or a higher one [default: high]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// Let through what could not be read; `=false` where the project file lets it through
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    pub allow_unknown: Option<bool>,
    /// What people attested [default: ./attestations.yaml, or the one that the project file names]
    #[arg(long, value_name = "FILE")]
    pub attestations: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct AuditArgs {
    #[command(flatten)]
    pub gate: GateArgs,
    /// Write a report (repeatable): junit, markdown or json to a path, `-` for standard output
    /// [default: junit=reports/junit.xml markdown=reports/report.md json=reports/findings.json]
    #[arg(long = "report", value_name = "FORMAT=PATH", value_parser = ReportTarget::<Format>::parse)]
    pub reports: Vec<ReportTarget>,
    #[command(flatten)]
    pub run: RunArgs,
}

#[derive(Debug, ClapArgs)]
pub struct ReadinessArgs {
    #[command(flatten)]
    pub gate: GateArgs,
    /// Write a report (repeatable): html, markdown or json to a path, `-` for standard output
    /// [default: markdown=reports/readiness.md html=reports/readiness.html]
    #[arg(long = "report", value_name = "FORMAT=PATH", value_parser = ReportTarget::<readiness::Format>::parse)]
    pub reports: Vec<ReportTarget<readiness::Format>>,
    #[command(flatten)]
    pub run: RunArgs,
}

/// How the view of costs is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CostsFormat {
    /// For people
    #[default]
    Text,
    /// Tables for a page
    Markdown,
    /// The document launchgate.costs/1
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct CostsArgs {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: CostsFormat,
    #[command(flatten)]
    pub run: RunArgs,
}

#[derive(Debug, ClapArgs)]
pub struct RemediateArgs {
    /// The shell script to write
    #[arg(long, value_name = "FILE", default_value = "reports/remediate.sh")]
    pub script: PathBuf,
    /// The CloudFormation template to write: YAML, or JSON if its name ends in .json; of several
    /// regions each has its own
    #[arg(long, value_name = "FILE", default_value = "reports/remediate.yaml")]
    pub template: PathBuf,
    /// Write no script
    #[arg(long, conflicts_with = "no_template")]
    pub no_script: bool,
    /// Write no template: what it would create is created by the script, where a rule has commands
    #[arg(long)]
    pub no_template: bool,
    /// What people attested [default: ./attestations.yaml, or the one that the project file names]
    #[arg(long, value_name = "FILE")]
    pub attestations: Option<PathBuf>,
    #[command(flatten)]
    pub run: RunArgs,
}
