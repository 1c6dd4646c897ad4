//! Frameworks: published benchmarks, every control of theirs, automated or not.

use std::sync::Arc;

use super::Severity;
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
    /// The part of the benchmark that it belongs to.
    pub section: Option<String>,
    /// How bad it is that nobody has attested it.
    pub severity: Severity,
    /// What a person attests of it.
    pub attest: Option<Attest>,
}

/// What a person may attest of a control.
#[derive(Clone, Debug)]
pub struct Attest {
    /// What they sign.
    pub statement: String,
    /// For how many days at the most.
    pub valid_days: i64,
    /// The rules whose verdict it stands in for.
    pub settles: Vec<String>,
    /// Where the names of those rules stand.
    pub(super) settles_at: Vec<Span>,
}

/// How long an attestation holds where the framework does not say.
pub const VALID_DAYS: i64 = 365;
/// The longest that a framework may let one hold: ten years.
const LONGEST: i64 = 3653;

impl Control {
    /// Whether a person has to attest it. Where rules decide what the benchmark leaves to people,
    /// nobody has to, unless the framework says what there is to attest.
    pub fn needs_person(&self, has_rules: bool) -> bool {
        self.manual && (self.attest.is_some() || !has_rules)
    }

    /// What is attested of it; where the framework does not word it, its title.
    pub fn statement(&self) -> &str {
        let attest = self.attest.as_ref();
        attest.map_or(&self.title, |attest| &attest.statement)
    }

    /// For how many days an attestation of it may hold.
    pub fn valid_days(&self) -> i64 {
        let attest = self.attest.as_ref();
        attest.map_or(VALID_DAYS, |attest| attest.valid_days)
    }

    /// The rules whose verdict an attestation of it stands in for.
    pub fn settles(&self) -> &[String] {
        let attest = self.attest.as_ref();
        attest.map_or(&[], |attest| &attest.settles)
    }
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
    let section = map.take_string("section", decoder);
    let severity = map.take_string("severity", decoder);
    let severity = severity.and_then(|(text, span)| Severity::decode(&text, span, decoder));
    let attest = map.take("attest").and_then(|node| {
        let span = node.span.clone();
        Some((decode_attest(node, decoder)?, span))
    });
    map.finish(decoder);
    let manual = manual.unwrap_or(false);
    if let Some((attest, span)) = &attest
        && !manual
        && attest.settles.is_empty()
    {
        let message = "this attestation would decide nothing";
        let help = "name the rules that it settles, or make the control `manual: true`";
        decoder.report(Diagnostic::new("settles-nothing", span.clone(), message).with_help(help));
    }
    let (id, span) = id?;
    let control = Control {
        id,
        title: title?.0,
        level,
        manual,
        section: section.map(|(section, _)| section),
        severity: severity.unwrap_or(Severity::High),
        attest: attest.map(|(attest, _)| attest),
    };
    Some((control, span))
}

fn decode_attest(node: Node, decoder: &mut Decoder) -> Option<Attest> {
    let mut map = decoder.map("`attest`", node)?;
    let statement = map.require_string("statement", decoder);
    let settles = map.take("settles");
    let settles = settles.map_or_else(Vec::new, |node| decoder.strings("`settles`", node));
    let days = map.take("valid_days");
    map.finish(decoder);
    let valid_days = days.map_or(Some(VALID_DAYS), |node| decode_days(node, decoder));
    let (settles, settles_at) = settles.into_iter().unzip();
    Some(Attest {
        statement: statement?.0,
        valid_days: valid_days?,
        settles,
        settles_at,
    })
}

fn decode_days(node: Node, decoder: &mut Decoder) -> Option<i64> {
    let span = node.span.clone();
    let days = decoder.int("`valid_days`", node)?;
    if (1..=LONGEST).contains(&days) {
        return Some(days);
    }
    let message = format!("`valid_days` must be from 1 to {LONGEST}");
    decoder.report(Diagnostic::new("bad-value", span, message));
    None
}
