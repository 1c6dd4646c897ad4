//! Which control is attested on a day, and why another is not.

use std::collections::BTreeMap;

use super::date::Day;
use super::decode::{Attestations, Entry, Signed};
use super::{AttestationState, AttestationSummary, Attested, Evidence};
use crate::diagnostic::Diagnostic;
use crate::rule::Attestable;

/// What was found of the files that attestations give as evidence, by the path they give.
pub type Digests = BTreeMap<String, FileState>;

/// A file given as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Its digest now, in lower-case hexadecimal digits.
    Sha256(String),
    /// There is none.
    Gone,
    /// It cannot be read, and why.
    Unreadable(String),
}

/// Whether a control is attested for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Valid(Attested),
    /// There is an attestation that does not count.
    Rejected(Box<Rejected>),
    /// There is none.
    Missing,
}

/// An attestation that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub problem: String,
    /// What it says, where that can be read.
    pub said: Option<Attested>,
}

/// The attestations of a run, by the control that each is for.
pub struct Register<'r> {
    controls: Vec<Attestable<'r>>,
    by_control: BTreeMap<String, Vec<&'r Entry>>,
    digests: &'r Digests,
    today: Day,
    /// What is wrong with the attestations themselves: told, and none of it stops a run.
    pub warnings: Vec<Diagnostic>,
}

impl<'r> Register<'r> {
    /// Puts entries to their controls.
    pub fn new(
        controls: Vec<Attestable<'r>>,
        attestations: &'r Attestations,
        digests: &'r Digests,
        today: Day,
    ) -> Self {
        let mut register = Self {
            controls,
            by_control: BTreeMap::new(),
            digests,
            today,
            warnings: Vec::new(),
        };
        for entry in &attestations.entries {
            register.add(entry);
        }
        register
    }

    fn add(&mut self, entry: &'r Entry) {
        if let Err(mistakes) = &entry.content {
            self.warnings.extend(mistakes.iter().cloned());
        }
        let Some((written, span)) = &entry.control else {
            return;
        };
        let named = match find(&self.controls, written) {
            Ok(named) => named.name(),
            Err(NotFound { message, help }) => {
                let warning = Diagnostic::new("unknown-control", span.clone(), message);
                self.warnings.push(Diagnostic { help, ..warning });
                return;
            }
        };
        let same = self.by_control.entry(named).or_default();
        if same.iter().any(|other| other.account == entry.account) {
            let message = format!("`{written}` is attested more than once");
            let help = "keep one: `launchgate attest` replaces the one that is there";
            let warning = Diagnostic::new("duplicate-attestation", span.clone(), message);
            self.warnings.push(warning.with_help(help));
        }
        same.push(entry);
    }

    /// The controls that a person may attest.
    pub fn controls(&self) -> &[Attestable<'r>] {
        &self.controls
    }

    /// How a control stands for an account. Of several attestations one that counts is enough; the
    /// one that counts longest is told.
    pub fn state(&self, control: &Attestable<'_>, account: &str) -> State {
        let name = control.name();
        let entries = self.by_control.get(&name).map_or(&[][..], Vec::as_slice);
        let concerns = |entry: &&&Entry| entry.account.as_deref().is_none_or(|of| of == account);
        let mut state = State::Missing;
        for entry in entries.iter().filter(concerns) {
            match (self.judge(control, entry), &state) {
                (State::Valid(new), State::Valid(old)) if new.expires <= old.expires => {}
                (State::Rejected(_), State::Valid(_)) => {}
                (judged, _) => state = judged,
            }
        }
        state
    }

    fn judge(&self, control: &Attestable<'_>, entry: &Entry) -> State {
        match &entry.content {
            Err(mistakes) => rejected(malformed(entry, mistakes), None),
            Ok(signed) => {
                let said = attested(control.name(), signed);
                match problem(control, signed, self.digests, self.today) {
                    None => State::Valid(said),
                    Some(problem) => {
                        let problem = format!("attestation by {} {problem}", signed.by);
                        rejected(problem, Some(said))
                    }
                }
            }
        }
    }

    /// How a control stands over all accounts: as it does where it stands worst.
    pub fn summary(&self, control: &Attestable<'_>, accounts: &[String]) -> AttestationSummary {
        let states = accounts.iter().map(|account| self.state(control, account));
        let worst = states.min_by_key(State::kind).unwrap_or(State::Missing);
        summary_of(control, worst)
    }
}

