"""EC2: a network laid out well beside the default one, and what runs in both."""

import json

import boto3

OTHER_ACCOUNT = "999999999999"


def named(kind: str, name: str, **tags: str) -> list[dict]:
    pairs = [{"Key": key, "Value": value} for key, value in {"Name": name, **tags}.items()]
    return [{"ResourceType": kind, "Tags": pairs}]


def base_image(ec2) -> str:
    return ec2.register_image(
        Name="base", RootDeviceName="/dev/sda1", Architecture="x86_64", VirtualizationType="hvm"
    )["ImageId"]


def seed(ids: dict[str, str]) -> None:
    ec2 = boto3.client("ec2", region_name="us-east-1")
    ids["image"] = base_image(ec2)
    network(ec2, ids)
    gates(ec2, ids)
    acls(ec2, ids)
    prefix_lists(ec2, ids)
    security_groups(ec2, ids)
    instances(ec2, ids)
    storage(ec2, ids)
    images(ec2, ids)
    launch_templates(ec2, ids)
    abroad(ids)
    # Left out, moto lacks it: GetEbsDefaultKmsKeyId (ModifyEbsDefaultKmsKeyId exists),
    # EnableSnapshotBlockPublicAccess, EnableImageBlockPublicAccess, EnableSerialConsoleAccess,
    # ModifyInstanceMetadataDefaults, ModifyVpcBlockPublicAccessOptions, CreateVerifiedAccessInstance.


def prefix_lists(ec2, ids: dict[str, str]) -> None:
    for name, blocks in (
        ("offices", ["198.51.100.0/24", "203.0.113.0/24"]),
        ("everybody", ["0.0.0.0/1", "128.0.0.0/1"]),
    ):
        made = ec2.create_managed_prefix_list(
            PrefixListName=name,
            AddressFamily="IPv4",
            MaxEntries=5,
            Entries=[{"Cidr": block, "Description": name} for block in blocks],
        )
        ids[f"prefix_list_{name}"] = made["PrefixList"]["PrefixListId"]
    group = ec2.create_security_group(
        GroupName="lists", Description="names prefix lists", VpcId=ids["vpc"]
    )
    for name, port in (("offices", 22), ("everybody", 5432)):
        ec2.authorize_security_group_ingress(
            GroupId=group["GroupId"],
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": port,
                    "ToPort": port,
                    "PrefixListIds": [{"PrefixListId": ids[f"prefix_list_{name}"]}],
                }
            ],
        )


