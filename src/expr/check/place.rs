//! Where an expression stands in its file, so that a mistake inside it can be pointed at.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{SourceFile, Span};

/// An expression's text and the part of the file it was written in.
#[derive(Clone, Debug)]
pub struct Place {
    /// The expression, as YAML gave it: unquoted, unescaped, folded.
    pub text: String,
    /// The whole scalar in the file.
    written: Span,
    /// The scalar's value, of which `text` is the part from `start` on.
    value: Arc<str>,
    start: usize,
}

impl Place {
    /// Ties an expression to the scalar at `written`.
    pub fn new(text: impl Into<String>, written: Span) -> Self {
        let text = text.into();
        Self {
            value: text.as_str().into(),
            text,
            written,
            start: 0,
        }
    }

    /// A part of this text as a place of its own (an expression inside a message).
    pub fn part(&self, range: Range<usize>) -> Self {
        Self {
            text: self.text[range.clone()].to_owned(),
            written: self.written.clone(),
            value: self.value.clone(),
            start: self.start + range.start,
        }
    }

    /// The file it was written in.
    pub fn file(&self) -> &SourceFile {
        &self.written.file
    }

    /// The whole of it in the file.
    pub fn whole(&self) -> Span {
        if self.text.len() == self.value.len() {
            self.written.clone()
        } else {
            self.span(0..self.text.len())
        }
    }

    /// A range of the text in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let offsets = self.offsets();
        let last = offsets.len() - 1;
        let start = offsets[(self.start + range.start).min(last)];
        let end = offsets[(self.start + range.end).min(last)].max(start);
        let file = &self.written.file;
        Span {
            file: file.clone(),
            range: file.text.floor_char_boundary(start)..file.text.ceil_char_boundary(end),
        }
    }

    /// For each byte of the value the byte of the file; ends with the end. The file's text differs
    /// from the value by quotes, escapes and line folding, so both are walked together. Only
    /// mistakes ask for it.
    fn offsets(&self) -> Vec<usize> {
        let written = &self.written;
        let mut scalar = Scalar::new(&written.file.text[written.range.clone()], &self.value);
        let mut offsets = Vec::with_capacity(self.value.len() + 1);
        for character in self.value.chars() {
            let at = written.range.start + scalar.take(character);
            offsets.extend(std::iter::repeat_n(at, character.len_utf8()));
        }
        offsets.push(written.range.start + scalar.at);
        offsets
    }

    /// The byte at a line and column counted from one, columns in characters.
    pub fn offset(&self, line: isize, column: isize) -> usize {
        let (line, column) = (line.max(1).unsigned_abs(), column.max(1).unsigned_abs());
        let before: usize = self
            .text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        self.text[before..]
            .char_indices()
            .nth(column - 1)
            .map_or(self.text.len(), |(index, _)| before + index)
    }
}

/// A scalar as it is written, walked along with its value.
struct Scalar<'s> {
    source: &'s str,
    quote: Option<char>,
    at: usize,
}

impl<'s> Scalar<'s> {
    fn new(source: &'s str, value: &str) -> Self {
        // In a block the value itself may begin and end with a quote.
        let closed = |quote: char| source != value && source.len() > 1 && source.ends_with(quote);
        let quote = source
            .chars()
            .next()
            .filter(|c| matches!(c, '\'' | '"') && closed(*c));
        Self {
            source,
            quote,
            at: quote.map_or(0, char::len_utf8),
        }
    }

    /// Where a character of the value is written; goes on to what follows it.
    fn take(&mut self, character: char) -> usize {
        let escapes = self.quote == Some('"');
        let next = &self.source[self.at..];
        if escapes && next.starts_with('\\') && !next[1..].starts_with(['\n', '\r']) {
            return self.pass(escape_length(next));
        }
        if character.is_whitespace() {
            // A folded line break reads as a space: it is passed with what follows.
            let same = next.starts_with(character);
            return self.pass(if same { character.len_utf8() } else { 0 });
        }
        let folded = |c: char| c.is_whitespace() || (escapes && c == '\\');
        let skipped = next.len() - next.trim_start_matches(folded).len();
        if next[skipped..].starts_with(character) {
            self.at += skipped;
        } else {
            self.at += next.find(character).unwrap_or(0);
        }
        let doubled = self.quote == Some('\'') && character == '\'';
        self.pass(character.len_utf8() * if doubled { 2 } else { 1 })
    }

    fn pass(&mut self, length: usize) -> usize {
        let at = self.at;
        self.at = self.source.ceil_char_boundary(at + length);
        at
    }
}

/// The length of an escape in double quotes.
fn escape_length(text: &str) -> usize {
    match text.chars().nth(1) {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(other) => 1 + other.len_utf8(),
        None => 1,
    }
}
