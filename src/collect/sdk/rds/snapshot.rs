//! `rds.DBSnapshot` and `rds.DBClusterSnapshot`: the account's own, however they were made.
//!
//! Snapshots of other accounts, shared with this one or public, are never asked for.

use std::sync::Arc;

use aws_sdk_rds::types;

use super::{CALLS, insert_tags, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape};
use crate::collect::sdk::source::{Fields, Future, Listing, field, list_items, object_of};
use crate::fact::Fact;
use crate::schema::{ApiCall, Field, ResourceType, Scope, Type, TypeBuilder};
use crate::snapshot::Resource;

const SNAPSHOT: &str = "rds.DBSnapshot";
const CLUSTER_SNAPSHOT: &str = "rds.DBClusterSnapshot";

shape! { types::DbSnapshot as "DBSnapshot" {
    DBSnapshotIdentifier required db_snapshot_identifier,
    DBInstanceIdentifier required db_instance_identifier,
    SnapshotCreateTime optional snapshot_create_time,
    Engine required engine,
    AllocatedStorage required allocated_storage,
    Status required status,
    Port required port,
    AvailabilityZone optional availability_zone,
    VpcId optional vpc_id,
    InstanceCreateTime required instance_create_time,
    MasterUsername required master_username,
    EngineVersion required engine_version,
    LicenseModel optional license_model,
    SnapshotType required snapshot_type,
    Iops optional iops,
    StorageThroughput optional storage_throughput,
    OptionGroupName optional option_group_name,
    PercentProgress required percent_progress,
    SourceRegion optional source_region,
    SourceDBSnapshotIdentifier optional source_db_snapshot_identifier,
    StorageType required storage_type,
    TdeCredentialArn optional tde_credential_arn,
    Encrypted required encrypted,
    StorageEncryptionType optional storage_encryption_type,
    BackupRetentionPeriod optional backup_retention_period,
    PreferredBackupWindow optional preferred_backup_window,
    KmsKeyId optional kms_key_id,
    DBSnapshotArn required db_snapshot_arn,
    Timezone optional timezone,
    IAMDatabaseAuthenticationEnabled required iam_database_authentication_enabled,
    ProcessorFeatures optional processor_features,
    DbiResourceId required dbi_resource_id,
    SnapshotTarget optional snapshot_target,
    OriginalSnapshotCreateTime optional original_snapshot_create_time,
    SnapshotDatabaseTime optional snapshot_database_time,
    DBSystemId optional db_system_id,
    MultiTenant optional multi_tenant,
    DedicatedLogVolume optional dedicated_log_volume,
    AdditionalStorageVolumes optional additional_storage_volumes,
    SnapshotAvailabilityZone optional snapshot_availability_zone,
    FullSnapshotSizeInBytes optional full_snapshot_size_in_bytes,
} }

shape! { types::DbClusterSnapshot as "DBClusterSnapshot" {
    AvailabilityZones optional availability_zones,
    DBClusterSnapshotIdentifier required db_cluster_snapshot_identifier,
    DBClusterIdentifier required db_cluster_identifier,
    SnapshotCreateTime optional snapshot_create_time,
    Engine required engine,
    EngineMode optional engine_mode,
    AllocatedStorage required allocated_storage,
    Status required status,
    Port required port,
    VpcId optional vpc_id,
    ClusterCreateTime required cluster_create_time,
    MasterUsername required master_username,
    EngineVersion required engine_version,
    LicenseModel optional license_model,
    SnapshotType required snapshot_type,
    PercentProgress required percent_progress,
    StorageEncrypted required storage_encrypted,
    StorageEncryptionType optional storage_encryption_type,
    BackupRetentionPeriod optional backup_retention_period,
    PreferredBackupWindow optional preferred_backup_window,
    KmsKeyId optional kms_key_id,
    DBClusterSnapshotArn required db_cluster_snapshot_arn,
    SourceDBClusterSnapshotArn optional source_db_cluster_snapshot_arn,
    IAMDatabaseAuthenticationEnabled required iam_database_authentication_enabled,
    StorageType optional storage_type,
    StorageThroughput optional storage_throughput,
    DbClusterResourceId optional db_cluster_resource_id,
} }

