//! `rds.DBInstance`.

use std::sync::Arc;

use aws_sdk_rds::types;

use super::{CALLS, insert_tags, resource};
use crate::collect::context::Context;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{Future, Listing, list_items, object_of};
use crate::collect::sdk::watched::{alarms, metrics};
use crate::schema::{Relation, ResourceType, Scope, TypeBuilder};
use crate::snapshot::Resource;

const INSTANCE: &str = "rds.DBInstance";

text!(
    types::ActivityStreamPolicyStatus,
    types::AutomationMode,
    types::ReplicaMode,
);

shape! { types::DbInstance as "DBInstance" {
    DBInstanceIdentifier required db_instance_identifier,
    DBInstanceClass required db_instance_class,
    Engine required engine,
    DBInstanceStatus required db_instance_status,
    MasterUsername required master_username,
    DBName optional db_name,
    Endpoint optional endpoint,
    AllocatedStorage required allocated_storage,
    InstanceCreateTime optional instance_create_time,
    PreferredBackupWindow required preferred_backup_window,
    BackupRetentionPeriod required backup_retention_period,
    DBSecurityGroups optional db_security_groups,
    VpcSecurityGroups optional vpc_security_groups,
    DBParameterGroups optional db_parameter_groups,
    AvailabilityZone required availability_zone,
    DBSubnetGroup optional db_subnet_group,
    PreferredMaintenanceWindow required preferred_maintenance_window,
    UpgradeRolloutOrder optional upgrade_rollout_order,
    PendingModifiedValues optional pending_modified_values,
    LatestRestorableTime optional latest_restorable_time,
    MultiAZ required multi_az,
    EngineVersion required engine_version,
    AutoMinorVersionUpgrade required auto_minor_version_upgrade,
    ReadReplicaSourceDBInstanceIdentifier optional read_replica_source_db_instance_identifier,
    ReadReplicaDBInstanceIdentifiers optional read_replica_db_instance_identifiers,
    ReadReplicaDBClusterIdentifiers optional read_replica_db_cluster_identifiers,
    ReplicaMode optional replica_mode,
    LicenseModel optional license_model,
    Iops optional iops,
    StorageThroughput optional storage_throughput,
    OptionGroupMemberships optional option_group_memberships,
    CharacterSetName optional character_set_name,
    NcharCharacterSetName optional nchar_character_set_name,
    SecondaryAvailabilityZone optional secondary_availability_zone,
    PubliclyAccessible required publicly_accessible,
    StatusInfos optional status_infos,
    StorageType required storage_type,
    StorageEncryptionType optional storage_encryption_type,
    TdeCredentialArn optional tde_credential_arn,
    DbInstancePort required db_instance_port,
    DBClusterIdentifier optional db_cluster_identifier,
    StorageEncrypted required storage_encrypted,
    KmsKeyId optional kms_key_id,
    DbiResourceId required dbi_resource_id,
    CACertificateIdentifier optional ca_certificate_identifier,
    DomainMemberships optional domain_memberships,
    CopyTagsToSnapshot required copy_tags_to_snapshot,
    MonitoringInterval required monitoring_interval,
    EnhancedMonitoringResourceArn optional enhanced_monitoring_resource_arn,
    MonitoringRoleArn optional monitoring_role_arn,
    PromotionTier optional promotion_tier,
    DBInstanceArn required db_instance_arn,
    Timezone optional timezone,
    IAMDatabaseAuthenticationEnabled required iam_database_authentication_enabled,
    DatabaseInsightsMode optional database_insights_mode,
    PerformanceInsightsEnabled required performance_insights_enabled,
    PerformanceInsightsKMSKeyId optional performance_insights_kms_key_id,
    PerformanceInsightsRetentionPeriod optional performance_insights_retention_period,
    EnabledCloudwatchLogsExports optional enabled_cloudwatch_logs_exports,
    ProcessorFeatures optional processor_features,
    DeletionProtection required deletion_protection,
    AssociatedRoles optional associated_roles,
    ListenerEndpoint optional listener_endpoint,
    MaxAllocatedStorage optional max_allocated_storage,
    AutomationMode optional automation_mode,
    ResumeFullAutomationModeTime optional resume_full_automation_mode_time,
    CustomerOwnedIpEnabled required customer_owned_ip_enabled,
    NetworkType optional network_type,
    ActivityStreamStatus optional activity_stream_status,
    ActivityStreamKmsKeyId optional activity_stream_kms_key_id,
    ActivityStreamKinesisStreamName optional activity_stream_kinesis_stream_name,
    ActivityStreamMode optional activity_stream_mode,
    ActivityStreamEngineNativeAuditFieldsIncluded optional activity_stream_engine_native_audit_fields_included,
    AwsBackupRecoveryPointArn optional aws_backup_recovery_point_arn,
    DBInstanceAutomatedBackupsReplications optional db_instance_automated_backups_replications,
    BackupTarget optional backup_target,
    AutomaticRestartTime optional automatic_restart_time,
    CustomIamInstanceProfile optional custom_iam_instance_profile,
    ActivityStreamPolicyStatus optional activity_stream_policy_status,
    CertificateDetails optional certificate_details,
    DBSystemId optional db_system_id,
    MasterUserSecret optional master_user_secret,
    ReadReplicaSourceDBClusterIdentifier optional read_replica_source_db_cluster_identifier,
    PercentProgress optional percent_progress,
    MultiTenant optional multi_tenant,
    DedicatedLogVolume optional dedicated_log_volume,
    IsStorageConfigUpgradeAvailable optional is_storage_config_upgrade_available,
    EngineLifecycleSupport optional engine_lifecycle_support,
    AdditionalStorageVolumes optional additional_storage_volumes,
    StorageVolumeStatus optional storage_volume_status,
    StorageOperationStatus optional storage_operation_status,
    StorageOperationPercentProgress optional storage_operation_percent_progress,
    DBCapacityReservationIdentifier optional db_capacity_reservation_identifier,
} }

