//! VPCs and what divides and connects them.

mod shapes;

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, PAGE, SUBNET, VPC, listed, resource};
use crate::collect::context::Context;
use crate::collect::sdk::source::{Fetch, Future, Listing, Source, list_items};
use crate::schema::{ApiCall, Per, Relation};

const FLOW_LOG: &str = "ec2.FlowLog";
const INTERNET_GATEWAY: &str = "ec2.InternetGateway";
const PEERING: &str = "ec2.VpcPeeringConnection";
const ROUTE_TABLE: &str = "ec2.RouteTable";

/// The longest page of route tables, which are longer than most.
const ROUTE_TABLE_PAGE: i32 = 100;

/// The operations.
struct Calls {
    vpcs: Arc<ApiCall>,
    subnets: Arc<ApiCall>,
    route_tables: Arc<ApiCall>,
    flow_logs: Arc<ApiCall>,
    internet_gateways: Arc<ApiCall>,
    peerings: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    vpcs: ApiCall::new("ec2:DescribeVpcs", Per::Region),
    subnets: ApiCall::new("ec2:DescribeSubnets", Per::Region),
    route_tables: ApiCall::new("ec2:DescribeRouteTables", Per::Region),
    flow_logs: ApiCall::new("ec2:DescribeFlowLogs", Per::Region),
    internet_gateways: ApiCall::new("ec2:DescribeInternetGateways", Per::Region),
    peerings: ApiCall::new("ec2:DescribeVpcPeeringConnections", Per::Region),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let vpc = listed::<types::Vpc>(
        VPC,
        "A virtual network; those that other accounts share with this one too.",
        &calls.vpcs,
    )
    .relation(Relation {
        name: "FlowLogs",
        target: FLOW_LOG,
        from: "VpcId",
        to: &["ResourceId"],
        many: true,
    })
    .relation(Relation {
        name: "Subnets",
        target: SUBNET,
        from: "VpcId",
        to: &["VpcId"],
        many: true,
    });
    let subnet = listed::<types::Subnet>(
        SUBNET,
        "A part of a VPC in one availability zone.",
        &calls.subnets,
    )
    .relation(Relation {
        name: "Vpc",
        target: VPC,
        from: "VpcId",
        to: &["VpcId"],
        many: false,
    });
    let route_table = listed::<types::RouteTable>(
        ROUTE_TABLE,
        "The routes of one or more subnets or gateways.",
        &calls.route_tables,
    );
    let flow_log = listed::<types::FlowLog>(
        FLOW_LOG,
        "A record of the traffic of a VPC, subnet, network interface or transit gateway.",
        &calls.flow_logs,
    );
    let internet_gateway = listed::<types::InternetGateway>(
        INTERNET_GATEWAY,
        "A VPC's way to the internet and back.",
        &calls.internet_gateways,
    );
    let peering = listed::<types::VpcPeeringConnection>(
        PEERING,
        "A connection between two VPCs, of which this account has at least one.",
        &calls.peerings,
    );
    Source {
        types: vec![
            vpc.build(),
            subnet.build(),
            route_table.build(),
            flow_log.build(),
            internet_gateway.build(),
            peering.build(),
        ],
        calls: vec![
            (calls.vpcs.clone(), Fetch::List(|context, _| vpcs(context))),
            (
                calls.subnets.clone(),
                Fetch::List(|context, _| subnets(context)),
            ),
            (
                calls.route_tables.clone(),
                Fetch::List(|context, _| route_tables(context)),
            ),
            (
                calls.flow_logs.clone(),
                Fetch::List(|context, _| flow_logs(context)),
            ),
            (
                calls.internet_gateways.clone(),
                Fetch::List(|context, _| internet_gateways(context)),
            ),
            (
                calls.peerings.clone(),
                Fetch::List(|context, _| peerings(context)),
            ),
        ],
    }
}

fn vpcs(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_vpcs().max_results(PAGE);
        list_items!(&CALLS.vpcs, VPC, request, |vpc| {
            let identity = Identity {
                kind: "vpc",
                id: vpc.vpc_id(),
                owner: vpc.owner_id(),
                tags: vpc.tags(),
            };
            resource(&context, &vpc, identity)
        })
    })
}

fn subnets(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_subnets().max_results(PAGE);
        list_items!(&CALLS.subnets, SUBNET, request, |subnet| {
            let identity = Identity {
                kind: "subnet",
                id: subnet.subnet_id(),
                owner: subnet.owner_id(),
                tags: subnet.tags(),
            };
            resource(&context, &subnet, identity)
        })
    })
}

fn route_tables(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_route_tables()
            .max_results(ROUTE_TABLE_PAGE);
        list_items!(&CALLS.route_tables, ROUTE_TABLE, request, |table| {
            let identity = Identity {
                kind: "route-table",
                id: table.route_table_id(),
                owner: table.owner_id(),
                tags: table.tags(),
            };
            resource(&context, &table, identity)
        })
    })
}

fn flow_logs(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_flow_logs();
        list_items!(&CALLS.flow_logs, FLOW_LOG, request, |flow_log| {
            let identity = Identity {
                kind: "vpc-flow-log",
                id: flow_log.flow_log_id(),
                owner: None,
                tags: flow_log.tags(),
            };
            resource(&context, &flow_log, identity)
        })
    })
}

fn internet_gateways(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.ec2().describe_internet_gateways().max_results(PAGE);
        list_items!(
            &CALLS.internet_gateways,
            INTERNET_GATEWAY,
            request,
            |gateway| {
                let identity = Identity {
                    kind: "internet-gateway",
                    id: gateway.internet_gateway_id(),
                    owner: gateway.owner_id(),
                    tags: gateway.tags(),
                };
                resource(&context, &gateway, identity)
            }
        )
    })
}

fn peerings(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_vpc_peering_connections()
            .max_results(PAGE);
        list_items!(&CALLS.peerings, PEERING, request, |peering| {
            let identity = Identity {
                kind: "vpc-peering-connection",
                id: peering.vpc_peering_connection_id(),
                owner: None,
                tags: peering.tags(),
            };
            resource(&context, &peering, identity)
        })
    })
}
