//! Where an expression stands in its file, so that a mistake inside it can be pointed at.

use std::ops::Range;

use crate::diagnostic::Span;

/// An expression's text and the part of the file it was written in.
#[derive(Clone, Debug)]
pub struct Place {
    /// The expression, as YAML gave it: unquoted, unescaped, folded.
    pub text: String,
    written: Span,
    /// For each byte of the text the byte of the file; ends with the end.
    offsets: Vec<usize>,
}

impl Place {
    /// Ties an expression to the scalar at `written`.
    ///
    /// The file's text differs from the expression by quotes, escapes and line folding. Both are
    /// walked together: each character of the expression is looked for at or after the last one.
    pub fn new(text: impl Into<String>, written: Span) -> Self {
        let text = text.into();
        let source = &written.file.text[written.range.clone()];
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        for character in text.chars() {
            if !character.is_whitespace()
                && let Some(found) = source[at..].find(character)
            {
                at += found;
            }
            for byte in 0..character.len_utf8() {
                offsets.push(written.range.start + at + byte);
            }
            if !character.is_whitespace() || source[at..].starts_with(character) {
                at = (at + character.len_utf8()).min(source.len());
            }
        }
        offsets.push(written.range.start + at);
        Self {
            text,
            written,
            offsets,
        }
    }

    /// A part of this text as a place of its own (an expression inside a message).
    pub fn part(&self, range: Range<usize>) -> Self {
        Self {
            text: self.text[range.clone()].to_owned(),
            written: self.span(range.clone()),
            offsets: self.offsets[range.start..=range.end].to_vec(),
        }
    }

    /// The whole of it in the file.
    pub fn whole(&self) -> Span {
        self.written.clone()
    }

    /// A range of the text in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let last = self.offsets.len() - 1;
        let start = self.offsets[range.start.min(last)];
        let end = self.offsets[range.end.min(last)].max(start);
        Span {
            file: self.written.file.clone(),
            range: start..end,
        }
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
