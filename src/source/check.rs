//! What of a source can only be checked beside the others: the types that it names.

use super::{DeclaredType, Place, Service, Template};
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
                    let wrong = relation.to.iter().filter_map(|to| path_mistake(target, to));
                    let wrong = wrong.map(|wrong| mistake(span, &format!("{place}: {wrong}")));
                    diagnostics.extend(wrong);
                }
                None => {
                    let message =
                        format!("{place}: there is no resource type `{}`", relation.target);
                    let diagnostic = Diagnostic::new("unknown-type", span.clone(), message);
                    diagnostics.push(diagnostic.suggest(relation.target, schema.names()));
                }
            }
        }
        diagnostics.extend(of_parent(declared, schema, span));
    }
    diagnostics
}

/// What is wrong with the type that another's resources are listed for, or made of.
fn of_parent(declared: &DeclaredType, schema: &Schema, span: &Span) -> Vec<Diagnostic> {
    let own = &declared.resource_type;
    let Some(parent_name) = own.parent else {
        return Vec::new();
    };
    let (key, templates) = match (&declared.list, &declared.derived) {
        (Some(list), _) => ("each", list.templates()),
        (None, Some(derived)) => ("of", derived.templates()),
        (None, None) => return Vec::new(),
    };
    let Some(parent) = schema.get(parent_name) else {
        let message = format!(
            "`{key}` of {}: there is no resource type `{parent_name}`",
            own.name
        );
        let diagnostic = Diagnostic::new("unknown-type", span.clone(), message);
        return vec![diagnostic.suggest(parent_name, schema.names())];
    };
    let templates = templates.into_iter();
    let mut diagnostics: Vec<Diagnostic> = templates
        .filter_map(|template| parent_mistake(template, parent))
        .collect();
    if is_own_ancestor(own, schema) {
        let message = format!("`{key}` of {}: it is its own parent in the end", own.name);
        diagnostics.push(Diagnostic::new("waits-for-itself", span.clone(), message));
    }
    if own.is_derived() && own.scope != parent.scope {
        let message = format!(
            "`of` of {}: of {parent_name} and this type one is global and one regional",
            own.name
        );
        let diagnostic = Diagnostic::new("unknown-scope", span.clone(), message);
        diagnostics.push(diagnostic.with_help("give `scope` or `endpoint_region`"));
    }
    diagnostics
}

fn is_own_ancestor(own: &ResourceType, schema: &Schema) -> bool {
    let mut seen = Vec::new();
    let mut parent = own.parent;
    while let Some(name) = parent {
        if seen.contains(&name) {
            return true;
        }
        seen.push(name);
        parent = schema.get(name).and_then(|known| known.parent);
    }
    false
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
