"""Checks the proxy's pages with a client that is not ours: boto3 must read the same through it.

Usage: compare_pages.py PROXY_URL. For each paginated operation prints how many pages it came in.
"""

import json
import sys

import boto3

ACCOUNT = "123456789012"
# Operation and the parameters it needs, after `startup.py` has filled the account.
READS: dict[str, list[tuple[str, dict]]] = {
    "iam": [
        ("get_account_authorization_details", {}),
        ("get_account_authorization_details", {"Filter": ["User", "LocalManagedPolicy"]}),
        ("list_virtual_mfa_devices", {}),
        ("list_access_keys", {"UserName": "founder"}),
        ("list_mfa_devices", {"UserName": "engineer"}),
        ("list_mfa_devices", {"UserName": "founder"}),
        ("list_server_certificates", {}),
        ("list_users", {}),
        ("list_roles", {}),
        ("list_entities_for_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ],
    "rds": [
        ("describe_db_instances", {}),
        ("describe_db_clusters", {}),
        ("describe_db_snapshots", {}),
        ("describe_db_cluster_snapshots", {}),
        ("describe_db_parameter_groups", {}),
        ("describe_db_cluster_parameter_groups", {}),
        ("describe_db_parameters", {"DBParameterGroupName": "tls"}),
        ("describe_db_cluster_parameters", {"DBClusterParameterGroupName": "aurora-tls"}),
        ("describe_event_subscriptions", {}),
        ("describe_db_subnet_groups", {}),
    ],
    "ec2": [
        ("describe_instances", {}),
        ("describe_security_groups", {}),
        ("describe_network_acls", {}),
        ("describe_vpcs", {}),
        ("describe_subnets", {}),
        ("describe_route_tables", {}),
        ("describe_flow_logs", {}),
        ("describe_nat_gateways", {}),
        ("describe_vpc_endpoints", {}),
        ("describe_internet_gateways", {}),
        ("describe_volumes", {}),
        ("describe_snapshots", {"OwnerIds": ["self"]}),
        ("describe_images", {"Owners": ["self"]}),
        ("describe_network_interfaces", {}),
        ("describe_vpc_peering_connections", {}),
        ("describe_launch_templates", {}),
        ("describe_launch_template_versions", {"Versions": ["$Latest", "$Default"]}),
        ("describe_tags", {}),
        ("describe_instance_status", {}),
        ("describe_security_group_rules", {}),
    ],
    "budgets": [
        ("describe_budgets", {"AccountId": ACCOUNT}),
        ("describe_notifications_for_budget", {"AccountId": ACCOUNT, "BudgetName": "monthly"}),
    ],
    "cloudtrail": [("list_tags", {}), ("list_trails", {})],
}


def read(client, operation: str, parameters: dict) -> tuple[dict, int]:
    """The whole result, and in how many pages it came."""
    paginator = client.get_paginator(operation)
    # Two readings: an iterator of botocore's starts at its last token the second time.
    pages = sum(1 for _ in paginator.paginate(**parameters))
    return paginator.paginate(**parameters).build_full_result(), pages


def texts(items: list) -> list[str]:
    """The items, comparable: moto gives policies in no order, and this time anew in each answer."""
    for item in items:
        if isinstance(item, dict):
            item.pop("LatestRestorableTime", None)
    return sorted(json.dumps(item, sort_keys=True, default=str) for item in items)


def main() -> None:
    counts = {}
    for service, reads in READS.items():
        direct = boto3.client(service)
        proxied = boto3.client(service, endpoint_url=sys.argv[1])
        for operation, parameters in reads:
            if operation == "list_tags":
                trails = direct.describe_trails()["trailList"]
                parameters = {"ResourceIdList": [trail["TrailARN"] for trail in trails]}
            whole, _ = read(direct, operation, parameters)
            paged, pages = read(proxied, operation, parameters)
            name = f"{service}:{operation}"
            items = 0
            for member, value in whole.items():
                assert texts(value) == texts(paged.get(member, [])), (name, member)
                items += len(value)
            assert pages == max(1, items), (name, pages, items)
            counts[name] = pages
    print(json.dumps(counts, indent=1))


if __name__ == "__main__":
    main()
