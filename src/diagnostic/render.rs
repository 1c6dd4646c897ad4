//! Diagnostics as text for people and as JSON for tools.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::Diagnostic;

/// The diagnostics as a terminal shows them: message, file, line, column, the line itself, help.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    render_as(&Level::ERROR, diagnostics, color)
}

/// The same of mistakes that a run goes on with.
pub fn render_warnings(diagnostics: &[Diagnostic], color: bool) -> String {
    render_as(&Level::WARNING, diagnostics, color)
}

fn render_as(level: &Level<'_>, diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&render_one(level, diagnostic, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn render_one(level: &Level<'_>, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let file = &diagnostic.span.file;
    let annotation = AnnotationKind::Primary.span(diagnostic.span.range.clone());
    let snippet = Snippet::source(&*file.text)
        .path(&file.name)
        .fold(true)
        .annotation(annotation);
    let mut group = level
        .clone()
        .primary_title(&diagnostic.message)
        .id(diagnostic.code)
        .element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

/// The diagnostics as an array of objects with file, line and column (both from one).
pub fn to_json(diagnostics: &[Diagnostic]) -> Value {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let (line, column) = diagnostic.span.file.position(diagnostic.span.range.start);
            json!({
                "code": diagnostic.code,
                "message": diagnostic.message,
                "file": diagnostic.span.file.name,
                "line": line,
                "column": column,
                "help": diagnostic.help,
            })
        })
        .collect()
}
