//! The facts of VPCs and what divides and connects them.

use aws_sdk_ec2::types;

use crate::collect::sdk::shape::{shape, text};

text!(
    types::AttachmentStatus,
    types::BlockPublicAccessMode,
    types::DestinationFileFormat,
    types::HostnameType,
    types::IpSource,
    types::Ipv6AddressAttribute,
    types::LogDestinationType,
    types::RouteOrigin,
    types::RouteState,
    types::RouteTableAssociationStateCode,
    types::SubnetCidrBlockStateCode,
    types::SubnetState,
    types::TaggableResourceType,
    types::Tenancy,
    types::TrafficType,
    types::VpcCidrBlockStateCode,
    types::VpcEncryptionControlExclusionState,
    types::VpcEncryptionControlMode,
    types::VpcEncryptionControlState,
    types::VpcPeeringConnectionStateReasonCode,
    types::VpcState,
);

shape! { types::Vpc as "Vpc" {
    VpcId required vpc_id,
    State required state,
    CidrBlock required cidr_block,
    DhcpOptionsId required dhcp_options_id,
    InstanceTenancy required instance_tenancy,
    IsDefault required is_default,
    OwnerId required owner_id,
    CidrBlockAssociationSet optional cidr_block_association_set,
    Ipv6CidrBlockAssociationSet optional ipv6_cidr_block_association_set,
    BlockPublicAccessStates optional block_public_access_states,
    EncryptionControl optional encryption_control,
} }

shape! { types::VpcCidrBlockAssociation as "VpcCidrBlockAssociation" {
    AssociationId required association_id,
    CidrBlock required cidr_block,
    CidrBlockState required cidr_block_state,
} }

shape! { types::VpcIpv6CidrBlockAssociation as "VpcIpv6CidrBlockAssociation" {
    AssociationId required association_id,
    Ipv6CidrBlock required ipv6_cidr_block,
    Ipv6CidrBlockState required ipv6_cidr_block_state,
    NetworkBorderGroup optional network_border_group,
    Ipv6Pool optional ipv6_pool,
    Ipv6AddressAttribute optional ipv6_address_attribute,
    IpSource optional ip_source,
} }

shape! { types::VpcCidrBlockState as "VpcCidrBlockState" {
    State required state,
    StatusMessage optional status_message,
} }

shape! { types::BlockPublicAccessStates as "BlockPublicAccessStates" {
    InternetGatewayBlockMode required internet_gateway_block_mode,
} }

shape! { types::VpcEncryptionControl as "VpcEncryptionControl" {
    VpcId required vpc_id,
    VpcEncryptionControlId required vpc_encryption_control_id,
    Mode required mode,
    State required state,
    StateMessage optional state_message,
    ResourceExclusions optional resource_exclusions,
} }

shape! { types::VpcEncryptionControlExclusions as "VpcEncryptionControlExclusions" {
    InternetGateway optional internet_gateway,
    EgressOnlyInternetGateway optional egress_only_internet_gateway,
    NatGateway optional nat_gateway,
    VirtualPrivateGateway optional virtual_private_gateway,
    VpcPeering optional vpc_peering,
    Lambda optional lambda,
    VpcLattice optional vpc_lattice,
    ElasticFileSystem optional elastic_file_system,
} }

shape! { types::VpcEncryptionControlExclusion as "VpcEncryptionControlExclusion" {
    State required state,
    StateMessage optional state_message,
} }

shape! { types::Subnet as "Subnet" {
    SubnetId required subnet_id,
    SubnetArn required subnet_arn,
    VpcId required vpc_id,
    State required state,
    AvailabilityZone required availability_zone,
    AvailabilityZoneId required availability_zone_id,
    AvailableIpAddressCount required available_ip_address_count,
    CidrBlock optional cidr_block,
    DefaultForAz required default_for_az,
    MapPublicIpOnLaunch required map_public_ip_on_launch,
    AssignIpv6AddressOnCreation required assign_ipv6_address_on_creation,
    MapCustomerOwnedIpOnLaunch required map_customer_owned_ip_on_launch,
    CustomerOwnedIpv4Pool optional customer_owned_ipv4_pool,
    EnableLniAtDeviceIndex optional enable_lni_at_device_index,
    EnableDns64 required enable_dns64,
    Ipv6Native required ipv6_native,
    Ipv6CidrBlockAssociationSet optional ipv6_cidr_block_association_set,
    OutpostArn optional outpost_arn,
    OwnerId required owner_id,
    PrivateDnsNameOptionsOnLaunch required private_dns_name_options_on_launch,
    BlockPublicAccessStates optional block_public_access_states,
    Type optional r#type,
} }

shape! { types::SubnetIpv6CidrBlockAssociation as "SubnetIpv6CidrBlockAssociation" {
    AssociationId required association_id,
    Ipv6CidrBlock required ipv6_cidr_block,
    Ipv6CidrBlockState required ipv6_cidr_block_state,
    Ipv6AddressAttribute optional ipv6_address_attribute,
    IpSource optional ip_source,
} }

shape! { types::SubnetCidrBlockState as "SubnetCidrBlockState" {
    State required state,
    StatusMessage optional status_message,
} }