/// The summary of one state.
pub(super) fn summary_of(control: &Attestable<'_>, state: State) -> AttestationSummary {
    let kind = state.kind();
    let (said, problem) = match state {
        State::Valid(said) => (Some(said), None),
        State::Rejected(rejected) => (rejected.said, Some(rejected.problem)),
        State::Missing => (None, None),
    };
    let signed = said.as_ref().filter(|_| kind == AttestationState::Valid);
    AttestationSummary {
        statement: signed
            .map_or(control.control.statement(), |said| &said.statement)
            .to_owned(),
        state: kind,
        problem,
        by: said.as_ref().map(|said| said.by.clone()),
        on: said.as_ref().map(|said| said.on.clone()),
        expires: said.as_ref().map(|said| said.expires.clone()),
        evidence: said.and_then(|said| said.evidence),
    }
}

impl State {
    /// What kind of state it is.
    pub fn kind(&self) -> AttestationState {
        match self {
            State::Valid(_) => AttestationState::Valid,
            State::Rejected(_) => AttestationState::Rejected,
            State::Missing => AttestationState::Missing,
        }
    }
}

/// Why a well-formed attestation does not count on a day, to be read after "attestation by Jane".
pub fn problem(
    control: &Attestable<'_>,
    signed: &Signed,
    digests: &Digests,
    today: Day,
) -> Option<String> {
    let Signed { on, expires, .. } = signed;
    let (longest, days) = (control.control.valid_days(), on.days_to(*expires));
    if *on > today {
        return Some(format!("is dated {on}, which is still to come"));
    }
    if expires < on {
        return Some(format!(
            "expires on {expires}, before the day it is dated, {on}"
        ));
    }
    if *expires < today {
        return Some(format!("expired on {expires}"));
    }
    if days > longest {
        return Some(format!(
            "is for {days} days, and this control takes at most {longest}"
        ));
    }
    let Some(Evidence::File { file, sha256 }) = &signed.evidence else {
        return None;
    };
    match digests.get(file) {
        Some(FileState::Sha256(found)) if found == sha256 => None,
        Some(FileState::Sha256(_)) => Some(format!(
            "does not count: its evidence {file} has changed since"
        )),
        Some(FileState::Unreadable(why)) => Some(format!(
            "does not count: its evidence {file} cannot be read ({why})"
        )),
        Some(FileState::Gone) | None => {
            Some(format!("does not count: its evidence {file} is not there"))
        }
    }
}

fn rejected(problem: String, said: Option<Attested>) -> State {
    State::Rejected(Box::new(Rejected { problem, said }))
}

fn malformed(entry: &Entry, mistakes: &[Diagnostic]) -> String {
    let (line, _) = entry.span.file.position(entry.span.range.start);
    let place = format!("{}:{line}", entry.span.file.name);
    let why: Vec<&str> = mistakes
        .iter()
        .map(|mistake| mistake.message.as_str())
        .collect();
    format!("attestation at {place} does not count: {}", why.join("; "))
}

fn attested(control: String, signed: &Signed) -> Attested {
    Attested {
        control,
        statement: signed.statement.clone(),
        by: signed.by.clone(),
        on: signed.on.to_string(),
        expires: signed.expires.to_string(),
        evidence: signed.evidence.clone(),
    }
}

/// Why a name is no control's that a person may attest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// In words.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The control of a name: `framework/control`, or the control's id where it is the only one.
///
/// # Errors
/// When there is none of that name, or more than one.
pub fn find<'c, 'r>(
    controls: &'c [Attestable<'r>],
    name: &str,
) -> Result<&'c Attestable<'r>, NotFound> {
    let fits = |control: &&Attestable<'_>| control.control.id == name || control.name() == name;
    let found: Vec<&Attestable<'_>> = controls.iter().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let full: Vec<String> = controls.iter().map(Attestable::name).collect();
            let names: Vec<&str> = if name.contains('/') {
                full.iter().map(String::as_str).collect()
            } else {
                controls
                    .iter()
                    .map(|control| control.control.id.as_str())
                    .collect()
            };
            let help = crate::diagnostic::suggestion(name, names);
            let help = help.or_else(|| Some("`launchgate attest --list` shows all".to_owned()));
            Err(NotFound {
                message: format!("there is no control `{name}` that a person may attest"),
                help,
            })
        }
        several => {
            let names: Vec<String> = several.iter().map(|control| control.name()).collect();
            Err(NotFound {
                message: format!("more than one framework has a control `{name}`"),
                help: Some(format!("write one of: {}", names.join(", "))),
            })
        }
    }
}
