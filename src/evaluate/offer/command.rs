//! A command for a shell script.

use std::collections::BTreeSet;

use crate::expr::{Piece, Quoting, Scope};
use crate::rule::{Caution, Command, Stage};

/// Values are told with so many characters.
const SHOWN: usize = 80;

/// A command, filled in and quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// The command.
    pub text: String,
    /// When it runs.
    pub stage: Stage,
    /// What somebody has to look at before it may run.
    pub decide: Option<String>,
    /// Whether its rule says that it may run though it removes or interrupts.
    pub unattended: bool,
    /// The shared parameters that it takes from variables, by their names in rules.
    pub parameters: BTreeSet<String>,
}

/// Fills in a command. One that lacks a value is shown as it would be, and does not run.
pub fn instruction(command: &Command, scope: &Scope<'_, '_>) -> Instruction {
    let mut parameters = BTreeSet::new();
    let (text, gap) = match command.template.fill(scope) {
        Ok(pieces) => written(&pieces, &mut parameters),
        Err(gap) => (command.template.render(scope), Some(gap.to_string())),
    };
    let decide = match &command.caution {
        Some(Caution::Decide(what)) => Some(what.render(scope)),
        Some(Caution::Placeholders(words)) => Some(format!("what stands for {}", words.join(", "))),
        None => None,
    };
    Instruction {
        text,
        stage: command.stage,
        // What is missing weighs more: with it, there is nothing to decide about.
        decide: gap.or(decide),
        unattended: command.unattended,
        parameters,
    }
}

/// The command's text, and what is wrong with its values.
fn written(pieces: &[Piece<'_>], parameters: &mut BTreeSet<String>) -> (String, Option<String>) {
    let mut text = String::new();
    let mut quoting = Quoting::default();
    let mut misread = None;
    let mut word = 0;
    for piece in pieces {
        match piece {
            Piece::Text(own) => {
                if let Some(begin) = quoting.pass(own) {
                    word = text.len() + begin;
                }
                text.push_str(own);
            }
            Piece::Value(value) => {
                misread = misread.or_else(|| misreading(&text[..word], &text[word..], value));
                text.push_str(&quoting.quote(value));
            }
            Piece::Unset(name) => {
                parameters.insert(name.clone());
                text.push_str(&quoting.variable(&variable(name)));
            }
        }
    }
    (text, misread)
}

/// The shell variable of a shared parameter: `alert_email` is `ALERT_EMAIL`.
pub fn variable(name: &str) -> String {
    name.to_ascii_uppercase()
}

/// How the AWS CLI would take a value for something else than text, though the shell does not.
/// `word` is what stands before it in its word, `before` all before that.
fn misreading(before: &str, word: &str, value: &str) -> Option<String> {
    let shown: String = value.chars().take(SHOWN).collect();
    if value.contains('\0') {
        return Some("a value holds a character that no command can".to_owned());
    }
    if word.trim_matches(['\'', '"']).is_empty() {
        if value.starts_with('-') {
            return Some(format!("`{shown}` would be taken for an option"));
        }
        let option = before.trim_end();
        let is_address = option.ends_with("-url") || option.ends_with("-uri");
        let mut read = ["file://", "fileb://", "http://", "https://"].iter();
        if !is_address && read.any(|scheme| value.starts_with(scheme)) {
            return Some(format!("`{shown}` would be taken for a file to read"));
        }
        return None;
    }
    let structured = word.contains(['=', '{', '[']);
    let means_something = |c: char| ",=\"'\\{}[]".contains(c) || c.is_control();
    (structured && value.contains(means_something))
        .then(|| format!("`{shown}` has characters that mean something to the AWS CLI"))
}
