//! Account ids: twelve digits, of which the first may be a zero that YAML would drop.

use crate::diagnostic::Diagnostic;
use crate::yaml::{Decoder, Node, Value};

/// One account id. A number of twelve digits is taken; one whose first digit is a zero is not, as
/// other readers of YAML see another number in it.
pub(super) fn decode(node: Node, decoder: &mut Decoder) -> Option<String> {
    let written = node.span.file.text.get(node.span.range.clone());
    let (text, in_quotes) = match &node.value {
        Value::String(text) => (text.clone(), written != Some(text)),
        Value::Int(_) | Value::Double(_) => (written.unwrap_or_default().to_owned(), false),
        _ => {
            decoder.string("each of `accounts`", node);
            return None;
        }
    };
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() == 12 && (in_quotes || !text.starts_with('0')) {
        return Some(text);
    }
    let diagnostic = if digits && text.starts_with('0') && !in_quotes {
        let message = "an account id that begins with 0 is no number to YAML";
        Diagnostic::new("bad-account", node.span, message)
            .with_help(format!("put it in quotes: \"{text}\""))
    } else if digits && text.len() < 12 {
        let message = format!("an account id has 12 digits, and this one {}", text.len());
        Diagnostic::new("bad-account", node.span, message)
            .with_help("where zeros at its beginning were lost, write them, and put it in quotes")
    } else {
        let message = format!("`{text}` is no account id: those are 12 digits");
        Diagnostic::new("bad-account", node.span, message)
            .with_help("`aws sts get-caller-identity` prints the account's")
    };
    decoder.report(diagnostic);
    None
}
