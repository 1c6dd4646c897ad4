//! Which signals of which resources are watched by an alarm.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Finding, Report, Status, Subject};

/// The resources of one type against its signals.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The type.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// The signals, one column each.
    pub signals: Vec<String>,
    /// The resources, one row each.
    pub rows: Vec<Row>,
}

/// A resource and how each signal of it is watched.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The resource; of a list that could not be read, its id is `*`.
    pub resource: Subject,
    /// One cell a signal, in their order; none where no rule looked.
    pub cells: Vec<Option<Cell>>,
}

/// What is said of one signal of one resource.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// Whether it is watched.
    pub watch: Watch,
    /// The rule that looked.
    pub rule: String,
    /// What it said.
    pub message: String,
}

/// Whether a signal is watched; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Watch {
    /// No alarm that counts.
    NotWatched,
    /// It could not be read.
    Unknown,
    /// Somebody took the risk for a time.
    RiskAccepted,
    /// An alarm watches it.
    Watched,
    /// The resource does not have it.
    NotApplicable,
}

impl Watch {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Watch::NotWatched => "not watched",
            Watch::Unknown => "unknown",
            Watch::RiskAccepted => "risk accepted",
            Watch::Watched => "watched",
            Watch::NotApplicable => "not applicable",
        }
    }

    /// A sign for it, beside its name.
    pub fn symbol(self) -> &'static str {
        match self {
            Watch::NotWatched => "✗",
            Watch::Unknown => "?",
            Watch::RiskAccepted => "!",
            Watch::Watched => "✓",
            Watch::NotApplicable => "–",
        }
    }

    fn of(status: Status) -> Self {
        match status {
            Status::Fail => Watch::NotWatched,
            Status::Unknown | Status::Manual => Watch::Unknown,
            Status::Waived => Watch::RiskAccepted,
            Status::Pass => Watch::Watched,
            Status::NotApplicable => Watch::NotApplicable,
        }
    }
}

/// One matrix a resource type that has signals to watch.
pub(super) fn matrices(report: &Report) -> Vec<Coverage> {
    let mut matrices: BTreeMap<&str, Coverage> = BTreeMap::new();
    for rule in &report.rules {
        let Some(signal) = &rule.signal else { continue };
        let matrix = matrices
            .entry(&rule.resource_type)
            .or_insert_with(|| Coverage {
                resource_type: rule.resource_type.clone(),
                signals: Vec::new(),
                rows: Vec::new(),
            });
        if !matrix.signals.contains(signal) {
            matrix.signals.push(signal.clone());
        }
    }
    for (resource_type, matrix) in &mut matrices {
        matrix.rows = rows(report, resource_type, &matrix.signals);
    }
    matrices.into_values().collect()
}

fn rows(report: &Report, resource_type: &str, signals: &[String]) -> Vec<Row> {
    let mut rows: BTreeMap<&Subject, Vec<Option<Cell>>> = BTreeMap::new();
    for rule in &report.rules {
        let column = rule
            .signal
            .as_ref()
            .and_then(|signal| signals.iter().position(|known| known == signal));
        let Some(column) = column.filter(|_| rule.resource_type == resource_type) else {
            continue;
        };
        let findings = report.findings.iter();
        for finding in findings.filter(|finding| finding.rule == rule.id) {
            let cells = rows
                .entry(&finding.resource)
                .or_insert_with(|| vec![None; signals.len()]);
            put(&mut cells[column], finding);
        }
    }
    let rows = rows.into_iter().map(|(resource, cells)| Row {
        resource: resource.clone(),
        cells,
    });
    rows.collect()
}

/// Of two rules about one signal the worse is shown.
fn put(cell: &mut Option<Cell>, finding: &Finding) {
    let watch = Watch::of(finding.status);
    if cell.as_ref().is_none_or(|cell| watch < cell.watch) {
        *cell = Some(Cell {
            watch,
            rule: finding.rule.clone(),
            message: finding.message.clone(),
        });
    }
}
