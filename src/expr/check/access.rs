//! Names, fields, relations and collections.

use std::sync::Arc;

use cel::common::ast::{Expr as Ast, IdedExpr, SelectExpr};

use super::{Absence, Checker, Known, Typed};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::expr::ir::{FieldAccess, Identity, Node, Origin, ResourceAccess};
use crate::fact::name;
use crate::schema::{ResourceType, Type};

/// The word that widens a collection to every region.
const EVERYWHERE: &str = "all";

/// A field found behind a dot.
pub(super) enum Member {
    Resource(Box<Node>, Arc<ResourceAccess>),
    Related(Box<Node>, Arc<ResourceAccess>, String),
    Struct(Box<Node>, Arc<FieldAccess>),
    Plain(Typed),
}

impl Checker<'_> {
    pub(super) fn name(&mut self, text: &str, expr: &IdedExpr) -> Option<Typed> {
        if let Some((depth, local)) = self.local(text) {
            let typed = Typed::new(Node::Local(depth), local.ty.clone());
            return Some(typed.at(format!("{text}#{depth}"), local.operation));
        }
        if self.calls.within_function() && ["resource", "params"].contains(&text) {
            let message = format!("a function knows nothing of `{text}` but what it is given");
            return self.refuse(expr, &message);
        }
        match text {
            "resource" => {
                let resource = self.env.resource;
                let operation = resource
                    .list
                    .as_ref()
                    .map_or(resource.name, |call| call.operation);
                let typed = Typed::new(Node::Resource, Type::Resource(resource.name));
                Some(typed.at("resource".to_owned(), operation))
            }
            "now" => Some(Typed::new(Node::Now, Type::Timestamp)),
            "params" => self.refuse(expr, "params has to be followed by a parameter's name"),
            _ => {
                let known = ["resource", "params", "now"];
                let locals = self.locals[self.calls.visible_from()..].iter();
                let locals = locals.map(|local| local.name.as_str());
                let services = self.env.schema.services();
                let message = format!("there is no `{text}` here");
                let diagnostic = Diagnostic::new("unknown-name", self.span(expr), message)
                    .suggest(text, known.into_iter().chain(locals).chain(services));
                self.report(diagnostic);
                None
            }
        }
    }

    pub(super) fn select(
        &mut self,
        select: &SelectExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Typed> {
        if let Some(collection) = self.collection(select, expr) {
            return collection;
        }
        if let Ast::Ident(base) = &select.operand.expr
            && base == "params"
            && self.local(base).is_none()
        {
            return self.param(&select.field, expr);
        }
        match self.member(select, expr, known)? {
            Member::Plain(typed) => Some(typed),
            Member::Resource(base, access) => {
                self.guarded(&access.field, expr, known)?;
                let (ty, origin) = (access.field.ty.clone(), access.field.origin.clone());
                let node = Node::ResourceField(base, access);
                self.show(&origin.path, &node);
                Some(Typed::new(node, ty).at(origin.path.clone(), origin.operation))
            }
            Member::Related(base, access, relation) => {
                self.guarded(&access.field, expr, known)?;
                let relation = Arc::new(access.resource_type.relations[relation.as_str()].clone());
                let target = Type::Resource(relation.target);
                let ty = if relation.many {
                    Type::list(target)
                } else {
                    target
                };
                let origin = access.field.origin.clone();
                let node = Node::Related(base, access, relation);
                self.show(&origin.path, &node);
                Some(Typed::new(node, ty).at(origin.path.clone(), origin.operation))
            }
            Member::Struct(base, access) => {
                self.guarded(&access, expr, known)?;
                let (ty, origin) = (access.ty.clone(), access.origin.clone());
                let node = Node::Field(base, access);
                self.show(&origin.path, &node);
                Some(Typed::new(node, ty).at(origin.path.clone(), origin.operation))
            }
        }
    }

    /// Keeps a path that starts at the resource as evidence, unless it goes on through what only
    /// a comprehension knows: of `resource.Stages[s].Name`, `resource.Stages` is kept.
    fn show(&mut self, path: &str, node: &Node) {
        if path.starts_with("resource.") && stands_alone(node) {
            self.evidence.push((path.to_owned(), node.clone()));
        }
    }

    /// `service.Type` and `all.service.Type`, unless a variable hides the service's name.
    fn collection(&mut self, select: &SelectExpr, expr: &IdedExpr) -> Option<Option<Typed>> {
        let (service, everywhere) = match &select.operand.expr {
            Ast::Ident(service) => (service, false),
            Ast::Select(inner) => match &inner.operand.expr {
                Ast::Ident(all) if all == EVERYWHERE => (&inner.field, true),
                _ => return None,
            },
            _ => return None,
        };
        let hidden = self.local(service).is_some();
        let reserved = ["resource", "params", "now"].contains(&service.as_str());
        if hidden || reserved || !self.env.schema.has_service(service) {
            return None;
        }
        let full = format!("{service}.{}", select.field);
        let Some(resource_type) = self.env.schema.get(&full) else {
            let message = format!("there is no resource type `{full}`");
            let diagnostic = Diagnostic::new("unknown-type", self.span(expr), message)
                .suggest(&full, self.env.schema.names());
            self.report(diagnostic);
            return Some(None);
        };
        self.reads.list(resource_type.name);
        let node = Node::Collection {
            resource_type: resource_type.clone(),
            everywhere,
        };
        let path = if everywhere {
            format!("{EVERYWHERE}.{full}")
        } else {
            full
        };
        self.evidence.push((path.clone(), node.clone()));
        let operation = resource_type
            .list
            .as_ref()
            .map_or("", |call| call.operation);
        let ty = Type::list(Type::Resource(resource_type.name));
        Some(Some(Typed::new(node, ty).at(path, operation)))
    }

    fn param(&mut self, field: &str, expr: &IdedExpr) -> Option<Typed> {
        if self.calls.within_function() {
            let message = "a function knows nothing of `params` but what it is given";
            return self.refuse(expr, message);
        }
        let found = self.env.params.iter().position(|(known, _)| known == field);
        let Some(position) = found else {
            let message = format!("the rule has no parameter `{field}`");
            let names = self.env.params.iter().map(|(known, _)| known.as_str());
            let diagnostic =
                Diagnostic::new("unknown-param", self.span(expr), message).suggest(field, names);
            self.report(diagnostic);
            return None;
        };
        let ty = self.env.params[position].1.clone();
        Some(Typed::new(Node::Param(position), ty).at(format!("params.{field}"), ""))
    }

    /// What stands behind a dot, without asking yet whether it is there.
    pub(super) fn member(
        &mut self,
        select: &SelectExpr,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<Member> {
        let base = self.check_named(&select.operand, known)?;
        match base.ty.clone() {
            Type::Resource(type_name) => self.resource_member(base, type_name, select, expr),
            Type::Struct(shape) => match shape.fields.get(&select.field) {
                Some(field) => Some(struct_member(
                    base,
                    &select.field,
                    field.ty.clone(),
                    field.optional,
                )),
                None => {
                    let names = shape.fields.keys().map(String::as_str);
                    self.unknown_field(&select.field, &shape.name, names, expr)
                }
            },
            Type::Map(value) => Some(struct_member(base, &select.field, *value, true)),
            Type::Any => Some(struct_member(base, &select.field, Type::Any, true)),
            other => {
                let message = format!("a {other} has no fields");
                let diagnostic = Diagnostic::new(
                    "unknown-field",
                    self.field_span(&select.field, expr),
                    message,
                );
                let hint = matches!(other, Type::List(_))
                    .then(|| format!("ask of its elements: .exists(x, x.{} ...)", select.field));
                self.report(match hint {
                    Some(hint) => diagnostic.with_help(hint),
                    None => diagnostic,
                });
                None
            }
        }
    }

    fn resource_member(
        &mut self,
        base: Typed,
        type_name: &'static str,
        select: &SelectExpr,
        expr: &IdedExpr,
    ) -> Option<Member> {
        let Some(resource_type) = self.env.schema.get(type_name).cloned() else {
            // A relation of a source that is there may lead to one that is not.
            let message = format!("there is no resource type `{type_name}`");
            let help = "the source that describes it was left out, or another stands in for it";
            let span = self.field_span(&select.field, expr);
            self.report(Diagnostic::new("unknown-type", span, message).with_help(help));
            return None;
        };
        let path = join(base.path.as_deref(), &select.field);
        let identity = match select.field.as_str() {
            "id" => Some(Identity::Id),
            "arn" => Some(Identity::Arn),
            "account" => Some(Identity::Account),
            "region" => Some(Identity::Region),
            _ => None,
        };
        if let Some(identity) = identity {
            let node = Node::Identity(Box::new(base.node), identity);
            return Some(Member::Plain(
                Typed::new(node, Type::String).at(path, base.operation),
            ));
        }
        if let Some(relation) = resource_type.relations.get(select.field.as_str()) {
            let from = first_name(relation.from);
            self.reads.field(type_name, from);
            for to in relation.to {
                self.reads.field(relation.target, first_name(to));
            }
            let mut access = resource_access(&resource_type, from, path);
            access.field.optional &= !relation.many;
            return Some(Member::Related(
                Box::new(base.node),
                Arc::new(access),
                select.field.clone(),
            ));
        }
        if resource_type.fields.contains_key(&select.field) {
            self.reads.field(type_name, &select.field);
            let access = resource_access(&resource_type, &select.field, path);
            return Some(Member::Resource(Box::new(base.node), Arc::new(access)));
        }
        let names: Vec<&str> = resource_type.member_names().collect();
        self.unknown_field(&select.field, type_name, names.into_iter(), expr)
    }

    fn unknown_field<'n>(
        &mut self,
        field: &str,
        owner: &str,
        names: impl Iterator<Item = &'n str> + Clone,
        expr: &IdedExpr,
    ) -> Option<Member> {
        let message = format!("{owner} has no field `{field}`");
        let mut diagnostic =
            Diagnostic::new("unknown-field", self.field_span(field, expr), message)
                .suggest(field, names.clone());
        if did_you_mean(field, names).is_none() && owner.contains('.') {
            diagnostic = diagnostic.with_help(format!(
                "`launchgate schema --resource {owner}` lists its fields"
            ));
        }
        self.report(diagnostic);
        None
    }

    /// Only the name behind the dot.
    fn field_span(&self, field: &str, expr: &IdedExpr) -> crate::diagnostic::Span {
        let end = self.range(expr).end;
        self.place.span(end.saturating_sub(field.len())..end)
    }

    /// Reports the read of an optional field that nothing established to be there.
    pub(super) fn guarded(
        &mut self,
        access: &FieldAccess,
        expr: &IdedExpr,
        known: &Known,
    ) -> Option<()> {
        let path = &access.origin.path;
        if !access.optional || self.absence == Absence::Shown || known.contains(path) {
            return Some(());
        }
        let written = access.origin.written();
        let message = format!("`{written}` may be absent, and nothing here says that it is there");
        let diagnostic = Diagnostic::new("unguarded-field", self.span(expr), message).with_help(format!(
            "write has({written}) && ... or !has({written}) || ..., whichever verdict absence should have"
        ));
        self.report(diagnostic);
        None
    }
}

