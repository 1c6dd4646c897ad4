//! The facts of instances.

use aws_sdk_ec2::types;

use crate::collect::sdk::shape::{shape, text};

text!(
    types::AmdSevSnpSpecification,
    types::ArchitectureValues,
    types::BootModeValues,
    types::CapacityReservationPreference,
    types::DeviceType,
    types::HttpTokensState,
    types::HypervisorType,
    types::InstanceAutoRecoveryState,
    types::InstanceBandwidthWeighting,
    types::InstanceBootModeValues,
    types::InstanceLifecycleType,
    types::InstanceMetadataEndpointState,
    types::InstanceMetadataOptionsState,
    types::InstanceMetadataProtocolState,
    types::InstanceMetadataTagsState,
    types::InstanceRebootMigrationState,
    types::InstanceStateName,
    types::InstanceType,
    types::MonitoringState,
    types::NestedVirtualizationSpecification,
    types::PlatformValues,
    types::ProductCodeValues,
    types::VirtualizationType,
);

shape! { types::Instance as "Instance" {
    InstanceId required instance_id,
    InstanceType required instance_type,
    State required state,
    StateTransitionReason required state_transition_reason,
    StateReason optional state_reason,
    LaunchTime required launch_time,
    ImageId required image_id,
    Architecture required architecture,
    Placement required placement,
    Monitoring required monitoring,
    IamInstanceProfile optional iam_instance_profile,
    KeyName optional key_name,
    MetadataOptions required metadata_options,
    VpcId optional vpc_id,
    SubnetId optional subnet_id,
    PrivateIpAddress optional private_ip_address,
    PrivateDnsName required private_dns_name,
    PublicIpAddress optional public_ip_address,
    PublicDnsName required public_dns_name,
    Ipv6Address optional ipv6_address,
    SecurityGroups optional security_groups,
    NetworkInterfaces optional network_interfaces,
    SourceDestCheck optional source_dest_check,
    BlockDeviceMappings optional block_device_mappings,
    RootDeviceName required root_device_name,
    RootDeviceType required root_device_type,
    EbsOptimized required ebs_optimized,
    EnaSupport optional ena_support,
    SriovNetSupport optional sriov_net_support,
    Hypervisor required hypervisor,
    VirtualizationType required virtualization_type,
    Platform optional platform,
    PlatformDetails required platform_details,
    UsageOperation required usage_operation,
    UsageOperationUpdateTime optional usage_operation_update_time,
    InstanceLifecycle optional instance_lifecycle,
    SpotInstanceRequestId optional spot_instance_request_id,
    CapacityBlockId optional capacity_block_id,
    CapacityReservationId optional capacity_reservation_id,
    CapacityReservationSpecification optional capacity_reservation_specification,
    CpuOptions optional cpu_options,
    HibernationOptions required hibernation_options,
    EnclaveOptions required enclave_options,
    MaintenanceOptions required maintenance_options,
    NetworkPerformanceOptions optional network_performance_options,
    PrivateDnsNameOptions optional private_dns_name_options,
    BootMode optional boot_mode,
    CurrentInstanceBootMode optional current_instance_boot_mode,
    TpmSupport optional tpm_support,
    Licenses optional licenses,
    ProductCodes optional product_codes,
    AmiLaunchIndex required ami_launch_index,
    ClientToken optional client_token,
    KernelId optional kernel_id,
    RamdiskId optional ramdisk_id,
    OutpostArn optional outpost_arn,
    Operator optional operator,
} }

shape! { types::InstanceState as "InstanceState" {
    Code required code,
    Name required name,
} }

shape! { types::StateReason as "StateReason" {
    Code required code,
    Message required message,
} }

shape! { types::Placement as "Placement" {
    AvailabilityZone required availability_zone,
    AvailabilityZoneId optional availability_zone_id,
    GroupName required group_name,
    GroupId optional group_id,
    Tenancy required tenancy,
    Affinity optional affinity,
    HostId optional host_id,
    HostResourceGroupArn optional host_resource_group_arn,
    PartitionNumber optional partition_number,
    SpreadDomain optional spread_domain,
} }

shape! { types::Monitoring as "Monitoring" {
    State required state,
} }

shape! { types::IamInstanceProfile as "IamInstanceProfile" {
    Arn required arn,
    Id required id,
} }

shape! { types::InstanceMetadataOptionsResponse as "InstanceMetadataOptionsResponse" {
    State required state,
    HttpTokens required http_tokens,
    HttpPutResponseHopLimit required http_put_response_hop_limit,
    HttpEndpoint required http_endpoint,
    HttpProtocolIpv6 required http_protocol_ipv6,
    InstanceMetadataTags required instance_metadata_tags,
} }

shape! { types::InstanceBlockDeviceMapping as "InstanceBlockDeviceMapping" {
    DeviceName required device_name,
    Ebs required ebs,
} }

