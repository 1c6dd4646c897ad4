//! Rules over facts: pure, without I/O, without a clock, in parallel.

mod evidence;
mod offer;
mod rule_tests;

pub use offer::{Created, Facts, Instruction, Offer, Parameter, offers, parameter_id, variable};
pub use rule_tests::{TestFailure, TestOutcome, run_tests};

use std::sync::Arc;

use rayon::prelude::*;
use time::OffsetDateTime;

use crate::expr::{Expr, Failure, Scope, Setting, Value};
use crate::fact::{Fact, Unknown};
use crate::finding::{Finding, Remedy, Report, Status, Subject, fingerprint};
use crate::rule::{Body, Rule, compile_all};
use crate::schema::Schema;
use crate::snapshot::{Index, Resource, Snapshot, Unread};

/// Below this many resources a rule is not worth spreading over cores.
const WORTH_SPREADING: usize = 64;

/// The findings of all rules over a snapshot, sorted.
pub fn evaluate<'r>(
    rules: impl IntoIterator<Item = &'r Rule>,
    snapshot: &Snapshot,
    schema: &Schema,
    now: OffsetDateTime,
) -> Vec<Finding> {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    compile_all(&rules, schema);
    // The index covers the types that have been asked for, which the bodies do.
    let bodies = rules.iter().map(|rule| (*rule, rule.body(schema)));
    let rules: Vec<(&Rule, &Body)> = bodies.collect();
    let index = Index::new(snapshot, schema);
    let mut findings: Vec<Finding> = rules
        .par_iter()
        .flat_map(|(rule, body)| {
            let params = rule.param_values();
            of_rule(rule, body, &params, &index, now)
        })
        .collect();
    Report::sort(&mut findings);
    findings
}

/// The findings of one rule: one for each resource of its type, and one for each list of them
/// that could not be read.
pub fn of_rule(
    rule: &Rule,
    body: &Body,
    params: &[Setting],
    index: &Index<'_>,
    now: OffsetDateTime,
) -> Vec<Finding> {
    let snapshot = index.snapshot;
    let name = rule.resource;
    let resources = snapshot.resources.get(name).map_or(&[][..], Vec::as_slice);
    let mut findings: Vec<Finding> = resources
        .par_iter()
        .with_min_len(WORTH_SPREADING)
        .map(|resource| {
            let scope = Scope {
                index,
                resource,
                params,
                now,
            };
            finding(rule, body, &scope)
        })
        .collect();
    let unread = snapshot
        .unread
        .iter()
        .filter(|unread| unread.resource_type == name);
    findings.extend(unread.map(|unread| unread_finding(rule, unread)));
    if let Some(unknown) = index.not_collected(&body.resource, None) {
        findings.extend(snapshot.accounts.iter().map(|account| {
            let unread = Unread {
                resource_type: name.to_owned(),
                account: account.id.clone(),
                region: unknown.region.clone(),
                unknown: unknown.as_ref().clone(),
            };
            unread_finding(rule, &unread)
        }));
    }
    findings
}

/// What a rule says of a resource.
enum Verdict {
    Decided(Status),
    Unknown(Unknown),
}

fn finding(rule: &Rule, body: &Body, scope: &Scope<'_, '_>) -> Finding {
    let subject = subject(rule, scope.resource);
    let verdict = verdict(body, scope);
    let (status, message, unknown) = match verdict {
        Verdict::Unknown(unknown) => (Status::Unknown, explain(&unknown), Some(unknown)),
        Verdict::Decided(Status::Fail) => (Status::Fail, body.message.render(scope), None),
        Verdict::Decided(Status::NotApplicable) => {
            let message = body.not_applicable_message.as_ref();
            let said = message.map(|message| message.render(scope));
            let said = said.unwrap_or_else(|| does_not_apply(body));
            (Status::NotApplicable, said, None)
        }
        Verdict::Decided(status) => {
            let message = body.pass_message.as_ref();
            let said = message.map(|message| message.render(scope));
            (status, said.unwrap_or_else(|| rule.title.clone()), None)
        }
    };
    let failed = status == Status::Fail;
    let saving = body.saves.as_ref().filter(|_| failed);
    let remediation = failed.then(|| Remedy {
        text: body.remediation.text.render(scope),
        cli: body.remediation.cli(scope),
        url: body.remediation.url.clone(),
    });
    Finding {
        rule: rule.id.clone(),
        severity: rule.severity,
        status,
        fingerprint: fingerprint(&rule.id, &subject),
        resource: subject,
        message,
        controls: rule.controls.clone(),
        evidence: evidence::of(body, scope),
        unknown,
        saving: saving.and_then(|saves| saving_of(saves, scope)),
        remediation,
        attestation: None,
    }
}

