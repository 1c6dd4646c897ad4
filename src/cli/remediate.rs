//! `launchgate remediate`: writes a plan to mend what fails, and applies nothing of it.

use std::path::{Path, PathBuf};

use super::args_run::{GateArgs, RemediateArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output::{self, Access};
use super::purpose::Purpose;
use super::run::{Judged, Run};
use crate::evaluate::{Facts, offers};
use crate::finding::{Finding, Status, counted};
use crate::remedy::{Means, Plan, plans};
use crate::report::remediation::{
    Made, Syntax, Written, write_overview, write_script, write_template,
};
use crate::snapshot::Snapshot;

/// Where plans for what has no region are applied, if no region was read.
const HOME: &str = "us-east-1";

const NO_RULE: &str =
    "nothing to mend: no rule fits --rule, --framework, --severity and --service together\n";

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &RemediateArgs) -> Result<Exit, CliError> {
    check_targets(args)?;
    let run = Run::prepare(&args.run, Purpose::Audit)?;
    if run.selection.chosen.is_empty() {
        output::print(NO_RULE.as_bytes())?;
        return Ok(Exit::Open);
    }
    let judged = run.judge(&GateArgs {
        fail_on: None,
        allow_unknown: None,
        attestations: args.attestations.clone(),
    })?;
    let Judged {
        snapshot, report, ..
    } = &judged;
    let facts = Facts {
        snapshot,
        schema: &run.selection.schema,
        now: judged.now,
        home: snapshot.regions.first().map_or(HOME, String::as_str),
    };
    let offered = offers(&report.findings, run.selection.set.rules.values(), facts);
    let means = Means {
        script: !args.no_script,
        template: !args.no_template,
    };
    let plans = plans(offered, means).map_err(CliError::Contradiction)?;
    let made = Made {
        version: report.version,
        now: report.now.clone(),
        from: origin(args),
    };
    tell_unread(&report.findings);
    write(args, &plans, &made, snapshot)?;
    Ok(Exit::Open)
}

/// Makes sure that the files can be written, before an account is read for them.
fn check_targets(args: &RemediateArgs) -> Result<(), CliError> {
    let targets = [
        (&args.script, args.no_script),
        (&args.template, args.no_template),
    ];
    let wanted = targets.iter().filter(|(_, left_out)| !left_out);
    if args.script == args.template && wanted.clone().count() > 1 {
        return Err(CliError::SameTarget(args.script.clone()));
    }
    for (path, _) in wanted {
        output::check_writable(path)?;
    }
    Ok(())
}

fn origin(args: &RemediateArgs) -> String {
    match &args.run.snapshot {
        Some(path) => format!("snapshot {}", path.display()),
        None if args.run.demo => "the demo".to_owned(),
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
