//! One rule file: from the tree to a checked [`Rule`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::body::{Lazy, Source};
use super::param::Param;
use super::{Rule, Severity, TESTS, Tests, Vocabulary};
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::schema::{Schema, interned};
use crate::yaml::{Decoder, Node, parse, parse_before};

/// Control ids by framework, each with its place.
pub type ControlRefs = Vec<(String, Span, Vec<(String, Span)>)>;

/// A rule with the places that are checked against other files.
pub struct Decoded {
    pub rule: Rule,
    pub id_span: Span,
    pub controls: ControlRefs,
}

/// Decodes a rule file on its own, and with a schema checks what the rule asks.
///
/// # Errors
/// Every mistake in it.
pub fn decode(
    file: &Arc<SourceFile>,
    vocabulary: &Vocabulary,
    schema: Option<&Schema>,
) -> Result<Decoded, Vec<Diagnostic>> {
    // Half of a rule file are its tests; those of the bundle need not be parsed to run it.
    let head = file
        .is_bundled()
        .then(|| parse_before(file, TESTS))
        .flatten();
    let tests_unread = head.is_some();
    let node = head
        .unwrap_or_else(|| parse(file))
        .map_err(|diagnostic| vec![*diagnostic])?;
    let mut reader = RuleReader {
        decoder: Decoder::default(),
        vocabulary,
        schema,
        file,
        tests_unread,
    };
    let decoded = reader.rule(node);
    match decoded {
        Some(decoded) if reader.decoder.diagnostics.is_empty() => Ok(decoded),
        _ => Err(reader.decoder.diagnostics),
    }
}

struct RuleReader<'r> {
    decoder: Decoder,
    vocabulary: &'r Vocabulary,
    schema: Option<&'r Schema>,
    file: &'r Arc<SourceFile>,
    tests_unread: bool,
}

impl RuleReader<'_> {
    fn rule(&mut self, node: Node) -> Option<Decoded> {
        let decoder = &mut self.decoder;
        let mut map = decoder.map("a rule", node)?;
        let id = map.require_string("id", decoder);
        let title = map.require_string("title", decoder);
        let severity = map.require_string("severity", decoder);
        let resource = map.require_string("resource", decoder);
        let why = map.require_string("why", decoder);
        let before = decoder.diagnostics.len();
        let params = map
            .take("params")
            .map(|node| Param::decode_all(node, &self.vocabulary.shared, decoder))
            .unwrap_or_default();
        let params_are_sound = decoder.diagnostics.len() == before;
        let when = map.take_string("when", decoder);
        let require = map.require_string("require", decoder);
        let message = map.require_string("message", decoder);
        let pass_message = map.take_string("pass_message", decoder);
        let not_applicable_message = map.take_string("not_applicable_message", decoder);
        let saves = map.take_string("saves", decoder);
        let signal = map.take_string("signal", decoder);
        let remediation = map.require("remediation", decoder);
        let controls = map.take("controls");
        let equivalents = map.take("equivalents");
        let tests = map.take(TESTS);
        let span = map.span().clone();
        map.finish(decoder);

        let severity =
            severity.and_then(|(text, span)| Severity::decode(&text, span, &mut self.decoder));
        let controls = controls
            .map(|node| self.text_lists("controls", node))
            .unwrap_or_default();
        let equivalents = equivalents
            .map(|node| self.text_lists("equivalents", node))
            .unwrap_or_default();
        let id = id.and_then(|(id, span)| self.id(id, span));
        let lazy = resource.map(|resource| {
            let types = params
                .iter()
                .map(|param| (param.name.clone(), param.ty.clone()));
            Lazy::new(Source {
                resource,
                when,
                require,
                message,
                pass_message,
                not_applicable_message,
                saves,
                remediation,
                params: types.collect(),
                library: self.vocabulary.library.clone(),
            })
        });
        if let (Some(lazy), Some(schema)) = (&lazy, self.schema)
            && let Err(mistakes) = lazy.check(schema)
        {
            self.decoder.diagnostics.extend(mistakes.iter().cloned());
        }
        let tests = match tests {
            Some(node) => Some(Tests::Parsed(node)),
            None => self.tests_unread.then_some(Tests::InFile),
        };
        if !params_are_sound {
            // A parameter whose declaration is wrong is missing only because of that.
            let found = &mut self.decoder.diagnostics;
            found.retain(|diagnostic| diagnostic.code != "unknown-param");
        }
        if tests.is_none() {
            let message = "the rule has no `tests`: each rule shows at least one resource that fails and one that passes";
            self.decoder
                .report(Diagnostic::new("missing-key", span, message));
        }

        let (id, id_span) = id?;
        let lazy = lazy?;
        let rule = Rule {
            id,
            title: title?.0,
            severity: severity?,
            resource: interned(lazy.resource()),
            params,
            why: why?.0,
            signal: signal.map(|(signal, _)| signal),
            controls: plain(&controls),
            equivalents: plain(&equivalents),
            file: self.file.clone(),
            lazy,
            tests: tests?,
        };
        Some(Decoded {
            rule,
            id_span,
            controls,
        })
    }

    fn id(&mut self, id: String, span: Span) -> Option<(String, Span)> {
        let kebab = !id.is_empty()
            && id
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !kebab {
            let message = "an id is made of lower-case letters, digits and hyphens";
            self.decoder
                .report(Diagnostic::new("bad-id", span, message));
            return None;
        }
        let stem = Path::new(&self.file.name)
            .file_stem()
            .and_then(|stem| stem.to_str());
        if stem != Some(id.as_str()) {
            let message = format!("the file of rule `{id}` must be called `{id}.yaml`");
            self.decoder
                .report(Diagnostic::new("file-name", span, message));
            return None;
        }
        Some((id, span))
    }

    /// A map from names to lists of texts.
    fn text_lists(&mut self, what: &str, node: Node) -> ControlRefs {
        let Some(mut map) = self.decoder.map(&format!("`{what}`"), node) else {
            return Vec::new();
        };
        map.rest()
            .into_iter()
            .map(|(key, node)| {
                let texts = self.decoder.strings(&format!("`{}`", key.text), node);
                (key.text, key.span, texts)
            })
            .collect()
    }
}

fn plain(lists: &ControlRefs) -> BTreeMap<String, Vec<String>> {
    lists
        .iter()
        .map(|(key, _, texts)| {
            (
                key.clone(),
                texts.iter().map(|(text, _)| text.clone()).collect(),
            )
        })
        .collect()
}
