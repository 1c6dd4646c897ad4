"""Hides a secret wherever AWS would give it back to a reader, and checks that it does.

Usage: secrets.py SECRET. Prints which answers hold it.
"""

import base64
import json
import sys

import boto3


def main() -> None:
    secret = sys.argv[1]
    script = f"#!/bin/sh\nexport DB_PASSWORD={secret}\n"
    encoded = base64.b64encode(script.encode()).decode()
    ec2 = boto3.client("ec2")
    template = ec2.create_launch_template(
        LaunchTemplateName="leaky", LaunchTemplateData={"UserData": encoded}
    )["LaunchTemplate"]["LaunchTemplateId"]
    image = ec2.register_image(Name="leaky", RootDeviceName="/dev/sda1")["ImageId"]
    ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, UserData=script)

    rds = boto3.client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="leaky",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="root",
        MasterUserPassword=secret,
    )
    rds.modify_db_instance(
        DBInstanceIdentifier="leaky", MasterUserPassword=secret, ApplyImmediately=False
    )

    versions = ec2.describe_launch_template_versions(LaunchTemplateId=template)
    answers = {
        "ec2:DescribeLaunchTemplateVersions": versions,
        "rds:DescribeDBInstances": rds.describe_db_instances(DBInstanceIdentifier="leaky"),
    }
    texts = {name: json.dumps(answer, default=str) for name, answer in answers.items()}
    print(json.dumps([name for name, text in texts.items() if secret in text or encoded in text]))


if __name__ == "__main__":
    main()
