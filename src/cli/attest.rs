//! `launchgate attest`: sign that a control is met, and list what there is to sign.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::args::{AttestArgs, Choice, ListFormat};
use super::attestations::{Attested, digest, path, read};
use super::error::CliError;
use super::exit::Exit;
use super::output::{self, Access, print};
use super::selection::Selection;
use super::table::aligned;
use crate::finding::attestation::{
    Day, Digests, EditError, Evidence, FileState, NewEntry, Register, Signed, edit, find,
    is_web_address, parse_day, problem,
};
use crate::finding::counted;
use crate::rule::Attestable;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &AttestArgs) -> Result<Exit, CliError> {
    let choice = Choice {
        directories: args.directories.clone(),
        no_bundled: args.no_bundled,
        project: args.project.clone(),
        ..Choice::default()
    };
    let selection = Selection::load(&choice)?;
    if let Some(account) = &args.account {
        check_account(account)?;
    }
    let today = Day::of(OffsetDateTime::now_utc());
    match (&args.control, &args.by) {
        (Some(control), Some(by)) => sign(args, &selection, control, by, today),
        _ => list(args, &selection, today),
    }
}

fn check_account(account: &str) -> Result<(), CliError> {
    let digits = account.bytes().all(|byte| byte.is_ascii_digit());
    if digits && account.len() == 12 {
        return Ok(());
    }
    let message = format!("`--account {account}` is not the twelve digits of an account id");
    Err(CliError::Attest(message))
}

fn sign(
    args: &AttestArgs,
    selection: &Selection,
    control: &str,
    by: &str,
    today: Day,
) -> Result<Exit, CliError> {
    let controls = selection.set.attestable();
    let control = find(&controls, control).map_err(|wrong| {
        let help = wrong
            .help
            .map_or_else(String::new, |help| format!("; {help}"));
        CliError::Attest(format!("{}{help}", wrong.message))
    })?;
    let path = path(args.attestations.as_deref(), selection.project.as_ref());
    let entry = entry(args, control, by, today, &path)?;
    let file = read(&path)?;
    let name = control.name();
    let text = edit(file.as_ref(), &entry, |old| {
        let written = old.control.as_ref().map(|(written, _)| written.as_str());
        let found = written.and_then(|written| find(&controls, written).ok());
        found.is_some_and(|found| found.name() == name) && old.account == entry.account
    });
    let text = text.map_err(|error| match error {
        EditError::Mistakes(mistakes) => CliError::Rules(mistakes),
        form @ EditError::Form { .. } => CliError::Edit(form),
    })?;
    output::write_whole(&[(path.clone(), text.into_bytes())], Access::Usual)?;
    eprintln!(
        "wrote {}: {name} is attested by {} until {}",
        path.display(),
        entry.by,
        entry.expires
    );
    Ok(Exit::Open)
}

/// The entry that the flags describe, which must count as soon as it is written.
fn entry(
    args: &AttestArgs,
    control: &Attestable<'_>,
    by: &str,
    today: Day,
    path: &Path,
) -> Result<NewEntry, CliError> {
    let on = day("--on", args.on.as_deref())?.unwrap_or(today);
    let latest = on.plus(control.control.valid_days()).unwrap_or(on);
    let statement = args.statement.as_deref();
    let statement = statement.unwrap_or(control.control.statement());
    let evidence = args.evidence.as_deref();
    let signed = Signed {
        statement: said("--statement", statement)?,
        by: said("--by", by)?,
        on,
        expires: day("--expires", args.expires.as_deref())?.unwrap_or(latest),
        evidence: evidence.map(|given| evidence_of(given, path)).transpose()?,
    };
    let digests: Digests = match &signed.evidence {
        Some(Evidence::File { file, sha256 }) => {
            [(file.clone(), FileState::Sha256(sha256.clone()))].into()
        }
        _ => Digests::new(),
    };
    if let Some(problem) = problem(control, &signed, &digests, today) {
        let message = format!("this attestation would not count: it {problem}");
        return Err(CliError::Attest(message));
    }
    Ok(NewEntry {
        control: control.name(),
        statement: signed.statement,
        by: signed.by,
        on,
        expires: signed.expires,
        evidence: signed.evidence,
        account: args.account.clone(),
    })
}

