"""A start-up's functions and database on the day before launch: nothing watches them."""

import io
import json
import zipfile

import boto3

REGION = "us-east-1"


def main() -> None:
    iam = boto3.client("iam", region_name=REGION)
    role = iam.create_role(RoleName="functions", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}))
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("app.py", "def handler(event, context):\n    return event\n")
    functions = boto3.client("lambda", region_name=REGION)
    for name in ("orders-api", "orders_api"):
        functions.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=role["Role"]["Arn"],
            Handler="app.handler",
            Code={"ZipFile": code.getvalue()},
        )
    boto3.client("rds", region_name=REGION).create_db_instance(
        DBInstanceIdentifier="orders",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        AllocatedStorage=20,
        BackupRetentionPeriod=0,
        MasterUsername="owner",
        MasterUserPassword="not-a-secret-1",
    )


if __name__ == "__main__":
    main()