def network(ec2, ids: dict[str, str]) -> None:
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16", TagSpecifications=named("vpc", "launch", env="prod"))
    ids["vpc"] = vpc["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=ids["vpc"], EnableDnsHostnames={"Value": True})
    layout = (
        ("public", "10.1.0.0/24", "us-east-1a"),
        ("private", "10.1.1.0/24", "us-east-1a"),
        ("private_b", "10.1.2.0/24", "us-east-1b"),
    )
    for name, block, zone in layout:
        subnet = ec2.create_subnet(
            VpcId=ids["vpc"],
            CidrBlock=block,
            AvailabilityZone=zone,
            TagSpecifications=named("subnet", name),
        )
        ids[f"subnet_{name}"] = subnet["Subnet"]["SubnetId"]
    ec2.modify_subnet_attribute(
        SubnetId=ids["subnet_public"], MapPublicIpOnLaunch={"Value": True}
    )

    # The good VPC writes flow logs; the default one does not.
    logs = boto3.client("logs", region_name="us-east-1")
    logs.create_log_group(logGroupName="/vpc/launch")
    flow = ec2.create_flow_logs(
        ResourceIds=[ids["vpc"]],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="/vpc/launch",
        DeliverLogsPermissionArn=ids["role_support"],
        TagSpecifications=named("vpc-flow-log", "launch"),
    )
    ids["flow_log"] = flow["FlowLogIds"][0]

    other = ec2.create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=named("vpc", "partner"))
    ids["vpc_partner"] = other["Vpc"]["VpcId"]
    # Half a log: what was let in goes unseen.
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="startup-flow-logs")
    ec2.create_flow_logs(
        ResourceIds=[ids["vpc_partner"]],
        ResourceType="VPC",
        TrafficType="REJECT",
        LogDestinationType="s3",
        LogDestination="arn:aws:s3:::startup-flow-logs",
    )
    peering = ec2.create_vpc_peering_connection(VpcId=ids["vpc"], PeerVpcId=ids["vpc_partner"])
    ids["peering"] = peering["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=ids["peering"])
    # Asked for and never accepted.
    ec2.create_vpc_peering_connection(
        VpcId=ids["vpc_partner"], PeerVpcId=default_vpc(ec2)
    )


def default_vpc(ec2) -> str:
    only_default = [{"Name": "is-default", "Values": ["true"]}]
    return ec2.describe_vpcs(Filters=only_default)["Vpcs"][0]["VpcId"]


def gates(ec2, ids: dict[str, str]) -> None:
    gate = ec2.create_internet_gateway(TagSpecifications=named("internet-gateway", "launch"))
    ids["internet_gateway"] = gate["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=ids["internet_gateway"], VpcId=ids["vpc"])
    # Attached to nothing.
    ec2.create_internet_gateway()

    address = ec2.allocate_address(Domain="vpc", TagSpecifications=named("elastic-ip", "nat"))
    nat = ec2.create_nat_gateway(
        SubnetId=ids["subnet_public"], AllocationId=address["AllocationId"]
    )
    ids["nat_gateway"] = nat["NatGateway"]["NatGatewayId"]
    # Without a way out to the internet, between private networks only.
    ec2.create_nat_gateway(SubnetId=ids["subnet_private_b"], ConnectivityType="private")
    # Paid for and used by nothing.
    ids["address_idle"] = ec2.allocate_address(Domain="vpc")["AllocationId"]

    public = ec2.create_route_table(
        VpcId=ids["vpc"], TagSpecifications=named("route-table", "public")
    )["RouteTable"]["RouteTableId"]
    ec2.create_route(
        RouteTableId=public,
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=ids["internet_gateway"],
    )
    ec2.associate_route_table(RouteTableId=public, SubnetId=ids["subnet_public"])
    private = ec2.create_route_table(
        VpcId=ids["vpc"], TagSpecifications=named("route-table", "private")
    )["RouteTable"]["RouteTableId"]
    ec2.create_route(
        RouteTableId=private, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=ids["nat_gateway"]
    )
    # The whole partner network, not the one subnet that is needed.
    ec2.create_route(
        RouteTableId=private,
        DestinationCidrBlock="10.9.0.0/16",
        VpcPeeringConnectionId=ids["peering"],
    )
    for subnet in ("subnet_private", "subnet_private_b"):
        ec2.associate_route_table(RouteTableId=private, SubnetId=ids[subnet])
    ids["route_table_public"], ids["route_table_private"] = public, private

    open_policy = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    endpoint = ec2.create_vpc_endpoint(
        VpcId=ids["vpc"],
        ServiceName="com.amazonaws.us-east-1.s3",
        VpcEndpointType="Gateway",
        RouteTableIds=[private],
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [open_policy]}),
    )
    ids["vpc_endpoint"] = endpoint["VpcEndpoint"]["VpcEndpointId"]
    own_table = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "dynamodb:GetItem",
        "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
    }
    ec2.create_vpc_endpoint(
        VpcId=ids["vpc"],
        ServiceName="com.amazonaws.us-east-1.dynamodb",
        VpcEndpointType="Gateway",
        RouteTableIds=[private],
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [own_table]}),
    )


