//! Strict decoding of the tree: wrong types and unknown keys become diagnostics, all of them.

use super::tree::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Span};

/// Gathers what is wrong while a tree is decoded.
#[derive(Default)]
pub struct Decoder {
    /// All that was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Decoder {
    /// Reports one mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn wrong_type(&mut self, what: &str, wanted: &str, node: &Node) {
        let message = format!("{what} must be {wanted}, not {}", node.value.kind());
        self.report(Diagnostic::new("wrong-type", node.span.clone(), message));
    }

    /// A node as a map to be read key by key.
    pub fn map(&mut self, what: &str, node: Node) -> Option<MapReader> {
        let span = node.span.clone();
        match node.value {
            Value::Map(entries) => Some(MapReader {
                what: what.to_owned(),
                span,
                entries: entries.into_iter().map(Some).collect(),
                known: Vec::new(),
            }),
            _ => {
                self.wrong_type(what, "a map", &node);
                None
            }
        }
    }

    /// A node as a list.
    pub fn list(&mut self, what: &str, node: Node) -> Option<Vec<Node>> {
        match node.value {
            Value::List(items) => Some(items),
            _ => {
                self.wrong_type(what, "a list", &node);
                None
            }
        }
    }

    /// A node as text. Numbers and booleans are not text: an id such as `5.10` would lose its zero.
    pub fn string(&mut self, what: &str, node: Node) -> Option<(String, Span)> {
        if let Some(tag) = tag_before(&node.span) {
            let message = format!("YAML takes `{tag}` for a tag, which is no part of {what}");
            self.report(
                Diagnostic::new("yaml", node.span, message).with_help("put the text in quotes"),
            );
            return None;
        }
        match node.value {
            Value::String(text) => Some((text, node.span)),
            Value::Bool(_) | Value::Int(_) | Value::Double(_) => {
                let message = format!("{what} must be text, not {}", node.value.kind());
                self.report(
                    Diagnostic::new("wrong-type", node.span, message).with_help("put it in quotes"),
                );
                None
            }
            _ => {
                self.wrong_type(what, "text", &node);
                None
            }
        }
    }

    /// A node as a boolean.
    pub fn bool(&mut self, what: &str, node: Node) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(value),
            _ => {
                self.wrong_type(what, "true or false", &node);
                None
            }
        }
    }

    /// A node as a whole number.
    pub fn int(&mut self, what: &str, node: Node) -> Option<i64> {
        match node.value {
            Value::Int(value) => Some(value),
            _ => {
                self.wrong_type(what, "a whole number", &node);
                None
            }
        }
    }

    /// A node as a list of texts.
    pub fn strings(&mut self, what: &str, node: Node) -> Vec<(String, Span)> {
        let items = self.list(what, node).unwrap_or_default();
        items
            .into_iter()
            .filter_map(|item| self.string(&format!("each of {what}"), item))
            .collect()
    }
}

/// The tag that YAML sees before a value. An expression such as `!resource.Encrypted` reads like
/// one, and would be lost without a word.
fn tag_before(span: &Span) -> Option<&str> {
    let before = &span.file.text[..span.range.start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let word = line.split_whitespace().next_back()?;
    let word = word.trim_start_matches(['[', '{', ',']);
    word.starts_with('!').then_some(word)
}

/// A map from which keys are taken; what is left at the end is an error.
pub struct MapReader {
    what: String,
    span: Span,
    entries: Vec<Option<(Key, Node)>>,
    known: Vec<&'static str>,
}

impl MapReader {
    /// Where the map begins.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// Takes a key that may be absent.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.take_entry(key).map(|(_, node)| node)
    }

    /// Takes a key that may be absent, with its own place.
    pub fn take_entry(&mut self, key: &'static str) -> Option<(Key, Node)> {
        self.known.push(key);
        self.entries
            .iter_mut()
            .find(|entry| matches!(entry, Some((found, _)) if found.text == key))
            .and_then(Option::take)
    }

    /// Takes a key that must be there.
    pub fn require(&mut self, key: &'static str, decoder: &mut Decoder) -> Option<Node> {
        let found = self.take(key);
        if found.is_none() {
            let message = format!("{} has no `{key}`", self.what);
            decoder.report(Diagnostic::new("missing-key", self.span.clone(), message));
        }
        found
    }

    /// Takes a text that must be there.
    pub fn require_string(
        &mut self,
        key: &'static str,
        decoder: &mut Decoder,
    ) -> Option<(String, Span)> {
        let node = self.require(key, decoder)?;
        decoder.string(&format!("`{key}`"), node)
    }

    /// Takes a text that may be absent.
    pub fn take_string(
        &mut self,
        key: &'static str,
        decoder: &mut Decoder,
    ) -> Option<(String, Span)> {
        let node = self.take(key)?;
        decoder.string(&format!("`{key}`"), node)
    }

    /// Everything not taken yet, for maps with free keys.
    pub fn rest(&mut self) -> Vec<(Key, Node)> {
        self.entries.iter_mut().filter_map(Option::take).collect()
    }

    /// Ends the reading: each key that nobody took is an error.
    pub fn finish(mut self, decoder: &mut Decoder) {
        for (key, _) in self.rest() {
            let message = format!("{} has no key `{}`", self.what, key.text);
            decoder.report(
                Diagnostic::new("unknown-key", key.span, message)
                    .suggest(&key.text, self.known.iter().copied()),
            );
        }
    }
}
