//! The facts of what has addresses in a network.

use aws_sdk_ec2::types;

use crate::collect::sdk::shape::{shape, text};

text!(
    types::AutoProvisionZonesState,
    types::AutoScalingIpsState,
    types::AvailabilityMode,
    types::ConnectivityType,
    types::DnsRecordIpType,
    types::DomainType,
    types::IpAddressType,
    types::NatGatewayAddressStatus,
    types::NatGatewayApplianceModifyState,
    types::NatGatewayApplianceState,
    types::NatGatewayApplianceType,
    types::NatGatewayState,
    types::NetworkInterfaceStatus,
    types::NetworkInterfaceType,
    types::PayerResponsibilityScope,
    types::PayerResponsibilityType,
    types::ServiceManaged,
    types::State,
    types::VpcEndpointType,
);

shape! { types::NatGateway as "NatGateway" {
    NatGatewayId required nat_gateway_id,
    State required state,
    VpcId required vpc_id,
    SubnetId optional subnet_id,
    CreateTime required create_time,
    DeleteTime optional delete_time,
    FailureCode optional failure_code,
    FailureMessage optional failure_message,
    ConnectivityType required connectivity_type,
    NatGatewayAddresses optional nat_gateway_addresses,
    AvailabilityMode optional availability_mode,
    AutoScalingIps optional auto_scaling_ips,
    AutoProvisionZones optional auto_provision_zones,
    AttachedAppliances optional attached_appliances,
    RouteTableId optional route_table_id,
    ProvisionedBandwidth optional provisioned_bandwidth,
} }

shape! { types::NatGatewayAddress as "NatGatewayAddress" {
    AllocationId optional allocation_id,
    AssociationId optional association_id,
    NetworkInterfaceId optional network_interface_id,
    PrivateIp optional private_ip,
    PublicIp optional public_ip,
    IsPrimary optional is_primary,
    Status optional status,
    FailureMessage optional failure_message,
    AvailabilityZone optional availability_zone,
    AvailabilityZoneId optional availability_zone_id,
} }

shape! { types::NatGatewayAttachedAppliance as "NatGatewayAttachedAppliance" {
    Type required r#type,
    ApplianceArn required appliance_arn,
    VpcEndpointId optional vpc_endpoint_id,
    AttachmentState required attachment_state,
    ModificationState optional modification_state,
    FailureCode optional failure_code,
    FailureMessage optional failure_message,
} }

shape! { types::ProvisionedBandwidth as "ProvisionedBandwidth" {
    ProvisionTime optional provision_time,
    Provisioned optional provisioned,
    RequestTime optional request_time,
    Requested optional requested,
    Status optional status,
} }

shape! { types::VpcEndpoint as "VpcEndpoint" {
    VpcEndpointId required vpc_endpoint_id,
    VpcEndpointType required vpc_endpoint_type,
    VpcId required vpc_id,
    State required state,
    ServiceName optional service_name,
    ServiceRegion optional service_region,
    RouteTableIds optional route_table_ids,
    SubnetIds optional subnet_ids,
    Groups optional groups,
    NetworkInterfaceIds optional network_interface_ids,
    DnsEntries optional dns_entries,
    DnsOptions optional dns_options,
    IpAddressType optional ip_address_type,
    Ipv4Prefixes optional ipv4_prefixes,
    Ipv6Prefixes optional ipv6_prefixes,
    PrivateDnsEnabled required private_dns_enabled,
    RequesterManaged required requester_managed,
    CreationTimestamp required creation_timestamp,
    OwnerId required owner_id,
    LastError optional last_error,
    FailureReason optional failure_reason,
    ServiceNetworkArn optional service_network_arn,
    ResourceConfigurationArn optional resource_configuration_arn,
    PayerResponsibilities optional payer_responsibilities,
} }

shape! { types::SecurityGroupIdentifier as "SecurityGroupIdentifier" {
    GroupId required group_id,
    GroupName required group_name,
} }

shape! { types::DnsEntry as "DnsEntry" {
    DnsName optional dns_name,
    HostedZoneId optional hosted_zone_id,
} }

shape! { types::DnsOptions as "DnsOptions" {
    DnsRecordIpType optional dns_record_ip_type,
    PrivateDnsOnlyForInboundResolverEndpoint optional private_dns_only_for_inbound_resolver_endpoint,
    PrivateDnsPreference optional private_dns_preference,
    PrivateDnsSpecifiedDomains optional private_dns_specified_domains,
} }

shape! { types::LastError as "LastError" {
    Code required code,
    Message required message,
} }

shape! { types::SubnetIpPrefixes as "SubnetIpPrefixes" {
    SubnetId required subnet_id,
    IpPrefixes optional ip_prefixes,
} }

shape! { types::PayerResponsibilityEntry as "PayerResponsibilityEntry" {
    Scope required scope,
    PayerResponsibilityType required payer_responsibility_type,
} }

