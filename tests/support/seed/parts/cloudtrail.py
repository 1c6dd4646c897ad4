"""CloudTrail: a trail that does its work, one that sleeps, and one that misses most."""

import boto3


def bucket(name: str, region: str) -> str:
    s3 = boto3.client("s3", region_name=region)
    if region == "us-east-1":
        s3.create_bucket(Bucket=name)
    else:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    return name


def seed(ids: dict[str, str]) -> None:
    home = boto3.client("cloudtrail", region_name="us-east-1")
    topic = boto3.client("sns", region_name="us-east-1").create_topic(Name="trail-news")
    good = home.create_trail(
        Name="org-audit",
        S3BucketName=bucket("startup-trail-logs", "us-east-1"),
        S3KeyPrefix="audit",
        SnsTopicName="trail-news",
        IncludeGlobalServiceEvents=True,
        IsMultiRegionTrail=True,
        EnableLogFileValidation=True,
        KmsKeyId="arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000001",
        TagsList=[{"Key": "env", "Value": "prod"}, {"Key": "owner", "Value": "security"}],
    )
    ids["trail_good"] = good["TrailARN"]
    ids["trail_topic"] = topic["TopicArn"]
    home.start_logging(Name="org-audit")
    home.put_event_selectors(
        TrailName="org-audit",
        EventSelectors=[
            {
                "ReadWriteType": "All",
                "IncludeManagementEvents": True,
                "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
            }
        ],
    )
    home.put_insight_selectors(
        TrailName="org-audit", InsightSelectors=[{"InsightType": "ApiCallRateInsight"}]
    )

    # Made and never switched on; no validation, no key, no tags.
    sleeping = home.create_trail(
        Name="sleeping", S3BucketName="startup-trail-logs", IsMultiRegionTrail=False
    )
    ids["trail_sleeping"] = sleeping["TrailARN"]

    # Advanced selectors that leave management events out, in one region only.
    away = boto3.client("cloudtrail", region_name="eu-west-1")
    away.create_trail(
        Name="s3-only", S3BucketName=bucket("startup-trail-eu", "eu-west-1"), IsMultiRegionTrail=False
    )
    away.start_logging(Name="s3-only")
    away.put_event_selectors(
        TrailName="s3-only",
        AdvancedEventSelectors=[
            {
                "Name": "objects",
                "FieldSelectors": [
                    {"Field": "eventCategory", "Equals": ["Data"]},
                    {"Field": "resources.type", "Equals": ["AWS::S3::Object"]},
                ],
            }
        ],
    )
    # Left out, moto lacks it: CreateEventDataStore, RegisterOrganizationDelegatedAdmin. It never
    # fails to deliver, so GetTrailStatus has no delivery errors.
