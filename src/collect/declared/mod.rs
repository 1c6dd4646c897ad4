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
mod price;
mod read;
mod request;
mod series;
mod shape;
mod single;
mod text;
mod value;

#[cfg(test)]
mod tests;

pub use batch::{Query, read as read_batch};
pub use call::NO_ENDPOINT;
pub use client::Client;
pub use single::{derived, singleton};

use std::sync::Arc;

use self::batch::ReadyBatch;
use self::detail::ReadyDetail;
use self::list::ReadyList;
use super::context::Context;
use super::failure::Failure;
use super::fetch::{Fetch, Fields, Future, Listing};
use crate::plan::Plan;
use crate::schema::ApiCall;
use crate::snapshot::Resource;
use crate::source::{Batch, DeclaredType, Detail, Params, Service, Sources};

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
                let name = declared.resource_type.name;
                let ready = ReadyBatch::new(detail, batch, name, arn, region, params);
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
        let (_, batch, _) = self.as_batch()?;
        Some(usize::from(batch.size))
    }

    /// What may be asked in one call with more of this resource: the region that is called, and
    /// what all of it shares.
    pub fn group(&self, context: &Context, resource: &Resource) -> (String, String) {
        match self.as_batch() {
            Some((detail, batch, ready)) => ready.group(detail, batch, context, resource),
            None => (String::new(), String::new()),
        }
    }

    fn as_batch(&self) -> Option<(&Detail, &Batch, &ReadyBatch)> {
        let What::Batch(position, ready) = &self.what else {
            return None;
        };
        let detail = &self.declared().details[*position];
        Some((detail, detail.batch.as_ref()?, ready))
    }

    /// Whether the call lists resources.
    pub fn is_list(&self) -> bool {
        matches!(self.what, What::List(_))
    }
}
