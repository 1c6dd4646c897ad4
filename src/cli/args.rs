//! What can be said on the command line; the doc comments are the help.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use super::args_project::{AttestArgs, InitArgs, ProjectChoice};
use super::args_run::{AuditArgs, CostsArgs, ReadinessArgs, RemediateArgs};
use super::purpose::Purpose;
use crate::rule::Severity;

const EXIT_CODES: &str = "Exit codes: 0 the gate is open; 1 findings at or above the gate's severity fail; \
2 usage, configuration or rule error; 3 unknowns at or above the gate (nothing failed); \
4 nothing was audited";

const READINESS_CODES: &str = "Exit codes: 0 READY; 1 NOT READY; 2 usage, configuration or rule error; 3 CANNOT TELL; \
4 nothing was audited";

const COSTS_CODES: &str = "Exit codes: 0 all of it is shown; 2 usage or configuration error; 3 part of it could not be read";

/// Audits AWS accounts against rules that are data; what could not be read is said.
#[derive(Debug, Parser)]
#[command(name = "launchgate", version, after_help = EXIT_CODES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check an account against the rules, write reports, and decide: gate open or closed
    #[command(after_help = EXIT_CODES)]
    Audit(AuditArgs),
    /// Say whether the account is ready for launch, and why, with a report to sign
    #[command(after_help = READINESS_CODES)]
    Readiness(ReadinessArgs),
    /// Show where the money goes: by service and day, what rose, and the usual culprits
    #[command(after_help = COSTS_CODES)]
    Costs(CostsArgs),
    /// Read an account into a snapshot file, for `audit --snapshot`
    Collect(CollectArgs),
    /// Sign that a control is met which no API can show, or list those controls
    Attest(AttestArgs),
    /// Look at an account and write a commented launchgate.yaml for it
    Init(InitArgs),
    /// Show the API calls that a run would make
    Plan(ListArgs),
    /// Print the least-privilege IAM policy that a run needs
    Permissions(PermissionsArgs),
    /// Write a script and a CloudFormation template that mend what fails; nothing is applied
    Remediate(RemediateArgs),
    /// List, show, check and test rules
    Rules(RulesArgs),
    /// List, show, check and try the sources of resource types; draft new ones
    Sources(SourcesArgs),
    /// Print the JSON Schema of a rule or source file, or the fields of a resource type
    Schema(SchemaArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

/// Which rules.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Choosing rules")]
pub struct Choice {
    /// Add the rules and frameworks of a directory (repeatable)
    #[arg(long = "rules", value_name = "DIR")]
    pub directories: Vec<PathBuf>,
    /// Leave out the rules and frameworks inside the binary
    #[arg(long)]
    pub no_bundled: bool,
    /// Only this rule (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub ids: Vec<String>,
    /// Only rules that serve this framework (repeatable)
    #[arg(long = "framework", value_name = "ID")]
    pub frameworks: Vec<String>,
    /// Only rules of this severity or a higher one
    #[arg(long, value_name = "SEVERITY")]
    pub severity: Option<Severity>,
    /// Only rules over this service's resources (repeatable)
    #[arg(long = "service", value_name = "SERVICE")]
    pub services: Vec<String>,
    /// Set a parameter of a rule, or of a source by its service (repeatable)
    #[arg(long = "param", value_name = "RULE.NAME=VALUE")]
    pub params: Vec<String>,
    #[command(flatten)]
    pub project: ProjectChoice,
    /// What the run is for; set by the command.
    #[arg(skip)]
    pub purposes: Vec<Purpose>,
}

/// Which account and regions.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Choosing the account")]
pub struct Account {
    /// The profile in the AWS configuration files
    #[arg(long)]
    pub profile: Option<String>,
    /// A region to read (repeatable); default: the configured one
    #[arg(long = "region", value_name = "REGION")]
    pub regions: Vec<String>,
    /// Read every region that the account has enabled
    #[arg(long, conflicts_with = "regions")]
    pub all_regions: bool,
    /// Log each call to standard error
    #[arg(short, long)]
    pub verbose: bool,
    /// The only accounts that may be read, which the project file says; empty for any.
    #[arg(skip)]
    pub allowed: Vec<String>,
}

/// What a run is for, where it is not made now.
#[derive(Clone, Debug, ClapArgs)]
pub struct PurposeArgs {
    /// For this command (repeatable): what `readiness` and `costs` read besides rules counts too
    #[arg(
        long = "for",
        value_name = "COMMAND",
        value_enum,
        default_value = "audit"
    )]
    purposes: Vec<Purpose>,
}

