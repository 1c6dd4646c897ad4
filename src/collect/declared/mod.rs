//! Declared sources at work: the calls that `sources/*.yaml` describe.

mod answer;
mod batch;
mod call;
mod client;
mod detail;
mod endpoint;
mod error;
mod list;
mod path;
mod read;
mod request;
mod shape;
mod text;
mod value;

#[cfg(test)]
mod tests;

pub use call::NO_ENDPOINT;
pub use client::Client;

use std::sync::Arc;

use self::batch::ReadyBatch;
use self::detail::ReadyDetail;
use self::list::ReadyList;
use super::context::Context;
use super::failure::Failure;
use super::fetch::{Fetch, Fields, Future, Listing};
use crate::fact::Object;
use crate::plan::Plan;
use crate::schema::{ApiCall, ResourceType};
use crate::snapshot::Resource;
use crate::source::{DeclaredType, Params, Service, Sources, Template};

/// A call of a declared source, ready to be made.
pub struct Made {
    service: Arc<Service>,
    /// The type's position in the service.
    at: usize,
    what: What,
}

enum What {
    List(ReadyList),
    /// With the detail's position in the type.
    Detail(usize, ReadyDetail),
    Batch(usize, ReadyBatch),
}

/// How each call of a plan's declared types is made.
pub fn calls(sources: &Sources, plan: &Plan) -> Vec<(Arc<ApiCall>, Fetch)> {
    let mut calls = Vec::new();
    for planned in plan.types.values() {
        let name = planned.resource_type.name;
        let Some(Ok(service)) = sources.get(planned.resource_type.service()) else {
            continue;
        };
        let mut types = service.types.iter();
        let Some(at) = types.position(|declared| declared.resource_type.name == name) else {
            continue;
        };
        let params = Arc::new(sources.params(service));
        calls.extend(of_type(service, at, &params, |call| {
            planned.details.contains_key(call)
        }));
    }
    calls
}

/// The only resource of a declared type that is never listed; `None` for types of typed sources.
pub fn singleton(
    sources: &Sources,
    resource_type: &ResourceType,
    context: &Context,
    place: &str,
) -> Option<Resource> {
    let Ok(service) = sources.get(resource_type.service())? else {
        return None;
    };
    let mut types = service.types.iter();
    let declared = types.find(|known| known.resource_type.name == resource_type.name)?;
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

fn of_type(
    service: &Arc<Service>,
    at: usize,
    params: &Arc<Params>,
    wanted: impl Fn(&Arc<ApiCall>) -> bool,
) -> Vec<(Arc<ApiCall>, Fetch)> {
    let declared = &service.types[at];
    let region = declared.endpoint_region.as_ref();
    let made = |what| {
        Fetch::Declared(Arc::new(Made {
            service: service.clone(),
            at,
            what,
        }))
    };
    let list = declared.list.iter().map(|list| {
        let ready = ReadyList::new(list, &declared.resource_type, region, params);
        (list.call.api.clone(), made(What::List(ready)))
    });
    let arn = declared.list.as_ref().and_then(|list| list.arn.as_ref());
    let details = declared.details.iter().enumerate();
    let details = details.filter(|(_, detail)| wanted(&detail.call.api));
    let details = details.map(|(position, detail)| {
        let what = match &detail.batch {
            None => What::Detail(position, ReadyDetail::new(detail, arn, region, params)),
            Some(batch) => {
                let ready = ReadyBatch::new(detail, batch, arn, region, params);
                What::Batch(position, ready)
            }
        };
        (detail.call.api.clone(), made(what))
    });
    list.chain(details).collect()
}

impl Made {
    fn declared(&self) -> &DeclaredType {
        &self.service.types[self.at]
    }

    /// Lists the resources of a place, or of a parent.
    pub fn list(
        self: Arc<Self>,
        context: Arc<Context>,
        parent: Option<Arc<Resource>>,
    ) -> Future<Listing> {
        Box::pin(async move {
            let (What::List(ready), Some(list)) = (&self.what, &self.declared().list) else {
                return Listing::default();
            };
            ready.list(list, &context, parent.as_deref()).await
        })
    }

    /// Reads more of one resource.
    pub fn detail(
        self: Arc<Self>,
        context: Arc<Context>,
        resource: Arc<Resource>,
    ) -> Future<Result<Fields, Failure>> {
        Box::pin(async move {
            let What::Detail(position, ready) = &self.what else {
                return Ok(Vec::new());
            };
            let detail = &self.declared().details[*position];
            ready.read(detail, &context, &resource).await
        })
    }

    /// For how many resources one call is made, where it is made for several.
    pub fn batch_size(&self) -> Option<usize> {
        let What::Batch(position, _) = &self.what else {
            return None;
        };
        let batch = self.declared().details[*position].batch.as_ref()?;
        Some(usize::from(batch.size))
    }

    /// What all the resources of one call share.
    pub fn batch_group(&self, context: &Context, resource: &Resource) -> String {
        match &self.what {
            What::Batch(position, ready) => {
                ready.group(&self.declared().details[*position], context, resource)
            }
            _ => String::new(),
        }
    }

    /// Reads more of several resources.
    pub fn batch(
        self: Arc<Self>,
        context: Arc<Context>,
        resources: Vec<Arc<Resource>>,
    ) -> Future<Vec<Result<Fields, Failure>>> {
        Box::pin(async move {
            let What::Batch(position, ready) = &self.what else {
                return Vec::new();
            };
            let detail = &self.declared().details[*position];
            match &detail.batch {
                Some(batch) => ready.read(detail, batch, &context, &resources).await,
                None => Vec::new(),
            }
        })
    }

    /// Whether the call lists resources.
    pub fn is_list(&self) -> bool {
        matches!(self.what, What::List(_))
    }
}
