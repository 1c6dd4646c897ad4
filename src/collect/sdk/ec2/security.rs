//! Security groups and network ACLs.

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::prefix_list::PREFIX_LIST;
use super::{Identity, PAGE, listed, resource};
use crate::collect::context::Context;
use crate::collect::sdk::shape::{shape, text};
use crate::collect::sdk::source::{Fetch, Future, Listing, Source, list_items};
use crate::schema::{ApiCall, Per, Relation};

const NETWORK_ACL: &str = "ec2.NetworkAcl";
const SECURITY_GROUP: &str = "ec2.SecurityGroup";

text!(types::RuleAction);

shape! { types::SecurityGroup as "SecurityGroup" {
    GroupId required group_id,
    GroupName required group_name,
    Description required description,
    VpcId required vpc_id,
    OwnerId required owner_id,
    SecurityGroupArn required security_group_arn,
    IpPermissions optional ip_permissions,
    IpPermissionsEgress optional ip_permissions_egress,
} }

shape! { types::IpPermission as "IpPermission" {
    IpProtocol required ip_protocol,
    FromPort optional from_port,
    ToPort optional to_port,
    IpRanges optional ip_ranges,
    Ipv6Ranges optional ipv6_ranges,
    PrefixListIds optional prefix_list_ids,
    UserIdGroupPairs optional user_id_group_pairs,
} }

shape! { types::IpRange as "IpRange" {
    CidrIp required cidr_ip,
    Description optional description,
} }

shape! { types::Ipv6Range as "Ipv6Range" {
    CidrIpv6 required cidr_ipv6,
    Description optional description,
} }

shape! { types::PrefixListId as "PrefixListId" {
    PrefixListId required prefix_list_id,
    Description optional description,
} }

shape! { types::UserIdGroupPair as "UserIdGroupPair" {
    GroupId required group_id,
    GroupName optional group_name,
    UserId optional user_id,
    VpcId optional vpc_id,
    VpcPeeringConnectionId optional vpc_peering_connection_id,
    PeeringStatus optional peering_status,
    Description optional description,
} }

shape! { types::NetworkAcl as "NetworkAcl" {
    NetworkAclId required network_acl_id,
    VpcId required vpc_id,
    OwnerId required owner_id,
    IsDefault required is_default,
    Associations optional associations,
    Entries optional entries,
} }

shape! { types::NetworkAclAssociation as "NetworkAclAssociation" {
    NetworkAclAssociationId required network_acl_association_id,
    NetworkAclId required network_acl_id,
    SubnetId required subnet_id,
} }

shape! { types::NetworkAclEntry as "NetworkAclEntry" {
    RuleNumber required rule_number,
    RuleAction required rule_action,
    Egress required egress,
    Protocol required protocol,
    CidrBlock optional cidr_block,
    Ipv6CidrBlock optional ipv6_cidr_block,
    PortRange optional port_range,
    IcmpTypeCode optional icmp_type_code,
} }

shape! { types::PortRange as "PortRange" {
    From required from,
    To required to,
} }

shape! { types::IcmpTypeCode as "IcmpTypeCode" {
    Type required r#type,
    Code required code,
} }

/// The operations.
struct Calls {
    security_groups: Arc<ApiCall>,
    network_acls: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    security_groups: ApiCall::new("ec2:DescribeSecurityGroups", Per::Region),
    network_acls: ApiCall::new("ec2:DescribeNetworkAcls", Per::Region),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let security_group = listed::<types::SecurityGroup>(
        SECURITY_GROUP,
        "The traffic that interfaces let in and out, with its answers.",
        &calls.security_groups,
    )
    .relation(Relation {
        name: "PrefixLists",
        target: PREFIX_LIST,
        from: "IpPermissions[].PrefixListIds[].PrefixListId",
        to: &["PrefixListId"],
        many: true,
    });
    let network_acl = listed::<types::NetworkAcl>(
        NETWORK_ACL,
        "The traffic that subnets let in and out, by numbered rules of which the first counts.",
        &calls.network_acls,
    );
    Source {
        types: vec![security_group.build(), network_acl.build()],
        calls: vec![
            (
                calls.security_groups.clone(),
                Fetch::List(|context, _| security_groups(context)),
            ),
            (
                calls.network_acls.clone(),
                Fetch::List(|context, _| network_acls(context)),
            ),
        ],
    }
}

fn security_groups(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_security_groups().max_results(PAGE);
        list_items!(&CALLS.security_groups, SECURITY_GROUP, request, |group| {
            let identity = Identity {
                kind: "security-group",
                id: group.group_id(),
                owner: group.owner_id(),
                tags: group.tags(),
            };
            resource(&context, &group, identity)
        })
    })
}

fn network_acls(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_network_acls().max_results(PAGE);
        list_items!(&CALLS.network_acls, NETWORK_ACL, request, |acl| {
            let identity = Identity {
                kind: "network-acl",
                id: acl.network_acl_id(),
                owner: acl.owner_id(),
                tags: acl.tags(),
            };
            resource(&context, &acl, identity)
        })
    })
}