shape! { types::Endpoint as "Endpoint" {
    Address required address,
    Port required port,
    HostedZoneId optional hosted_zone_id,
} }

shape! { types::DbSecurityGroupMembership as "DBSecurityGroupMembership" {
    DBSecurityGroupName required db_security_group_name,
    Status required status,
} }

shape! { types::DbParameterGroupStatus as "DBParameterGroupStatus" {
    DBParameterGroupName required db_parameter_group_name,
    ParameterApplyStatus optional parameter_apply_status,
} }

shape! { types::DbSubnetGroup as "DBSubnetGroup" {
    DBSubnetGroupName required db_subnet_group_name,
    DBSubnetGroupDescription optional db_subnet_group_description,
    VpcId optional vpc_id,
    SubnetGroupStatus required subnet_group_status,
    Subnets optional subnets,
    DBSubnetGroupArn optional db_subnet_group_arn,
    SupportedNetworkTypes optional supported_network_types,
} }

shape! { types::Subnet as "Subnet" {
    SubnetIdentifier required subnet_identifier,
    SubnetAvailabilityZone required subnet_availability_zone,
    SubnetOutpost optional subnet_outpost,
    SubnetStatus required subnet_status,
} }

shape! { types::AvailabilityZone as "AvailabilityZone" {
    Name required name,
} }

shape! { types::Outpost as "Outpost" {
    Arn optional arn,
} }

// Without `MasterUserPassword`: no password is stored, not even a masked one.
shape! { types::PendingModifiedValues as "PendingModifiedValues" {
    DBInstanceClass optional db_instance_class,
    AllocatedStorage optional allocated_storage,
    Port optional port,
    BackupRetentionPeriod optional backup_retention_period,
    MultiAZ optional multi_az,
    EngineVersion optional engine_version,
    LicenseModel optional license_model,
    Iops optional iops,
    StorageThroughput optional storage_throughput,
    DBInstanceIdentifier optional db_instance_identifier,
    StorageType optional storage_type,
    CACertificateIdentifier optional ca_certificate_identifier,
    DBSubnetGroupName optional db_subnet_group_name,
    PendingCloudwatchLogsExports optional pending_cloudwatch_logs_exports,
    ProcessorFeatures optional processor_features,
    AutomationMode optional automation_mode,
    ResumeFullAutomationModeTime optional resume_full_automation_mode_time,
    MultiTenant optional multi_tenant,
    IAMDatabaseAuthenticationEnabled optional iam_database_authentication_enabled,
    DedicatedLogVolume optional dedicated_log_volume,
    Engine optional engine,
    AdditionalStorageVolumes optional additional_storage_volumes,
    DBCapacityReservationIdentifier optional db_capacity_reservation_identifier,
} }

shape! { types::OptionGroupMembership as "OptionGroupMembership" {
    OptionGroupName required option_group_name,
    Status required status,
} }

shape! { types::DbInstanceStatusInfo as "DBInstanceStatusInfo" {
    StatusType required status_type,
    Normal required normal,
    Status required status,
    Message optional message,
} }

shape! { types::DbInstanceRole as "DBInstanceRole" {
    RoleArn required role_arn,
    FeatureName optional feature_name,
    Status required status,
} }

shape! { types::DbInstanceAutomatedBackupsReplication as "DBInstanceAutomatedBackupsReplication" {
    DBInstanceAutomatedBackupsArn required db_instance_automated_backups_arn,
} }

shape! { types::AdditionalStorageVolumeOutput as "AdditionalStorageVolumeOutput" {
    VolumeName required volume_name,
    StorageVolumeStatus optional storage_volume_status,
    StorageOperationStatus optional storage_operation_status,
    StorageOperationPercentProgress optional storage_operation_percent_progress,
    AllocatedStorage required allocated_storage,
    IOPS optional iops,
    MaxAllocatedStorage optional max_allocated_storage,
    StorageThroughput optional storage_throughput,
    StorageType required storage_type,
} }

/// The type.
pub fn resource_type() -> ResourceType {
    TypeBuilder::new(
        INSTANCE,
        Scope::Regional,
        "A database instance, on its own or a member of a cluster.",
    )
    .list(&CALLS.instances)
    .shape(types::DbInstance::ty())
    .relation(Relation {
        name: "ParameterGroups",
        target: "rds.DBParameterGroup",
        from: "DBParameterGroups[].DBParameterGroupName",
        to: &["DBParameterGroupName"],
        many: true,
    })
    .relation(Relation {
        name: "SecurityGroups",
        target: "ec2.SecurityGroup",
        from: "VpcSecurityGroups[].VpcSecurityGroupId",
        to: &["GroupId"],
        many: true,
    })
    .relation(metrics(
        "cloudwatch.DBInstanceMetrics",
        &["DBInstanceIdentifier"],
    ))
    .relation(alarms("DBInstanceIdentifier"))
    .build()
}

/// Lists the instances.
pub fn list(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_db_instances();
        list_items!(&CALLS.instances, INSTANCE, request, |instance| of(
            &context, &instance
        ))
    })
}

fn of(context: &Context, instance: &types::DbInstance) -> Resource {
    let mut fields = object_of(instance.fact());
    insert_tags(&mut fields, context, &CALLS.instances, &instance.tag_list);
    resource(
        context,
        instance.db_instance_identifier(),
        instance.db_instance_arn(),
        fields,
    )
}
