//! What of a source can only be checked beside the others: the types that it names.

use super::{Each, Place, Service, Template};
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{ResourceType, Schema, Type};

/// Relations and parents that are not there, or have not the fields that are read of them.
pub fn check(service: &Service, schema: &Schema, span: &Span) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for declared in &service.types {
        let own = &declared.resource_type;
        for relation in own.relations.values() {
            let place = format!("relation `{}` of {}", relation.name, own.name);
            if let Some(wrong) = path_mistake(own, relation.from) {
                diagnostics.push(mistake(span, &format!("{place}: {wrong}")));
            }
            match schema.get(relation.target) {
                Some(target) => {
                    if let Some(wrong) = path_mistake(target, relation.to) {
                        diagnostics.push(mistake(span, &format!("{place}: {wrong}")));
                    }
                }
                None => {
                    let message =
                        format!("{place}: there is no resource type `{}`", relation.target);
                    let diagnostic = Diagnostic::new("unknown-type", span.clone(), message);
                    diagnostics.push(diagnostic.suggest(relation.target, schema.names()));
                }
            }
        }
        let Some(list) = &declared.list else { continue };
        let Some(Each::Resource(parent)) = &list.each else {
            continue;
        };
        let Some(parent) = schema.get(parent) else {
            let message = format!(
                "`each` of {}: there is no resource type `{parent}`",
                own.name
            );
            let diagnostic = Diagnostic::new("unknown-type", span.clone(), message);
            diagnostics.push(diagnostic.suggest(parent, schema.names()));
            continue;
        };
        for template in list.templates() {
            diagnostics.extend(parent_mistake(template, parent));
        }
    }
    diagnostics
}

fn mistake(span: &Span, message: &str) -> Diagnostic {
    Diagnostic::new("unknown-field", span.clone(), message)
}

fn parent_mistake(template: &Template, parent: &ResourceType) -> Option<Diagnostic> {
    let mut places = template.places();
    places.find_map(|place| {
        let Place::Parent(path) = place else {
            return None;
        };
        let first = path.first()?;
        if parent.fields.contains_key(first.as_str()) {
            return None;
        }
        let message = format!("{} has no field `{first}`", parent.name);
        let names = parent.fields.keys().map(String::as_str);
        let diagnostic = Diagnostic::new("unknown-field", template.span.clone(), message);
        Some(diagnostic.suggest(first, names))
    })
}

/// Why a path of names, `[]` marking a step into a list, leads to no text of the type.
fn path_mistake(resource_type: &ResourceType, path: &str) -> Option<String> {
    let mut steps = path.split('.');
    let first = steps.next()?;
    let name = first.trim_end_matches("[]");
    let Some(field) = resource_type.fields.get(name) else {
        return Some(format!("{} has no field `{name}`", resource_type.name));
    };
    let mut ty = step(&field.field.ty, first);
    for part in steps {
        let name = part.trim_end_matches("[]");
        ty = match ty? {
            Type::Any => return None,
            Type::Struct(shape) => match shape.fields.get(name) {
                Some(field) => step(&field.ty, part),
                None => return Some(format!("{} has no field `{name}`", shape.name)),
            },
            other => return Some(format!("`{path}` goes into a {other}")),
        };
    }
    match ty {
        Some(Type::String | Type::Any) => None,
        Some(other) => Some(format!("`{path}` is a {other}, not text")),
        None => Some(format!("`{path}` steps into what is no list")),
    }
}

fn step(ty: &Type, part: &str) -> Option<Type> {
    match (ty, part.ends_with("[]")) {
        (Type::List(item), true) => Some((**item).clone()),
        (Type::Any, _) => Some(Type::Any),
        (_, true) => None,
        (other, false) => Some(other.clone()),
    }
}
