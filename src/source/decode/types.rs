//! The resource types of a source file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Lookup;
use super::call::{self, Parts};
use super::shape::Shapes;
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{
    Field, Per, Relation, ResourceType, Scope, Struct, Type, TypeBuilder, interned,
};
use crate::source::{
    Batch, Connection, Declared, DeclaredType, Detail, Each, Input, Items, Length, List, Param,
    ParamValue, Place, Shift, Template,
};
use crate::yaml::{Decoder, MapReader, Node, Value};

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
const IDENTITY: [&str; 4] = ["id", "arn", "account", "region"];

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
        };
        types.extend(reader.read(node));
    }
    types
}

fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Which operations are used more than once, so that their uses must be told apart.
struct Purposes(BTreeMap<String, usize>);

impl Purposes {
    fn of(types: &[(crate::yaml::Key, Node)]) -> Self {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for (_, node) in types {
            let list = get(node, "list").and_then(|list| get(list, "call"));
            let details = match get(node, "details").map(|details| &details.value) {
                Some(Value::Map(details)) => details.as_slice(),
                _ => &[],
            };
            let named = details.iter().map(|(key, node)| match get(node, "call") {
                Some(Node {
                    value: Value::String(call),
                    ..
                }) => call.clone(),
                _ => key.text.clone(),
            });
            let listed = match list.map(|node| &node.value) {
                Some(Value::String(call)) => Some(call.clone()),
                _ => None,
            };
            for operation in named.chain(listed) {
                *uses.entry(operation).or_default() += 1;
            }
        }
        Self(uses)
    }

    fn purpose(&self, operation: &str, foreign: bool, purpose: String) -> String {
        let shared = self.0.get(operation).is_some_and(|uses| *uses > 1);
        if shared || foreign {
            purpose
        } else {
            String::new()
        }
    }
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    let found = entries.iter().find(|(known, _)| known.text == key);
    found.map(|(_, node)| node)
}

struct TypeReader<'r, 'f> {
    scope: &'r FileScope<'f>,
    shapes: &'r mut Shapes,
    decoder: &'r mut Decoder,
    purposes: &'r Purposes,
    name: &'r str,
}

impl TypeReader<'_, '_> {
    fn read(&mut self, node: Node) -> Option<DeclaredType> {
        let span = node.span.clone();
        let mut map = self.decoder.map("a resource type", node)?;
        let doc = map.require_string("doc", self.decoder);
        let scope = self.scope(&mut map);
        let endpoint_region = map.take_string("endpoint_region", self.decoder);
        let list = self.list(&mut map, scope);
        let details = map.take("details");
        let details = details.map_or_else(Vec::new, |node| self.details(node));
        let relations = map.take("relations");
        let relations = relations.map_or_else(Vec::new, |node| self.relations(node));
        map.finish(self.decoder);
        let declared = DeclaredType {
            resource_type: Arc::new(self.resource_type(
                scope,
                &doc?.0,
                list.as_ref(),
                &details,
                relations,
                &span,
            )),
            list,
            details,
            endpoint_region: endpoint_region.map(|(region, _)| region),
        };
        self.check_templates(&declared);
        Some(declared)
    }

