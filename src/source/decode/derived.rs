//! What says that a type has one resource for each of another type.

use std::collections::BTreeSet;

use super::call;
use super::types::TypeReader;
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::interned;
use crate::source::{Derived, Place, Template};
use crate::yaml::MapReader;

impl TypeReader<'_, '_> {
    /// The rest of a type that begins with `of`.
    pub fn derived(
        &mut self,
        of: &str,
        id: Option<Template>,
        arn: Option<Template>,
        map: &mut MapReader,
    ) -> Derived {
        let add = map.take("add");
        let add = add.map_or_else(Vec::new, |node| {
            call::templates("`add`", node, self.decoder)
        });
        Derived {
            parent: interned(&self.full_name(of)),
            id,
            arn,
            add,
        }
    }

    /// A type is either listed, or there for each resource of another.
    pub fn only_one(&mut self, span: Span) {
        let message = "a type has either `list` or `of`";
        self.decoder
            .report(Diagnostic::new("unknown-key", span, message));
    }
}

/// The first names of the parent's fields that the templates read.
pub fn made_of(derived: &Derived) -> BTreeSet<&str> {
    let templates = derived.templates().into_iter();
    let places = templates.flat_map(Template::places);
    places
        .filter_map(|place| match place {
            Place::Parent(path) => path.first().map(String::as_str),
            _ => None,
        })
        .collect()
}
