//! RDS: instances, clusters, their snapshots and parameter groups, and event subscriptions.
//!
//! The service answers for Neptune and DocumentDB too; their instances, clusters and groups are
//! among the resources, told apart by `Engine` or the group's family.

mod cluster;
mod common;
mod event;
mod instance;
mod parameter;
mod snapshot;

use std::sync::{Arc, LazyLock};

use aws_sdk_rds::types::Tag;

use super::source::{Fetch, Fields, Future, Source, field, tag_map};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, Object, name};
use crate::schema::{ApiCall, Per};
use crate::snapshot::Resource;

/// The operations.
struct Calls {
    instances: Arc<ApiCall>,
    clusters: Arc<ApiCall>,
    snapshots: Arc<ApiCall>,
    snapshot_attributes: Arc<ApiCall>,
    cluster_snapshots: Arc<ApiCall>,
    cluster_snapshot_attributes: Arc<ApiCall>,
    parameter_groups: Arc<ApiCall>,
    parameters: Arc<ApiCall>,
    cluster_parameter_groups: Arc<ApiCall>,
    cluster_parameters: Arc<ApiCall>,
    event_subscriptions: Arc<ApiCall>,
    tags: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| {
    let list = |operation| ApiCall::new(operation, Per::Region);
    let detail = |operation| ApiCall::new(operation, Per::Resource);
    Calls {
        instances: list("rds:DescribeDBInstances"),
        clusters: list("rds:DescribeDBClusters"),
        snapshots: list("rds:DescribeDBSnapshots"),
        snapshot_attributes: detail("rds:DescribeDBSnapshotAttributes"),
        cluster_snapshots: list("rds:DescribeDBClusterSnapshots"),
        cluster_snapshot_attributes: detail("rds:DescribeDBClusterSnapshotAttributes"),
        parameter_groups: list("rds:DescribeDBParameterGroups"),
        parameters: detail("rds:DescribeDBParameters"),
        cluster_parameter_groups: list("rds:DescribeDBClusterParameterGroups"),
        cluster_parameters: detail("rds:DescribeDBClusterParameters"),
        event_subscriptions: list("rds:DescribeEventSubscriptions"),
        tags: detail("rds:ListTagsForResource"),
    }
});

/// The source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let fetches = [
        (&calls.instances, Fetch::List(|c, _| instance::list(c))),
        (&calls.clusters, Fetch::List(|c, _| cluster::list(c))),
        (&calls.snapshots, Fetch::List(|c, _| snapshot::list(c))),
        (
            &calls.snapshot_attributes,
            Fetch::Detail(snapshot::attributes),
        ),
        (
            &calls.cluster_snapshots,
            Fetch::List(|c, _| snapshot::list_of_clusters(c)),
        ),
        (
            &calls.cluster_snapshot_attributes,
            Fetch::Detail(snapshot::cluster_attributes),
        ),
        (
            &calls.parameter_groups,
            Fetch::List(|c, _| parameter::list(c)),
        ),
        (&calls.parameters, Fetch::Detail(parameter::parameters)),
        (
            &calls.cluster_parameter_groups,
            Fetch::List(|c, _| parameter::list_of_clusters(c)),
        ),
        (
            &calls.cluster_parameters,
            Fetch::Detail(parameter::cluster_parameters),
        ),
        (
            &calls.event_subscriptions,
            Fetch::List(|c, _| event::list(c)),
        ),
        (&calls.tags, Fetch::Detail(tags)),
    ];
    Source {
        types: vec![
            instance::resource_type(),
            cluster::resource_type(),
            snapshot::resource_type(),
            snapshot::cluster_resource_type(),
            parameter::resource_type(),
            parameter::cluster_resource_type(),
            event::resource_type(),
        ],
        calls: fetches
            .map(|(call, fetch)| (call.clone(), fetch))
            .into_iter()
            .collect(),
    }
}

/// A resource of the context's region. Ids and ARNs are in every answer.
fn resource(context: &Context, id: Option<&str>, arn: Option<&str>, fields: Object) -> Resource {
    Resource {
        id: id.unwrap_or_default().into(),
        arn: arn.unwrap_or_default().into(),
        account: context.account.clone(),
        region: context.region.clone(),
        fields,
    }
}

/// Puts in the tags that a list call brought along. An untagged resource comes with an empty list;
/// some answers hold no list at all though the resource has tags, and that is not "no tags".
fn insert_tags(fields: &mut Object, context: &Context, call: &ApiCall, tags: &Option<Vec<Tag>>) {
    let fact = match tags {
        Some(tags) => tag_map(tags.iter().map(|tag| (tag.key(), tag.value()))),
        None => {
            let failure = Failure::new(call, "MissingField", "the answer holds no TagList");
            Fact::Unknown(Arc::new(failure.in_region(&context.region)))
        }
    };
    fields.insert(name("tags"), fact);
}

/// The tags of those types whose list call leaves them out.
fn tags(context: Arc<Context>, resource: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .rds()
            .list_tags_for_resource()
            .resource_name(&*resource.arn);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.tags, error))?;
        let tags = output.tag_list().iter();
        let tags = tag_map(tags.map(|tag| (tag.key(), tag.value())));
        Ok(vec![field("tags", tags)])
    })
}
