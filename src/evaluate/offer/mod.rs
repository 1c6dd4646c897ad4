//! What rules offer to mend what failed: their commands and resources, filled in for each finding.
//! Unlike what a report shows, it is meant to be applied, so that nothing in it may be guessed.

mod command;
mod creation;
mod identifier;
mod shared;

pub use command::{Instruction, variable};
pub use creation::Created;
pub use identifier::parameter_id;

use std::collections::{BTreeMap, HashMap};

use time::OffsetDateTime;

use shared::Shared;

use super::subject;
use crate::expr::Scope;
use crate::finding::{Finding, Status, fingerprint};
use crate::rule::{Body, Risk, Rule};
use crate::schema::{Schema, Type};
use crate::snapshot::{GLOBAL, Index, Snapshot};

/// What the rule of one failing finding offers to mend it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The finding.
    pub finding: Finding,
    /// The region in which it is mended.
    pub region: String,
    /// Commands, in their order.
    pub commands: Vec<Instruction>,
    /// Resources to create, with those they refer to.
    pub created: Vec<Created>,
    /// Why the resources that the rule creates cannot be made.
    pub problem: Option<String>,
    /// What mending may do besides.
    pub risks: Vec<Risk>,
    /// The shared parameters that somebody has to give.
    pub parameters: BTreeMap<String, Parameter>,
}

/// A parameter that somebody has to give when a plan is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Whether it is a number.
    pub number: bool,
    /// What it is for.
    pub help: String,
}

/// What there is to offer from.
#[derive(Clone, Copy)]
pub struct Facts<'f> {
    /// Everything that was read.
    pub snapshot: &'f Snapshot,
    /// The resource types.
    pub schema: &'f Schema,
    /// The time that counts as now.
    pub now: OffsetDateTime,
    /// Where what has no region of its own is mended.
    pub home: &'f str,
}

/// What the rules offer for the findings that fail. `rules` are all that were loaded: some hold
/// resources that others refer to.
pub fn offers<'r>(
    findings: &[Finding],
    rules: impl IntoIterator<Item = &'r Rule>,
    facts: Facts<'_>,
) -> Vec<Offer> {
    let mut failing: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in findings.iter().filter(|found| found.status == Status::Fail) {
        failing.entry(&finding.rule).or_default().push(finding);
    }
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let concerned: Vec<&Rule> = rules
        .iter()
        .copied()
        .filter(|rule| failing.contains_key(rule.id.as_str()))
        .collect();
    let shared = if concerned.iter().any(|rule| rule.creates()) {
        Shared::of(&rules, facts.schema)
    } else {
        Shared::default()
    };
    // The index covers the types that have been asked for, which the bodies do.
    let bodies: Vec<(&Rule, &Body)> = concerned
        .iter()
        .map(|rule| (*rule, rule.body(facts.schema)))
        .collect();
    let index = Index::new(facts.snapshot, facts.schema);
    let offered = bodies.into_iter().flat_map(|(rule, body)| {
        let found = &failing[rule.id.as_str()];
        of_rule(rule, body, found, &index, &shared, facts)
    });
    offered.collect()
}

fn of_rule(
    rule: &Rule,
    body: &Body,
    findings: &[&Finding],
    index: &Index<'_>,
    shared: &Shared<'_>,
    facts: Facts<'_>,
) -> Vec<Offer> {
    let wanted: HashMap<&str, &Finding> = findings
        .iter()
        .map(|finding| (finding.fingerprint.as_str(), *finding))
        .collect();
    let params = rule.param_values();
    let resources = facts.snapshot.resources.get(rule.resource);
    let mut offers = Vec::new();
    for resource in resources.into_iter().flatten() {
        let subject = subject(rule, resource);
        let Some(finding) = wanted.get(fingerprint(&rule.id, &subject).as_str()) else {
            continue;
        };
        let scope = Scope {
            index,
            resource,
            params: &params,
            now: facts.now,
        };
        offers.push(offer(rule, body, finding, &scope, shared, facts.home));
    }
    offers
}

fn offer(
    rule: &Rule,
    body: &Body,
    finding: &Finding,
    scope: &Scope<'_, '_>,
    shared: &Shared<'_>,
    home: &str,
) -> Offer {
    let remediation = &body.remediation;
    let own = &*scope.resource.region;
    let region = match &remediation.region {
        Some(region) => region.as_str(),
        None if own == GLOBAL || own.is_empty() => home,
        None => own,
    };
    let commands = remediation.commands.iter();
    let commands: Vec<Instruction> = commands
        .map(|command| command::instruction(command, scope))
        .collect();
    let (created, problem) = match shared.create(&remediation.creates, scope) {
        Ok(created) => (created, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let mut parameters = BTreeMap::new();
    let of_commands = commands.iter().flat_map(|command| &command.parameters);
    let of_created = created.iter().flat_map(|made| &made.parameters);
    for name in of_commands.chain(of_created) {
        let known = parameter(rule, name).or_else(|| shared.parameter(name));
        parameters.insert(name.clone(), known.unwrap_or_else(|| nameless(name)));
    }
    Offer {
        finding: finding.clone(),
        region: region.to_owned(),
        commands,
        created,
        problem,
        risks: remediation.risks.clone(),
        parameters,
    }
}

/// A parameter of a rule, as whoever gives it has to know it.
fn parameter(rule: &Rule, name: &str) -> Option<Parameter> {
    let found = rule.params.iter().find(|param| param.name == name)?;
    Some(Parameter {
        number: matches!(found.ty, Type::Int | Type::Double),
        help: found.help.clone(),
    })
}

fn nameless(name: &str) -> Parameter {
    Parameter {
        number: false,
        help: format!("the parameter {name}"),
    }
}
