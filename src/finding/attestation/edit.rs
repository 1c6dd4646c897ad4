//! One entry put into a file of attestations; every other byte of the file stays as it was.

use std::sync::Arc;

use super::Evidence;
use super::date::Day;
use super::decode::{Attestations, Entry, LIST, decode};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::yaml::{Value, parse};

/// What a new file begins with.
const HEAD: &str = "\
# What people sign for where no API can show it. `launchgate attest CONTROL` writes an entry,
# `launchgate attest --list` shows what there is to attest.
";

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// `framework/control`.
    pub control: String,
    /// What is signed.
    pub statement: String,
    /// Who signs.
    pub by: String,
    /// On which day.
    pub on: Day,
    /// The last day on which it counts.
    pub expires: Day,
    /// What shows it.
    pub evidence: Option<Evidence>,
    /// The one account it is for.
    pub account: Option<String>,
}

/// Why an entry cannot be put into a file.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The file has mistakes.
    #[error("the file has mistakes")]
    Mistakes(Vec<Diagnostic>),
    /// Writing into it would change more than the entry.
    #[error(
        "{file} is written in a way that launchgate cannot add to without touching the rest; add this to its list:\n\n{entry}"
    )]
    Form {
        /// The file's name.
        file: String,
        /// What would have been written.
        entry: String,
    },
}

/// The file with the entry in it: in place of the entry that `replaces` chooses, or at the end.
///
/// # Errors
/// When the file has mistakes, or cannot be added to.
pub fn edit(
    file: Option<&Arc<SourceFile>>,
    new: &NewEntry,
    replaces: impl Fn(&Entry) -> bool,
) -> Result<String, EditError> {
    let Some(file) = file else {
        return Ok(format!("{HEAD}{LIST}:\n{}", text_of(new, 2)));
    };
    let before = decode(file).map_err(EditError::Mistakes)?;
    let place = before.entries.iter().position(replaces);
    let form = || EditError::Form {
        file: file.name.clone(),
        entry: text_of(new, 2),
    };
    let edited = match (place, before.entries.last()) {
        (Some(place), _) => replace(file, &before.entries[place], new),
        (None, Some(last)) => append(file, last, new),
        (None, None) => begin(file, new),
    };
    let edited = edited.ok_or_else(form)?;
    let edited = if file.text.contains("\r\n") {
        edited.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        edited
    };
    // What was written is read again: nothing but this entry may be another one than before.
    let after = decode(&SourceFile::new(file.name.clone(), edited.clone())).map_err(|_| form())?;
    if is_as_meant(&before, &after, place, new) {
        Ok(edited)
    } else {
        Err(form())
    }
}

fn text_of(new: &NewEntry, indent: usize) -> String {
    let mut lines = vec![
        format!("- control: {}", plain_or_quoted(&new.control)),
        format!("  statement: {}", quoted(&new.statement)),
        format!("  by: {}", quoted(&new.by)),
        format!("  on: {}", new.on),
        format!("  expires: {}", new.expires),
    ];
    match &new.evidence {
        Some(Evidence::Url { url }) => {
            lines.push(format!("  evidence: {{ url: {} }}", quoted(url)))
        }
        Some(Evidence::File { file, sha256 }) => lines.push(format!(
            "  evidence: {{ file: {}, sha256: {} }}",
            quoted(file),
            quoted(sha256)
        )),
        None => {}
    }
    if let Some(account) = &new.account {
        lines.push(format!("  account: {}", quoted(account)));
    }
    let lines = lines.iter().map(|line| format!("{:indent$}{line}\n", ""));
    lines.collect()
}

fn plain_or_quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && text.chars().all(plain) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A JSON string is one of YAML, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The lines of an entry in a block list.
struct Extent {
    start: usize,
    end: usize,
    indent: usize,
}

/// From the line with the dash to the last line that is further in than the dash; `None` where the
/// list is written in another way.
fn extent(file: &SourceFile, entry: &Entry) -> Option<Extent> {
    let text = &file.text;
    let first = entry.span.range.start;
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[start..first];
    let indent = before.len() - before.trim_start_matches(' ').len();
    if before.trim() != "-" {
        return None;
    }
    let mut end = start;
    let mut at = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let inner = line.len() - line.trim_start_matches(' ').len() > indent;
        let blank = line.trim().is_empty();
        if number > 0 && !inner && !blank {
            break;
        }
        at += line.len();
        if !blank {
            end = at;
        }
    }
    Some(Extent { start, end, indent })
}

fn replace(file: &SourceFile, entry: &Entry, new: &NewEntry) -> Option<String> {
    let Extent { start, end, indent } = extent(file, entry)?;
    let (head, tail) = (&file.text[..start], &file.text[end..]);
    Some(format!("{head}{}{tail}", text_of(new, indent)))
}

fn append(file: &SourceFile, last: &Entry, new: &NewEntry) -> Option<String> {
    let Extent { end, indent, .. } = extent(file, last)?;
    let (head, tail) = (&file.text[..end], &file.text[end..]);
    let newline = if head.ends_with('\n') { "" } else { "\n" };
    Some(format!("{head}{newline}{}{tail}", text_of(new, indent)))
}

/// The first entry of a file whose list is empty or missing.
fn begin(file: &Arc<SourceFile>, new: &NewEntry) -> Option<String> {
    let text = &file.text;
    let entry = text_of(new, 2);
    let Value::Map(entries) = parse(file).ok()?.value else {
        let newline = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        return Some(format!("{text}{newline}{LIST}:\n{entry}"));
    };
    let (key, value) = entries.first()?;
    let key_end = key.span.range.end;
    let colon = key_end + text[key_end..].find(':')? + 1;
    // An empty list in brackets goes, and what stands behind it stays.
    let after = match value.value {
        Value::List(_) => {
            let bracket = colon + text[colon..].find(']')? + 1;
            let between: String = text[colon..bracket].split_whitespace().collect();
            (between == "[]").then_some(bracket)?
        }
        _ => colon,
    };
    let line_end = text[after..].find('\n').map(|newline| after + newline + 1);
    let (rest, tail) = match line_end {
        Some(end) => (&text[after..end], &text[end..]),
        None => (&text[after..], ""),
    };
    let newline = if rest.ends_with('\n') { "" } else { "\n" };
    Some(format!("{}{rest}{newline}{entry}{tail}", &text[..colon]))
}

fn is_as_meant(
    before: &Attestations,
    after: &Attestations,
    place: Option<usize>,
    new: &NewEntry,
) -> bool {
    let place = place.unwrap_or(before.entries.len());
    let mut others = after.entries.clone();
    if place >= others.len() {
        return false;
    }
    let written = others.remove(place);
    let mut kept = before.entries.clone();
    if place < kept.len() {
        kept.remove(place);
    }
    let alike = |(old, now): (&Entry, &Entry)| {
        let name = |entry: &Entry| entry.control.as_ref().map(|(name, _)| name.clone());
        name(old) == name(now)
            && old.account == now.account
            && old.content.as_ref().ok() == now.content.as_ref().ok()
    };
    kept.len() == others.len() && kept.iter().zip(&others).all(alike) && is(&written, new)
}

fn is(written: &Entry, new: &NewEntry) -> bool {
    let control = written.control.as_ref().map(|(name, _)| name.as_str());
    let Ok(signed) = &written.content else {
        return false;
    };
    control == Some(&new.control)
        && written.account == new.account
        && (&signed.by, signed.on, signed.expires) == (&new.by, new.on, new.expires)
        && (&signed.statement, &signed.evidence) == (&new.statement, &new.evidence)
}
