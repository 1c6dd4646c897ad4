//! What a typed source consists of: resource types, and a function for each call.

use std::sync::Arc;

pub use crate::collect::fetch::{Bulk, Detailed, Fetch, Fields, Future, Listing, field};
use crate::fact::{Fact, Object};
use crate::schema::{ApiCall, ResourceType};

/// One service: its types and its calls.
pub struct Source {
    /// The types it brings.
    pub types: Vec<ResourceType>,
    /// How each of their calls is made.
    pub calls: Vec<(Arc<ApiCall>, Fetch)>,
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