fn struct_member(base: Typed, field: &str, ty: Type, optional: bool) -> Member {
    let map = matches!(base.ty, Type::Map(_));
    let path = if map {
        entry_path(base.path.as_deref(), field)
    } else {
        join(base.path.as_deref(), field)
    };
    let access = FieldAccess {
        // A map's keys are the account's text; a struct's names are the schema's.
        name: if map { field.into() } else { name(field) },
        ty,
        optional,
        origin: Arc::new(Origin {
            path,
            operation: base.operation,
        }),
    };
    Member::Struct(Box::new(base.node), Arc::new(access))
}

fn resource_access(resource_type: &Arc<ResourceType>, field: &str, path: String) -> ResourceAccess {
    let call = resource_type.call_of(field).cloned();
    let known = resource_type.fields.get(field);
    ResourceAccess {
        field: FieldAccess {
            name: name(field),
            ty: known.map_or(Type::String, |known| known.field.ty.clone()),
            optional: known.is_some_and(|known| known.field.optional),
            origin: Arc::new(Origin {
                path,
                operation: call
                    .as_ref()
                    .map_or(resource_type.name, |call| call.operation),
            }),
        },
        call,
        resource_type: resource_type.clone(),
    }
}

/// The first name of a relation's field path.
fn first_name(path: &str) -> &str {
    path.split('.')
        .next()
        .unwrap_or(path)
        .trim_end_matches("[]")
}

fn join(base: Option<&str>, field: &str) -> String {
    format!("{}.{field}", base.unwrap_or("(...)"))
}

/// How a map's entry is told apart from a struct's field.
pub(super) fn entry_path(base: Option<&str>, key: &str) -> String {
    format!("{}[{key:?}]", base.unwrap_or("(...)"))
}

/// Whether a path can be read without the variables of comprehensions.
pub(super) fn stands_alone(path: &Node) -> bool {
    match path {
        Node::Constant(_) | Node::Resource | Node::Param(_) | Node::Now => true,
        Node::Identity(base, _)
        | Node::ResourceField(base, _)
        | Node::Field(base, _)
        | Node::Related(base, ..) => stands_alone(base),
        Node::ListIndex(base, index, _) | Node::MapIndex(base, index, _) => {
            stands_alone(base) && stands_alone(index)
        }
        _ => false,
    }
}
