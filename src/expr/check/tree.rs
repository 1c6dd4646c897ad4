//! From text to a tree that is neither too large nor too deep, or the mistake in its syntax.

use super::limit;
use super::parse::{Parsed, parse};
use super::place::Place;
use crate::diagnostic::Diagnostic;

/// Parses an expression that is checked later.
///
/// # Errors
/// The mistake in its syntax, or that it is too large.
pub fn tree(place: &Place) -> Result<Parsed, Vec<Diagnostic>> {
    limit::check_length(place).map_err(|diagnostic| vec![diagnostic])?;
    limit::with_stack(|| tree_here(place))
}

/// As [`tree`], where there is stack enough already.
pub fn tree_here(place: &Place) -> Result<Parsed, Vec<Diagnostic>> {
    let parsed = parse(&place.text).map_err(|errors| syntax_errors(place, &errors))?;
    limit::check_depth(place, parsed.root()).map_err(|diagnostic| vec![diagnostic])?;
    Ok(parsed)
}

fn syntax_errors(place: &Place, errors: &cel::ParseErrors) -> Vec<Diagnostic> {
    // Later errors of one expression mostly follow from the first.
    errors
        .errors
        .iter()
        .take(1)
        .map(|error| {
            if error.msg.contains("Recursion limit") {
                return limit::too_deep(place);
            }
            let (line, column) = error.pos;
            let offset = place.offset(line, column);
            let message = error.msg.trim_start_matches("Syntax error: ");
            let message = message.split(" expecting {").next().unwrap_or(message);
            let message = message.replace("<EOF>", "the end");
            let wrong = place.text[offset..].chars().next();
            let end = offset + wrong.map_or(0, char::len_utf8);
            Diagnostic::new("syntax", place.span(offset..end), message)
        })
        .collect()
}
