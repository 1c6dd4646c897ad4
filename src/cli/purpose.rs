//! What a run is for: the commands that show something besides the findings of rules read it too.

use clap::ValueEnum;

use super::args::Choice;
use crate::plan::Plan;
use crate::readiness::{COST_READS, Spending};
use crate::rule::{Rule, RuleSet};
use crate::schema::Schema;

/// The commands that a run may be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Purpose {
    /// The chosen rules
    Audit,
    /// The chosen rules, by default of the framework launch-readiness, and what the account costs
    Readiness,
    /// What the account costs, and what the usual culprits did
    Costs,
}

/// The framework that readiness is judged by where none is chosen.
const READINESS: &str = "launch-readiness";

/// What is chosen where the flags leave it open: readiness has a framework of its own.
pub fn choice(given: &Choice, set: &RuleSet) -> Choice {
    let mut choice = given.clone();
    let judges =
        choice.purposes.contains(&Purpose::Readiness) && !choice.purposes.contains(&Purpose::Audit);
    // Whoever names rules or a framework means those.
    let open = choice.frameworks.is_empty() && choice.ids.is_empty();
    if judges && open && set.frameworks.contains_key(READINESS) {
        choice.frameworks.push(READINESS.to_owned());
    }
    choice
}

/// What a price is found by, and itself.
const PRICE_FIELDS: &[&str] = &["usagetype", "UsdPerUnit"];

/// Whether rules are evaluated at all.
pub fn has_rules(purposes: &[Purpose]) -> bool {
    purposes != [Purpose::Costs]
}

/// Adds the present prices behind the savings that chosen rules name. Only the readiness report
/// shows savings; other runs make do with the dated table.
pub fn add_prices<'r>(
    rules: impl Iterator<Item = &'r Rule>,
    set: &RuleSet,
    plan: &mut Plan,
    schema: &Schema,
) {
    let library = &set.vocabulary.library;
    for rule in rules {
        let prices = rule.body(schema).reads.prices();
        let prices = prices.filter_map(|name| library.price(name));
        for live in prices.filter_map(|price| price.live.as_ref()) {
            plan.add(&live.resource_type, PRICE_FIELDS, &rule.id, schema);
        }
    }
}

/// Adds to a plan what the commands show besides what rules read.
pub fn add_reads(purposes: &[Purpose], plan: &mut Plan, schema: &Schema) {
    for purpose in purposes {
        let (reader, reads) = match purpose {
            Purpose::Audit => continue,
            Purpose::Readiness => ("launchgate readiness", COST_READS.to_vec()),
            Purpose::Costs => ("launchgate costs", Spending::reads().collect()),
        };
        for (name, fields) in reads {
            plan.add(name, fields, reader, schema);
        }
    }
}
