//! Puts a resource type together from its shape, its details and its relations.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ApiCall, Field, Relation, ResourceField, ResourceType, Scope, Type};

/// Builds a [`ResourceType`]; [`TypeBuilder::build`] ends it.
pub struct TypeBuilder(ResourceType);

impl TypeBuilder {
    /// A type that `list` brings, with the identity fields only.
    pub fn new(name: &'static str, scope: Scope, doc: &'static str) -> Self {
        let identity = ["id", "arn", "account", "region"]
            .map(|name| Field::required(name, Type::String))
            .into_iter()
            .chain([Field::required("tags", Type::map(Type::String))]);
        Self(ResourceType {
            name,
            doc,
            scope,
            list: None,
            parent: None,
            made_of: &[],
            fields: identity
                .map(|field| (field.name.clone(), plain(field)))
                .collect(),
            relations: BTreeMap::new(),
        })
    }

    /// The call that lists the type. Without one, the type exists once in its scope.
    pub fn list(mut self, call: &Arc<ApiCall>) -> Self {
        self.0.list = Some(call.clone());
        self
    }

    /// The type is listed once for each resource of `parent`.
    pub fn parent(mut self, parent: &'static str) -> Self {
        self.0.parent = Some(parent);
        self
    }

    /// There is one for each resource of `parent`, made of these fields of it without a call.
    pub fn made_of(mut self, parent: &'static str, fields: &'static [&'static str]) -> Self {
        self.0.parent = Some(parent);
        self.0.made_of = fields;
        self
    }

    /// Says what the name of a field that is there already does not.
    pub fn doc(mut self, field: &str, doc: &'static str) -> Self {
        if let Some(known) = self.0.fields.get_mut(field) {
            known.doc = doc;
        }
        self
    }

    /// Takes over the fields of a shape, as the list call brings them.
    pub fn shape(mut self, ty: Type) -> Self {
        for field in struct_fields(&ty) {
            self = self.insert(field, None);
        }
        self
    }

    /// A field that the list call brings besides its shape.
    pub fn field(self, field: Field) -> Self {
        self.insert(field, None)
    }

    /// A field that costs a call of its own.
    pub fn detail(self, field: Field, call: &Arc<ApiCall>) -> Self {
        self.insert(field, Some(call.clone()))
    }

    /// All fields of a shape that one call of its own brings.
    pub fn detail_shape(mut self, ty: Type, call: &Arc<ApiCall>) -> Self {
        for field in struct_fields(&ty) {
            self = self.insert(field, Some(call.clone()));
        }
        self
    }

    /// Says that tags cost a call of their own.
    pub fn tags_by(self, call: &Arc<ApiCall>) -> Self {
        self.insert(
            Field::required("tags", Type::map(Type::String)),
            Some(call.clone()),
        )
    }

    /// Says that no call brings the tags, so that no rule can read them.
    pub fn without_tags(mut self) -> Self {
        self.0.fields.remove("tags");
        self
    }

    /// A join to another type; see [`Relation`].
    pub fn relation(mut self, relation: Relation) -> Self {
        self.0.relations.insert(relation.name, relation);
        self
    }

    /// The finished type.
    pub fn build(self) -> ResourceType {
        self.0
    }

    fn insert(mut self, field: Field, call: Option<Arc<ApiCall>>) -> Self {
        let known = ResourceField {
            call,
            ..plain(field)
        };
        self.0.fields.insert(known.field.name.clone(), known);
        self
    }
}

fn plain(field: Field) -> ResourceField {
    ResourceField {
        field,
        call: None,
        doc: "",
    }
}

fn struct_fields(ty: &Type) -> Vec<Field> {
    match ty {
        Type::Struct(shape) => shape.fields.values().cloned().collect(),
        _ => Vec::new(),
    }
}
