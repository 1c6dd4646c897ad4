//! Lists: the resources of a type.

use std::sync::Arc;

use super::answer::{Answer, Wanted};
use super::call::{Ready, Stop, members, scope, unfilled};
use super::path;
use super::shape::{Struct, node};
use super::value::Scope;
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::fetch::Listing;
use crate::fact::{Fact, Object, name};
use crate::schema::{ResourceType, Scope as TypeScope};
use crate::snapshot::{GLOBAL, Resource};
use crate::source::{Each, FieldType, Items, List, ParamValue, Params};

/// A declared list, ready to be made.
pub struct ReadyList {
    ready: Ready,
    type_name: &'static str,
    global: bool,
    params: Arc<Params>,
}

impl ReadyList {
    /// Prepares the list of a type.
    pub fn new(
        list: &List,
        resource_type: &ResourceType,
        endpoint_region: Option<&String>,
        params: &Arc<Params>,
    ) -> Self {
        Self {
            ready: Ready::new(&list.call, wanted(list), None).in_region(endpoint_region),
            type_name: resource_type.name,
            global: resource_type.scope == TypeScope::Global,
            params: params.clone(),
        }
    }

    /// Lists the resources of a place, or of a parent.
    pub async fn list(&self, list: &List, context: &Context, parent: Option<&Resource>) -> Listing {
        let mut listing = Listing::default();
        for each in values(list, &self.params) {
            let empty = Object::default();
            let scope = Scope {
                parent,
                each: each.as_deref(),
                ..scope(context, &self.params, &empty)
            };
            if let Err(failure) = self.list_one(list, context, &scope, &mut listing).await {
                listing.failure = Some(failure);
                break;
            }
        }
        listing
    }

    async fn list_one(
        &self,
        list: &List,
        context: &Context,
        scope: &Scope<'_>,
        listing: &mut Listing,
    ) -> Result<(), Failure> {
        let members = members(&list.call, scope)?;
        let place = if self.global { GLOBAL } else { &context.region };
        let pages = self.ready.pages(&list.call, context, members, place);
        let (answers, stop) = pages.await;
        for answer in &answers {
            for item in items(list, answer)? {
                let resource = self.resource(list, item, scope)?;
                listing.push(self.type_name, resource);
            }
        }
        match stop {
            Some(Stop::Failed(failure)) => Err(failure),
            Some(Stop::Absent(_)) | None => Ok(()),
        }
    }

    fn resource(&self, list: &List, item: Object, of: &Scope) -> Result<Resource, Failure> {
        let mut fields = item;
        for (added, template) in &list.add {
            let scope = Scope {
                fields: &fields,
                ..*of
            };
            let text = scope.text(template).map_err(unfilled)?;
            fields.insert(name(added), Fact::string(text));
        }
        let scope = Scope {
            fields: &fields,
            ..*of
        };
        let fill = |template| scope.text(template).map_err(unfilled);
        let id = fill(&list.id)?;
        if id.is_empty() {
            let message = format!("the answer lists a {} without an id", self.type_name);
            return Err(Failure::new(&list.call.api, "InvalidResponse", message));
        }
        // What it is made of may come with a detail; then that completes it.
        let arn = list.arn.as_ref().and_then(|arn| scope.whole(arn));
        let arn = arn.unwrap_or_default();
        let own = list.region.as_ref().map_or(Ok(String::new()), fill)?;
        let region = match (own.as_str(), of.parent) {
            ("", Some(parent)) => &parent.region,
            ("", None) if self.global => GLOBAL,
            ("", None) => of.region,
            (own, _) => own,
        };
        Ok(Resource {
            id: id.into(),
            arn: arn.into(),
            account: of.account.into(),
            region: region.into(),
            fields: own_fields(&fields),
        })
    }
}

/// The fields without those that are the resource's identity.
fn own_fields(fields: &Object) -> Object {
    let own = fields
        .iter()
        .filter(|(name, _)| !matches!(&***name, "id" | "arn"));
    own.map(|(name, fact)| (name.clone(), fact.clone()))
        .collect()
}

/// The values that a list is made for; one of nothing where it is made for none.
fn values(list: &List, params: &Params) -> Vec<Option<String>> {
    match &list.each {
        Some(Each::Values(values)) => values.iter().cloned().map(Some).collect(),
        Some(Each::Param(name)) => match params.get(name) {
            Some(ParamValue::List(values)) => values.iter().cloned().map(Some).collect(),
            _ => Vec::new(),
        },
        Some(Each::Resource(_)) | None => vec![None],
    }
}

/// What is read of a list's answer.
pub fn wanted(list: &List) -> Wanted {
    let xml = list.call.to.protocol.is_xml();
    let mut wanted = Wanted::default();
    match &list.items {
        Items::Many(at) => wanted.add(at, true, |wire| {
            let item = Struct::of(&list.call.operation, &list.fields, xml);
            super::shape::list_of(wire, item)
        }),
        Items::Texts(at, _) => {
            let texts = FieldType::List(Box::new(FieldType::String));
            wanted.add(at, true, |wire| {
                node(&texts, wire, 0, xml, &|schema| schema)
            });
        }
        Items::Json(at) => wanted.add(at, true, |wire| {
            let item = Struct::of(&list.call.operation, &list.fields, false);
            super::shape::texts_of(wire, item)
        }),
        Items::One(at) if at == "." => {
            for field in &list.fields {
                wanted.add_field(field, xml);
            }
        }
        Items::One(at) => wanted.add(at, false, |wire| {
            super::shape::one_of(wire, Struct::of(&list.call.operation, &list.fields, xml))
        }),
    }
    wanted
}

fn items(list: &List, answer: &Answer) -> Result<Vec<Object>, Failure> {
    Ok(match &list.items {
        Items::One(at) if at == "." => vec![answer.clone()],
        Items::Many(at) | Items::One(at) => {
            path::objects(answer, at).into_iter().cloned().collect()
        }
        Items::Texts(at, field) => texts(answer, at)
            .map(|text| Object::new(vec![(name(field), text.clone())]))
            .collect(),
        Items::Json(at) => texts(answer, at)
            .map(|read| of_json(list, read))
            .collect::<Result<_, _>>()?,
    })
}

fn texts<'a>(answer: &'a Answer, at: &str) -> impl Iterator<Item = &'a Fact> {
    let lists = path::at(answer, at).into_iter();
    lists.flat_map(|fact| match fact {
        Fact::List(texts) => texts.as_slice(),
        _ => &[],
    })
}

/// A text that is not what was declared may be any resource: the list has not been read.
fn of_json(list: &List, read: &Fact) -> Result<Object, Failure> {
    match read {
        Fact::Object(item) => Ok(item.clone()),
        Fact::Unknown(unknown) => Err(unfilled(unknown.clone())),
        _ => {
            let message = "an element of the list is an empty text";
            Err(Failure::new(&list.call.api, "InvalidResponse", message))
        }
    }
}
