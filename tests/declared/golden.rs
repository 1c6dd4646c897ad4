//! Each declared source reads what its test's service tells, and says it as its golden file has it.
//!
//! `LAUNCHGATE_UPDATE_SOURCES=1` writes the golden files anew; read them before you commit them.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::facts::{difference, unknowns};
use super::intact::{self, Intact};

#[test]
fn every_source_reads_what_its_golden_file_says() {
    let update = std::env::var("LAUNCHGATE_UPDATE_SOURCES").is_ok_and(|set| set == "1");
    let wrong: Vec<String> = intact::all()
        .iter()
        .filter_map(|run| match run {
            Ok(run) => check(run, update)
                .err()
                .map(|why| format!("{}: {why}", run.service())),
            Err(why) => Some(why.clone()),
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_is_of_a_declared_source() {
    let declared: Vec<&String> = intact::sources().iter().map(|s| &s.service).collect();
    let directory = intact::test_file("any", "yaml");
    let directory = directory.parent().expect("a file lies in a directory");
    let files = fs::read_dir(directory).expect("the tests can be listed");
    let names = files.map(|file| file.expect("the tests can be listed").path());
    let of_none = |path: &PathBuf| {
        let service = path.file_stem().unwrap_or_default().to_string_lossy();
        !declared.iter().any(|declared| **declared == service)
    };
    let stray: Vec<PathBuf> = names.filter(of_none).collect();
    assert!(stray.is_empty(), "{stray:?}");
}

fn check(run: &Intact, update: bool) -> Result<(), String> {
    let path = intact::test_file(run.service(), "json");
    if update {
        fs::write(&path, &run.tried.stdout).map_err(|e| e.to_string())?;
    }
    let golden = intact::read(&path)?;
    let golden: Value = serde_json::from_str(&golden).map_err(|e| e.to_string())?;
    let entries = Value::from(run.tried.entries.clone());
    if let Some(where_and_what) = difference(&golden, &entries, "") {
        return Err(format!("{where_and_what}\n{}", run.tried.stderr));
    }
    shows_every_type(run)?;
    is_unknown_only_on_purpose(run)
}

fn shows_every_type(run: &Intact) -> Result<(), String> {
    let is_shown = |name: &String| {
        let mut entries = run.tried.entries.iter();
        entries.any(|entry| entry["type"] == name.as_str() && entry.get("unread").is_none())
    };
    let mut missing = run.source.types();
    missing.retain(|name| !is_shown(name));
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("no resource of {missing:?}"))
    }
}

fn is_unknown_only_on_purpose(run: &Intact) -> Result<(), String> {
    let unknowns = unknowns(&run.tried.entries);
    let mut unknown: Vec<String> = unknowns.keys().map(ToString::to_string).collect();
    unknown.sort();
    let expected = run.script.expected_unknown();
    if unknown != expected {
        let why = unknowns.values().next();
        return Err(format!(
            "unknown is {unknown:?}, expected {expected:?}; the first is {why:?}\n{}",
            run.log
        ));
    }
    let code = if expected.is_empty() { 0 } else { 3 };
    if run.tried.code == code {
        Ok(())
    } else {
        Err(format!("exit code {}, not {code}", run.tried.code))
    }
}
