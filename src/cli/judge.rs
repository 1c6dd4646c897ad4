//! From facts to a report: rules evaluated, attestations put in, the gate decided.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::selection::Selection;
use crate::evaluate::evaluate;
use crate::finding::attestation::{Register, settle};
use crate::finding::{ControlSummary, Finding, FrameworkSummary, Gate, Report, RuleSummary};
use crate::rule::{Attestable, Control, Framework};
use crate::snapshot::Snapshot;

/// When a run began, and up to when ages are counted.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// When it began, which is also the day that attestations are judged on.
    pub started: OffsetDateTime,
    /// What counts as now for rules: of a snapshot, the time it was taken.
    pub now: OffsetDateTime,
}

/// Judges what was read.
pub fn judge(
    selection: &Selection,
    snapshot: &Snapshot,
    register: &Register<'_>,
    gate: Gate,
    times: Times,
) -> Report {
    let findings = evaluate(selection.rules(), snapshot, &selection.schema, times.now);
    let asked = |control: &Attestable<'_>| selection.asks_for(control);
    let findings = settle(findings, register, asked, &snapshot.accounts);
    let accounts = snapshot.accounts.iter().map(|account| account.id.clone());
    let accounts: Vec<String> = accounts.collect();
    let frameworks = selection.frameworks.iter();
    let frameworks = frameworks.filter_map(|id| selection.set.frameworks.get(id));
    let summary = |framework| {
        let controls = Controls {
            framework,
            selection,
            findings: &findings,
            register,
            accounts: &accounts,
        };
        controls.summary()
    };
    Report {
        version: env!("CARGO_PKG_VERSION"),
        started: rfc3339(times.started),
        now: rfc3339(times.now),
        regions: snapshot.regions.clone(),
        rules: rules(selection, &findings),
        frameworks: frameworks.map(summary).collect(),
        gate: gate.decide(&findings),
        calls: snapshot.calls.clone(),
        accounts,
        findings,
    }
}

fn rules(selection: &Selection, findings: &[Finding]) -> Vec<RuleSummary> {
    let mut looked_at: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.resource.id != "*") {
        *looked_at.entry(&finding.rule).or_default() += 1;
    }
    let rules = selection.rules().map(|rule| RuleSummary {
        id: rule.id.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
        resource_type: rule.resource.to_owned(),
        why: rule.why.clone(),
        signal: rule.signal.clone(),
        resources: looked_at.get(rule.id.as_str()).copied().unwrap_or(0),
    });
    rules.collect()
}

fn rfc3339(at: OffsetDateTime) -> String {
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}

/// The controls of a framework and all that is known of them.
struct Controls<'r> {
    framework: &'r Framework,
    selection: &'r Selection,
    findings: &'r [Finding],
    register: &'r Register<'r>,
    accounts: &'r [String],
}

impl Controls<'_> {
    fn summary(&self) -> FrameworkSummary {
        let controls = self.framework.controls.iter();
        FrameworkSummary {
            id: self.framework.id.clone(),
            title: self.framework.title.clone(),
            controls: controls.map(|control| self.control(control)).collect(),
        }
    }

    /// What the run says of a control; the worst status of its findings counts.
    fn control(&self, control: &Control) -> ControlSummary {
        let rules = self.selection.rules();
        let rules = rules.filter(|rule| self.serves(&rule.controls, control));
        let of_control = self.findings.iter();
        let of_control = of_control.filter(|finding| self.serves(&finding.controls, control));
        let attestable = self.register.controls().iter().find(|known| {
            known.framework.id == self.framework.id && known.control.id == control.id
        });
        ControlSummary {
            id: control.id.clone(),
            title: control.title.clone(),
            section: control.section.clone(),
            manual: attestable.is_some_and(|known| known.by_person),
            attestation: attestable.map(|known| self.register.summary(known, self.accounts)),
            rules: rules.map(|rule| rule.id.clone()).collect(),
            // The order of `Status` runs from the worst to the best.
            status: of_control.map(|finding| finding.status).min(),
        }
    }

    fn serves(&self, controls: &BTreeMap<String, Vec<String>>, control: &Control) -> bool {
        let served = controls.get(&self.framework.id);
        served.is_some_and(|served| served.contains(&control.id))
    }
}
