//! The steps of a script: calls in their order, each once.

use std::collections::{BTreeMap, BTreeSet};

use super::risks;
use super::shell::calls;
use crate::evaluate::{Instruction, Offer};
use crate::rule::{Risk, Stage};

/// A call, and what it is for.
#[derive(Clone, Debug)]
pub struct Step {
    /// The call, quoted for a shell.
    pub command: String,
    /// When it is made.
    pub stage: Stage,
    /// The findings that it mends.
    pub reasons: Vec<Reason>,
    /// What has to be decided before it may be made.
    pub decide: Option<String>,
    /// What it may do besides.
    pub risks: Vec<Risk>,
    /// The shared parameters that it takes from variables.
    pub parameters: BTreeSet<String>,
}

/// A finding, as far as a plan tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id.
    pub rule: String,
    /// The resource's id.
    pub resource: String,
    /// The resource's region.
    pub region: String,
    /// What was found.
    pub message: String,
}

impl Reason {
    /// That of an offer.
    pub fn of(offer: &Offer) -> Self {
        Self {
            rule: offer.finding.rule.clone(),
            resource: offer.finding.resource.id.clone(),
            region: offer.finding.resource.region.clone(),
            message: offer.finding.message.clone(),
        }
    }
}

/// The steps of these offers. A step that several need is made once, and runs if one of them says
/// that it may.
pub fn steps(offers: &[&Offer]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for offer in offers {
        for step in of_offer(offer) {
            match known.get(&step.command) {
                Some(position) => steps[*position].join(step),
                None => {
                    known.insert(step.command.clone(), steps.len());
                    steps.push(step);
                }
            }
        }
    }
    // Stable: within a stage the order of the findings stays, and that of a finding's commands.
    steps.sort_by_key(|step| step.stage);
    steps
}

impl Step {
    fn join(&mut self, other: Step) {
        self.stage = self.stage.min(other.stage);
        self.risks = risks(self.risks.iter().chain(&other.risks));
        if other.decide.is_none() {
            self.decide = None;
        }
        for reason in other.reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
    }
}

/// The steps of one offer. Where one of them waits for somebody, all do: a remedy that is taken by
/// half mends nothing, and may cost.
fn of_offer(offer: &Offer) -> Vec<Step> {
    let mut commands: Vec<&Instruction> = offer.commands.iter().collect();
    commands.sort_by_key(|command| command.stage);
    let mut steps = Vec::new();
    for command in commands {
        for (text, decide) in texts(command, &offer.region) {
            steps.push(Step {
                command: text,
                stage: command.stage,
                reasons: vec![Reason::of(offer)],
                decide,
                risks: offer.risks.clone(),
                parameters: command.parameters.clone(),
            });
        }
    }
    if let Some(waiting) = steps.iter().find_map(|step| step.decide.clone()) {
        for step in &mut steps {
            step.decide.get_or_insert_with(|| waiting.clone());
        }
    }
    steps
}

/// The calls of a command, each with why it waits. A command that is more than calls stays whole
/// and waits.
fn texts(command: &Instruction, region: &str) -> Vec<(String, Option<String>)> {
    match calls(&command.text) {
        Ok(calls) => calls
            .into_iter()
            .map(|call| {
                let own = call.caution().filter(|_| !command.unattended);
                let caution = command.decide.clone().or(own);
                (call.in_region(region).text, caution)
            })
            .collect(),
        Err(why) => vec![(
            command.text.clone(),
            Some(command.decide.clone().unwrap_or(why)),
        )],
    }
}