shape! { types::EbsInstanceBlockDevice as "EbsInstanceBlockDevice" {
    VolumeId required volume_id,
    Status required status,
    AttachTime required attach_time,
    DeleteOnTermination required delete_on_termination,
    AssociatedResource optional associated_resource,
    VolumeOwnerId optional volume_owner_id,
    Operator optional operator,
    EbsCardIndex optional ebs_card_index,
} }

shape! { types::InstanceNetworkInterface as "InstanceNetworkInterface" {
    NetworkInterfaceId required network_interface_id,
    Status required status,
    InterfaceType required interface_type,
    Description required description,
    OwnerId required owner_id,
    VpcId required vpc_id,
    SubnetId required subnet_id,
    MacAddress required mac_address,
    Association optional association,
    Attachment required attachment,
    Groups optional groups,
    PrivateIpAddress optional private_ip_address,
    PrivateIpAddresses optional private_ip_addresses,
    PrivateDnsName optional private_dns_name,
    Ipv4Prefixes optional ipv4_prefixes,
    Ipv6Addresses optional ipv6_addresses,
    Ipv6Prefixes optional ipv6_prefixes,
    SourceDestCheck required source_dest_check,
    ConnectionTrackingConfiguration optional connection_tracking_configuration,
    Operator optional operator,
} }

shape! { types::InstanceNetworkInterfaceAssociation as "InstanceNetworkInterfaceAssociation" {
    PublicIp required public_ip,
    PublicDnsName required public_dns_name,
    IpOwnerId required ip_owner_id,
    CarrierIp optional carrier_ip,
    CustomerOwnedIp optional customer_owned_ip,
} }

shape! { types::InstanceNetworkInterfaceAttachment as "InstanceNetworkInterfaceAttachment" {
    AttachmentId required attachment_id,
    Status required status,
    AttachTime required attach_time,
    DeleteOnTermination required delete_on_termination,
    DeviceIndex required device_index,
    NetworkCardIndex required network_card_index,
    EnaQueueCount optional ena_queue_count,
} }

shape! { types::InstancePrivateIpAddress as "InstancePrivateIpAddress" {
    PrivateIpAddress required private_ip_address,
    Primary required primary,
    PrivateDnsName optional private_dns_name,
    Association optional association,
} }

shape! { types::InstanceIpv6Address as "InstanceIpv6Address" {
    Ipv6Address required ipv6_address,
    IsPrimaryIpv6 optional is_primary_ipv6,
} }

shape! { types::InstanceIpv4Prefix as "InstanceIpv4Prefix" {
    Ipv4Prefix required ipv4_prefix,
} }

shape! { types::InstanceIpv6Prefix as "InstanceIpv6Prefix" {
    Ipv6Prefix required ipv6_prefix,
} }

shape! { types::ConnectionTrackingSpecificationResponse as "ConnectionTrackingSpecificationResponse" {
    TcpEstablishedTimeout optional tcp_established_timeout,
    UdpStreamTimeout optional udp_stream_timeout,
    UdpTimeout optional udp_timeout,
} }

shape! { types::CapacityReservationSpecificationResponse as "CapacityReservationSpecificationResponse" {
    CapacityReservationPreference optional capacity_reservation_preference,
    CapacityReservationTarget optional capacity_reservation_target,
} }

shape! { types::CapacityReservationTargetResponse as "CapacityReservationTargetResponse" {
    CapacityReservationId optional capacity_reservation_id,
    CapacityReservationResourceGroupArn optional capacity_reservation_resource_group_arn,
} }

shape! { types::CpuOptions as "CpuOptions" {
    CoreCount required core_count,
    ThreadsPerCore required threads_per_core,
    AmdSevSnp optional amd_sev_snp,
    NestedVirtualization optional nested_virtualization,
} }

shape! { types::HibernationOptions as "HibernationOptions" {
    Configured required configured,
} }

shape! { types::EnclaveOptions as "EnclaveOptions" {
    Enabled required enabled,
} }

shape! { types::InstanceMaintenanceOptions as "InstanceMaintenanceOptions" {
    AutoRecovery required auto_recovery,
    RebootMigration optional reboot_migration,
} }

shape! { types::InstanceNetworkPerformanceOptions as "InstanceNetworkPerformanceOptions" {
    BandwidthWeighting required bandwidth_weighting,
} }

shape! { types::PrivateDnsNameOptionsResponse as "PrivateDnsNameOptionsResponse" {
    HostnameType required hostname_type,
    EnableResourceNameDnsARecord required enable_resource_name_dns_a_record,
    EnableResourceNameDnsAAAARecord required enable_resource_name_dns_aaaa_record,
} }

shape! { types::LicenseConfiguration as "LicenseConfiguration" {
    LicenseConfigurationArn required license_configuration_arn,
} }

shape! { types::ProductCode as "ProductCode" {
    ProductCodeId required product_code_id,
    ProductCodeType required product_code_type,
} }
