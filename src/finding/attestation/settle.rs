//! Attestations over findings: controls that only a person can decide get a finding, and a valid
//! attestation stands in for the rules that it settles.

use std::collections::BTreeMap;

use super::super::{Finding, Report, Status, Subject, fingerprint};
use super::register::{Register, State};
use crate::rule::Attestable;
use crate::snapshot::{Account, GLOBAL};

/// The findings with what people attested. Each control that is `asked` for gets one finding an account.
pub fn settle(
    mut findings: Vec<Finding>,
    register: &Register<'_>,
    asked: impl Fn(&Attestable<'_>) -> bool,
    accounts: &[Account],
) -> Vec<Finding> {
    for control in register.controls() {
        for account in accounts {
            let state = register.state(control, &account.id);
            if let State::Valid(_) = state {
                let of_account = findings.iter_mut();
                let of_account = of_account.filter(|found| found.resource.account == account.id);
                of_account.for_each(|finding| stand_in(finding, control, &state));
            }
            if asked(control) {
                findings.push(finding(control, account, state));
            }
        }
    }
    Report::sort(&mut findings);
    findings
}

/// A verdict that nobody can rely on, or that is against the resource, gives way to a person's word.
fn stand_in(finding: &mut Finding, control: &Attestable<'_>, state: &State) {
    let State::Valid(attested) = state else {
        return;
    };
    let settled = control.control.settles().contains(&finding.rule);
    if !settled || !matches!(finding.status, Status::Fail | Status::Unknown) {
        return;
    }
    finding.status = Status::Pass;
    finding.message = attested.to_string();
    finding.unknown = None;
    finding.remediation = None;
    finding.saving = None;
    finding.attestation = Some(attested.clone());
}

fn finding(control: &Attestable<'_>, account: &Account, state: State) -> Finding {
    let rule = control.name();
    let resource = Subject {
        resource_type: "aws.Account".to_owned(),
        id: account.id.clone(),
        arn: format!("arn:{}:iam::{}:root", account.partition, account.id),
        account: account.id.clone(),
        region: GLOBAL.to_owned(),
        name: None,
    };
    let (status, message, attestation) = match state {
        State::Valid(attested) => (Status::Pass, attested.to_string(), Some(attested)),
        State::Rejected(rejected) => (Status::Manual, rejected.problem, None),
        State::Missing => {
            let message = format!("nobody has attested: {}", control.control.statement());
            (Status::Manual, message, None)
        }
    };
    let served = vec![control.control.id.clone()];
    Finding {
        severity: control.control.severity,
        status,
        fingerprint: fingerprint(&rule, &resource),
        rule,
        resource,
        message,
        controls: BTreeMap::from([(control.framework.id.clone(), served)]),
        evidence: BTreeMap::new(),
        unknown: None,
        remediation: None,
        saving: None,
        attestation,
    }
}
