//! Declared sources: AWS services described as data.
//!
//! A file `sources/<service>.yaml` says which resource types a service has and which calls bring
//! their fields. This room reads such files strictly and knows nothing of how calls are made; what
//! it makes of a file is a [`Service`], whose [`ResourceType`](crate::schema::ResourceType)s are
//! like those of typed sources.

mod call;
mod check;
mod decode;
mod derived;
pub mod draft;
mod field;
mod json_schema;
mod param;
mod set;
mod stat;
mod template;

pub use call::{Absent, Batch, Call, Detail, Each, Input, Items, List, Pages, Series};
pub use decode::decode;
pub use derived::Derived;
pub use field::{Declared, FieldType, Shape};
pub use json_schema::source_file_schema;
pub use param::{Duration, Param, ParamError, ParamValue, Params};
pub use set::{SetError, SourceSet, Sources};
pub use template::{Length, Part, Place, Shift, Template};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::schema::ResourceType;

/// A service as its file describes it.
#[derive(Debug)]
pub struct Service {
    /// Where requests go and how they are worded.
    pub connection: Arc<Connection>,
    /// AWS's name for it.
    pub title: String,
    /// Its parameters.
    pub params: Vec<Param>,
    /// The resource types, by name.
    pub types: Vec<DeclaredType>,
}

/// Where a service's requests go and how they are worded.
#[derive(Debug)]
pub struct Connection {
    /// The first part of its types' names and of its operations' (`kms`).
    pub service: &'static str,
    /// AWS's service id, by which the environment names its endpoint (`CloudWatch Logs`).
    pub id: String,
    /// How requests and answers are worded.
    pub protocol: Protocol,
    /// The first part of the endpoint's host.
    pub prefix: String,
    /// The one region of a global service, by partition.
    pub regions: BTreeMap<String, String>,
    /// The host by partition, where it is not the usual one.
    pub hosts: BTreeMap<String, String>,
    /// Whether the account's id comes before the host.
    pub account_prefix: bool,
    /// The service that a signature is for.
    pub signing: String,
    /// The service that IAM actions are of.
    pub iam: String,
    /// Error codes of list calls by which a region says that it does not have the service.
    pub unavailable: Vec<String>,
}

/// How a service's requests and answers are worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Form parameters, answers in XML; with the API's version.
    AwsQuery(String),
    /// JSON with the operation in a header; with what comes before it there.
    AwsJson1_0(String),
    /// The same under a newer media type.
    AwsJson1_1(String),
    /// Methods and paths, JSON.
    RestJson1,
    /// Methods and paths, XML.
    RestXml,
}

impl Protocol {
    /// Its name in source files.
    pub fn name(&self) -> &'static str {
        match self {
            Protocol::AwsQuery(_) => "awsQuery",
            Protocol::AwsJson1_0(_) => "awsJson1_0",
            Protocol::AwsJson1_1(_) => "awsJson1_1",
            Protocol::RestJson1 => "restJson1",
            Protocol::RestXml => "restXml",
        }
    }

    /// Whether operations are told apart by method and path.
    pub fn is_rest(&self) -> bool {
        matches!(self, Protocol::RestJson1 | Protocol::RestXml)
    }

    /// Whether answers are XML.
    pub fn is_xml(&self) -> bool {
        matches!(self, Protocol::AwsQuery(_) | Protocol::RestXml)
    }
}

/// A resource type and the calls that bring it.
#[derive(Debug)]
pub struct DeclaredType {
    /// What rules are checked against.
    pub resource_type: Arc<ResourceType>,
    /// How its resources are found. Without one it is derived from another type, or exists once in
    /// its scope.
    pub list: Option<List>,
    /// How its resources are made of another type's.
    pub derived: Option<Derived>,
    /// The id and ARN of a type that exists once; made of account, region and partition.
    pub single: Single,
    /// The calls that bring more of a resource.
    pub details: Vec<Detail>,
    /// The only region, of partition `aws`, that it can be read through.
    pub endpoint_region: Option<String>,
}

/// The identity of what exists once in its scope.
#[derive(Debug, Default)]
pub struct Single {
    /// Its id, where that is not the type's name.
    pub id: Option<Template>,
    /// Its ARN, where it has one.
    pub arn: Option<Template>,
}
