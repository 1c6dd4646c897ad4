//! `launchgate sources`, as these tests call it.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::lone::Lone;
use super::operation::Source;
use super::source_file::SourceFile;
use crate::support::{self, Run};

/// The clock of every run: it is in some requests, which must be the same in each run.
const NOW: &str = "2026-06-01T12:00:00Z";

/// What `sources try` printed.
#[derive(Clone, Debug)]
pub struct Tried {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub entries: Vec<Value>,
}

/// The services of the declared sources that are in the binary.
pub fn declared_services() -> BTreeSet<String> {
    let listed = json(&mut sources("list", None));
    let listed = listed.as_array().expect("a list of types");
    let declared = listed.iter().filter(|of| of["origin"] == "declared");
    let services = declared.filter_map(|of| of["service"].as_str());
    let services: BTreeSet<String> = services.map(str::to_owned).collect();
    assert!(!services.is_empty(), "no source is declared");
    services
}

/// What is said of a source.
///
/// # Errors
/// When the source's file is not as it should be.
pub fn show(service: &str) -> Result<Source, String> {
    let lone = Lone::of(&SourceFile::read(service)?)?;
    let shown = json(sources("show", Some(&lone)).arg(service));
    serde_json::from_value(shown).map_err(|e| e.to_string())
}

#[track_caller]
fn json(command: &mut Command) -> Value {
    let run = support::run(command).expect_code(0);
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stdout))
}

/// Collects these types with all their details from the AWS at `url`: by the sources in the binary,
/// or by the one.
///
/// # Errors
/// When it prints no list of what it read.
pub fn try_types(
    lone: Option<&Lone>,
    types: &[String],
    regions: &[String],
    url: &str,
    attempts: u32,
) -> Result<Tried, String> {
    let mut command = sources("try", lone);
    command.args(["--now", NOW]).args(types);
    for region in regions {
        command.args(["--region", region]);
    }
    command.envs(support::aws_env(url));
    let Run {
        code,
        stdout,
        stderr,
        ..
    } = support::run(command.env("AWS_MAX_ATTEMPTS", attempts.to_string()));
    let entries = serde_json::from_str(&stdout)
        .map_err(|e| format!("exit code {code}, {e}:\n{stdout}\n{stderr}"))?;
    Ok(Tried {
        code,
        stdout,
        stderr,
        entries,
    })
}

/// `launchgate sources SUBCOMMAND --format json`
fn sources(subcommand: &str, lone: Option<&Lone>) -> Command {
    let mut command = support::launchgate();
    command.args(["sources", subcommand, "--format", "json"]);
    if let Some(lone) = lone {
        command.arg("--no-bundled").arg("--rules").arg(lone.path());
    }
    command
}