    fn scope(&mut self, map: &mut MapReader) -> Scope {
        let fixed = !self.scope.connection.regions.is_empty();
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

    /// The list call with what makes a resource of its items, or neither.
    fn list(&mut self, map: &mut MapReader, scope: Scope) -> Option<List> {
        let list = map.take("list");
        let id = self.template("id", map);
        let arn = self.template("arn", map);
        let region = self.template("region", map);
        let add = map.take("add");
        let add = add.map_or_else(Vec::new, |node| {
            call::templates("`add`", node, self.decoder)
        });
        let fields = map.take("fields");
        let fields = fields.map(|node| self.shapes.fields("`fields`", node, self.decoder));
        let list = list?;
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
        let call = parts.build(per, &purpose, &more, true);
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

    fn template(&mut self, key: &'static str, map: &mut MapReader) -> Option<Template> {
        let (text, span) = map.take_string(key, self.decoder)?;
        Template::decode(&text, span, self.decoder)
    }

    fn list_call(&mut self, node: Node) -> Option<(Parts, Items, Option<Each>)> {
        let mut map = self.decoder.map("`list`", node)?;
        let operation = map.require_string("call", self.decoder);
        let many = map.take_string("items", self.decoder);
        let one = map.take_string("item", self.decoder);
        let texts = map.take_string("as", self.decoder);
        let each = map.take("each").and_then(|node| self.each(node));
        let span = map.span().clone();
        let parts = call::take(operation?, self.scope.connection, &mut map, self.decoder);
        map.finish(self.decoder);
        let items = match (many, one, texts) {
            (Some((path, _)), None, None) => Items::Many(path),
            (Some((path, _)), None, Some((field, _))) => Items::Texts(path, field),
            (None, Some((path, _)), None) => Items::One(path),
            _ => {
                let message =
                    "`list` needs either `items` (and `as` where they are texts) or `item`";
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

    /// A type of this file by its own name, of another by its full one.
    fn full_name(&self, name: &str) -> String {
        if name.contains('.') {
            name.to_owned()
        } else {
            format!("{}.{name}", self.scope.connection.service)
        }
    }

    fn details(&mut self, node: Node) -> Vec<Detail> {
        let map = self.decoder.map("`details`", node);
        let entries = map.into_iter().flat_map(|mut map| map.rest());
        entries
            .filter_map(|(key, node)| self.detail((key.text, key.span), node))
            .collect()
    }

    fn detail(&mut self, key: (String, Span), node: Node) -> Option<Detail> {
        let what = format!("detail `{}`", key.0);
        let mut map = self.decoder.map(&what, node)?;
        let operation = map.take_string("call", self.decoder);
        let to = self.other_service(&mut map)?;
        let at = map.take_string("at", self.decoder);
        let into = map.take_string("into", self.decoder);
        let raw = map.take_string("raw", self.decoder);
        let batch = map.take("batch").and_then(|node| self.batch(node));
        let fields = map.require("fields", self.decoder);
        let fields = fields.map(|node| self.shapes.fields(&what, node, self.decoder));
        let foreign = !Arc::ptr_eq(&to, self.scope.connection);
        let purpose = format!("{}.{}", self.name, key.0);
        let parts = call::take(operation.unwrap_or(key), &to, &mut map, self.decoder);
        map.finish(self.decoder);
        if raw.is_none() {
            parts.require_root(self.decoder);
        }
        let mut fields = fields?;
        self.check_presence(&parts, &mut fields, into.is_some());
        if let Some((raw, span)) = &raw
            && !matches!(fields.as_slice(), [only] if only.name == *raw)
        {
            let message =
                format!("`raw` makes the whole answer the field `{raw}`: declare it, and only it");
            self.decoder
                .report(Diagnostic::new("bad-raw", span.clone(), message));
        }
        let per = batch
            .as_ref()
            .map_or(Per::Resource, |batch| Per::Batch(batch.size));
        let purpose = self.purposes.purpose(parts.operation(), foreign, purpose);
        let mut more = Vec::new();
        if let Some(batch) = &batch {
            batch.each.templates(&mut more);
            more.push(&batch.key);
        }
        let call = parts.build(per, &purpose, &more, false);
        Some(Detail {
            call,
            at: at.map(|(at, _)| at).filter(|at| at != "."),
            fields,
            into: into.map(|(into, _)| into),
            raw: raw.is_some(),
            batch,
        })
    }

    fn other_service(&mut self, map: &mut MapReader) -> Option<Arc<Connection>> {
        let Some((service, span)) = map.take_string("service", self.decoder) else {
            return Some(self.scope.connection.clone());
        };
        let found = (self.scope.lookup)(&service);
        if found.is_none() {
            let message = format!("there is no source `{service}`");
            self.decoder
                .report(Diagnostic::new("unknown-source", span, message));
        }
        found
    }

    /// What an error may leave out must be optional.
    fn check_presence(&mut self, parts: &Parts, fields: &mut [Declared], into: bool) {
        if parts.absent.is_empty() || into {
            return;
        }
        for field in fields {
            if !field.optional && !field.ty.empty_when_absent() {
                let message = format!(
                    "field `{}` is left out where the call ends in one of `absent`",
                    field.name
                );
                self.decoder.report(
                    Diagnostic::new("not-optional", parts.span().clone(), message)
                        .with_help("mark its type with `?`"),
                );
            }
        }
    }

    fn batch(&mut self, node: Node) -> Option<Batch> {
        let span = node.span.clone();
        let mut map = self.decoder.map("`batch`", node)?;
        let size = map.require("size", self.decoder);
        let size = size.and_then(|node| self.decoder.int("`size`", node));
        let input = map.require_string("input", self.decoder);
        let each = map.require("each", self.decoder);
        let each = each.and_then(|node| call::input("`each`", node, self.decoder));
        let items = map.require_string("items", self.decoder);
        let matched = map.require_string("match", self.decoder);
        let key = self.template("key", &mut map);
        map.finish(self.decoder);
        let each = each?;
        let key = match (key, &each) {
            (Some(key), _) => key,
            (None, Input::Template(template)) => template.clone(),
            (None, _) => {
                let message = "`batch` needs `key`: what the `match` member of an answer equals";
                self.decoder
                    .report(Diagnostic::new("missing-key", span, message));
                return None;
            }
        };
        let Some(size) = size
            .and_then(|size| u16::try_from(size).ok())
            .filter(|size| *size > 0)
        else {
            let message = "`size` must be from 1 to 65535";
            self.decoder
                .report(Diagnostic::new("wrong-type", span, message));
            return None;
        };
        Some(Batch {
            size,
            input: input?.0,
            each,
            items: items?.0,
            matched: matched?.0,
            key,
        })
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
                let to = map.require_string("to", self.decoder);
                let many = map.take("many");
                let many = many.and_then(|node| self.decoder.bool("`many`", node));
                map.finish(self.decoder);
                Some(Relation {
                    name: interned(&key.text),
                    target: interned(&self.full_name(&target?.0)),
                    from: interned(&from?.0),
                    to: interned(&to?.0),
                    many: many.unwrap_or(false),
                })
            })
            .collect()
    }

    fn resource_type(
        &mut self,
        scope: Scope,
        doc: &str,
        list: Option<&List>,
        details: &[Detail],
        relations: Vec<Relation>,
        span: &Span,
    ) -> ResourceType {
        let mut named = Names {
            seen: BTreeSet::new(),
            span,
            decoder: self.decoder,
        };
        let full = interned(&format!("{}.{}", self.scope.connection.service, self.name));
        let mut builder = TypeBuilder::new(full, scope, interned(doc));
        if let Some(list) = list {
            builder = builder.list(&list.call.api);
            if let Some(Each::Resource(parent)) = &list.each {
                builder = builder.parent(parent);
            }
            let texts = match &list.items {
                Items::Texts(_, field) if list.fields.iter().all(|known| known.name != *field) => {
                    Some(Field::required(field, Type::String))
                }
                _ => None,
            };
            let added = list
                .add
                .iter()
                .map(|(name, _)| Field::required(name, Type::String));
            let fields = list
                .fields
                .iter()
                .map(Declared::field)
                .chain(texts)
                .chain(added);
            for field in fields.collect::<Vec<_>>() {
                if named.takes(&field, true) {
                    builder = builder.field(field);
                }
            }
        }
        for detail in details {
            for field in detail_fields(detail) {
                if named.takes(&field, false) {
                    builder = builder.detail(field, &detail.call.api);
                }
            }
        }
        for relation in relations {
            let field = Field::required(relation.name, Type::Resource(relation.target));
            if named.takes(&field, false) {
                builder = builder.relation(relation);
            }
        }
        builder.build()
    }

    fn check_templates(&mut self, declared: &DeclaredType) {
        let known = &declared.resource_type.fields;
        let nested = declared
            .list
            .as_ref()
            .is_some_and(|list| list.each.is_some());
        let list = declared.list.iter().flat_map(List::templates);
        let details = declared.details.iter().flat_map(Detail::templates);
        let templates: Vec<&Template> = list.chain(details).collect();
        for template in templates {
            for place in template.places() {
                let wrong = match place {
                    Place::Field(path) => {
                        let first = path.first().map_or("", String::as_str);
                        let builtin = IDENTITY.contains(&first) || first == "partition";
                        (!builtin && !known.contains_key(first))
                            .then(|| (format!("there is no field `{first}`"), first))
                    }
                    Place::Parent(_) if !nested => {
                        Some(("there is no parent: the list has no `each`".to_owned(), ""))
                    }
                    Place::Param(name)
                    | Place::Now(Some(Shift {
                        by: Length::Param(name),
                        ..
                    }))
                    | Place::Today(Some(Shift {
                        by: Length::Param(name),
                        ..
                    })) => {
                        let known = self.scope.params.iter().any(|param| param.name == *name);
                        (!known).then(|| (format!("there is no parameter `{name}`"), ""))
                    }
                    _ => None,
                };
                if let Some((message, name)) = wrong {
                    let diagnostic =
                        Diagnostic::new("unknown-field", template.span.clone(), message);
                    let names = known.keys().map(String::as_str);
                    self.decoder.report(diagnostic.suggest(name, names));
                }
            }
        }
    }
}

/// The fields that a detail adds to its type.
fn detail_fields(detail: &Detail) -> Vec<Field> {
    let Some(into) = &detail.into else {
        return detail.fields.iter().map(Declared::field).collect();
    };
    let shape = Struct::new(into, detail.fields.iter().map(Declared::field));
    let ty = Type::Struct(shape);
    vec![if detail.call.absent.is_empty() {
        Field::required(into, ty)
    } else {
        Field::optional(into, ty)
    }]
}

/// The names of a type's fields, each of which may come once.
struct Names<'n> {
    seen: BTreeSet<String>,
    span: &'n Span,
    decoder: &'n mut Decoder,
}

impl Names<'_> {
    /// Whether the field is to be added: identity is there already.
    fn takes(&mut self, field: &Field, listed: bool) -> bool {
        let name = field.name.as_str();
        if IDENTITY.contains(&name) {
            // An item's own `id` and `arn` serve the templates of those names.
            if !listed || name == "account" || name == "region" {
                self.report(format!("`{name}` is the name of what every resource has"));
            }
            return false;
        }
        if name == "tags" && field.ty != Type::map(Type::String) {
            self.report("`tags` must be a map of texts, or of a type `tags`".to_owned());
            return false;
        }
        if !self.seen.insert(field.name.clone()) {
            self.report(format!("two calls bring a field `{name}`"));
            return false;
        }
        true
    }

    fn report(&mut self, message: String) {
        self.decoder.report(Diagnostic::new(
            "duplicate-field",
            self.span.clone(),
            message,
        ));
    }
}
