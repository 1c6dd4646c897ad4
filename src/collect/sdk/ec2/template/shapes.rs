//! The facts of launch templates. User data is left out: it is where secrets are put.

use aws_sdk_ec2::types;

use crate::collect::sdk::shape::{shape, text};

text!(
    types::BareMetal,
    types::BurstablePerformance,
    types::CpuManufacturer,
    types::InstanceGeneration,
    types::InstanceInterruptionBehavior,
    types::LaunchTemplateAutoRecoveryState,
    types::LaunchTemplateHttpTokensState,
    types::LaunchTemplateInstanceMetadataEndpointState,
    types::LaunchTemplateInstanceMetadataOptionsState,
    types::LaunchTemplateInstanceMetadataProtocolIpv6,
    types::LaunchTemplateInstanceMetadataTagsState,
    types::LocalStorage,
    types::MarketType,
    types::ResourceType,
    types::ShutdownBehavior,
    types::SpotInstanceType,
);

shape! { types::LaunchTemplate as "LaunchTemplate" {
    LaunchTemplateId required launch_template_id,
    LaunchTemplateName required launch_template_name,
    CreateTime required create_time,
    CreatedBy required created_by,
    DefaultVersionNumber required default_version_number,
    LatestVersionNumber required latest_version_number,
    Operator optional operator,
} }

shape! { types::ResponseLaunchTemplateData as "ResponseLaunchTemplateData" {
    ImageId optional image_id,
    InstanceType optional instance_type,
    KeyName optional key_name,
    IamInstanceProfile optional iam_instance_profile,
    MetadataOptions optional metadata_options,
    NetworkInterfaces optional network_interfaces,
    SecurityGroupIds optional security_group_ids,
    SecurityGroups optional security_groups,
    BlockDeviceMappings optional block_device_mappings,
    EbsOptimized optional ebs_optimized,
    Monitoring optional monitoring,
    Placement optional placement,
    DisableApiTermination optional disable_api_termination,
    DisableApiStop optional disable_api_stop,
    InstanceInitiatedShutdownBehavior optional instance_initiated_shutdown_behavior,
    InstanceMarketOptions optional instance_market_options,
    InstanceRequirements optional instance_requirements,
    CreditSpecification optional credit_specification,
    CpuOptions optional cpu_options,
    CapacityReservationSpecification optional capacity_reservation_specification,
    HibernationOptions optional hibernation_options,
    EnclaveOptions optional enclave_options,
    MaintenanceOptions optional maintenance_options,
    NetworkPerformanceOptions optional network_performance_options,
    PrivateDnsNameOptions optional private_dns_name_options,
    LicenseSpecifications optional license_specifications,
    TagSpecifications optional tag_specifications,
    KernelId optional kernel_id,
    RamDiskId optional ram_disk_id,
    Operator optional operator,
} }

shape! { types::LaunchTemplateIamInstanceProfileSpecification as "LaunchTemplateIamInstanceProfileSpecification" {
    Arn optional arn,
    Name optional name,
} }

shape! { types::LaunchTemplateInstanceMetadataOptions as "LaunchTemplateInstanceMetadataOptions" {
    State optional state,
    HttpTokens optional http_tokens,
    HttpPutResponseHopLimit optional http_put_response_hop_limit,
    HttpEndpoint optional http_endpoint,
    HttpProtocolIpv6 optional http_protocol_ipv6,
    InstanceMetadataTags optional instance_metadata_tags,
} }

shape! { types::LaunchTemplateInstanceNetworkInterfaceSpecification as "LaunchTemplateInstanceNetworkInterfaceSpecification" {
    NetworkInterfaceId optional network_interface_id,
    DeviceIndex optional device_index,
    NetworkCardIndex optional network_card_index,
    InterfaceType optional interface_type,
    Description optional description,
    SubnetId optional subnet_id,
    Groups optional groups,
    AssociatePublicIpAddress optional associate_public_ip_address,
    AssociateCarrierIpAddress optional associate_carrier_ip_address,
    DeleteOnTermination optional delete_on_termination,
    PrivateIpAddress optional private_ip_address,
    PrivateIpAddresses optional private_ip_addresses,
    SecondaryPrivateIpAddressCount optional secondary_private_ip_address_count,
    Ipv4Prefixes optional ipv4_prefixes,
    Ipv4PrefixCount optional ipv4_prefix_count,
    Ipv6Addresses optional ipv6_addresses,
    Ipv6AddressCount optional ipv6_address_count,
    Ipv6Prefixes optional ipv6_prefixes,
    Ipv6PrefixCount optional ipv6_prefix_count,
    PrimaryIpv6 optional primary_ipv6,
    ConnectionTrackingSpecification optional connection_tracking_specification,
    EnaQueueCount optional ena_queue_count,
} }

shape! { types::PrivateIpAddressSpecification as "PrivateIpAddressSpecification" {
    PrivateIpAddress optional private_ip_address,
    Primary optional primary,
} }

shape! { types::Ipv4PrefixSpecificationResponse as "Ipv4PrefixSpecificationResponse" {
    Ipv4Prefix optional ipv4_prefix,
} }

shape! { types::Ipv6PrefixSpecificationResponse as "Ipv6PrefixSpecificationResponse" {
    Ipv6Prefix optional ipv6_prefix,
} }

shape! { types::ConnectionTrackingSpecification as "ConnectionTrackingSpecification" {
    TcpEstablishedTimeout optional tcp_established_timeout,
    UdpStreamTimeout optional udp_stream_timeout,
    UdpTimeout optional udp_timeout,
} }