def acls(ec2, ids: dict[str, str]) -> None:
    # The default network ACLs allow everything; this one lets HTTPS in and SSH from anywhere too.
    acl = ec2.create_network_acl(
        VpcId=ids["vpc"], TagSpecifications=named("network-acl", "web")
    )["NetworkAcl"]["NetworkAclId"]
    ids["network_acl"] = acl
    entries = (
        (100, "6", False, {"CidrBlock": "0.0.0.0/0"}, 443),
        (110, "6", False, {"CidrBlock": "0.0.0.0/0"}, 22),
        (120, "6", False, {"Ipv6CidrBlock": "::/0"}, 3389),
        (100, "-1", True, {"CidrBlock": "0.0.0.0/0"}, None),
    )
    for number, protocol, egress, source, port in entries:
        ports = {} if port is None else {"PortRange": {"From": port, "To": port}}
        ec2.create_network_acl_entry(
            NetworkAclId=acl,
            RuleNumber=number,
            Protocol=protocol,
            RuleAction="allow",
            Egress=egress,
            **source,
            **ports,
        )


def security_groups(ec2, ids: dict[str, str]) -> None:
    def group(name: str, description: str, *rules: dict) -> str:
        made = ec2.create_security_group(
            GroupName=name,
            Description=description,
            VpcId=ids["vpc"],
            TagSpecifications=named("security-group", name),
        )["GroupId"]
        if rules:
            ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=list(rules))
        ids[f"sg_{name}"] = made
        return made

    def tcp(first: int, last: int, **source: list[dict]) -> dict:
        return {"IpProtocol": "tcp", "FromPort": first, "ToPort": last, **source}

    anyone = {"IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "for now"}]}
    anyone6 = {"Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
    group("open", "SSH and databases for the world", tcp(22, 22, **anyone), tcp(3306, 5432, **anyone))
    group("open6", "SSH for the world over IPv6 only", tcp(22, 22, **anyone6))
    group("all_traffic", "every port and protocol", {"IpProtocol": "-1", **anyone})
    web = group("web", "HTTPS for all", tcp(443, 443, **anyone, **anyone6))
    office = {"IpRanges": [{"CidrIp": "203.0.113.0/24", "Description": "office"}]}
    group("office", "SSH from the office", tcp(22, 22, **office))
    group("database", "Postgres from web", tcp(5432, 5432, UserIdGroupPairs=[{"GroupId": web}]))
    unused = group("closed", "nothing in, nothing out")
    everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.revoke_security_group_egress(GroupId=unused, IpPermissions=[everything])


def instances(ec2, ids: dict[str, str]) -> None:
    good = ec2.run_instances(
        ImageId=ids["image"],
        InstanceType="m6i.large",
        MinCount=1,
        MaxCount=1,
        SubnetId=ids["subnet_private"],
        SecurityGroupIds=[ids["sg_web"]],
        IamInstanceProfile={"Name": "app"},
        MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        Monitoring={"Enabled": True},
        EbsOptimized=True,
        BlockDeviceMappings=[
            {"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 20, "Encrypted": True}}
        ],
        TagSpecifications=named("instance", "app", env="prod", owner="platform"),
    )
    ids["instance_good"] = good["Instances"][0]["InstanceId"]
    # moto forgets it when RunInstances is told.
    ec2.modify_instance_attribute(
        InstanceId=ids["instance_good"], DisableApiTermination={"Value": True}
    )
    bad = ec2.run_instances(
        ImageId=ids["image"],
        InstanceType="t2.micro",
        MinCount=1,
        MaxCount=1,
        KeyName=ec2.create_key_pair(KeyName="founder")["KeyName"],
        NetworkInterfaces=[
            {
                "DeviceIndex": 0,
                "SubnetId": ids["subnet_public"],
                "Groups": [ids["sg_open"]],
                "AssociatePublicIpAddress": True,
            }
        ],
        MetadataOptions={"HttpTokens": "optional", "HttpEndpoint": "enabled"},
        UserData="#!/bin/sh\nexport DB_PASSWORD=hunter2hunter2\n",
    )
    ids["instance_bad"] = bad["Instances"][0]["InstanceId"]
    stopped = ec2.run_instances(
        ImageId=ids["image"], InstanceType="t3.small", MinCount=1, MaxCount=1
    )
    ids["instance_stopped"] = stopped["Instances"][0]["InstanceId"]
    ec2.stop_instances(InstanceIds=[ids["instance_stopped"]])
    # An interface that no instance uses.
    interface = ec2.create_network_interface(
        SubnetId=ids["subnet_private"], Groups=[ids["sg_database"]], Description="spare"
    )
    ids["network_interface"] = interface["NetworkInterface"]["NetworkInterfaceId"]


def storage(ec2, ids: dict[str, str]) -> None:
    ec2.enable_ebs_encryption_by_default()
    for name, encrypted in (("encrypted", True), ("plain", False)):
        volume = ec2.create_volume(
            AvailabilityZone="us-east-1a",
            Size=10,
            VolumeType="gp3",
            Encrypted=encrypted,
            TagSpecifications=named("volume", name),
        )
        ids[f"volume_{name}"] = volume["VolumeId"]
        snapshot = ec2.create_snapshot(VolumeId=volume["VolumeId"], Description=f"of {name}")
        ids[f"snapshot_{name}"] = snapshot["SnapshotId"]
    ec2.modify_snapshot_attribute(
        SnapshotId=ids["snapshot_plain"],
        Attribute="createVolumePermission",
        OperationType="add",
        GroupNames=["all"],
    )
    ec2.modify_snapshot_attribute(
        SnapshotId=ids["snapshot_encrypted"],
        Attribute="createVolumePermission",
        OperationType="add",
        UserIds=[OTHER_ACCOUNT],
    )


def images(ec2, ids: dict[str, str]) -> None:
    for name, permission in (
        ("public", {"Group": "all"}),
        ("shared", {"UserId": OTHER_ACCOUNT}),
        ("own", None),
    ):
        image = ec2.create_image(InstanceId=ids["instance_good"], Name=f"app-{name}")["ImageId"]
        ids[f"image_{name}"] = image
        if permission:
            ec2.modify_image_attribute(ImageId=image, LaunchPermission={"Add": [permission]})


def launch_templates(ec2, ids: dict[str, str]) -> None:
    template = ec2.create_launch_template(
        LaunchTemplateName="app",
        LaunchTemplateData={
            "ImageId": ids["image"],
            "InstanceType": "m6i.large",
            "MetadataOptions": {"HttpTokens": "optional"},
        },
        TagSpecifications=named("launch-template", "app"),
    )
    ids["launch_template"] = template["LaunchTemplate"]["LaunchTemplateId"]
    # A better version, which is not yet the default one.
    ec2.create_launch_template_version(
        LaunchTemplateId=ids["launch_template"],
        LaunchTemplateData={
            "ImageId": ids["image"],
            "InstanceType": "m6i.large",
            "MetadataOptions": {"HttpTokens": "required"},
        },
    )
    ec2.create_launch_template(
        LaunchTemplateName="app-strict",
        LaunchTemplateData={"ImageId": ids["image"], "MetadataOptions": {"HttpTokens": "required"}},
    )


def abroad(ids: dict[str, str]) -> None:
    """A forgotten machine in a region that nobody looks at; encryption by default stays off there."""
    ec2 = boto3.client("ec2", region_name="eu-west-1")
    image = base_image(ec2)
    forgotten = ec2.run_instances(ImageId=image, InstanceType="t2.micro", MinCount=1, MaxCount=1)
    ids["instance_abroad"] = forgotten["Instances"][0]["InstanceId"]
    group = ec2.create_security_group(GroupName="rdp", Description="Windows for the world")
    ids["sg_abroad"] = group["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group["GroupId"], IpProtocol="tcp", FromPort=3389, ToPort=3389, CidrIp="0.0.0.0/0"
    )
