//! `rds.DBCluster`.

use std::sync::Arc;

use aws_sdk_rds::types;

use super::{CALLS, insert_tags, resource};
use crate::collect::context::Context;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{Future, Listing, list_items, object_of};
use crate::schema::{Relation, ResourceType, Scope, TypeBuilder};
use crate::snapshot::Resource;

const CLUSTER: &str = "rds.DBCluster";

text!(
    types::ClusterScalabilityType,
    types::LimitlessDatabaseStatus,
    types::LocalWriteForwardingStatus,
    types::WriteForwardingStatus,
);

shape! { types::DbCluster as "DBCluster" {
    AllocatedStorage required allocated_storage,
    AvailabilityZones optional availability_zones,
    BackupRetentionPeriod required backup_retention_period,
    CharacterSetName optional character_set_name,
    DatabaseName optional database_name,
    DBClusterIdentifier required db_cluster_identifier,
    DBClusterParameterGroup required db_cluster_parameter_group,
    DBSubnetGroup optional db_subnet_group,
    Status required status,
    PercentProgress optional percent_progress,
    EarliestRestorableTime optional earliest_restorable_time,
    Endpoint optional endpoint,
    ReaderEndpoint optional reader_endpoint,
    CustomEndpoints optional custom_endpoints,
    MultiAZ required multi_az,
    Engine required engine,
    EngineVersion required engine_version,
    LatestRestorableTime optional latest_restorable_time,
    Port required port,
    MasterUsername required master_username,
    DBClusterOptionGroupMemberships optional db_cluster_option_group_memberships,
    PreferredBackupWindow required preferred_backup_window,
    PreferredMaintenanceWindow required preferred_maintenance_window,
    UpgradeRolloutOrder optional upgrade_rollout_order,
    ReplicationSourceIdentifier optional replication_source_identifier,
    ReadReplicaIdentifiers optional read_replica_identifiers,
    DBClusterMembers optional db_cluster_members,
    VpcSecurityGroups optional vpc_security_groups,
    HostedZoneId optional hosted_zone_id,
    StorageEncrypted required storage_encrypted,
    StorageEncryptionType optional storage_encryption_type,
    KmsKeyId optional kms_key_id,
    DbClusterResourceId required db_cluster_resource_id,
    DBClusterArn required db_cluster_arn,
    AssociatedRoles optional associated_roles,
    IAMDatabaseAuthenticationEnabled required iam_database_authentication_enabled,
    CloneGroupId optional clone_group_id,
    ClusterCreateTime required cluster_create_time,
    EarliestBacktrackTime optional earliest_backtrack_time,
    BacktrackWindow optional backtrack_window,
    BacktrackConsumedChangeRecords optional backtrack_consumed_change_records,
    EnabledCloudwatchLogsExports optional enabled_cloudwatch_logs_exports,
    Capacity optional capacity,
    PendingModifiedValues optional pending_modified_values,
    EngineMode optional engine_mode,
    ScalingConfigurationInfo optional scaling_configuration_info,
    DBClusterInstanceClass optional db_cluster_instance_class,
    StorageType optional storage_type,
    Iops optional iops,
    StorageThroughput optional storage_throughput,
    IOOptimizedNextAllowedModificationTime optional io_optimized_next_allowed_modification_time,
    PubliclyAccessible optional publicly_accessible,
    AutoMinorVersionUpgrade optional auto_minor_version_upgrade,
    DeletionProtection optional deletion_protection,
    HttpEndpointEnabled required http_endpoint_enabled,
    ActivityStreamMode optional activity_stream_mode,
    ActivityStreamStatus optional activity_stream_status,
    ActivityStreamKmsKeyId optional activity_stream_kms_key_id,
    ActivityStreamKinesisStreamName optional activity_stream_kinesis_stream_name,
    CopyTagsToSnapshot required copy_tags_to_snapshot,
    CrossAccountClone required cross_account_clone,
    DomainMemberships optional domain_memberships,
    GlobalClusterIdentifier optional global_cluster_identifier,
    GlobalWriteForwardingStatus optional global_write_forwarding_status,
    GlobalWriteForwardingRequested optional global_write_forwarding_requested,
    NetworkType optional network_type,
    AutomaticRestartTime optional automatic_restart_time,
    ServerlessV2ScalingConfiguration optional serverless_v2_scaling_configuration,
    ServerlessV2PlatformVersion optional serverless_v2_platform_version,
    MonitoringInterval optional monitoring_interval,
    MonitoringRoleArn optional monitoring_role_arn,
    DatabaseInsightsMode optional database_insights_mode,
    PerformanceInsightsEnabled optional performance_insights_enabled,
    PerformanceInsightsKMSKeyId optional performance_insights_kms_key_id,
    PerformanceInsightsRetentionPeriod optional performance_insights_retention_period,
    MasterUserSecret optional master_user_secret,
    LocalWriteForwardingStatus optional local_write_forwarding_status,
    AwsBackupRecoveryPointArn optional aws_backup_recovery_point_arn,
    LimitlessDatabase optional limitless_database,
    ClusterScalabilityType optional cluster_scalability_type,
    CertificateDetails optional certificate_details,
    EngineLifecycleSupport optional engine_lifecycle_support,
    VPCNetworkingEnabled optional vpc_networking_enabled,
    InternetAccessGatewayEnabled optional internet_access_gateway_enabled,
} }

