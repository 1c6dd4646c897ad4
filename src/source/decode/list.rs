//! The list call of a resource type, and what makes resources of its answer.

use super::call::{self, Parts};
use super::types::TypeReader;
use crate::diagnostic::Diagnostic;
use crate::schema::{Per, Scope, interned};
use crate::source::{Derived, Each, Items, List, ParamValue, Place, Single, Template};
use crate::yaml::{MapReader, Node, Value};

/// Where the resources of a type come from: one of these.
#[derive(Default)]
pub struct Origin {
    /// The list call with what makes a resource of its items.
    pub list: Option<List>,
    /// Another type.
    pub derived: Option<Derived>,
    /// The identity of the only one.
    pub single: Single,
}

impl TypeReader<'_, '_> {
    /// Where the resources of the type come from.
    pub fn origin(&mut self, map: &mut MapReader, scope: Scope) -> Origin {
        let list = map.take("list");
        let of = map.take_string("of", self.decoder);
        let id = self.template("id", map);
        let arn = self.template("arn", map);
        let mut origin = Origin::default();
        match (list, of) {
            (list, Some((of, span))) => {
                if list.is_some() {
                    self.only_one(span);
                }
                origin.derived = Some(self.derived(&of, id, arn, map));
            }
            (Some(node), None) => origin.list = self.listed(node, id, arn, map, scope),
            (None, None) => origin.single = Single { id, arn },
        }
        origin
    }

    fn listed(
        &mut self,
        list: Node,
        id: Option<Template>,
        arn: Option<Template>,
        map: &mut MapReader,
        scope: Scope,
    ) -> Option<List> {
        let region = self.template("region", map);
        let add = map.take("add");
        let add = add.map_or_else(Vec::new, |node| {
            call::templates("`add`", node, self.decoder)
        });
        let fields = map.take("fields");
        let fields = fields.map(|node| self.shapes.fields("`fields`", node, self.decoder));
        let span = list.span.clone();
        let (parts, items, each) = self.list_call(list)?;
        if matches!(items, Items::Many(_) | Items::One(_)) {
            parts.require_root(self.decoder);
        }
        let Some(id) = id else {
            let message = "a type that is listed needs `id`";
            self.decoder
                .report(Diagnostic::new("missing-key", span, message));
            return None;
        };
        let per = match (&each, scope) {
            (Some(Each::Resource(_)), _) => Per::Resource,
            (_, Scope::Global) => Per::Account,
            (_, Scope::Regional) => Per::Region,
        };
        let purpose = self
            .purposes
            .purpose(parts.operation(), false, self.name.to_owned());
        let more: Vec<&Template> = [&id]
            .into_iter()
            .chain(&arn)
            .chain(&region)
            .chain(add.iter().map(|(_, template)| template))
            .collect();
        let call = parts.build(per, &purpose, &more, true, true);
        Some(List {
            call,
            items,
            each,
            fields: fields.unwrap_or_default(),
            add,
            id,
            arn,
            region,
        })
    }

    pub fn template(&mut self, key: &'static str, map: &mut MapReader) -> Option<Template> {
        let (text, span) = map.take_string(key, self.decoder)?;
        Template::decode(&text, span, self.decoder)
    }

    fn list_call(&mut self, node: Node) -> Option<(Parts, Items, Option<Each>)> {
        let mut map = self.decoder.map("`list`", node)?;
        let operation = map.require_string("call", self.decoder);
        let many = map.take_string("items", self.decoder);
        let one = map.take_string("item", self.decoder);
        let texts = map.take_string("as", self.decoder);
        let json = map.take("json");
        let json = json.and_then(|node| self.decoder.bool("`json`", node));
        let json = json.unwrap_or(false);
        let each = map.take("each").and_then(|node| self.each(node));
        let span = map.span().clone();
        let parts = call::take(operation?, self.scope.connection, &mut map, self.decoder);
        map.finish(self.decoder);
        let items = match (many, one, texts) {
            (Some((path, _)), None, None) if json => Items::Json(path),
            (Some((path, _)), None, None) => Items::Many(path),
            (Some((path, _)), None, Some((field, _))) if !json => Items::Texts(path, field),
            (None, Some((path, _)), None) if !json => Items::One(path),
            _ => {
                let message = "`list` needs either `items` (and `as` or `json` where they are texts) or `item`";
                self.decoder
                    .report(Diagnostic::new("missing-key", span, message));
                return None;
            }
        };
        Some((parts, items, each))
    }

    /// A resource type, values, or a parameter that holds values.
    fn each(&mut self, node: Node) -> Option<Each> {
        if matches!(node.value, Value::List(_)) {
            let values = self.decoder.strings("`each`", node).into_iter();
            return Some(Each::Values(values.map(|(value, _)| value).collect()));
        }
        let (text, span) = self.decoder.string("`each`", node)?;
        let template = Template::decode(&text, span.clone(), self.decoder)?;
        match (template.literal(), template.only_place()) {
            (Some(name), _) => Some(Each::Resource(interned(&self.full_name(name)))),
            (_, Some(Place::Param(name))) => {
                let mut params = self.scope.params.iter();
                let found = params.find(|param| param.name == *name);
                if !matches!(found.map(|param| &param.value), Some(ParamValue::List(_))) {
                    let message = format!("there is no parameter `{name}` of type list<string>");
                    self.decoder
                        .report(Diagnostic::new("unknown-field", span, message));
                }
                Some(Each::Param(name.clone()))
            }
            _ => {
                let message = "`each` is a resource type, a list of texts or {params.name}";
                self.decoder
                    .report(Diagnostic::new("wrong-type", span, message));
                None
            }
        }
    }
}
