"""A VPC in two zones; its functions reach the internet through one NAT gateway."""

from jobdock import REGION, client, tag_list

ZONES = (f"{REGION}a", f"{REGION}b")


def build(state: str, ids: dict) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16", **named("vpc", "jobdock-prod"))["Vpc"]["VpcId"]
    ids["vpc"] = vpc
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    public, private = subnets(ec2, vpc)
    ids["subnets_public"], ids["subnets_private"] = public, private
    gateways(ec2, ids, vpc, public[0], private)
    groups(ec2, ids, vpc)
    interfaces(ec2, ids)
    if state == "ready":
        remove_default_vpc(ec2)
        close_default_groups(ec2)
        flow_logs(ids, vpc)


def named(kind: str, name: str) -> dict:
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tag_list(Name=name)}]}


def subnets(ec2, vpc: str) -> tuple[list[str], list[str]]:
    kinds: dict[str, list[str]] = {"public": [], "private": []}
    for offset, (kind, made) in enumerate(kinds.items()):
        for number, zone in enumerate(ZONES):
            subnet = ec2.create_subnet(
                VpcId=vpc,
                CidrBlock=f"10.20.{offset * 10 + number}.0/24",
                AvailabilityZone=zone,
                **named("subnet", f"jobdock-{kind}-{zone[-1]}"),
            )
            made.append(subnet["Subnet"]["SubnetId"])
    return kinds["public"], kinds["private"]


def gateways(ec2, ids: dict, vpc: str, public: str, private: list[str]) -> None:
    internet = ec2.create_internet_gateway(**named("internet-gateway", "jobdock"))
    internet = internet["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=internet, VpcId=vpc)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(
        SubnetId=public, AllocationId=address, **named("natgateway", "jobdock")
    )["NatGateway"]["NatGatewayId"]
    ids["nat_gateway"] = nat
    tables = {}
    for kind, target, members in (
        ("public", {"GatewayId": internet}, ids["subnets_public"]),
        ("private", {"NatGatewayId": nat}, private),
    ):
        table = ec2.create_route_table(VpcId=vpc, **named("route-table", kind))
        table = tables[kind] = table["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **target)
        for subnet in members:
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{REGION}.s3",
        VpcEndpointType="Gateway",
        RouteTableIds=[tables["private"]],
        PolicyDocument=(
            '{"Statement": [{"Effect": "Allow", "Principal": "*",'
            ' "Action": ["s3:GetObject", "s3:PutObject"],'
            ' "Resource": "arn:aws:s3:::jobdock-prod-uploads/*"}]}'
        ),
    )


def groups(ec2, ids: dict, vpc: str) -> None:
    def group(name: str, about: str) -> str:
        made = ec2.create_security_group(GroupName=name, Description=about, VpcId=vpc)
        ec2.revoke_security_group_egress(
            GroupId=made["GroupId"],
            IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
        )
        return made["GroupId"]

    functions = ids["sg_functions"] = group("jobdock-functions", "the functions")
    database = ids["sg_database"] = group("jobdock-database", "the database")
    postgres = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    ec2.authorize_security_group_egress(
        GroupId=functions,
        IpPermissions=[
            {**https, "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "Stripe, Resend"}]},
            {**postgres, "UserIdGroupPairs": [{"GroupId": database}]},
        ],
    )
    ec2.authorize_security_group_ingress(
        GroupId=database,
        IpPermissions=[{**postgres, "UserIdGroupPairs": [{"GroupId": functions}]}],
    )


def interfaces(ec2, ids: dict) -> None:
    """Those that AWS makes for functions and databases; moto makes none for them."""
    for group, about in (("functions", "AWS Lambda VPC ENI"), ("database", "RDSNetworkInterface")):
        for subnet in ids["subnets_private"]:
            ec2.create_network_interface(
                SubnetId=subnet, Groups=[ids[f"sg_{group}"]], Description=about
            )


def remove_default_vpc(ec2) -> None:
    default = [{"Name": "is-default", "Values": ["true"]}]
    for vpc in ec2.describe_vpcs(Filters=default)["Vpcs"]:
        of_vpc = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
        for subnet in ec2.describe_subnets(Filters=of_vpc)["Subnets"]:
            ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        attached = [{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
        for gateway in ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
            gateway = gateway["InternetGatewayId"]
            ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc["VpcId"])
            ec2.delete_internet_gateway(InternetGatewayId=gateway)
        ec2.delete_vpc(VpcId=vpc["VpcId"])


def close_default_groups(ec2) -> None:
    default = [{"Name": "group-name", "Values": ["default"]}]
    for group in ec2.describe_security_groups(Filters=default)["SecurityGroups"]:
        name = group["GroupId"]
        if group["IpPermissions"]:
            ec2.revoke_security_group_ingress(
                GroupId=name, IpPermissions=group["IpPermissions"]
            )
        if group["IpPermissionsEgress"]:
            ec2.revoke_security_group_egress(
                GroupId=name, IpPermissions=group["IpPermissionsEgress"]
            )


def flow_logs(ids: dict, vpc: str) -> None:
    logs, ec2 = client("logs"), client("ec2")
    logs.create_log_group(logGroupName="/jobdock/flow-logs", kmsKeyId=ids["key_arn"])
    logs.put_retention_policy(logGroupName="/jobdock/flow-logs", retentionInDays=30)
    role = client("iam").create_role(
        RoleName="jobdock-flow-logs",
        AssumeRolePolicyDocument=(
            '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
            ' "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},'
            ' "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}]}'
        ),
    )["Role"]["Arn"]
    ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="/jobdock/flow-logs",
        DeliverLogsPermissionArn=role,
    )
