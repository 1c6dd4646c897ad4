//! Shapes that more than one resource type holds.

use aws_sdk_rds::types;

use crate::collect::sdk::shape::{shape, text};

text!(
    types::ActivityStreamMode,
    types::ActivityStreamStatus,
    types::DatabaseInsightsMode,
    types::StorageEncryptionType,
    types::UpgradeRolloutOrder,
);

shape! { types::VpcSecurityGroupMembership as "VpcSecurityGroupMembership" {
    VpcSecurityGroupId required vpc_security_group_id,
    Status required status,
} }

shape! { types::DomainMembership as "DomainMembership" {
    Domain required domain,
    Status required status,
    FQDN optional fqdn,
    IAMRoleName optional iam_role_name,
    OU optional ou,
    AuthSecretArn optional auth_secret_arn,
    DnsIps optional dns_ips,
} }

shape! { types::CertificateDetails as "CertificateDetails" {
    CAIdentifier required ca_identifier,
    ValidTill optional valid_till,
} }

shape! { types::MasterUserSecret as "MasterUserSecret" {
    SecretArn required secret_arn,
    SecretStatus required secret_status,
    KmsKeyId optional kms_key_id,
} }

shape! { types::ProcessorFeature as "ProcessorFeature" {
    Name required name,
    Value required value,
} }

shape! { types::PendingCloudwatchLogsExports as "PendingCloudwatchLogsExports" {
    LogTypesToEnable optional log_types_to_enable,
    LogTypesToDisable optional log_types_to_disable,
} }

shape! { types::AdditionalStorageVolume as "AdditionalStorageVolume" {
    VolumeName required volume_name,
    AllocatedStorage optional allocated_storage,
    IOPS optional iops,
    MaxAllocatedStorage optional max_allocated_storage,
    StorageThroughput optional storage_throughput,
    StorageType optional storage_type,
} }
