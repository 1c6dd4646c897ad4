//! `rds.DBParameterGroup` and `rds.DBClusterParameterGroup`, with the parameters that are set.

use std::sync::Arc;

use aws_sdk_rds::types;

use super::{CALLS, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{
    Fields, Future, Listing, all_items, field, list_items, object_of,
};
use crate::schema::{Field, ResourceType, Scope, Type, TypeBuilder};
use crate::snapshot::Resource;

const GROUP: &str = "rds.DBParameterGroup";
const CLUSTER_GROUP: &str = "rds.DBClusterParameterGroup";

text!(types::ApplyMethod);

shape! { types::DbParameterGroup as "DBParameterGroup" {
    DBParameterGroupName required db_parameter_group_name,
    DBParameterGroupFamily required db_parameter_group_family,
    Description required description,
    DBParameterGroupArn required db_parameter_group_arn,
} }

shape! { types::DbClusterParameterGroup as "DBClusterParameterGroup" {
    DBClusterParameterGroupName required db_cluster_parameter_group_name,
    DBParameterGroupFamily required db_parameter_group_family,
    Description required description,
    DBClusterParameterGroupArn required db_cluster_parameter_group_arn,
} }

// Without `Description` and `AllowedValues`: engine documentation, the same in every account, and
// many times the size of all the rest.
shape! { types::Parameter as "Parameter" {
    ParameterName required parameter_name,
    ParameterValue required parameter_value,
    Source required source,
    ApplyType required apply_type,
    DataType required data_type,
    IsModifiable required is_modifiable,
    MinimumEngineVersion optional minimum_engine_version,
    ApplyMethod required apply_method,
    SupportedEngineModes optional supported_engine_modes,
} }

/// The type of groups for instances.
pub fn resource_type() -> ResourceType {
    TypeBuilder::new(
        GROUP,
        Scope::Regional,
        "Engine settings for instances, the default groups included.",
    )
    .list(&CALLS.parameter_groups)
    .shape(types::DbParameterGroup::ty())
    .detail(parameters_field(), &CALLS.parameters)
    .tags_by(&CALLS.tags)
    .build()
}

/// The type of groups for clusters.
pub fn cluster_resource_type() -> ResourceType {
    TypeBuilder::new(
        CLUSTER_GROUP,
        Scope::Regional,
        "Engine settings for clusters, the default groups included.",
    )
    .list(&CALLS.cluster_parameter_groups)
    .shape(types::DbClusterParameterGroup::ty())
    .detail(parameters_field(), &CALLS.cluster_parameters)
    .tags_by(&CALLS.tags)
    .build()
}

fn parameters_field() -> Field {
    Field::required("Parameters", Type::list(types::Parameter::ty()))
}

/// Lists the groups for instances.
pub fn list(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_parameter_groups();
        list_items!(&CALLS.parameter_groups, GROUP, request, |group| resource(
            &context,
            group.db_parameter_group_name(),
            group.db_parameter_group_arn(),
            object_of(group.fact()),
        ))
    })
}

/// Lists the groups for clusters.
pub fn list_of_clusters(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_cluster_parameter_groups();
        list_items!(
            &CALLS.cluster_parameter_groups,
            CLUSTER_GROUP,
            request,
            |group| resource(
                &context,
                group.db_cluster_parameter_group_name(),
                group.db_cluster_parameter_group_arn(),
                object_of(group.fact()),
            )
        )
    })
}

/// Reads the parameters of a group for instances.
pub fn parameters(context: Arc<Context>, group: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .rds()
            .describe_db_parameters()
            .db_parameter_group_name(&*group.id);
        all_items!(&CALLS.parameters, request).map(with_value)
    })
}

/// Reads the parameters of a group for clusters.
pub fn cluster_parameters(
    context: Arc<Context>,
    group: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .rds()
            .describe_db_cluster_parameters()
            .db_cluster_parameter_group_name(&*group.id);
        all_items!(&CALLS.cluster_parameters, request).map(with_value)
    })
}

/// Whoever set a parameter, its value counts; one without a value is left to the engine.
fn with_value(mut parameters: Vec<types::Parameter>) -> Fields {
    parameters.retain(|parameter| parameter.parameter_value.is_some());
    let parameters = parameters.fact().into_iter();
    parameters.map(|fact| field("Parameters", fact)).collect()
}
