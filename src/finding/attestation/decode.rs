//! `attestations.yaml`: strict in its form; what is wrong inside one entry costs that entry alone.

use std::sync::Arc;

use super::Evidence;
use super::date::{Day, parse_day};
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::yaml::{Decoder, MapReader, Node, Value, parse};

/// The key of the list of attestations.
pub(super) const LIST: &str = "attestations";

/// What a file of attestations holds.
#[derive(Clone, Debug, Default)]
pub struct Attestations {
    /// Its entries, as written.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The control it names, where that can be read.
    pub control: Option<(String, Span)>,
    /// The one account it is for.
    pub account: Option<String>,
    /// Where it begins.
    pub span: Span,
    /// What was signed, or what is wrong with the entry.
    pub content: Result<Signed, Vec<Diagnostic>>,
}

/// A statement that somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What.
    pub statement: String,
    /// Who.
    pub by: String,
    /// The day it was signed.
    pub on: Day,
    /// The last day on which it counts.
    pub expires: Day,
    /// What shows it.
    pub evidence: Option<Evidence>,
}

impl Attestations {
    /// The files that entries give as evidence.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let signed = self
            .entries
            .iter()
            .filter_map(|entry| entry.content.as_ref().ok());
        signed.filter_map(|signed| match &signed.evidence {
            Some(Evidence::File { file, .. }) => Some(file.as_str()),
            _ => None,
        })
    }
}

/// Decodes a file of attestations.
///
/// # Errors
/// What makes the file as a whole unsafe to read: no YAML, no list, keys that nobody knows.
pub fn decode(file: &Arc<SourceFile>) -> Result<Attestations, Vec<Diagnostic>> {
    let node = parse(file).map_err(|diagnostic| vec![*diagnostic])?;
    let mut form = Decoder::default();
    let entries = decode_root(node, &mut form);
    if form.diagnostics.is_empty() {
        Ok(Attestations { entries })
    } else {
        Err(form.diagnostics)
    }
}

fn decode_root(node: Node, form: &mut Decoder) -> Vec<Entry> {
    if node.value == Value::Null {
        return Vec::new();
    }
    let Some(mut map) = form.map("a file of attestations", node) else {
        return Vec::new();
    };
    let list = map.require(LIST, form);
    map.finish(form);
    let list = list.filter(|list| list.value != Value::Null);
    let nodes = list.and_then(|list| form.list(&format!("`{LIST}`"), list));
    let nodes = nodes.unwrap_or_default().into_iter();
    nodes.map(|node| decode_entry(node, form)).collect()
}

/// Unknown keys are mistakes of the file's form: a misspelt `expires` must not pass for none.
fn decode_entry(node: Node, form: &mut Decoder) -> Entry {
    let span = node.span.clone();
    let mut own = Decoder::default();
    let Some(mut map) = own.map("an attestation", node) else {
        return Entry {
            control: None,
            account: None,
            span,
            content: Err(own.diagnostics),
        };
    };
    let control = text(&mut map, "control", &mut own);
    let statement = text(&mut map, "statement", &mut own);
    let by = text(&mut map, "by", &mut own);
    let on = day(&mut map, "on", &mut own);
    let expires = day(&mut map, "expires", &mut own);
    let account = map.take("account").and_then(|node| account(node, &mut own));
    let evidence = map
        .take("evidence")
        .and_then(|node| evidence(node, form, &mut own));
    map.finish(form);
    let signed = (|| {
        Some(Signed {
            statement: statement?.0,
            by: by?.0,
            on: on?,
            expires: expires?,
            evidence,
        })
    })();
    let content = match signed {
        Some(signed) if own.diagnostics.is_empty() => Ok(signed),
        _ => Err(own.diagnostics),
    };
    Entry {
        control,
        account,
        span,
        content,
    }
}

/// A text that says something.
fn text(map: &mut MapReader, key: &'static str, own: &mut Decoder) -> Option<(String, Span)> {
    let (text, span) = map.require_string(key, own)?;
    filled(key, text, span, own)
}

fn filled(key: &str, text: String, span: Span, own: &mut Decoder) -> Option<(String, Span)> {
    if text.trim().is_empty() {
        let message = format!("`{key}` is blank");
        own.report(Diagnostic::new("blank", span, message));
        return None;
    }
    Some((text.trim().to_owned(), span))
}

fn day(map: &mut MapReader, key: &'static str, own: &mut Decoder) -> Option<Day> {
    let (text, span) = map.require_string(key, own)?;
    let day = parse_day(&text);
    if day.is_none() {
        let message = format!("`{key}` is not a day: `{text}`");
        let diagnostic = Diagnostic::new("bad-date", span, message);
        own.report(diagnostic.with_help("a day is written as 2026-12-31"));
    }
    day
}

/// Read as it is written, so that a number keeps its leading zero.
fn account(node: Node, own: &mut Decoder) -> Option<String> {
    let written = match &node.value {
        Value::String(text) => text.as_str(),
        Value::Int(_) => &node.span.file.text[node.span.range.clone()],
        _ => "",
    };
    if written.len() == 12 && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(written.to_owned());
    }
    let message = "`account` must be the twelve digits of an account id";
    let help = "write it in quotes: \"012345678901\"";
    own.report(Diagnostic::new("bad-account", node.span, message).with_help(help));
    None
}

fn evidence(node: Node, form: &mut Decoder, own: &mut Decoder) -> Option<Evidence> {
    let span = node.span.clone();
    let mut map = own.map("`evidence`", node)?;
    let url = map.take_string("url", own);
    let file = map.take_string("file", own);
    let sha256 = map.take_string("sha256", own);
    map.finish(form);
    match (url, file, sha256) {
        (Some((url, at)), None, None) => web_address(url, at, own),
        (None, Some((file, at)), Some((digest, digest_at))) => {
            let (file, _) = filled("file", file, at, own)?;
            let sha256 = digest_of(&digest, digest_at, own)?;
            Some(Evidence::File { file, sha256 })
        }
        _ => {
            let message = "`evidence` is either `{ url: ... }` or `{ file: ..., sha256: ... }`";
            let help = "`launchgate attest --evidence` writes it";
            own.report(Diagnostic::new("bad-evidence", span, message).with_help(help));
            None
        }
    }
}

fn web_address(url: String, span: Span, own: &mut Decoder) -> Option<Evidence> {
    if is_web_address(&url) {
        return Some(Evidence::Url { url });
    }
    let message = "`url` must begin with https:// or http:// and hold no spaces";
    own.report(Diagnostic::new("bad-evidence", span, message));
    None
}

/// Whether a text is the address of a page.
pub fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

fn digest_of(text: &str, span: Span, own: &mut Decoder) -> Option<String> {
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    let message = "`sha256` must be 64 hexadecimal digits";
    own.report(
        Diagnostic::new("bad-evidence", span, message).with_help("`sha256sum FILE` prints it"),
    );
    None
}
