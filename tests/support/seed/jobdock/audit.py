"""The key that everything is encrypted with, and the record of what is done in the account."""

import json

from jobdock import ACCOUNT, PREPARED, REGION, arn, client
from jobdock.data import BLOCK, put_policy, tls_only

TRAIL = "jobdock"
BUCKET = "jobdock-prod-trail"


def keys(state: str, ids: dict) -> None:
    kms = client("kms")
    services = [f"logs.{REGION}.amazonaws.com", "cloudtrail.amazonaws.com", "cloudwatch.amazonaws.com"]
    services += ["budgets.amazonaws.com", "sns.amazonaws.com"]
    statements = [
        {
            "Sid": "Owner",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "Services",
            "Effect": "Allow",
            "Principal": {"Service": services},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        },
    ]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    made = kms.create_key(Description="jobdock", Policy=policy)["KeyMetadata"]
    ids["key_id"], ids["key_arn"] = made["KeyId"], made["Arn"]
    if state != "fresh":
        kms.enable_key_rotation(KeyId=made["KeyId"])


def build(state: str, ids: dict) -> None:
    if state == "fresh":
        return
    bucket(state, ids)
    trail(state, ids)
    if state == "ready":
        analyze(ids)


def bucket(state: str, ids: dict) -> None:
    s3 = client("s3", PREPARED)
    s3.create_bucket(Bucket=BUCKET, ObjectOwnership="BucketOwnerEnforced")
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=BLOCK)
    source = {"StringEquals": {"aws:SourceArn": arn("cloudtrail", f"trail/{TRAIL}")}}
    service = {"Service": "cloudtrail.amazonaws.com"}
    put_policy(
        s3,
        BUCKET,
        [
            {
                "Sid": "Look",
                "Effect": "Allow",
                "Principal": service,
                "Action": "s3:GetBucketAcl",
                "Resource": f"arn:aws:s3:::{BUCKET}",
                "Condition": source,
            },
            {
                "Sid": "Write",
                "Effect": "Allow",
                "Principal": service,
                "Action": "s3:PutObject",
                "Resource": f"arn:aws:s3:::{BUCKET}/AWSLogs/{ACCOUNT}/*",
                "Condition": source,
            },
            tls_only(BUCKET),
        ],
    )
    if state == "ready":
        from jobdock.data import protect

        protect(s3, state, ids, BUCKET)
        s3.put_bucket_logging(
            Bucket=BUCKET,
            BucketLoggingStatus={
                "LoggingEnabled": {
                    "TargetBucket": "jobdock-prod-access-logs",
                    "TargetPrefix": "trail/",
                }
            },
        )


def trail(state: str, ids: dict) -> None:
    cloudtrail = client("cloudtrail", PREPARED)
    more = {}
    if state == "ready":
        logs = client("logs", PREPARED)
        logs.create_log_group(logGroupName="/jobdock/trail", kmsKeyId=ids["key_arn"])
        logs.put_retention_policy(logGroupName="/jobdock/trail", retentionInDays=365)
        role = client("iam").create_role(
            RoleName="jobdock-trail-logs",
            AssumeRolePolicyDocument=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "cloudtrail.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                }
            ),
        )
        more = {
            "CloudWatchLogsLogGroupArn": arn("logs", "log-group:/jobdock/trail:*"),
            "CloudWatchLogsRoleArn": role["Role"]["Arn"],
            "KmsKeyId": ids["key_arn"],
        }
    cloudtrail.create_trail(
        Name=TRAIL,
        S3BucketName=BUCKET,
        IncludeGlobalServiceEvents=True,
        IsMultiRegionTrail=True,
        EnableLogFileValidation=state == "ready",
        **more,
    )
    ids["trail"] = TRAIL
    if state == "ready":
        cloudtrail.start_logging(Name=TRAIL)
        cloudtrail.put_event_selectors(
            TrailName=TRAIL,
            EventSelectors=[
                {
                    "ReadWriteType": "All",
                    "IncludeManagementEvents": True,
                    "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
                }
            ],
        )
        cloudtrail.put_insight_selectors(
            TrailName=TRAIL,
            InsightSelectors=[
                {"InsightType": "ApiCallRateInsight"},
                {"InsightType": "ApiErrorRateInsight"},
            ],
        )


def analyze(ids: dict) -> None:
    """Alarms on what an intruder would do, by metric filters over the trail's log group."""
    logs, watch = client("logs", PREPARED), client("cloudwatch", PREPARED)
    for name, pattern in FILTERS.items():
        logs.put_metric_filter(
            logGroupName="/jobdock/trail",
            filterName=name,
            filterPattern=pattern,
            metricTransformations=[
                {"metricName": name, "metricNamespace": "Jobdock/Trail", "metricValue": "1"}
            ],
        )
        watch.put_metric_alarm(
            AlarmName=f"trail-{name}",
            Namespace="Jobdock/Trail",
            MetricName=name,
            Statistic="Sum",
            Period=300,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            TreatMissingData="notBreaching",
            AlarmActions=[ids["topic_alerts"]],
        )
        ids["alarms"][f"trail-{name}"] = f"Jobdock/Trail/{name}"


FILTERS = {
    "root-usage": '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    "trail-changes": "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }",
}