shape! { types::DbSnapshotAttribute as "DBSnapshotAttribute" {
    AttributeName required attribute_name,
    AttributeValues optional attribute_values,
} }

shape! { types::DbClusterSnapshotAttribute as "DBClusterSnapshotAttribute" {
    AttributeName required attribute_name,
    AttributeValues optional attribute_values,
} }

/// The type of snapshots of instances.
pub fn resource_type() -> ResourceType {
    TypeBuilder::new(
        SNAPSHOT,
        Scope::Regional,
        "A snapshot of a database instance: manual, automated or by AWS Backup.",
    )
    .list(&CALLS.snapshots)
    .shape(types::DbSnapshot::ty())
    .detail(
        Field::required(
            "DBSnapshotAttributes",
            Type::list(types::DbSnapshotAttribute::ty()),
        ),
        &CALLS.snapshot_attributes,
    )
    .build()
}

/// The type of snapshots of clusters.
pub fn cluster_resource_type() -> ResourceType {
    TypeBuilder::new(
        CLUSTER_SNAPSHOT,
        Scope::Regional,
        "A snapshot of a database cluster: manual, automated or by AWS Backup.",
    )
    .list(&CALLS.cluster_snapshots)
    .shape(types::DbClusterSnapshot::ty())
    .detail(
        Field::required(
            "DBClusterSnapshotAttributes",
            Type::list(types::DbClusterSnapshotAttribute::ty()),
        ),
        &CALLS.cluster_snapshot_attributes,
    )
    .build()
}

/// Lists the snapshots of instances.
pub fn list(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_snapshots();
        list_items!(&CALLS.snapshots, SNAPSHOT, request, |snapshot| of(
            &context, &snapshot
        ))
    })
}

fn of(context: &Context, snapshot: &types::DbSnapshot) -> Resource {
    let mut fields = object_of(snapshot.fact());
    insert_tags(&mut fields, context, &CALLS.snapshots, &snapshot.tag_list);
    resource(
        context,
        snapshot.db_snapshot_identifier(),
        snapshot.db_snapshot_arn(),
        fields,
    )
}

/// Lists the snapshots of clusters.
pub fn list_of_clusters(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_cluster_snapshots();
        list_items!(
            &CALLS.cluster_snapshots,
            CLUSTER_SNAPSHOT,
            request,
            |snapshot| of_cluster(&context, &snapshot)
        )
    })
}

fn of_cluster(context: &Context, snapshot: &types::DbClusterSnapshot) -> Resource {
    let mut fields = object_of(snapshot.fact());
    insert_tags(
        &mut fields,
        context,
        &CALLS.cluster_snapshots,
        &snapshot.tag_list,
    );
    resource(
        context,
        snapshot.db_cluster_snapshot_identifier(),
        snapshot.db_cluster_snapshot_arn(),
        fields,
    )
}

/// Reads with whom a snapshot of an instance is shared.
pub fn attributes(
    context: Arc<Context>,
    snapshot: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let call = &CALLS.snapshot_attributes;
        let request = context
            .rds()
            .describe_db_snapshot_attributes()
            .db_snapshot_identifier(&*snapshot.id);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(call, error))?;
        let attributes = output
            .db_snapshot_attributes_result()
            .and_then(|result| result.db_snapshot_attributes.fact());
        one("DBSnapshotAttributes", attributes, call)
    })
}

/// Reads with whom a snapshot of a cluster is shared.
pub fn cluster_attributes(
    context: Arc<Context>,
    snapshot: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let call = &CALLS.cluster_snapshot_attributes;
        let request = context
            .rds()
            .describe_db_cluster_snapshot_attributes()
            .db_cluster_snapshot_identifier(&*snapshot.id);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(call, error))?;
        let attributes = output
            .db_cluster_snapshot_attributes_result()
            .and_then(|result| result.db_cluster_snapshot_attributes.fact());
        one("DBClusterSnapshotAttributes", attributes, call)
    })
}

/// An answer without its result says nothing about sharing, so it must not look like "with nobody".
fn one(name: &str, fact: Option<Fact>, call: &ApiCall) -> Result<Fields, Failure> {
    match fact {
        Some(fact) => Ok(vec![field(name, fact)]),
        None => Err(Failure::new(
            call,
            "InvalidResponse",
            "the answer holds no attributes",
        )),
    }
}