shape! { types::LaunchTemplateBlockDeviceMapping as "LaunchTemplateBlockDeviceMapping" {
    DeviceName optional device_name,
    VirtualName optional virtual_name,
    NoDevice optional no_device,
    Ebs optional ebs,
} }

shape! { types::LaunchTemplateEbsBlockDevice as "LaunchTemplateEbsBlockDevice" {
    Encrypted optional encrypted,
    KmsKeyId optional kms_key_id,
    SnapshotId optional snapshot_id,
    VolumeSize optional volume_size,
    VolumeType optional volume_type,
    DeleteOnTermination optional delete_on_termination,
    Iops optional iops,
    Throughput optional throughput,
    VolumeInitializationRate optional volume_initialization_rate,
    EbsCardIndex optional ebs_card_index,
} }

shape! { types::LaunchTemplatesMonitoring as "LaunchTemplatesMonitoring" {
    Enabled optional enabled,
} }

shape! { types::LaunchTemplatePlacement as "LaunchTemplatePlacement" {
    AvailabilityZone optional availability_zone,
    AvailabilityZoneId optional availability_zone_id,
    GroupName optional group_name,
    GroupId optional group_id,
    Tenancy optional tenancy,
    Affinity optional affinity,
    HostId optional host_id,
    HostResourceGroupArn optional host_resource_group_arn,
    PartitionNumber optional partition_number,
    SpreadDomain optional spread_domain,
} }

shape! { types::LaunchTemplateInstanceMarketOptions as "LaunchTemplateInstanceMarketOptions" {
    MarketType optional market_type,
    SpotOptions optional spot_options,
} }

shape! { types::LaunchTemplateSpotMarketOptions as "LaunchTemplateSpotMarketOptions" {
    MaxPrice optional max_price,
    SpotInstanceType optional spot_instance_type,
    BlockDurationMinutes optional block_duration_minutes,
    ValidUntil optional valid_until,
    InstanceInterruptionBehavior optional instance_interruption_behavior,
} }

shape! { types::InstanceRequirements as "InstanceRequirements" {
    VCpuCount optional v_cpu_count,
    MemoryMiB optional memory_mib,
    AllowedInstanceTypes optional allowed_instance_types,
    ExcludedInstanceTypes optional excluded_instance_types,
    InstanceGenerations optional instance_generations,
    CpuManufacturers optional cpu_manufacturers,
    BareMetal optional bare_metal,
    BurstablePerformance optional burstable_performance,
    LocalStorage optional local_storage,
    RequireHibernateSupport optional require_hibernate_support,
    RequireEncryptionInTransit optional require_encryption_in_transit,
    SpotMaxPricePercentageOverLowestPrice optional spot_max_price_percentage_over_lowest_price,
    OnDemandMaxPricePercentageOverLowestPrice optional on_demand_max_price_percentage_over_lowest_price,
    MaxSpotPriceAsPercentageOfOptimalOnDemandPrice optional max_spot_price_as_percentage_of_optimal_on_demand_price,
} }

shape! { types::VCpuCountRange as "VCpuCountRange" {
    Min optional min,
    Max optional max,
} }

shape! { types::MemoryMiB as "MemoryMiB" {
    Min optional min,
    Max optional max,
} }

shape! { types::CreditSpecification as "CreditSpecification" {
    CpuCredits optional cpu_credits,
} }

shape! { types::LaunchTemplateCpuOptions as "LaunchTemplateCpuOptions" {
    CoreCount optional core_count,
    ThreadsPerCore optional threads_per_core,
    AmdSevSnp optional amd_sev_snp,
    NestedVirtualization optional nested_virtualization,
} }

shape! { types::LaunchTemplateCapacityReservationSpecificationResponse as "LaunchTemplateCapacityReservationSpecificationResponse" {
    CapacityReservationPreference optional capacity_reservation_preference,
    CapacityReservationTarget optional capacity_reservation_target,
} }

shape! { types::LaunchTemplateHibernationOptions as "LaunchTemplateHibernationOptions" {
    Configured optional configured,
} }

shape! { types::LaunchTemplateEnclaveOptions as "LaunchTemplateEnclaveOptions" {
    Enabled optional enabled,
} }

shape! { types::LaunchTemplateInstanceMaintenanceOptions as "LaunchTemplateInstanceMaintenanceOptions" {
    AutoRecovery optional auto_recovery,
} }

shape! { types::LaunchTemplateNetworkPerformanceOptions as "LaunchTemplateNetworkPerformanceOptions" {
    BandwidthWeighting optional bandwidth_weighting,
} }

shape! { types::LaunchTemplatePrivateDnsNameOptions as "LaunchTemplatePrivateDnsNameOptions" {
    HostnameType optional hostname_type,
    EnableResourceNameDnsARecord optional enable_resource_name_dns_a_record,
    EnableResourceNameDnsAAAARecord optional enable_resource_name_dns_aaaa_record,
} }

shape! { types::LaunchTemplateLicenseConfiguration as "LaunchTemplateLicenseConfiguration" {
    LicenseConfigurationArn optional license_configuration_arn,
} }

shape! { types::LaunchTemplateTagSpecification as "LaunchTemplateTagSpecification" {
    ResourceType optional resource_type,
    Tags optional tags,
} }

shape! { types::Tag as "Tag" {
    Key required key,
    Value required value,
} }