impl PurposeArgs {
    /// The choice for these purposes.
    pub fn of(&self, choice: &Choice) -> Choice {
        Choice {
            purposes: self.purposes.clone(),
            ..choice.clone()
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct CollectArgs {
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub purpose: PurposeArgs,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub account: Account,
}

/// How a listing is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    #[default]
    Text,
    /// An array of objects
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct ListArgs {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// Plan for every region that the account has enabled
    #[arg(long)]
    pub all_regions: bool,
    #[command(flatten)]
    pub purpose: PurposeArgs,
    #[command(flatten)]
    pub choice: Choice,
}

#[derive(Debug, ClapArgs)]
pub struct PermissionsArgs {
    /// Include what --all-regions needs
    #[arg(long)]
    pub all_regions: bool,
    #[command(flatten)]
    pub purpose: PurposeArgs,
    #[command(flatten)]
    pub choice: Choice,
}

#[derive(Debug, ClapArgs)]
pub struct RulesArgs {
    #[command(subcommand)]
    pub command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List the chosen rules
    List {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: Choice,
    },
    /// Show one rule: what it asks, why, what it reads
    Show {
        /// The rule's id
        id: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: Choice,
    },
    /// List what rules may use: shared parameters, functions, list prices
    Vocabulary {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: Choice,
    },
    /// Check rule and framework files and the tests inside rules, without running them
    Check(CheckArgs),
    /// Run the tests that rules carry
    Test(CheckArgs),
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// A directory of rules, or one rule file; default: the rules inside the binary
    pub directory: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

#[derive(Debug, ClapArgs)]
pub struct SourcesArgs {
    #[command(subcommand)]
    pub command: SourcesCommand,
}

/// Which sources.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "Choosing sources")]
pub struct SourceChoice {
    /// Add the sources of a directory (repeatable)
    #[arg(long = "rules", value_name = "DIR")]
    pub directories: Vec<PathBuf>,
    /// Leave out the declared sources inside the binary
    #[arg(long)]
    pub no_bundled: bool,
}

#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// List the resource types and where they come from
    List {
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: SourceChoice,
    },
    /// Show the fields, calls and relations of a service's types, or of one type
    Show {
        /// A service (`kms`) or a resource type (`kms.Key`)
        name: String,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: SourceChoice,
    },
    /// Check source files
    Check {
        /// A directory with sources/, or one source file; default: the sources inside the binary
        directory: Option<PathBuf>,
        /// How to print
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
        #[command(flatten)]
        choice: SourceChoice,
    },
    /// Read resource types of an account and print the facts that rules will see
    Try(TryArgs),
    /// Draft a source file from the API model of an installed AWS CLI or botocore
    New(NewArgs),
}

#[derive(Debug, ClapArgs)]
pub struct TryArgs {
    /// Resource types, such as kms.Key
    #[arg(required = true, value_name = "TYPE")]
    pub types: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// Set a source's parameter (repeatable)
    #[arg(long = "param", value_name = "SERVICE.NAME=VALUE")]
    pub params: Vec<String>,
    /// The time that counts as now (RFC 3339) [default: the present]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    #[command(flatten)]
    pub choice: SourceChoice,
    #[command(flatten)]
    pub account: Account,
}

#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// The service as the AWS CLI calls it
    pub service: String,
    /// An operation that reads, such as ListKeys
    pub operation: String,
}

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// Print the fields of a resource type (`rds.DBInstance`) instead
    #[arg(long, value_name = "TYPE")]
    pub resource: Option<String>,
    /// List all resource types
    #[arg(long, conflicts_with = "resource")]
    pub resources: bool,
    /// Print the JSON Schema of a source file instead
    #[arg(long, conflicts_with_all = ["resource", "resources"])]
    pub source: bool,
    /// Print the JSON Schema of launchgate.yaml instead
    #[arg(long, conflicts_with_all = ["resource", "resources", "source"])]
    pub project: bool,
    /// Print the JSON Schema of attestations.yaml instead
    #[arg(long, conflicts_with_all = ["resource", "resources", "source", "project"])]
    pub attestations: bool,
    /// How to print resource types
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}