shape! { types::DbClusterOptionGroupStatus as "DBClusterOptionGroupStatus" {
    DBClusterOptionGroupName required db_cluster_option_group_name,
    Status required status,
} }

shape! { types::DbClusterMember as "DBClusterMember" {
    DBInstanceIdentifier required db_instance_identifier,
    IsClusterWriter required is_cluster_writer,
    DBClusterParameterGroupStatus required db_cluster_parameter_group_status,
    PromotionTier required promotion_tier,
} }

shape! { types::DbClusterRole as "DBClusterRole" {
    RoleArn required role_arn,
    Status required status,
    FeatureName optional feature_name,
} }

// Without `MasterUserPassword`: no password is stored, not even a masked one.
shape! { types::ClusterPendingModifiedValues as "ClusterPendingModifiedValues" {
    PendingCloudwatchLogsExports optional pending_cloudwatch_logs_exports,
    DBClusterIdentifier optional db_cluster_identifier,
    IAMDatabaseAuthenticationEnabled optional iam_database_authentication_enabled,
    EngineVersion optional engine_version,
    BackupRetentionPeriod optional backup_retention_period,
    StorageType optional storage_type,
    AllocatedStorage optional allocated_storage,
    Iops optional iops,
    CertificateDetails optional certificate_details,
} }

shape! { types::ScalingConfigurationInfo as "ScalingConfigurationInfo" {
    MinCapacity optional min_capacity,
    MaxCapacity optional max_capacity,
    AutoPause optional auto_pause,
    SecondsUntilAutoPause optional seconds_until_auto_pause,
    TimeoutAction optional timeout_action,
    SecondsBeforeTimeout optional seconds_before_timeout,
} }

shape! { types::ServerlessV2ScalingConfigurationInfo as "ServerlessV2ScalingConfigurationInfo" {
    MinCapacity required min_capacity,
    MaxCapacity required max_capacity,
    SecondsUntilAutoPause optional seconds_until_auto_pause,
} }

shape! { types::LimitlessDatabase as "LimitlessDatabase" {
    Status required status,
    MinRequiredACU required min_required_acu,
} }

/// The type.
pub fn resource_type() -> ResourceType {
    TypeBuilder::new(
        CLUSTER,
        Scope::Regional,
        "A database cluster: Aurora, or Multi-AZ with readable standbys.",
    )
    .list(&CALLS.clusters)
    .shape(types::DbCluster::ty())
    .relation(Relation {
        name: "ParameterGroup",
        target: "rds.DBClusterParameterGroup",
        from: "DBClusterParameterGroup",
        to: &["DBClusterParameterGroupName"],
        many: false,
    })
    .relation(Relation {
        name: "Members",
        target: "rds.DBInstance",
        from: "DBClusterMembers[].DBInstanceIdentifier",
        to: &["DBInstanceIdentifier"],
        many: true,
    })
    .build()
}

/// Lists the account's own clusters; those shared with it are their owner's matter.
pub fn list(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_clusters();
        list_items!(&CALLS.clusters, CLUSTER, request, |cluster| of(
            &context, &cluster
        ))
    })
}

fn of(context: &Context, cluster: &types::DbCluster) -> Resource {
    let mut fields = object_of(cluster.fact());
    insert_tags(&mut fields, context, &CALLS.clusters, &cluster.tag_list);
    resource(
        context,
        cluster.db_cluster_identifier(),
        cluster.db_cluster_arn(),
        fields,
    )
}
