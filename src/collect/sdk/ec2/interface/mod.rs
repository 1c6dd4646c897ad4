//! What has addresses in a network: interfaces, elastic addresses, NAT gateways, endpoints.

mod shapes;

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, PAGE, SUBNET, VPC, listed, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::source::{Fetch, Future, Listing, Source, list_items};
use crate::collect::sdk::watched::{alarms, metrics};
use crate::fact::{Fact, name};
use crate::policy::{self, Document};
use crate::schema::{ApiCall, Field, Per, Relation};
use crate::snapshot::Resource;

const ADDRESS: &str = "ec2.Address";
const NAT_GATEWAY: &str = "ec2.NatGateway";
const NETWORK_INTERFACE: &str = "ec2.NetworkInterface";
const VPC_ENDPOINT: &str = "ec2.VpcEndpoint";

/// The operations.
struct Calls {
    addresses: Arc<ApiCall>,
    nat_gateways: Arc<ApiCall>,
    network_interfaces: Arc<ApiCall>,
    vpc_endpoints: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    addresses: ApiCall::new("ec2:DescribeAddresses", Per::Region),
    nat_gateways: ApiCall::new("ec2:DescribeNatGateways", Per::Region),
    network_interfaces: ApiCall::new("ec2:DescribeNetworkInterfaces", Per::Region),
    vpc_endpoints: ApiCall::new("ec2:DescribeVpcEndpoints", Per::Region),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let address = listed::<types::Address>(
        ADDRESS,
        "An elastic IP address, in use or not.",
        &calls.addresses,
    );
    let nat_gateway = listed::<types::NatGateway>(
        NAT_GATEWAY,
        "A NAT gateway; a deleted one is listed for about an hour.",
        &calls.nat_gateways,
    )
    .relation(Relation {
        name: "Vpc",
        target: VPC,
        from: "VpcId",
        to: &["VpcId"],
        many: false,
    })
    .relation(Relation {
        name: "Subnet",
        target: SUBNET,
        from: "SubnetId",
        to: &["SubnetId"],
        many: false,
    })
    .relation(metrics("cloudwatch.NatGatewayMetrics", &["NatGatewayId"]))
    .relation(alarms("NatGatewayId"));
    let network_interface = listed::<types::NetworkInterface>(
        NETWORK_INTERFACE,
        "A network interface of whatever service.",
        &calls.network_interfaces,
    );
    let vpc_endpoint = listed::<types::VpcEndpoint>(
        VPC_ENDPOINT,
        "A private way from a VPC to a service.",
        &calls.vpc_endpoints,
    )
    .field(Field::optional("PolicyDocument", policy::document_type()));
    Source {
        types: vec![
            address.build(),
            nat_gateway.build(),
            network_interface.build(),
            vpc_endpoint.build(),
        ],
        calls: vec![
            (
                calls.addresses.clone(),
                Fetch::List(|context, _| addresses(context)),
            ),
            (
                calls.nat_gateways.clone(),
                Fetch::List(|context, _| nat_gateways(context)),
            ),
            (
                calls.network_interfaces.clone(),
                Fetch::List(|context, _| network_interfaces(context)),
            ),
            (
                calls.vpc_endpoints.clone(),
                Fetch::List(|context, _| vpc_endpoints(context)),
            ),
        ],
    }
}

/// EC2 has no pages for addresses.
fn addresses(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        let output = match context.ec2().describe_addresses().send().await {
            Ok(output) => output,
            Err(error) => return listing.fail(&CALLS.addresses, error),
        };
        for address in output.addresses() {
            let identity = Identity {
                kind: "elastic-ip",
                id: address.allocation_id(),
                owner: None,
                tags: address.tags(),
            };
            listing.push(ADDRESS, resource(&context, address, identity));
        }
        listing
    })
}

fn nat_gateways(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_nat_gateways().max_results(PAGE);
        list_items!(&CALLS.nat_gateways, NAT_GATEWAY, request, |gateway| {
            let identity = Identity {
                kind: "natgateway",
                id: gateway.nat_gateway_id(),
                owner: None,
                tags: gateway.tags(),
            };
            resource(&context, &gateway, identity)
        })
    })
}

/// An account may hide what AWS manages in it from its listings; it is asked for all the same.
fn network_interfaces(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_network_interfaces()
            .include_managed_resources(true)
            .max_results(PAGE);
        list_items!(
            &CALLS.network_interfaces,
            NETWORK_INTERFACE,
            request,
            |interface| {
                let identity = Identity {
                    kind: "network-interface",
                    id: interface.network_interface_id(),
                    owner: interface.owner_id(),
                    tags: interface.tag_set(),
                };
                resource(&context, &interface, identity)
            }
        )
    })
}

fn vpc_endpoints(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_vpc_endpoints().max_results(PAGE);
        list_items!(&CALLS.vpc_endpoints, VPC_ENDPOINT, request, |endpoint| {
            vpc_endpoint(&context, &endpoint)
        })
    })
}

fn vpc_endpoint(context: &Context, endpoint: &types::VpcEndpoint) -> Resource {
    let identity = Identity {
        kind: "vpc-endpoint",
        id: endpoint.vpc_endpoint_id(),
        owner: endpoint.owner_id(),
        tags: endpoint.tags(),
    };
    let mut resource = resource(context, endpoint, identity);
    if let Some(text) = endpoint.policy_document() {
        resource
            .fields
            .insert(name("PolicyDocument"), policy(context, text));
    }
    resource
}

/// A policy document as rules see it; unknown where it is none.
fn policy(context: &Context, text: &str) -> Fact {
    match Document::parse(text) {
        Ok(document) => document.fact(),
        Err(error) => {
            let message = format!("not a policy document: {error}");
            let failure = Failure::new(&CALLS.vpc_endpoints, "InvalidResponse", message);
            Fact::Unknown(Arc::new(failure.in_region(&context.region)))
        }
    }
}
