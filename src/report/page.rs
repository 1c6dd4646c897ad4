//! A page for a terminal: lines broken where they must be, and colour where it may be.

use super::text::one_line;

/// Names shown of a list inside a line.
const NAMES: usize = 6;

/// How a terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether it shows colours.
    pub color: bool,
    /// Its columns; text is broken before them where it has a space.
    pub width: usize,
}

/// The escape sequences of the colours in use.
pub(super) mod ansi {
    pub(in super::super) const BOLD: &str = "\x1b[1m";
    pub(in super::super) const DIM: &str = "\x1b[2m";
    pub(in super::super) const RED: &str = "\x1b[31m";
    pub(in super::super) const BOLD_RED: &str = "\x1b[1;31m";
    pub(in super::super) const BOLD_GREEN: &str = "\x1b[1;32m";
    pub(in super::super) const YELLOW: &str = "\x1b[33m";
    pub(in super::super) const BOLD_YELLOW: &str = "\x1b[1;33m";
    pub(in super::super) const BLUE: &str = "\x1b[34m";
    pub(in super::super) const RESET: &str = "\x1b[0m";
}

/// What is written so far.
pub(super) struct Page {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self {
            text: String::new(),
            style,
        }
    }

    pub(super) fn paint(&self, color: &str, text: &str) -> String {
        if self.style.color {
            format!("{color}{text}{}", ansi::RESET)
        } else {
            text.to_owned()
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, text: &str) {
        let line = self.paint(ansi::BOLD, &one_line(text));
        self.line(&line);
    }

    /// A paragraph, broken at spaces; `indent` stands before each line.
    pub(super) fn wrapped(&mut self, indent: usize, text: &str, color: Option<&str>) {
        for line in wrap(text, self.style.width.saturating_sub(indent)) {
            let painted = color.map(|color| self.paint(color, &line));
            self.line(&format!("{:indent$}{}", "", painted.unwrap_or(line)));
        }
    }

    /// Says how much of a list is not shown.
    pub(super) fn hidden(&mut self, all: usize, shown: usize) {
        if all > shown {
            self.line(&format!("  … and {} more", all - shown));
        }
    }

    /// One item of a list, its further lines indented.
    pub(super) fn item(&mut self, text: &str) {
        let mut mark = "  - ";
        for line in wrap(text, self.style.width.saturating_sub(mark.len())) {
            self.line(&format!("{mark}{line}"));
            mark = "    ";
        }
    }
}

/// Names in a line, not all of them where there are many.
pub(super) fn names<'n>(all: impl IntoIterator<Item = &'n str>) -> String {
    let all: Vec<_> = all.into_iter().collect();
    let mut shown: Vec<_> = all.iter().take(NAMES).map(|name| one_line(name)).collect();
    if all.len() > NAMES {
        shown.push(format!("and {} more", all.len() - NAMES).into());
    }
    shown.join(", ")
}

/// Breaks at spaces. Counts characters, not columns: where letters are wide the terminal breaks.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            lines.push(String::new());
            length = 0;
        }
        if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word_length;
        }
    }
    lines
}
