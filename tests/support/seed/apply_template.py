"""Applies a CloudFormation template as CloudFormation would: what moto knows through its CloudFormation, the rest
through the services' own APIs.

Arguments: the template, then NAME=VALUE for its parameters.
"""

import json
import re
import sys

import boto3
import yaml

REGION = "us-east-1"
BY_MOTO = ("AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::CloudWatch::Dashboard")


class Applier:
    def __init__(self, template: dict, parameters: dict[str, str]) -> None:
        self.template = template
        self.parameters = parameters
        self.account = boto3.client("sts", region_name=REGION).get_caller_identity()["Account"]
        self.ids: dict[str, str] = {}

    def known(self, name: str) -> str:
        fixed = {"AWS::AccountId": self.account, "AWS::Region": REGION, "AWS::Partition": "aws"}
        return {**fixed, **self.parameters, **self.ids}[name]

    def attribute(self, name: str, attribute: str) -> str:
        kind = self.template["Resources"][name]["Type"]
        assert (kind, attribute) == ("AWS::S3::Bucket", "Arn"), (kind, attribute)
        return f"arn:aws:s3:::{self.ids[name]}"

    def filled(self, match: re.Match) -> str:
        name = match[1]
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        parts = name.split(".")
        return self.attribute(*parts) if len(parts) == 2 else self.known(name)

    def resolve(self, value: object) -> object:
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Ref"}:
            return self.known(value["Ref"])
        if set(value) == {"Fn::GetAtt"}:
            return self.attribute(*value["Fn::GetAtt"])
        if set(value) == {"Fn::Sub"}:
            return re.sub(r"\$\{([^}]*)\}", self.filled, value["Fn::Sub"])
        return {key: self.resolve(item) for key, item in value.items()}

    def apply(self) -> None:
        resources = self.template["Resources"]
        self.by_moto({name: made for name, made in resources.items() if made["Type"] in BY_MOTO})
        # What others depend on comes first: policies before trails.
        rest = [(name, made) for name, made in resources.items() if made["Type"] not in BY_MOTO]
        for name, made in sorted(rest, key=lambda entry: "DependsOn" in entry[1]):
            make = MAKERS[made["Type"]]
            make(self, self.resolve(made["Properties"]))

    def by_moto(self, resources: dict) -> None:
        if not resources:
            return
        part = {**self.template, "Resources": resources}
        cloudformation = boto3.client("cloudformation", region_name=REGION)
        parameters = [{"ParameterKey": name, "ParameterValue": value} for name, value in self.parameters.items()]
        cloudformation.create_stack(StackName="launchgate", TemplateBody=json.dumps(part), Parameters=parameters)
        made = cloudformation.describe_stack_resources(StackName="launchgate")["StackResources"]
        self.ids = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in made}
        assert set(self.ids) == set(resources), (set(self.ids), set(resources))


def policy(applier: Applier, properties: dict) -> None:
    text = json.dumps(properties["PolicyDocument"])
    boto3.client("s3", region_name=REGION).put_bucket_policy(Bucket=properties["Bucket"], Policy=text)


def topic_policy(applier: Applier, properties: dict) -> None:
    sns = boto3.client("sns", region_name=REGION)
    for topic in properties["Topics"]:
        text = json.dumps(properties["PolicyDocument"])
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=text)


def subscription(applier: Applier, properties: dict) -> None:
    boto3.client("sns", region_name=REGION).subscribe(**properties)


def alarm(applier: Applier, properties: dict) -> None:
    boto3.client("cloudwatch", region_name=REGION).put_metric_alarm(**properties)


def budget(applier: Applier, properties: dict) -> None:
    limit = properties["Budget"]["BudgetLimit"]
    limit["Amount"] = str(limit["Amount"])
    boto3.client("budgets", region_name=REGION).create_budget(AccountId=applier.account, **properties)


def trail(applier: Applier, properties: dict) -> None:
    cloudtrail = boto3.client("cloudtrail", region_name=REGION)
    name = properties.pop("TrailName")
    logs = properties.pop("IsLogging")
    validated = properties.pop("EnableLogFileValidation")
    cloudtrail.create_trail(Name=name, EnableLogFileValidation=validated, **properties)
    if logs:
        cloudtrail.start_logging(Name=name)


MAKERS = {
    "AWS::S3::BucketPolicy": policy,
    "AWS::SNS::TopicPolicy": topic_policy,
    "AWS::SNS::Subscription": subscription,
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::Budgets::Budget": budget,
    "AWS::CloudTrail::Trail": trail,
}


def main() -> None:
    path, *given = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        template = yaml.safe_load(file)
    parameters = dict(text.split("=", 1) for text in given)
    assert set(template.get("Parameters", {})) == set(parameters), parameters
    Applier(template, parameters).apply()


if __name__ == "__main__":
    main()