/// What mending saves, where that can be worked out: it is advice, and decides nothing.
fn saving_of(saves: &Expr, scope: &Scope<'_, '_>) -> Option<f64> {
    match scope.eval(saves) {
        Ok(Value::Double(usd)) if usd.is_finite() => Some(usd),
        _ => None,
    }
}

fn verdict(rule: &Body, scope: &Scope<'_, '_>) -> Verdict {
    if let Some(when) = &rule.when {
        match decide(when, scope, rule) {
            Ok(true) => {}
            Ok(false) => return Verdict::Decided(Status::NotApplicable),
            Err(unknown) => return Verdict::Unknown(unknown),
        }
    }
    match decide(&rule.require, scope, rule) {
        Ok(true) => Verdict::Decided(Status::Pass),
        Ok(false) => Verdict::Decided(Status::Fail),
        Err(unknown) => Verdict::Unknown(unknown),
    }
}

/// A condition's outcome, or why it has none.
fn decide(condition: &Expr, scope: &Scope<'_, '_>, rule: &Body) -> Result<bool, Unknown> {
    let failure = match scope.eval(condition) {
        Ok(Value::Bool(value)) => return Ok(value),
        Ok(_) => Failure::Error("the condition is neither true nor false".into()),
        Err(failure) => failure,
    };
    let region = scope.resource.region.to_string();
    Err(match failure {
        Failure::Unknown(unknown) => {
            let mut unknown = Arc::unwrap_or_clone(unknown);
            if unknown.region.is_empty() {
                unknown.region = region;
            }
            unknown
        }
        Failure::Absent(path) => unevaluated(rule, region, format!("{path} is not there")),
        Failure::Error(message) => unevaluated(rule, region, message.to_string()),
    })
}

fn unevaluated(rule: &Body, region: String, message: String) -> Unknown {
    Unknown {
        operation: rule
            .resource
            .list
            .as_ref()
            .map_or(rule.resource.name, |call| call.operation)
            .to_owned(),
        region,
        code: "EvaluationError".to_owned(),
        message,
        iam_action: None,
    }
}

fn subject(rule: &Rule, resource: &Resource) -> Subject {
    Subject {
        resource_type: rule.resource.to_owned(),
        id: resource.id.to_string(),
        arn: resource.arn.to_string(),
        account: resource.account.to_string(),
        region: resource.region.to_string(),
        name: name_tag(resource),
    }
}

fn name_tag(resource: &Resource) -> Option<String> {
    match resource.get("tags")? {
        Fact::Object(tags) => tags.get("Name")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The finding that stands for all resources of a list that could not be read.
fn unread_finding(rule: &Rule, unread: &Unread) -> Finding {
    let subject = Subject {
        resource_type: unread.resource_type.clone(),
        id: "*".to_owned(),
        arn: "*".to_owned(),
        account: unread.account.clone(),
        region: unread.region.clone(),
        name: None,
    };
    Finding {
        rule: rule.id.clone(),
        severity: rule.severity,
        status: Status::Unknown,
        fingerprint: fingerprint(&rule.id, &subject),
        resource: subject,
        message: explain(&unread.unknown),
        controls: rule.controls.clone(),
        evidence: std::collections::BTreeMap::new(),
        unknown: Some(unread.unknown.clone()),
        saving: None,
        remediation: None,
        attestation: None,
    }
}

fn does_not_apply(rule: &Body) -> String {
    match &rule.when {
        Some(when) => format!("does not apply: only where {}", when.source),
        None => "does not apply".to_owned(),
    }
}

/// Why nothing can be said, in one line.
fn explain(unknown: &Unknown) -> String {
    format!("could not look: {unknown}")
}
