//! A resource type as rules see it, from its list, details and relations.

use std::collections::BTreeSet;

use super::derived::made_of;
use super::list::Origin;
use super::types::{IDENTITY, TypeReader};
use crate::diagnostic::{Diagnostic, Span};
use crate::schema::{
    Field, Relation, ResourceType, Scope, Struct, Type, TypeBuilder, interned, interned_list,
};
use crate::source::{Declared, Detail, Each, Items};
use crate::yaml::Decoder;

impl TypeReader<'_, '_> {
    pub fn resource_type(
        &mut self,
        scope: Scope,
        doc: &str,
        origin: &Origin,
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
        let mut builder = TypeBuilder::new(full, scope, interned(doc)).without_tags();
        if let Some(derived) = &origin.derived {
            builder = builder.made_of(derived.parent, interned_list(made_of(derived)));
            for (name, _) in &derived.add {
                let field = Field::required(name, Type::String);
                if named.takes(&field, false) {
                    builder = builder.field(field);
                }
            }
        }
        if let Some(list) = &origin.list {
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
                    let doc = detail.series.as_ref().map_or("", |series| series.doc);
                    let name = field.name.clone();
                    builder = builder.detail(field, &detail.call.api).doc(&name, doc);
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
}

/// The fields that a detail adds to its type.
fn detail_fields(detail: &Detail) -> Vec<Field> {
    if let Some(series) = &detail.series {
        return vec![Field::required(&series.field, Type::list(Type::Double))];
    }
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
