//! The resource types of a source file.

use std::sync::Arc;

use super::Lookup;
use super::call;
use super::purpose::Purposes;
use super::shape::Shapes;
use crate::diagnostic::Diagnostic;
use crate::schema::{Relation, Scope, interned, interned_list};
use crate::source::{Connection, DeclaredType, Param};
use crate::yaml::{Decoder, MapReader, Node};

/// What the types of a file may refer to.
pub struct FileScope<'f> {
    /// Where the source's own requests go.
    pub connection: &'f Arc<Connection>,
    /// Finds other sources.
    pub lookup: &'f Lookup<'f>,
    /// The source's parameters.
    pub params: &'f [Param],
}

/// The identity of every resource, which templates may name and facts already have.
pub const IDENTITY: [&str; 4] = ["id", "arn", "account", "region"];

/// Decodes `types:`.
pub fn decode_all(
    node: Node,
    scope: &FileScope,
    shapes: &mut Shapes,
    decoder: &mut Decoder,
) -> Vec<DeclaredType> {
    let map = decoder.map("`types`", node);
    let entries: Vec<_> = map.into_iter().flat_map(|mut map| map.rest()).collect();
    let purposes = Purposes::of(&entries);
    let mut types = Vec::new();
    for (key, node) in entries {
        if !is_type_name(&key.text) {
            let message = format!("`{}` is no name for a resource type", key.text);
            let help = "letters and digits only, an upper-case letter first";
            decoder.report(Diagnostic::new("bad-name", key.span, message).with_help(help));
            continue;
        }
        let mut reader = TypeReader {
            scope,
            shapes,
            decoder,
            purposes: &purposes,
            name: &key.text,
            listed: false,
        };
        types.extend(reader.read(node));
    }
    types
}

fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Reads one resource type; its parts are in the files beside this one.
pub struct TypeReader<'r, 'f> {
    pub scope: &'r FileScope<'f>,
    pub shapes: &'r mut Shapes,
    pub decoder: &'r mut Decoder,
    pub purposes: &'r Purposes,
    /// The type's own name.
    pub name: &'r str,
    /// Whether there may be many, rather than one.
    pub listed: bool,
}

impl TypeReader<'_, '_> {
    fn read(&mut self, node: Node) -> Option<DeclaredType> {
        let span = node.span.clone();
        let mut map = self.decoder.map("a resource type", node)?;
        let doc = map.require_string("doc", self.decoder);
        let endpoint_region = map.take_string("endpoint_region", self.decoder);
        let scope = self.scope(&mut map, endpoint_region.is_some());
        let mut origin = self.origin(&mut map, scope);
        self.listed = origin.list.is_some() || origin.derived.is_some();
        let details = map.take("details");
        let mut details = details.map_or_else(Vec::new, |node| self.details(node));
        if let Some(node) = map.take("metrics") {
            let metrics = self.metrics(node, origin.derived.is_some());
            details.extend(metrics.details);
            if let Some(derived) = &mut origin.derived {
                derived.add.extend(metrics.dimensions);
            }
        }
        let relations = map.take("relations");
        let relations = relations.map_or_else(Vec::new, |node| self.relations(node));
        map.finish(self.decoder);
        let declared = DeclaredType {
            resource_type: Arc::new(
                self.resource_type(scope, &doc?.0, &origin, &details, relations, &span),
            ),
            list: origin.list,
            derived: origin.derived,
            single: origin.single,
            details,
            endpoint_region: endpoint_region.map(|(region, _)| region),
        };
        self.check_templates(&declared);
        self.check_order(&declared);
        Some(declared)
    }

    fn scope(&mut self, map: &mut MapReader, one_region: bool) -> Scope {
        let fixed = one_region || !self.scope.connection.regions.is_empty();
        let usual = if fixed {
            Scope::Global
        } else {
            Scope::Regional
        };
        match map.take_string("scope", self.decoder) {
            None => usual,
            Some((word, _)) if word == "global" => Scope::Global,
            Some((word, _)) if word == "regional" => Scope::Regional,
            Some((word, span)) => {
                let message = format!("there is no scope `{word}`");
                let diagnostic = Diagnostic::new("unknown-scope", span, message);
                self.decoder
                    .report(diagnostic.suggest(&word, ["global", "regional"]));
                usual
            }
        }
    }

    /// A type of this file by its own name, of another by its full one.
    pub fn full_name(&self, name: &str) -> String {
        if name.contains('.') {
            name.to_owned()
        } else {
            format!("{}.{name}", self.scope.connection.service)
        }
    }

    fn relations(&mut self, node: Node) -> Vec<Relation> {
        let map = self.decoder.map("`relations`", node);
        let entries = map.into_iter().flat_map(|mut map| map.rest());
        entries
            .filter_map(|(key, node)| {
                let mut map = self
                    .decoder
                    .map(&format!("relation `{}`", key.text), node)?;
                let target = map.require_string("target", self.decoder);
                let from = map.require_string("from", self.decoder);
                let to = map.require("to", self.decoder);
                let to = to.map(|node| call::names("`to`", node, self.decoder));
                let many = map.take("many");
                let many = many.and_then(|node| self.decoder.bool("`many`", node));
                map.finish(self.decoder);
                Some(Relation {
                    name: interned(&key.text),
                    target: interned(&self.full_name(&target?.0)),
                    from: interned(&from?.0),
                    to: interned_list(to?.iter().map(String::as_str)),
                    many: many.unwrap_or(false),
                })
            })
            .collect()
    }
}
