//! As much of a YAML writer as drafts need: block maps with comments, and flow collections.

use std::fmt::Write;

/// A YAML text being written, two spaces a level.
#[derive(Default)]
pub struct Yaml {
    text: String,
    depth: usize,
}

/// A value that fits on its line.
#[derive(Clone, Debug, PartialEq)]
pub enum Flow {
    /// A text.
    Text(String),
    /// A number or a boolean, as it stands.
    Plain(String),
    /// Values.
    List(Vec<Flow>),
    /// Values by name.
    Map(Vec<(String, Flow)>),
}

impl Flow {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Values by name.
    pub fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Flow)>) -> Self {
        let entries = entries.into_iter();
        Self::Map(
            entries
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    fn write(&self, inside: bool, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(&scalar(text, inside)),
            Self::Plain(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write(true, out);
                }
                out.push(']');
            }
            Self::Map(entries) if entries.is_empty() => out.push_str("{}"),
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { " " });
                    let _ = write!(out, "{}: ", scalar(key, true));
                    value.write(true, out);
                }
                out.push_str(" }");
            }
        }
    }
}

impl Yaml {
    /// What was written.
    pub fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless one is there.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A comment on a line of its own.
    pub fn comment(&mut self, comment: &str) {
        self.indent();
        let _ = writeln!(self.text, "# {}", one_line(comment));
    }

    /// A key and a text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.entry(key, &Flow::text(text), "");
    }

    /// A key and a value, with a comment unless that is empty.
    pub fn entry(&mut self, key: &str, value: &Flow, comment: &str) {
        self.key(key);
        self.text.push(' ');
        value.write(false, &mut self.text);
        if !comment.is_empty() {
            let _ = write!(self.text, "  # {}", one_line(comment));
        }
        self.text.push('\n');
    }

    /// A key whose value is a map, which `inner` writes.
    pub fn map(&mut self, key: &str, inner: impl FnOnce(&mut Self)) {
        self.key(key);
        self.text.push('\n');
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    fn key(&mut self, key: &str) {
        self.indent();
        self.text.push_str(&scalar(key, false));
        self.text.push(':');
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }
}

/// A comment ends with its line, so that nothing in it may end the line.
fn one_line(comment: &str) -> String {
    let kept = comment.chars();
    kept.map(|letter| if is_printable(letter) { letter } else { ' ' })
        .collect()
}

/// What YAML takes as it stands and does not take for the end of a line.
fn is_printable(letter: char) -> bool {
    !letter.is_control()
        && !matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// A text as a scalar: plain where every reader takes it for a text, else quoted. `inside` a flow
/// collection, commas and brackets end a plain scalar.
fn scalar(text: &str, inside: bool) -> String {
    if is_plain(text, inside) {
        return text.to_owned();
    }
    if text.chars().all(is_printable) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if is_printable(letter) => quoted.push(letter),
            _ => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(letter));
            }
        }
    }
    quoted.push('"');
    quoted
}

fn is_plain(text: &str, inside: bool) -> bool {
    let starts = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let sound = |letter: char| {
        letter.is_ascii_alphanumeric()
            || "_-./<>?()+=*&;@ ".contains(letter)
            || letter == '{' && !inside
            || letter == '}' && !inside
            || letter == ',' && !inside
    };
    starts && !text.ends_with(' ') && text.chars().all(sound) && !means_more(text)
}

/// Whether some reader of YAML takes the word for something else than a text.
fn means_more(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}
