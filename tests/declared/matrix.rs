//! Every operation of every declared source in every kind of trouble: what depends on it becomes
//! unknown and says why, and nothing else changes.
//!
//! The answers are those of the runs without faults, replayed. Refusals come one operation at a
//! time, which shows what depends on each; then several operations are in trouble at once, each in
//! another kind, until each has been in all.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Place;
use super::intact::{Intact, WHO_AM_I, for_each, workers};
use super::replay::Troubles;
use super::struck::{Reach, declared_reach, lost, strike, within_reach};
use super::trouble::Trouble;

fn operations(run: &'static Intact) -> Vec<&'static str> {
    let mut operations = run.source.operations();
    operations.retain(|name| *name != WHO_AM_I);
    operations
}

#[test]
fn an_operation_in_trouble_makes_unknown_what_depends_on_it_and_nothing_else() {
    for_each(workers(), |run| {
        let mut wrong = Vec::new();
        let mut reach = Reach::new();
        for operation in operations(run) {
            match refused(run, operation) {
                Ok(places) => drop(reach.insert(operation.to_owned(), places)),
                Err(why) => wrong.push(format!("{operation} refused: {why}")),
            }
        }
        for group in groups(run, &reach) {
            wrong.extend(in_all_troubles(run, &group, &reach));
        }
        wrong
    });
}

/// What becomes unknown when one operation is refused: at least what the source's file says.
fn refused(run: &'static Intact, operation: &str) -> Result<BTreeSet<Place>, String> {
    let troubles = Troubles::from([(operation.to_owned(), Trouble::Denied)]);
    let struck = strike(run, &troubles, 1)?;
    if struck.seen.struck.is_empty() {
        return Err("never asked".to_owned());
    }
    lost(declared_reach(run, operation).iter(), &struck.unknowns)
        .map_err(|place| format!("{place} is not unknown"))?;
    Ok(struck.unknowns.into_keys().collect())
}

/// Operations that can be in trouble at once: none hides another, as a list does the next.
fn groups(run: &Intact, reach: &Reach) -> Vec<Vec<String>> {
    let mut groups: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
    for operation in reach.keys() {
        let depth = run.file.depth(operation);
        groups.entry(depth).or_default().push(operation.clone());
    }
    groups.into_values().collect()
}

/// Goes on until each operation of the group has been in each trouble.
fn in_all_troubles(run: &'static Intact, group: &[String], reach: &Reach) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ahead = Ahead::of(run, group);
    while let Some(troubles) = ahead.next() {
        let judged = strike(run, &troubles, 1).and_then(|struck| {
            within_reach(&struck, &troubles, reach)?;
            Ok(struck.seen.asked)
        });
        let done = match judged {
            Ok(asked) => ahead.done(|name| asked.contains_key(name)),
            // What was asked is not told: none of it again.
            Err(why) => {
                wrong.push(format!("{troubles:?}: {why}"));
                ahead.done(|_| true)
            }
        };
        if !done {
            wrong.push(format!("none of these is asked: {troubles:?}"));
            break;
        }
    }
    wrong
}

/// The troubles that each operation of a group has still before it.
struct Ahead(BTreeMap<String, Vec<Trouble>>);

impl Ahead {
    fn of(run: &Intact, group: &[String]) -> Self {
        let each = group.iter().enumerate().map(|(at, name)| {
            let mut troubles = Trouble::LASTING.to_vec();
            // Each begins with another one, so that all kinds are mixed.
            troubles.rotate_left(at % Trouble::LASTING.len());
            troubles.retain(|trouble| match trouble {
                Trouble::Repeated => !run.source.token_inputs(name).is_empty(),
                Trouble::Unmentioned => run.file.uses_of(name).any(|u| u.batch.is_some()),
                _ => true,
            });
            (name.clone(), troubles)
        });
        Self(each.collect())
    }

    /// The next trouble of each.
    fn next(&self) -> Option<Troubles> {
        let next = self.0.iter().filter_map(|(name, left)| {
            let trouble = left.first()?;
            Some((name.clone(), *trouble))
        });
        Some(next.collect()).filter(|troubles: &Troubles| !troubles.is_empty())
    }

    /// Strikes off the next trouble of those that were asked; gives whether any was. Those that
    /// another's trouble kept from being asked have theirs still before them.
    fn done(&mut self, asked: impl Fn(&str) -> bool) -> bool {
        let mut any = false;
        for (name, left) in &mut self.0 {
            if !left.is_empty() && asked(name) {
                left.remove(0);
                any = true;
            }
        }
        any
    }
}

/// All operations in a trouble that passes: nothing comes of it.
fn passes(run: &'static Intact, trouble: Trouble, attempts: u32, calls: usize) -> Vec<String> {
    let operations = operations(run);
    let troubles = operations.iter().map(|name| ((*name).to_owned(), trouble));
    let struck = match strike(run, &troubles.collect(), attempts) {
        Ok(struck) => struck,
        Err(why) => return vec![why],
    };
    let unknown = struck.unknowns.keys();
    let mut wrong: Vec<String> = unknown.map(|place| format!("{place} is unknown")).collect();
    let asked = |name: &str| struck.seen.asked.get(name).copied().unwrap_or_default();
    let seldom = operations.iter().filter(|name| asked(name) < calls);
    wrong.extend(seldom.map(|name| format!("{name} was asked {} times", asked(name))));
    wrong
}

/// Far more than there are cores: these wait most of the time.
const WAITING: usize = 12;

#[test]
fn throttling_that_ends_leaves_no_trace() {
    for_each(WAITING, |run| passes(run, Trouble::ThrottledTwice, 4, 3));
}

#[test]
fn slow_services_are_read_all_the_same() {
    for_each(WAITING, |run| passes(run, Trouble::Slow, 1, 1));
}
