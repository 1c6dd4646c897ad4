//! What is wrong in a file that somebody wrote: where, what, and how to mend it.
//!
//! Every check of a rule, framework or source file ends in a list of [`Diagnostic`]s, so that all
//! mistakes are told at once. [`render`] prints them with the line of the file they point at.

mod render;
mod suggest;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

pub use render::{render, render_warnings, to_json};
pub use suggest::{did_you_mean, suggestion};

/// Where the names of files inside the binary begin.
const BUNDLED: &str = "bundled:";

/// A file's text together with the name that users know it by.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as given, or `bundled:<path>` for a file inside the binary.
    pub name: String,
    /// The whole text.
    pub text: Cow<'static, str>,
}

impl SourceFile {
    /// A shared handle, as spans need one each.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }

    /// A file inside the binary; its text was checked when the binary was made.
    pub fn bundled(path: &str, text: impl Into<Cow<'static, str>>) -> Arc<Self> {
        Self::new(format!("{BUNDLED}{path}"), text)
    }

    /// Whether the file is inside the binary.
    pub fn is_bundled(&self) -> bool {
        self.name.starts_with(BUNDLED)
    }

    /// Line and column, both counted from one; columns count characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A part of a file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Byte offsets into its text.
    pub range: Range<usize>,
}

/// One mistake, worded to be read on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short stable name, such as `unknown-field`.
    pub code: &'static str,
    /// What is wrong, in lower case.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without help.
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            help: None,
        }
    }

    /// Adds what to do about it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest of `candidates`, or all of them where there are few and none is near.
    pub fn suggest<'a>(
        mut self,
        wrong: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.help = suggestion(wrong, candidates);
        self
    }
}
