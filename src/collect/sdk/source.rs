//! What a typed source consists of: resource types, and a function for each call.

use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, Name, Object, name};
use crate::schema::{ApiCall, ResourceType};
use crate::snapshot::Resource;

/// A future the scheduler may move between threads.
pub type Future<T> = Pin<Box<dyn std::future::Future<Output = T> + Send>>;

/// What a detail call brought, once it has.
pub type Detailed = Future<Result<Fields, Failure>>;

/// Named facts to add to a resource.
pub type Fields = Vec<(Name, Fact)>;

/// One service: its types and its calls.
pub struct Source {
    /// The types it brings.
    pub types: Vec<ResourceType>,
    /// How each of their calls is made.
    pub calls: Vec<(Arc<ApiCall>, Fetch)>,
}

/// How one call is made. Each function makes the call for one account and region, pages included.
#[derive(Clone, Copy)]
pub enum Fetch {
    /// Lists resources; told which types are wanted, as one call may bring several.
    List(fn(Arc<Context>, Vec<&'static str>) -> Future<Listing>),
    /// Lists the resources that belong to one resource of the parent type.
    ListOf(fn(Arc<Context>, Arc<Resource>) -> Future<Listing>),
    /// Reads more of one resource.
    Detail(fn(Arc<Context>, Arc<Resource>) -> Detailed),
    /// Reads more of all resources of the account and region at once.
    Bulk(fn(Arc<Context>) -> Future<Result<Bulk, Failure>>),
}

/// What a list call brought; with a failure, what it brought until then.
#[derive(Default)]
pub struct Listing {
    /// Resources with the name of their type.
    pub resources: Vec<(&'static str, Resource)>,
    /// Why the list ends early.
    pub failure: Option<Failure>,
}

/// What a bulk call brought.
#[derive(Default)]
pub struct Bulk {
    /// Fields for the resource of that type and id.
    pub fields: Vec<(&'static str, Box<str>, Fields)>,
    /// Fields for every resource that is not among them.
    pub otherwise: Fields,
}

impl Listing {
    /// Adds a resource.
    pub fn push(&mut self, resource_type: &'static str, resource: Resource) {
        self.resources.push((resource_type, resource));
    }

    /// Ends the listing with what an SDK call said, if it failed.
    pub fn fail<E>(mut self, call: &ApiCall, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        self.failure = Some(Failure::of(call, error));
        self
    }
}

/// One named fact.
pub fn field(field_name: &str, fact: Fact) -> (Name, Fact) {
    (name(field_name), fact)
}

/// Tags as a map, from any list of optional key and value pairs.
pub fn tag_map<'t>(tags: impl IntoIterator<Item = (Option<&'t str>, Option<&'t str>)>) -> Fact {
    Fact::Object(
        tags.into_iter()
            .filter_map(|(key, value)| Some((key?.into(), Fact::string(value.unwrap_or_default()))))
            .collect(),
    )
}

/// The object inside a shape's fact, to add to or take from.
pub fn object_of(fact: Option<Fact>) -> Object {
    match fact {
        Some(Fact::Object(object)) => object,
        _ => Object::default(),
    }
}

/// The pages of a request. The SDK's paginators end a list in silence where a token comes again;
/// these do not, and `collect::pages` fails such a list.
macro_rules! paged {
    ($request:expr) => {
        $request.into_paginator().stop_on_duplicate_token(false)
    };
}

/// Collects the items of all pages of a request into a list, or the failure.
macro_rules! all_items {
    ($call:expr, $request:expr) => {{
        let mut stream = $crate::collect::sdk::source::paged!($request)
            .items()
            .send();
        let mut items = Vec::new();
        loop {
            match stream.next().await {
                None => break Ok(items),
                Some(Ok(item)) => items.push(item),
                Some(Err(error)) => {
                    break Err($crate::collect::failure::Failure::of($call, error));
                }
            }
        }
    }};
}

/// Lists the items of all pages of a request: the body makes a resource of each.
macro_rules! list_items {
    ($call:expr, $resource_type:expr, $request:expr, |$item:ident| $body:expr) => {{
        let mut listing = $crate::collect::sdk::source::Listing::default();
        let mut stream = $crate::collect::sdk::source::paged!($request)
            .items()
            .send();
        loop {
            match stream.next().await {
                None => break listing,
                Some(Ok($item)) => listing.push($resource_type, $body),
                Some(Err(error)) => break listing.fail($call, error),
            }
        }
    }};
}

pub(crate) use {all_items, list_items, paged};
