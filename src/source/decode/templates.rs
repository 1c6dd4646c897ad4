//! What the templates of a resource type name must be there, and must not wait for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::types::{IDENTITY, TypeReader};
use crate::diagnostic::Diagnostic;
use crate::schema::ResourceField;
use crate::source::{DeclaredType, Derived, Detail, Length, List, Place, Shift, Template};

impl TypeReader<'_, '_> {
    /// Checks the templates of a type.
    pub fn check_templates(&mut self, declared: &DeclaredType) {
        let known = &declared.resource_type.fields;
        let each = declared.list.as_ref().map(|list| list.each.is_some());
        let nested = each.unwrap_or(declared.derived.is_some());
        let list = declared.list.iter().flat_map(List::templates);
        let details = declared.details.iter().flat_map(Detail::templates);
        let single = declared.single.id.iter().chain(&declared.single.arn);
        let derived = declared.derived.iter().flat_map(Derived::templates);
        let templates: Vec<&Template> = list.chain(details).chain(single).chain(derived).collect();
        for template in templates {
            for place in template.places() {
                let message = match place {
                    Place::Field(path) => unknown_field(path, known),
                    Place::Parent(_) if !nested => Some(match &declared.list {
                        Some(_) => "there is no parent: the list has no `each`".to_owned(),
                        None => "there is no parent: the type has no `of`".to_owned(),
                    }),
                    _ => None,
                };
                if let Some(message) = message {
                    let name = match place {
                        Place::Field(path) => path.first().map_or("", String::as_str),
                        _ => "",
                    };
                    let names = known.keys().map(String::as_str);
                    let diagnostic =
                        Diagnostic::new("unknown-field", template.span.clone(), message);
                    self.decoder.report(diagnostic.suggest(name, names));
                }
                self.check_param(place, template);
            }
        }
    }

    fn check_param(&mut self, place: &Place, template: &Template) {
        let (Place::Param(name)
        | Place::Now(Some(Shift {
            by: Length::Param(name),
            ..
        }))
        | Place::Today(Some(Shift {
            by: Length::Param(name),
            ..
        }))) = place
        else {
            return;
        };
        let mut names = self.scope.params.iter().map(|param| param.name.as_str());
        if !names.clone().any(|known| known == name) {
            let message = format!("there is no parameter `{name}`");
            let diagnostic = Diagnostic::new("unknown-param", template.span.clone(), message);
            self.decoder.report(diagnostic.suggest(name, &mut names));
        }
    }

    /// Two details whose requests are each made of what the other brings could never be made.
    pub fn check_order(&mut self, declared: &DeclaredType) {
        let fields = &declared.resource_type.fields;
        let mut waits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for detail in &declared.details {
            let call = &detail.call.api;
            let of = call
                .needs
                .iter()
                .filter_map(|field| fields.get(*field)?.call.as_ref());
            let names = of.map(|needed| key(needed.operation, needed.purpose));
            waits
                .entry(key(call.operation, call.purpose))
                .or_default()
                .extend(names);
        }
        loop {
            let free: Vec<&str> = waits
                .iter()
                .filter(|(_, needed)| needed.iter().all(|name| !waits.contains_key(name)))
                .map(|(name, _)| *name)
                .collect();
            if free.is_empty() {
                break;
            }
            waits.retain(|name, _| !free.contains(name));
        }
        let stuck = declared.details.iter().find(|detail| {
            waits.contains_key(key(detail.call.api.operation, detail.call.api.purpose))
        });
        let template = stuck.and_then(|detail| detail.templates().into_iter().next());
        if let (Some(detail), Some(template)) = (stuck, template) {
            let message = format!(
                "{} waits for what it brings itself, or for a call that waits for it",
                detail.call.operation
            );
            self.decoder.report(Diagnostic::new(
                "waits-for-itself",
                template.span.clone(),
                message,
            ));
        }
    }
}

/// Why a path begins with no field of the type.
fn unknown_field(path: &[String], known: &BTreeMap<String, ResourceField>) -> Option<String> {
    let first = path.first()?;
    let builtin = IDENTITY.contains(&first.as_str()) || first == "partition";
    (!builtin && !known.contains_key(first)).then(|| format!("there is no field `{first}`"))
}

fn key<'c>(operation: &'c str, purpose: &'c str) -> &'c str {
    if purpose.is_empty() {
        operation
    } else {
        purpose
    }
}
