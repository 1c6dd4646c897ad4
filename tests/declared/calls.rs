//! What goes over the wire in runs without faults: the planned operations, all of them, to the
//! last page, and nothing that could write.

use std::collections::BTreeSet;

use super::asked::Asked;
use super::facts::difference;
use super::intact::{self, Intact, WHO_AM_I, for_each, workers};
use super::operation::Call;
use super::replay::{Replay, Troubles};
use super::source_file::{SourceFile, is_declared};
use super::tool::try_types;

#[test]
fn only_planned_operations_are_asked_by_methods_that_read() {
    for_each(1, |run| {
        let asked = run.recording.asked();
        asked.filter_map(|asked| unplanned(run, asked)).collect()
    });
}

fn unplanned(run: &Intact, asked: &Asked) -> Option<String> {
    if !["GET", "HEAD", "POST"].contains(&asked.method.as_str()) {
        return Some(format!("not read-only: {asked}"));
    }
    if asked.action() == WHO_AM_I.split(':').next_back() {
        return None;
    }
    let Some(call) = run.call(asked) else {
        let typed = lists_typed_parents(run, asked);
        return (!typed).then(|| format!("of no operation: {asked}"));
    };
    let planned = run.source.operations().contains(&call.operation.as_str());
    let is_told = planned || lists_parents(run, call);
    (!is_told).then(|| format!("{} is not planned: {asked}", call.operation))
}

/// Whether the call finds the resources of another source that each have a list in this one.
fn lists_parents(run: &Intact, call: &Call) -> bool {
    let mut parents = run.file.parents();
    parents.any(|parent| family(parent).contains(&call.resource_type))
}

/// Whether a request lists resources of a typed source that one of these is made of each:
/// `DescribeVolumes` those of `ec2.Volume`.
fn lists_typed_parents(run: &Intact, asked: &Asked) -> bool {
    let mut typed = run.file.parents().filter_map(|name| name.split_once('.'));
    typed.any(|(service, name)| {
        let list = format!("Describe{name}s");
        !is_declared(service) && asked.action() == Some(&list)
    })
}

#[test]
fn every_planned_operation_is_asked() {
    for_each(1, |run| {
        let asked = run.recording.asked().filter_map(|asked| run.call(asked));
        let asked: BTreeSet<&str> = asked.map(|call| call.operation.as_str()).collect();
        let planned = run.source.operations().into_iter();
        let never = planned.filter(|name| !asked.contains(name));
        never.map(|name| format!("{name} is never asked")).collect()
    });
}

#[test]
fn every_list_in_pages_is_asked_for_a_second_page() {
    for_each(1, |run| {
        let planned = run.source.operations().into_iter();
        let one_page_only = |name: &&str| {
            let inputs = run.source.token_inputs(name);
            !inputs.is_empty() && !is_asked_for_more(run, name, &inputs)
        };
        let short = planned.filter(one_page_only);
        short
            .map(|name| format!("{name} is asked for one page only"))
            .collect()
    });
}

fn is_asked_for_more(run: &Intact, operation: &str, inputs: &[String]) -> bool {
    run.recording.asked().any(|asked| {
        let of_it = |call: &Call| call.operation == operation;
        run.call(asked).is_some_and(of_it) && inputs.iter().any(|input| asked.has_input(input))
    })
}

#[test]
fn a_type_alone_asks_only_what_it_is_made_of_and_reads_the_same() {
    for_each(workers(), |run| {
        let types = run.source.types().into_iter();
        let wrong = types.filter_map(|name| Some(format!("{name}: {}", alone(run, &name).err()?)));
        wrong.collect()
    });
}

fn alone(run: &'static Intact, type_name: &str) -> Result<(), String> {
    let replay = Replay::start(run, Troubles::new());
    let types = [type_name.to_owned()];
    let regions = &run.script.regions;
    let tried = try_types(Some(&run.lone), &types, regions, replay.url(), 1)?;

    let mut expected = run.tried.entries.clone();
    expected.retain(|entry| entry["type"] == type_name);
    if let Some(other) = difference(&expected.into(), &tried.entries.into(), "") {
        return Err(other);
    }
    let family = family(type_name);
    let sources = intact::sources().iter();
    let calls = sources.flat_map(|source| &source.calls);
    let of_family = calls.filter(|call| family.contains(&call.resource_type));
    let needed: BTreeSet<&String> = of_family.map(|call| &call.operation).collect();
    let seen = replay.seen();
    let mut asked = seen.asked.keys().filter(|name| *name != WHO_AM_I);
    match asked.find(|name| !needed.contains(name)) {
        Some(name) => Err(format!("{name} was asked")),
        None => Ok(()),
    }
}

/// The type, the one whose resources each have a list of these, and so on.
fn family(type_name: &str) -> Vec<String> {
    let mut family = vec![type_name.to_owned()];
    loop {
        let name = family.last().cloned().unwrap_or_default();
        let service = name.split('.').next().unwrap_or_default();
        let file = is_declared(service).then(|| SourceFile::read(service).expect("a source"));
        match file.as_ref().and_then(|file| file.parent(&name)) {
            Some(parent) => family.push(parent.to_owned()),
            None => return family,
        }
    }
}
