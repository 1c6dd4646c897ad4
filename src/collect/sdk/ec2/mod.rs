//! EC2: machines and images, disks, the networks around them, and the region's settings.
//!
//! Each part lists a few resource types and keeps the shapes of their facts.

mod compute;
mod image;
mod interface;
mod network;
mod prefix_list;
mod security;
mod settings;
mod storage;
mod template;

use std::sync::Arc;

use aws_sdk_ec2::types;

use super::shape::Shape;
use super::source::{Fields, Source, field, object_of, tag_map};
use crate::collect::context::Context;
use crate::fact::{Fact, name};
use crate::schema::{ApiCall, Scope, TypeBuilder};
use crate::snapshot::Resource;

const SUBNET: &str = "ec2.Subnet";
const VPC: &str = "ec2.Vpc";

/// The longest page that most listings give. Without a length EC2 sends many of them whole, and
/// in a large account that is throttled or times out.
const PAGE: i32 = 1000;

/// The source.
pub fn source() -> Source {
    let mut source = Source {
        types: Vec::new(),
        calls: Vec::new(),
    };
    for part in [
        compute::source(),
        image::source(),
        interface::source(),
        network::source(),
        prefix_list::source(),
        security::source(),
        settings::source(),
        storage::source(),
        template::source(),
    ] {
        source.types.extend(part.types);
        source.calls.extend(part.calls);
    }
    source
}

/// A type that one call lists in each region, with the fields of the SDK struct it brings.
fn listed<S: Shape>(name: &'static str, doc: &'static str, call: &Arc<ApiCall>) -> TypeBuilder {
    TypeBuilder::new(name, Scope::Regional, doc)
        .list(call)
        .shape(S::ty())
}

/// What tells one EC2 resource from all others.
#[derive(Clone, Copy, Debug, Default)]
struct Identity<'i> {
    /// The word for its type in ARNs.
    kind: &'static str,
    id: Option<&'i str>,
    /// The account in its ARN where it may be another than the audited one: networks are shared
    /// between accounts.
    owner: Option<&'i str>,
    tags: &'i [types::Tag],
}

/// A resource of what EC2 sent about it.
fn resource(context: &Context, described: &impl Shape, identity: Identity) -> Resource {
    let tags = identity.tags.iter().map(|tag| (tag.key(), tag.value()));
    let mut fields = object_of(described.fact());
    fields.insert(name("tags"), tag_map(tags));
    let id = identity.id.unwrap_or_default();
    let arn = format!(
        "arn:{}:ec2:{}:{}:{}/{id}",
        context.partition,
        context.region,
        identity.owner.unwrap_or(&context.account),
        identity.kind,
    );
    Resource {
        id: id.into(),
        arn: arn.into(),
        account: context.account.clone(),
        region: context.region.clone(),
        fields,
    }
}

/// The one field that a detail call brings; none where AWS left it out.
fn only(field_name: &str, fact: Option<Fact>) -> Fields {
    fact.map(|fact| field(field_name, fact))
        .into_iter()
        .collect()
}
