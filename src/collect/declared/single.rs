//! Resources that are there without a call: settings that exist once, and what there is for each
//! resource of another type.

use std::sync::Arc;

use super::call;
use super::value::Scope;
use crate::collect::context::Context;
use crate::fact::{Fact, Object, Unknown, name};
use crate::schema::ResourceType;
use crate::snapshot::Resource;
use crate::source::{DeclaredType, Params, Service, Sources, Template};

fn declared<'s>(
    sources: &'s Sources,
    resource_type: &ResourceType,
) -> Option<(&'s Arc<Service>, &'s DeclaredType)> {
    let Ok(service) = sources.get(resource_type.service())? else {
        return None;
    };
    let mut types = service.types.iter();
    let found = types.find(|known| known.resource_type.name == resource_type.name)?;
    Some((service, found))
}

/// The only resource of a declared type that is never listed; `None` for types of typed sources.
pub fn singleton(
    sources: &Sources,
    resource_type: &ResourceType,
    context: &Context,
    place: &str,
) -> Option<Resource> {
    let (service, declared) = declared(sources, resource_type)?;
    let (params, empty) = (sources.params(service), Object::default());
    let scope = call::scope(context, &params, &empty);
    let fill = |template: &Option<Template>| scope.text(template.as_ref()?).ok();
    let id = fill(&declared.single.id).unwrap_or_else(|| resource_type.name.to_owned());
    Some(Resource {
        id: id.into(),
        arn: fill(&declared.single.arn).unwrap_or_default().into(),
        account: context.account.clone(),
        region: place.into(),
        fields: Object::default(),
    })
}

/// The resource of a derived type that there is for one of its parent's.
pub fn derived(
    sources: &Sources,
    resource_type: &ResourceType,
    context: &Context,
    parent: &Resource,
) -> Option<Resource> {
    let (service, declared) = declared(sources, resource_type)?;
    let of = declared.derived.as_ref()?;
    let (params, mut fields) = (sources.params(service), Object::default());
    for (added, template) in &of.add {
        let scope = of_parent(context, &params, &fields, parent);
        let fact = added_field(added, template, &scope, resource_type);
        fields.insert(name(added), fact);
    }
    let scope = of_parent(context, &params, &fields, parent);
    let own = |template: &Option<Template>| {
        let text = scope.whole(template.as_ref()?);
        text.filter(|text| !text.is_empty()).map(Box::from)
    };
    Some(Resource {
        id: own(&of.id).unwrap_or_else(|| parent.id.clone()),
        arn: own(&of.arn).unwrap_or_else(|| parent.arn.clone()),
        account: parent.account.clone(),
        region: parent.region.clone(),
        fields,
    })
}

fn of_parent<'r>(
    context: &'r Context,
    params: &'r Params,
    fields: &'r Object,
    parent: &'r Resource,
) -> Scope<'r> {
    Scope {
        parent: Some(parent),
        region: &parent.region,
        ..call::scope(context, params, fields)
    }
}

/// A text made of the parent; unknown where something in it is, or is not there.
fn added_field(
    added: &str,
    template: &Template,
    scope: &Scope,
    resource_type: &ResourceType,
) -> Fact {
    let missing = || Unknown {
        operation: resource_type.name.to_owned(),
        region: scope.region.to_owned(),
        code: "MissingField".to_owned(),
        message: format!("the resource that it is of has nothing for {added}"),
        iam_action: None,
    };
    match (scope.text(template), scope.whole(template)) {
        (Err(unknown), _) => Fact::Unknown(unknown),
        (Ok(_), Some(text)) if !text.is_empty() => Fact::string(text),
        _ => Fact::Unknown(Arc::new(missing())),
    }
}
