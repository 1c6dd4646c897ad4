//! `launchgate remediate`: writes a plan to mend what fails, and applies nothing of it.

use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::args::RemediateArgs;
use super::attestations::Attested;
use super::error::CliError;
use super::exit::Exit;
use super::output::{self, Access};
use super::run::{parse_now, read};
use super::selection::Selection;
use crate::evaluate::{Facts, evaluate, offers};
use crate::finding::attestation::{Day, settle};
use crate::finding::{Finding, Status, counted};
use crate::remedy::{Means, Plan, plans};
use crate::report::remediation::{
    Made, Syntax, Written, write_overview, write_script, write_template,
};
use crate::snapshot::Snapshot;

/// Where plans for what has no region are applied, if no region was read.
const HOME: &str = "us-east-1";

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &RemediateArgs) -> Result<Exit, CliError> {
    let given_now = args.now.as_deref().map(parse_now).transpose()?;
    let choice = args.choice.of_demo_if(args.demo);
    let selection = Selection::load(&choice)?;
    let attested = Attested::load(None, &choice.project, selection.project.as_ref())?;
    let targets = [
        (&args.script, args.no_script),
        (&args.template, args.no_template),
    ];
    for (path, _) in targets.iter().filter(|(_, left_out)| !left_out) {
        output::check_writable(path)?;
    }
    if args.script == args.template && !args.no_script && !args.no_template {
        return Err(CliError::SameTarget(args.script.clone()));
    }
    let started = given_now.unwrap_or_else(OffsetDateTime::now_utc);
    let snapshot_file = args.snapshot.as_deref();
    let (snapshot, taken) = read(args.demo, snapshot_file, &args.account, &selection, started)?;
    let now = given_now.or(taken).unwrap_or(started);
    let findings = evaluate(selection.rules(), &snapshot, &selection.schema, now);
    // What a person attested is not to be mended.
    let register = attested.register(&selection, Day::of(started));
    let findings = settle(findings, &register, |_| false, &snapshot.accounts);
    let facts = Facts {
        snapshot: &snapshot,
        schema: &selection.schema,
        now,
        home: snapshot.regions.first().map_or(HOME, String::as_str),
    };
    let offered = offers(&findings, selection.set.rules.values(), facts);
    let means = Means {
        script: !args.no_script,
        template: !args.no_template,
    };
    let plans = plans(offered, means).map_err(CliError::Contradiction)?;
    let made = Made {
        version: env!("CARGO_PKG_VERSION"),
        now: now
            .replace_nanosecond(0)
            .unwrap_or(now)
            .format(&Rfc3339)
            .unwrap_or_default(),
        from: origin(args),
    };
    tell_unread(&findings);
    write(args, &plans, &made, &snapshot)?;
    Ok(Exit::Open)
}

fn origin(args: &RemediateArgs) -> String {
    match &args.snapshot {
        Some(path) => format!("snapshot {}", path.display()),
        None if args.demo => "the demo".to_owned(),
        None => "the live account".to_owned(),
    }
}

/// What could not be looked at is in no plan, and nobody must take that for sound.
fn tell_unread(findings: &[Finding]) {
    let unread = findings
        .iter()
        .filter(|found| found.status == Status::Unknown);
    let unread = unread.count();
    if unread > 0 {
        let findings = counted(unread, "finding");
        eprintln!("{findings} could not be decided, and may hide something to mend: see the audit");
    }
}

fn write(
    args: &RemediateArgs,
    plans: &[Plan],
    made: &Made,
    snapshot: &Snapshot,
) -> Result<(), CliError> {
    if plans.is_empty() {
        let nothing = if snapshot.accounts.is_empty() {
            "nothing to mend: no account was read\n"
        } else {
            "nothing to mend: no finding fails\n"
        };
        return output::print(nothing.as_bytes());
    }
    let mut files = Vec::new();
    let mut text = String::new();
    for plan in plans {
        let account = (plans.len() > 1).then_some(plan.account.as_str());
        let written = files_of(args, plan, account, made, &mut files)?;
        text.push_str(&write_overview(plan, &written));
    }
    output::write_whole(&files, Access::Usual)?;
    for (path, _) in &files {
        eprintln!("wrote {}", path.display());
    }
    output::print(text.as_bytes())
}

/// Adds the files of one plan.
fn files_of(
    args: &RemediateArgs,
    plan: &Plan,
    account: Option<&str>,
    made: &Made,
    files: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<Written, CliError> {
    let mut written = Written::default();
    if !plan.steps.is_empty() {
        let path = named(&args.script, &[account]);
        written.script = Some(path.display().to_string());
        files.push((path, write_script(plan, made).into_bytes()));
    }
    let several = plan.stacks.len() > 1;
    for stack in &plan.stacks {
        let region = several.then_some(stack.region.as_str());
        let path = named(&args.template, &[account, region]);
        written.templates.push(path.display().to_string());
        let syntax = syntax(&path);
        let content = write_template(stack, made, syntax).map_err(|error| CliError::Report {
            format: "template".to_owned(),
            error,
        })?;
        files.push((path, content.into_bytes()));
    }
    Ok(written)
}

fn syntax(path: &Path) -> Syntax {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => Syntax::Json,
        _ => Syntax::Yaml,
    }
}

/// The path with these parts before its extension. They come from a snapshot, which may hold
/// anything.
fn named(path: &Path, parts: &[Option<&str>]) -> PathBuf {
    let given: Vec<String> = parts.iter().flatten().map(|part| file_part(part)).collect();
    if given.is_empty() {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy());
    let extension = extension.map_or(String::new(), |extension| format!(".{extension}"));
    path.with_file_name(format!("{stem}.{}{extension}", given.join(".")))
}

fn file_part(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    text.chars().map(plain).collect()
}
