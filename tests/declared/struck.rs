//! One run of a source with troubles, and whether it came to what they explain.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::facts::{Place, Unknowns, degraded, unknowns};
use super::intact::Intact;
use super::replay::{Replay, Seen, Troubles};
use super::tool::try_types;
use super::trouble::Trouble;

/// What depends on each operation.
pub type Reach = BTreeMap<String, BTreeSet<Place>>;

/// What came of a run in which nothing else changed.
pub struct Struck {
    pub seen: Seen,
    /// What is unknown, and was not in the run without faults.
    pub unknowns: Unknowns,
}

/// Runs all of a source while its operations are in these troubles.
///
/// # Errors
/// When a value or a resource changed or went without an unknown that names an operation in
/// trouble, with the trouble's code.
pub fn strike(run: &'static Intact, troubles: &Troubles, attempts: u32) -> Result<Struck, String> {
    let replay = Replay::start(run, troubles.clone());
    let regions = &run.script.regions;
    let tried = try_types(
        Some(&run.lone),
        &run.source.types(),
        regions,
        replay.url(),
        attempts,
    )?;
    let seen = replay.seen();
    if let Some(first) = seen.unrecorded.first() {
        return Err(format!("asked what it did not ask before: {first}"));
    }
    let code = if unknowns(&tried.entries).is_empty() {
        0
    } else {
        3
    };
    if tried.code != code {
        return Err(format!("exit code {}, not {code}", tried.code));
    }
    let unknowns = degraded(&run.tried.entries, &tried.entries)?;
    for (place, why) in &unknowns {
        explained(run, troubles, why).map_err(|what| format!("{place}: {what} in {why}"))?;
    }
    let noticed = |name: &&String| {
        unknowns
            .values()
            .any(|why| why["operation"] == name.as_str())
    };
    let lasting = |name: &&String| !troubles[*name].codes().is_empty();
    let mut missed = seen.struck.keys().filter(lasting);
    match missed.find(|name| !noticed(name)) {
        Some(name) => Err(format!("nobody noticed {name}")),
        None => Ok(Struck { seen, unknowns }),
    }
}

fn explained(run: &Intact, troubles: &Troubles, why: &Value) -> Result<(), &'static str> {
    let operation = why["operation"].as_str().unwrap_or_default();
    let trouble = troubles.get(operation).ok_or("another operation")?;
    let code = why["code"].as_str().unwrap_or_default();
    if !trouble.codes().contains(&code) {
        return Err("another code");
    }
    let action = why["iam_action"].as_str();
    let is_named = match trouble {
        Trouble::Denied => {
            action.is_some_and(|action| run.source.iam_actions(operation).contains(&action))
        }
        _ => action.is_none(),
    };
    is_named.then_some(()).ok_or("another permission")
}

/// Whether each operation took from the facts what depends on it, and no more.
pub fn within_reach(struck: &Struck, troubles: &Troubles, reach: &Reach) -> Result<(), String> {
    for (place, why) in &struck.unknowns {
        let operation = why["operation"].as_str().unwrap_or_default();
        let own = reach.get(operation).into_iter().flatten();
        if !own.clone().any(|reached| place.is_within(reached)) {
            return Err(format!("{place} does not depend on {operation}"));
        }
    }
    for name in struck
        .seen
        .struck
        .keys()
        .filter(|name| troubles[*name].is_total())
    {
        let left = reach.get(name).into_iter().flatten();
        lost(left, &struck.unknowns)
            .map_err(|place| format!("{place} is not unknown, though {name} did not answer"))?;
    }
    Ok(())
}

/// Whether all these places are unknown; else the first that is not.
pub fn lost<'p>(
    mut places: impl Iterator<Item = &'p Place>,
    unknowns: &Unknowns,
) -> Result<(), &'p Place> {
    let known = |place: &&Place| !unknowns.keys().any(|unknown| place.is_within(unknown));
    places.find(known).map_or(Ok(()), Err)
}

/// What the source's file says that depends on an operation: the lists it gives, and the fields
/// that it brings to each resource.
pub fn declared_reach(run: &Intact, operation: &str) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for call in run.file.uses_of(operation) {
        let mut of_type = run.tried.entries.iter().filter(|entry| {
            entry["type"] == call.type_name.as_str() && entry.get("unread").is_none()
        });
        let place = |entry: &Value, value| Place {
            type_name: call.type_name.clone(),
            region: entry["region"].as_str().unwrap_or_default().to_owned(),
            value,
        };
        if call.is_list {
            places.extend(of_type.next().map(|entry| place(entry, None)));
            continue;
        }
        for entry in of_type {
            let id = entry["id"].as_str().unwrap_or_default();
            let values = call.facts.iter().map(|fact| (id.to_owned(), fact.clone()));
            places.extend(values.map(|value| place(entry, Some(value))));
        }
    }
    places
}
