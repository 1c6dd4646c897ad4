"""PostgreSQL, its password, and the buckets."""

import json

from jobdock import ACCOUNT, client, tag_list

DATABASE = "jobdock-prod"


def build(state: str, ids: dict) -> None:
    ids["database"] = DATABASE
    database(state, ids)
    secret(state, ids)
    buckets(state, ids)
    if state == "ready":
        backups(ids)


def database(state: str, ids: dict) -> None:
    rds = client("rds")
    rds.create_db_subnet_group(
        DBSubnetGroupName="jobdock",
        DBSubnetGroupDescription="private",
        SubnetIds=ids["subnets_private"],
    )
    rds.create_db_parameter_group(
        DBParameterGroupName="jobdock", DBParameterGroupFamily="postgres16", Description="TLS"
    )
    if state != "fresh":
        rds.modify_db_parameter_group(
            DBParameterGroupName="jobdock",
            Parameters=[
                {
                    "ParameterName": "rds.force_ssl",
                    "ParameterValue": "1",
                    "ApplyMethod": "immediate",
                }
            ],
        )
    ready = state == "ready"
    monitoring = {}
    if ready:
        role = client("iam").create_role(
            RoleName="jobdock-rds-monitoring",
            AssumeRolePolicyDocument=json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "monitoring.rds.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
                        }
                    ],
                }
            ),
        )
        monitoring = {
            "MonitoringInterval": 60,
            "MonitoringRoleArn": role["Role"]["Arn"],
            "EnablePerformanceInsights": True,
            "EnableCloudwatchLogsExports": ["postgresql", "upgrade"],
            "MaxAllocatedStorage": 100,
        }
    rds.create_db_instance(
        DBInstanceIdentifier=DATABASE,
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        EngineVersion="16.9",
        DBName="jobdock",
        AllocatedStorage=20,
        MultiAZ=state != "fresh",
        StorageEncrypted=state != "fresh",
        **({"KmsKeyId": ids["key_arn"]} if state != "fresh" else {}),
        BackupRetentionPeriod={"fresh": 0, "half": 1, "ready": 14}[state],
        DeletionProtection=ready,
        PubliclyAccessible=False,
        AutoMinorVersionUpgrade=True,
        CopyTagsToSnapshot=True,
        EnableIAMDatabaseAuthentication=ready,
        CACertificateIdentifier="rds-ca-rsa2048-g1",
        DBParameterGroupName="jobdock",
        DBSubnetGroupName="jobdock",
        VpcSecurityGroupIds=[ids["sg_database"]],
        MasterUsername="jobdock",
        MasterUserPassword="correct-horse-battery",
        Tags=tag_list(),
        **monitoring,
    )
    if ready:
        # Snapshots of AWS's own making are not in moto; one made by hand stands for them.
        copies = client("rds", "2026-01-18T03:00:00Z")
        copies.create_db_snapshot(
            DBSnapshotIdentifier="jobdock-2026-01-18", DBInstanceIdentifier=DATABASE
        )
        events(copies, ids)


def events(rds, ids: dict) -> None:
    ids["topic_operations"] = client("sns").create_topic(
        Name="jobdock-operations", Attributes={"KmsMasterKeyId": ids["key_id"]}
    )["TopicArn"]
    client("sns").subscribe(
        TopicArn=ids["topic_operations"], Protocol="email", Endpoint="founders@example.com"
    )
    for kind, categories in (
        ("db-instance", ["maintenance", "configuration change", "failure"]),
        ("db-cluster", ["maintenance", "failure"]),
        ("db-parameter-group", ["configuration change"]),
        ("db-security-group", ["configuration change", "failure"]),
    ):
        rds.create_event_subscription(
            SubscriptionName=f"jobdock-{kind}",
            SnsTopicArn=ids["topic_operations"],
            SourceType=kind,
            EventCategories=categories,
            Enabled=True,
        )


def secret(state: str, ids: dict) -> None:
    secrets = client("secretsmanager")
    made = secrets.create_secret(
        Name="jobdock/prod/database",
        SecretString='{"password": "correct-horse-battery"}',
        **({"KmsKeyId": ids["key_id"]} if state != "fresh" else {}),
    )
    ids["secret"] = made["ARN"]


def buckets(state: str, ids: dict) -> None:
    s3 = client("s3")
    names = ["jobdock-prod-web", "jobdock-prod-uploads"]
    if state == "ready":
        names.append("jobdock-prod-access-logs")
    ids["buckets"] = names
    for name in names:
        s3.create_bucket(Bucket=name, ObjectOwnership="BucketOwnerEnforced")
        protect(s3, state, ids, name)
        statements = [] if state == "fresh" else [tls_only(name)]
        if name == "jobdock-prod-access-logs":
            statements.append(access_logs())
        if statements:
            put_policy(s3, name, statements)
    if state == "ready":
        client("s3control").put_public_access_block(
            AccountId=ACCOUNT, PublicAccessBlockConfiguration=BLOCK
        )


BLOCK = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def protect(s3, state: str, ids: dict, name: str) -> None:
    if state == "fresh":
        return
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=BLOCK)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    if state == "half":
        return
    # Access logs cannot be written to a bucket that is encrypted with a key of one's own.
    if name.endswith("logs"):
        default = {"SSEAlgorithm": "AES256"}
    else:
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": ids["key_arn"]}
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]
        },
    )
    s3.put_bucket_lifecycle_configuration(
        Bucket=name,
        LifecycleConfiguration={
            "Rules": [
                {
                    "ID": "tidy",
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                }
            ]
        },
    )


def tls_only(name: str) -> dict:
    return {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        # As good as "*" alone, which moto cannot take beside access logs.
        "Principal": {"AWS": "*"},
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def access_logs() -> dict:
    return {
        "Sid": "AccessLogs",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::jobdock-prod-access-logs/*",
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }


def put_policy(s3, name: str, statements: list[dict]) -> None:
    s3.put_bucket_policy(
        Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": statements})
    )


def backups(ids: dict) -> None:
    backup = client("backup")
    backup.create_backup_vault(BackupVaultName="jobdock", EncryptionKeyArn=ids["key_arn"])
    backup.put_backup_vault_lock_configuration(
        BackupVaultName="jobdock", MinRetentionDays=7, MaxRetentionDays=365
    )
    plan = backup.create_backup_plan(
        BackupPlan={
            "BackupPlanName": "jobdock",
            "Rules": [
                {
                    "RuleName": "daily",
                    "TargetBackupVaultName": "jobdock",
                    "ScheduleExpression": "cron(0 3 * * ? *)",
                    "Lifecycle": {"DeleteAfterDays": 35},
                }
            ],
        }
    )
    ids["backup_plan"] = plan["BackupPlanId"]