shape! { types::Address as "Address" {
    AllocationId required allocation_id,
    PublicIp required public_ip,
    Domain required domain,
    AssociationId optional association_id,
    InstanceId optional instance_id,
    NetworkInterfaceId optional network_interface_id,
    NetworkInterfaceOwnerId optional network_interface_owner_id,
    PrivateIpAddress optional private_ip_address,
    NetworkBorderGroup required network_border_group,
    PublicIpv4Pool required public_ipv4_pool,
    CarrierIp optional carrier_ip,
    CustomerOwnedIp optional customer_owned_ip,
    CustomerOwnedIpv4Pool optional customer_owned_ipv4_pool,
    SubnetId optional subnet_id,
    ServiceManaged optional service_managed,
} }

shape! { types::NetworkInterface as "NetworkInterface" {
    NetworkInterfaceId required network_interface_id,
    Status required status,
    InterfaceType required interface_type,
    Description required description,
    OwnerId required owner_id,
    VpcId required vpc_id,
    SubnetId required subnet_id,
    AvailabilityZone required availability_zone,
    AvailabilityZoneId optional availability_zone_id,
    MacAddress required mac_address,
    Association optional association,
    Attachment optional attachment,
    Groups optional groups,
    PrivateIpAddress optional private_ip_address,
    PrivateIpAddresses optional private_ip_addresses,
    PrivateDnsName optional private_dns_name,
    PublicDnsName optional public_dns_name,
    PublicIpDnsNameOptions optional public_ip_dns_name_options,
    Ipv4Prefixes optional ipv4_prefixes,
    Ipv6Address optional ipv6_address,
    Ipv6Addresses optional ipv6_addresses,
    Ipv6Prefixes optional ipv6_prefixes,
    Ipv6Native optional ipv6_native,
    RequesterId optional requester_id,
    RequesterManaged required requester_managed,
    SourceDestCheck required source_dest_check,
    DenyAllIgwTraffic optional deny_all_igw_traffic,
    ConnectionTrackingConfiguration optional connection_tracking_configuration,
    OutpostArn optional outpost_arn,
    Operator optional operator,
    AssociatedSubnets optional associated_subnets,
} }

shape! { types::NetworkInterfaceAssociation as "NetworkInterfaceAssociation" {
    PublicIp required public_ip,
    PublicDnsName required public_dns_name,
    IpOwnerId required ip_owner_id,
    AllocationId optional allocation_id,
    AssociationId optional association_id,
    CarrierIp optional carrier_ip,
    CustomerOwnedIp optional customer_owned_ip,
} }

shape! { types::NetworkInterfaceAttachment as "NetworkInterfaceAttachment" {
    AttachmentId required attachment_id,
    Status required status,
    AttachTime required attach_time,
    DeleteOnTermination required delete_on_termination,
    DeviceIndex required device_index,
    NetworkCardIndex required network_card_index,
    InstanceId optional instance_id,
    InstanceOwnerId required instance_owner_id,
    EnaSrdSpecification optional ena_srd_specification,
    EnaQueueCount optional ena_queue_count,
} }

shape! { types::AttachmentEnaSrdSpecification as "AttachmentEnaSrdSpecification" {
    EnaSrdEnabled optional ena_srd_enabled,
    EnaSrdUdpSpecification optional ena_srd_udp_specification,
} }

shape! { types::AttachmentEnaSrdUdpSpecification as "AttachmentEnaSrdUdpSpecification" {
    EnaSrdUdpEnabled optional ena_srd_udp_enabled,
} }

shape! { types::ConnectionTrackingConfiguration as "ConnectionTrackingConfiguration" {
    TcpEstablishedTimeout optional tcp_established_timeout,
    UdpStreamTimeout optional udp_stream_timeout,
    UdpTimeout optional udp_timeout,
} }

shape! { types::GroupIdentifier as "GroupIdentifier" {
    GroupId required group_id,
    GroupName required group_name,
} }

shape! { types::NetworkInterfacePrivateIpAddress as "NetworkInterfacePrivateIpAddress" {
    PrivateIpAddress required private_ip_address,
    Primary required primary,
    PrivateDnsName optional private_dns_name,
    Association optional association,
} }

shape! { types::NetworkInterfaceIpv6Address as "NetworkInterfaceIpv6Address" {
    Ipv6Address required ipv6_address,
    IsPrimaryIpv6 optional is_primary_ipv6,
    PublicIpv6DnsName optional public_ipv6_dns_name,
} }

shape! { types::Ipv4PrefixSpecification as "Ipv4PrefixSpecification" {
    Ipv4Prefix required ipv4_prefix,
} }

shape! { types::Ipv6PrefixSpecification as "Ipv6PrefixSpecification" {
    Ipv6Prefix required ipv6_prefix,
} }

shape! { types::PublicIpDnsNameOptions as "PublicIpDnsNameOptions" {
    DnsHostnameType optional dns_hostname_type,
    PublicIpv4DnsName optional public_ipv4_dns_name,
    PublicIpv6DnsName optional public_ipv6_dns_name,
    PublicDualStackDnsName optional public_dual_stack_dns_name,
} }

shape! { types::OperatorResponse as "OperatorResponse" {
    Managed required managed,
    Principal optional principal,
    HiddenByDefault optional hidden_by_default,
} }