fn day(flag: &str, given: Option<&str>) -> Result<Option<Day>, CliError> {
    let Some(text) = given else { return Ok(None) };
    let wrong = || CliError::Attest(format!("`{flag} {text}` is not a day such as 2026-12-31"));
    parse_day(text).map(Some).ok_or_else(wrong)
}

/// A text in one line that says something.
fn said(flag: &str, text: &str) -> Result<String, CliError> {
    let text = text.trim();
    let wrong = if text.is_empty() {
        "is blank"
    } else if text.contains(char::is_control) {
        "must be one line without control characters"
    } else {
        return Ok(text.to_owned());
    };
    Err(CliError::Attest(format!("`{flag}` {wrong}")))
}

/// A page, or a file below the directory of the attestations: it has to be there wherever they are.
fn evidence_of(given: &str, attestations: &Path) -> Result<Evidence, CliError> {
    if is_web_address(given) {
        let url = given.to_owned();
        return Ok(Evidence::Url { url });
    }
    let failed = |error: std::io::Error| {
        CliError::Attest(format!("failed to read the evidence {given}: {error}"))
    };
    let sha256 = digest(Path::new(given)).map_err(failed)?;
    let directory = match attestations.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let found = Path::new(given).canonicalize().map_err(failed)?;
    let inside = directory.canonicalize().ok();
    let below = inside.and_then(|directory| {
        let below = found.strip_prefix(directory).ok()?;
        below.to_str().map(str::to_owned)
    });
    match below {
        Some(file) => Ok(Evidence::File { file, sha256 }),
        None => Err(CliError::Attest(format!(
            "the evidence {given} must lie below the directory of {}, to be found wherever that is read",
            attestations.display()
        ))),
    }
}

fn list(args: &AttestArgs, selection: &Selection, today: Day) -> Result<Exit, CliError> {
    let project = selection.project.as_ref();
    let attested = Attested::load(args.attestations.as_deref(), &args.project, project)?;
    let register = attested.register(selection, today);
    let accounts = match (&args.account, project) {
        (Some(account), _) => vec![account.clone()],
        (None, Some(project)) if !project.accounts.is_empty() => project.accounts.clone(),
        _ => attested.accounts(),
    };
    let controls = register.controls();
    match args.format {
        ListFormat::Json => {
            let array = controls
                .iter()
                .map(|known| json_of(known, &register, &accounts));
            print(format!("{:#}\n", array.collect::<Value>()).as_bytes())?;
        }
        ListFormat::Text => {
            let header = ["CONTROL", "STATE", "BY", "EXPIRES", "WHAT"].map(str::to_owned);
            let rows = controls
                .iter()
                .map(|known| row(known, &register, &accounts));
            let rows: Vec<Vec<String>> = std::iter::once(header.to_vec()).chain(rows).collect();
            print(aligned(&rows).as_bytes())?;
            eprintln!("{}", counted(controls.len(), "control"));
        }
    }
    Ok(Exit::Open)
}

fn row(control: &Attestable<'_>, register: &Register<'_>, accounts: &[String]) -> Vec<String> {
    let summary = register.summary(control, accounts);
    let dash = || "-".to_owned();
    [
        control.name(),
        summary.state.name().to_owned(),
        summary.by.unwrap_or_else(dash),
        summary.expires.unwrap_or_else(dash),
        summary
            .problem
            .unwrap_or_else(|| control.control.title.clone()),
    ]
    .iter()
    .map(|cell| cell.chars().filter(|c| !c.is_control()).collect())
    .collect()
}

fn json_of(control: &Attestable<'_>, register: &Register<'_>, accounts: &[String]) -> Value {
    let mut value = json!({
        "control": control.name(),
        "title": control.control.title,
        "manual": control.by_person,
        "settles": control.control.settles(),
        "valid_days": control.control.valid_days(),
    });
    let summary = json!(register.summary(control, accounts));
    if let (Value::Object(value), Value::Object(summary)) = (&mut value, summary) {
        value.extend(summary);
    }
    value
}

impl Attested {
    /// The accounts that attestations are for; where all are for every account, that one stands for
    /// any.
    fn accounts(&self) -> Vec<String> {
        let named: BTreeSet<String> = self.named_accounts().map(str::to_owned).collect();
        if named.is_empty() {
            return vec![String::new()];
        }
        named.into_iter().collect()
    }
}
