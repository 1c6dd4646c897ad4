"""Resources whose names, tags and descriptions try to leave the report they are printed in.

Each text sits where AWS itself accepts it. Prints the texts as a JSON array, so that a test can look
for them unescaped.
"""

import json

import boto3

TEXTS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "a | b |\n| c | d |",
    "*bold* _under_ **_both_** ~~gone~~",
    "`code` ```\nfence\n```",
    "line one\nline two\tand a tab",
    "CDATA ends here ]]> and goes on",
    "<!-- comment --> &amp; &lt;",
    "[click me](https://evil.example/) ![x](https://evil.example/x.png)",
    "party \N{PARTY POPPER} 日本語",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe\N{RIGHT-TO-LEFT MARK}",
    "::error file=app.js,line=1::not from here",
    "=HYPERLINK(\"https://evil.example\")",
    "{{ 7 * 7 }} ${7*7} {resource.id}",
    "  spaces around  ",
]
# Security groups take letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*` only: enough for Markdown.
GROUP_TEXTS = [
    "*_ bold _* #1 [click](https://evil.example/)",
    "&lt;script&gt; ![x](https://evil.example/x.png)",
    "=1+1; {resource.id} $(id)",
]


def tags(kind: str, text: str) -> list[dict]:
    # A tag's key takes any text as well, up to 128 characters.
    pairs = [{"Key": "Name", "Value": text}, {"Key": text, "Value": "as a key"}]
    return [{"ResourceType": kind, "Tags": pairs}]


def main() -> None:
    ec2 = boto3.client("ec2", region_name="us-east-1")
    network(ec2)
    groups(ec2)
    storage(ec2)
    iam(boto3.client("iam"))
    rds(boto3.client("rds", region_name="us-east-1"))
    budgets(boto3.client("budgets", region_name="us-east-1"))
    print(json.dumps(TEXTS + GROUP_TEXTS))


def network(ec2) -> None:
    for number, text in enumerate(TEXTS):
        vpc = ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16", TagSpecifications=tags("vpc", text))
        subnet = ec2.create_subnet(
            VpcId=vpc["Vpc"]["VpcId"],
            CidrBlock=f"10.{number}.0.0/24",
            TagSpecifications=tags("subnet", text),
        )
        ec2.create_network_interface(SubnetId=subnet["Subnet"]["SubnetId"], Description=text)


def groups(ec2) -> None:
    for text in GROUP_TEXTS:
        group = ec2.create_security_group(
            GroupName=text, Description=text, TagSpecifications=tags("security-group", TEXTS[0])
        )
        ec2.authorize_security_group_ingress(
            GroupId=group["GroupId"],
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": 22,
                    "ToPort": 22,
                    "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": text}],
                }
            ],
        )


def storage(ec2) -> None:
    for text in TEXTS:
        volume = ec2.create_volume(
            AvailabilityZone="us-east-1a",
            Size=1,
            Encrypted=False,
            TagSpecifications=tags("volume", text),
        )
        ec2.create_snapshot(VolumeId=volume["VolumeId"], Description=text)


def iam(client) -> None:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    for number, text in enumerate(TEXTS):
        # A condition's value takes any text; names take letters, digits and `+=,.@_-` only.
        document = {
            "Version": "2012-10-17",
            "Statement": [{**everything, "Condition": {"StringEquals": {"aws:PrincipalTag/team": text}}}],
        }
        client.create_policy(
            PolicyName=f"odd_{number}", PolicyDocument=json.dumps(document), Description=text
        )
    client.create_user(UserName="__init__@=,+.-")


def rds(client) -> None:
    # Tags of RDS and IAM take no markup; the descriptions of RDS do.
    for number, text in enumerate(TEXTS):
        client.create_db_parameter_group(
            DBParameterGroupName=f"odd-{number}", DBParameterGroupFamily="mysql8.0", Description=text
        )


def budgets(client) -> None:
    account = boto3.client("sts").get_caller_identity()["Account"]
    for text in TEXTS:
        # A budget's name takes all but `:` and `\`, and no script element.
        if ":" in text or "<script>" in text:
            continue
        client.create_budget(
            AccountId=account,
            Budget={
                "BudgetName": text,
                "BudgetLimit": {"Amount": "1", "Unit": "USD"},
                "TimeUnit": "MONTHLY",
                "BudgetType": "COST",
            },
        )


if __name__ == "__main__":
    main()
