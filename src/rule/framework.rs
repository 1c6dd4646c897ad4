//! Frameworks: published benchmarks, every control of theirs, automated or not.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::yaml::{Decoder, Node, parse};

/// A benchmark.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Its id, which is also the file's name.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Where it is published.
    pub url: Option<String>,
    /// Its controls in its own order.
    pub controls: Vec<Control>,
    pub(super) id_span: Span,
}

/// A requirement of a benchmark.
#[derive(Clone, Debug)]
pub struct Control {
    /// The benchmark's number for it.
    pub id: String,
    /// A title in our words.
    pub title: String,
    /// The profile level, where the benchmark has levels.
    pub level: Option<i64>,
    /// Whether the benchmark itself leaves it to people.
    pub manual: bool,
}

/// Decodes a framework file.
///
/// # Errors
/// Every mistake in it.
pub fn decode(file: &Arc<SourceFile>) -> Result<Framework, Vec<Diagnostic>> {
    let node = parse(file).map_err(|diagnostic| vec![*diagnostic])?;
    let mut decoder = Decoder::default();
    let framework = decode_root(node, &mut decoder);
    match framework {
        Some(framework) if decoder.diagnostics.is_empty() => Ok(framework),
        _ => Err(decoder.diagnostics),
    }
}

fn decode_root(node: Node, decoder: &mut Decoder) -> Option<Framework> {
    let mut map = decoder.map("a framework", node)?;
    let id = map.require_string("id", decoder);
    let title = map.require_string("title", decoder);
    let version = map.require_string("version", decoder);
    let url = map.take_string("url", decoder);
    let controls = map.require("controls", decoder);
    map.finish(decoder);
    let controls = decoder.list("`controls`", controls?)?;
    let controls: Vec<(Control, Span)> = controls
        .into_iter()
        .filter_map(|node| decode_control(node, decoder))
        .collect();
    for (position, (control, span)) in controls.iter().enumerate() {
        if controls[..position]
            .iter()
            .any(|(earlier, _)| earlier.id == control.id)
        {
            let message = format!("control `{}` is listed twice", control.id);
            decoder.report(Diagnostic::new("duplicate-id", span.clone(), message));
        }
    }
    let (id, id_span) = id?;
    Some(Framework {
        id,
        id_span,
        title: title?.0,
        version: version?.0,
        url: url.map(|(url, _)| url),
        controls: controls.into_iter().map(|(control, _)| control).collect(),
    })
}

fn decode_control(node: Node, decoder: &mut Decoder) -> Option<(Control, Span)> {
    let mut map = decoder.map("a control", node)?;
    let id = map.require_string("id", decoder);
    let title = map.require_string("title", decoder);
    let level = map
        .take("level")
        .and_then(|node| decoder.int("`level`", node));
    let manual = map
        .take("manual")
        .and_then(|node| decoder.bool("`manual`", node));
    map.finish(decoder);
    let (id, span) = id?;
    let control = Control {
        id,
        title: title?.0,
        level,
        manual: manual.unwrap_or(false),
    };
    Some((control, span))
}