shape! { types::PrivateDnsNameOptionsOnLaunch as "PrivateDnsNameOptionsOnLaunch" {
    HostnameType required hostname_type,
    EnableResourceNameDnsARecord required enable_resource_name_dns_a_record,
    EnableResourceNameDnsAAAARecord required enable_resource_name_dns_aaaa_record,
} }

shape! { types::RouteTable as "RouteTable" {
    RouteTableId required route_table_id,
    VpcId required vpc_id,
    OwnerId required owner_id,
    Associations optional associations,
    PropagatingVgws optional propagating_vgws,
    Routes optional routes,
} }

shape! { types::RouteTableAssociation as "RouteTableAssociation" {
    RouteTableAssociationId required route_table_association_id,
    RouteTableId required route_table_id,
    Main required main,
    SubnetId optional subnet_id,
    GatewayId optional gateway_id,
    PublicIpv4Pool optional public_ipv4_pool,
    AssociationState required association_state,
} }

shape! { types::RouteTableAssociationState as "RouteTableAssociationState" {
    State required state,
    StatusMessage optional status_message,
} }

shape! { types::PropagatingVgw as "PropagatingVgw" {
    GatewayId required gateway_id,
} }

shape! { types::Route as "Route" {
    DestinationCidrBlock optional destination_cidr_block,
    DestinationIpv6CidrBlock optional destination_ipv6_cidr_block,
    DestinationPrefixListId optional destination_prefix_list_id,
    GatewayId optional gateway_id,
    NatGatewayId optional nat_gateway_id,
    TransitGatewayId optional transit_gateway_id,
    VpcPeeringConnectionId optional vpc_peering_connection_id,
    EgressOnlyInternetGatewayId optional egress_only_internet_gateway_id,
    InstanceId optional instance_id,
    InstanceOwnerId optional instance_owner_id,
    NetworkInterfaceId optional network_interface_id,
    LocalGatewayId optional local_gateway_id,
    CarrierGatewayId optional carrier_gateway_id,
    CoreNetworkArn optional core_network_arn,
    OdbNetworkArn optional odb_network_arn,
    IpAddress optional ip_address,
    Origin required origin,
    State required state,
} }

shape! { types::FlowLog as "FlowLog" {
    FlowLogId required flow_log_id,
    FlowLogStatus required flow_log_status,
    ResourceId required resource_id,
    TrafficType required traffic_type,
    CreationTime required creation_time,
    LogDestinationType required log_destination_type,
    LogDestination optional log_destination,
    LogGroupName optional log_group_name,
    LogFormat required log_format,
    MaxAggregationInterval required max_aggregation_interval,
    DeliverLogsStatus required deliver_logs_status,
    DeliverLogsErrorMessage optional deliver_logs_error_message,
    DeliverLogsPermissionArn optional deliver_logs_permission_arn,
    DeliverCrossAccountRole optional deliver_cross_account_role,
    DestinationOptions optional destination_options,
    TagFieldSpecifications optional tag_field_specifications,
} }

shape! { types::DestinationOptionsResponse as "DestinationOptionsResponse" {
    FileFormat required file_format,
    HiveCompatiblePartitions required hive_compatible_partitions,
    PerHourPartition required per_hour_partition,
} }

shape! { types::TagFieldSpecificationResponse as "TagFieldSpecificationResponse" {
    ResourceType required resource_type,
    TagKeys optional tag_keys,
} }

shape! { types::InternetGateway as "InternetGateway" {
    InternetGatewayId required internet_gateway_id,
    OwnerId required owner_id,
    Attachments optional attachments,
} }

shape! { types::InternetGatewayAttachment as "InternetGatewayAttachment" {
    State required state,
    VpcId required vpc_id,
} }

shape! { types::VpcPeeringConnection as "VpcPeeringConnection" {
    VpcPeeringConnectionId required vpc_peering_connection_id,
    Status required status,
    AccepterVpcInfo required accepter_vpc_info,
    RequesterVpcInfo required requester_vpc_info,
    ExpirationTime optional expiration_time,
} }

shape! { types::VpcPeeringConnectionStateReason as "VpcPeeringConnectionStateReason" {
    Code required code,
    Message required message,
} }

shape! { types::VpcPeeringConnectionVpcInfo as "VpcPeeringConnectionVpcInfo" {
    VpcId required vpc_id,
    OwnerId required owner_id,
    Region required region,
    CidrBlock optional cidr_block,
    CidrBlockSet optional cidr_block_set,
    Ipv6CidrBlockSet optional ipv6_cidr_block_set,
    PeeringOptions optional peering_options,
} }

shape! { types::CidrBlock as "CidrBlock" {
    CidrBlock required cidr_block,
} }

shape! { types::Ipv6CidrBlock as "Ipv6CidrBlock" {
    Ipv6CidrBlock required ipv6_cidr_block,
} }

shape! { types::VpcPeeringConnectionOptionsDescription as "VpcPeeringConnectionOptionsDescription" {
    AllowDnsResolutionFromRemoteVpc required allow_dns_resolution_from_remote_vpc,
    AllowEgressFromLocalClassicLinkToRemoteVpc optional allow_egress_from_local_classic_link_to_remote_vpc,
    AllowEgressFromLocalVpcToRemoteClassicLink optional allow_egress_from_local_vpc_to_remote_classic_link,
} }
