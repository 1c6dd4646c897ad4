//! How calls are made, whichever kind of source they are of, and what they bring.

use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::context::Context;
use super::declared::Made;
use super::failure::Failure;
use crate::fact::{Fact, Name, name};
use crate::schema::ApiCall;
use crate::snapshot::Resource;

/// A future the scheduler may move between threads.
pub type Future<T> = Pin<Box<dyn std::future::Future<Output = T> + Send>>;

/// What a detail call brought, once it has.
pub type Detailed = Future<Result<Fields, Failure>>;

/// Named facts to add to a resource.
pub type Fields = Vec<(Name, Fact)>;

/// How one call is made. Each function makes the call for one account and region, pages included.
#[derive(Clone)]
pub enum Fetch {
    /// Lists resources; told which types are wanted, as one call may bring several.
    List(fn(Arc<Context>, Vec<&'static str>) -> Future<Listing>),
    /// Lists the resources that belong to one resource of the parent type.
    ListOf(fn(Arc<Context>, Arc<Resource>) -> Future<Listing>),
    /// Reads more of one resource.
    Detail(fn(Arc<Context>, Arc<Resource>) -> Detailed),
    /// Reads more of all resources of the account and region at once.
    Bulk(fn(Arc<Context>) -> Future<Result<Bulk, Failure>>),
    /// As a declared source says.
    Declared(Arc<Made>),
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
