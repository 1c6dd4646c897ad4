//! Is it ready for launch? What a run found, put together the way the people who sign for a launch
//! ask: the verdict and its reasons, the checklist, what it costs, what is watched.
//!
//! Pure: the same report and snapshot give the same answer tomorrow.

mod attested;
mod checklist;
mod costs;
mod coverage;
mod culprit;
mod growth;
mod measured;
mod option;
mod parameters;
mod spending;
mod verdict;
mod words;

pub use attested::Attestation;
pub use checklist::{Item, Section, State};
pub use costs::{Answer, Check, Costs, Day, FORECAST, Gap, Money, Rise, Rises, ServiceCost, USAGE};
pub use coverage::{Cell, Coverage, Row, Watch};
pub use culprit::{Culprit, Suspect};
pub use growth::Growth;
pub use measured::Measurement;
pub use option::{Saving, Savings};
pub use parameters::Parameters;
pub use spending::{AccountSpending, Spending};
pub use verdict::{Kind, Reason, Verdict};

use serde::Serialize;
use time::OffsetDateTime;

use crate::finding::{Report, causes};
use crate::rule::Severity;
use crate::snapshot::Snapshot;

/// The types and fields that the cost section shows, for the plan.
pub const COST_READS: [(&str, &[&str]); 2] =
    [(USAGE, &["Daily", "MonthToDate"]), (FORECAST, &["Total"])];

/// From which severity on findings count, and whether what could not be read does.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Bar {
    /// Findings of this severity or a higher one count.
    pub fail_on: Severity,
    /// Whether what could not be read is let through.
    pub allow_unknown: bool,
}

/// The run that it was made from.
#[derive(Clone, Debug)]
pub struct About {
    /// The crate's version.
    pub version: &'static str,
    /// When the run began, RFC 3339.
    pub started: String,
    /// The time that counted as now.
    pub now: String,
    /// The accounts looked at.
    pub accounts: Vec<String>,
    /// The regions looked at.
    pub regions: Vec<String>,
    /// The frameworks, as id and title.
    pub frameworks: Vec<(String, String)>,
    /// How many rules ran.
    pub rules: usize,
    /// How many requests were sent, by operation.
    pub calls: std::collections::BTreeMap<String, u64>,
}

/// All there is to show.
#[derive(Clone, Debug, Serialize)]
pub struct Readiness {
    /// The run.
    #[serde(skip)]
    pub about: About,
    /// The answer.
    pub verdict: Verdict,
    /// Why, the most severe first, and few.
    pub reasons: Vec<Reason>,
    /// What counts.
    pub gate: Bar,
    /// What the user said of the launch.
    pub params: Parameters,
    /// Every control of the frameworks, by section.
    pub checklist: Vec<Section>,
    /// What each account costs.
    pub costs: Vec<Costs>,
    /// Which signals of which resources are watched, by resource type.
    pub coverage: Vec<Coverage>,
    /// The live measurements of "when to worry".
    pub measurements: Vec<Measurement>,
    /// What could be saved.
    pub options: Savings,
    /// What the phase asks.
    pub growth: Growth,
    /// What people signed, and what nobody did.
    pub attestations: Vec<Attestation>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// A read that failed, and how much it left undecided.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    /// The API operation.
    pub operation: String,
    /// Where.
    pub regions: Vec<String>,
    /// The error code.
    pub code: String,
    /// What was said.
    pub message: String,
    /// The IAM action to allow, where access was denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iam_action: Option<String>,
    /// How many findings it left undecided.
    pub findings: usize,
}

impl Readiness {
    /// Puts it together.
    pub fn new(
        report: &Report,
        snapshot: &Snapshot,
        parameters: Parameters,
        bar: Bar,
        now: OffsetDateTime,
    ) -> Self {
        let costs = Costs::of(snapshot, &parameters, now);
        let dated = parameters.prices_dated.as_deref();
        let options = option::savings(report, snapshot, dated);
        let checklist = checklist::sections(report, bar.fail_on);
        let attestations = attested::all(report);
        let (verdict, reasons) = verdict::decide(report, &costs, bar);
        Self {
            about: about(report),
            verdict,
            reasons,
            gate: bar,
            growth: growth::of(&parameters, &checklist),
            params: parameters,
            checklist,
            costs,
            coverage: coverage::matrices(report),
            measurements: measured::all(report),
            options,
            attestations,
            unread: unread(report),
        }
    }
}

fn about(report: &Report) -> About {
    let frameworks = report.frameworks.iter();
    About {
        version: report.version,
        started: report.started.clone(),
        now: report.now.clone(),
        accounts: report.accounts.clone(),
        regions: report.regions.clone(),
        frameworks: frameworks
            .map(|framework| (framework.id.clone(), framework.title.clone()))
            .collect(),
        rules: report.rules.len(),
        calls: report.calls.clone(),
    }
}

fn unread(report: &Report) -> Vec<Unread> {
    let causes = causes(&report.findings);
    let told = causes.iter().map(|cause| Unread {
        operation: cause.operation.to_owned(),
        regions: cause
            .regions
            .iter()
            .map(|&region| region.to_owned())
            .collect(),
        code: cause.code.to_owned(),
        message: cause.message.to_owned(),
        iam_action: cause.iam_action.map(str::to_owned),
        findings: cause.findings,
    });
    told.collect()
}
