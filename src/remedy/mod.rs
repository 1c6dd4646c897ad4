//! The plan to mend what failed: what rules offer, put together, in order, each thing once. It is
//! written for people to read and apply; launchgate itself changes nothing.

mod script;
mod shell;
mod stack;

pub use script::{Reason, Step};
pub use stack::{Conflict, Entry, Stack};

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluate::{Offer, Parameter};
use crate::finding::Finding;
use crate::rule::Risk;

/// The plan for one account.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The account.
    pub account: String,
    /// What commands do, in order.
    pub steps: Vec<Step>,
    /// What CloudFormation creates, a stack for each region.
    pub stacks: Vec<Stack>,
    /// What is left to people.
    pub left: Vec<Left>,
    /// The shared parameters that the steps take from variables.
    pub variables: BTreeMap<String, Parameter>,
    /// How many findings of the account fail.
    pub failing: usize,
}

/// A finding for which the plan does nothing.
#[derive(Clone, Debug)]
pub struct Left {
    /// The finding.
    pub finding: Finding,
    /// Why there is nothing, where its rule offers something.
    pub why: Option<String>,
}

/// Which files a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Means {
    /// Whether commands are written.
    pub script: bool,
    /// Whether resources are created by CloudFormation.
    pub template: bool,
}

/// The plans, one for each account that has something to mend.
///
/// # Errors
/// Resources that contradict each other or refer to what nobody creates: mistakes of the rules.
pub fn plans(offers: Vec<Offer>, means: Means) -> Result<Vec<Plan>, Vec<Conflict>> {
    let mut by_account: BTreeMap<String, Vec<Offer>> = BTreeMap::new();
    for offer in offers {
        let account = offer.finding.resource.account.clone();
        by_account.entry(account).or_default().push(offer);
    }
    let mut conflicts = Vec::new();
    let mut made = Vec::new();
    for (account, offers) in by_account {
        match plan(account, offers, means) {
            Ok(plan) => made.push(plan),
            Err(found) => conflicts.extend(found),
        }
    }
    if conflicts.is_empty() {
        Ok(made)
    } else {
        Err(conflicts)
    }
}

fn plan(account: String, mut offers: Vec<Offer>, means: Means) -> Result<Plan, Vec<Conflict>> {
    let key = |offer: &Offer| {
        (
            std::cmp::Reverse(offer.finding.severity),
            offer.finding.rule.clone(),
        )
    };
    offers.sort_by_key(key);
    let failing = offers.len();
    let by_template = |offer: &&Offer| means.template && !offer.created.is_empty();
    let (created, others): (Vec<&Offer>, Vec<&Offer>) = offers.iter().partition(by_template);
    let stacks = stack::stacks(&created)?;
    let (commanded, left): (Vec<&Offer>, Vec<&Offer>) = others
        .into_iter()
        .partition(|offer| means.script && !offer.commands.is_empty());
    let steps = script::steps(&commanded);
    let left = left.into_iter().map(|offer| Left {
        finding: offer.finding.clone(),
        why: why_left(offer, means),
    });
    Ok(Plan {
        account,
        variables: variables(&commanded, &steps),
        left: left.collect(),
        steps,
        stacks,
        failing,
    })
}

fn why_left(offer: &Offer, means: Means) -> Option<String> {
    if let Some(problem) = offer.problem.as_ref().filter(|_| means.template) {
        return Some(format!("its resources cannot be made: {problem}"));
    }
    let of_others = !offer.commands.is_empty() || !offer.created.is_empty();
    of_others.then(|| "its rule has no such remedy in the file that was asked for".to_owned())
}

/// The parameters that a step which runs takes; what is commented out asks for nothing.
fn variables(offers: &[&Offer], steps: &[Step]) -> BTreeMap<String, Parameter> {
    let used: BTreeSet<&String> = steps
        .iter()
        .filter(|step| step.decide.is_none())
        .flat_map(|step| &step.parameters)
        .collect();
    let all = offers.iter().flat_map(|offer| &offer.parameters);
    all.filter(|(name, _)| used.contains(name))
        .map(|(name, parameter)| (name.clone(), parameter.clone()))
        .collect()
}

impl Plan {
    /// The steps that run.
    pub fn running(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.decide.is_none())
    }

    /// The steps that somebody has to decide about first.
    pub fn undecided(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.decide.is_some())
    }
}

/// Risks without repetition, in their order.
fn risks<'r>(all: impl IntoIterator<Item = &'r Risk>) -> Vec<Risk> {
    let sorted: BTreeSet<Risk> = all.into_iter().copied().collect();
    sorted.into_iter().collect()
}
