"""RDS: one database ready for launch, one that is not, a cluster, and copies given away."""

import boto3

OTHER_ACCOUNT = "999999999999"
KEY = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000002"
PASSWORD = {"MasterUsername": "root", "MasterUserPassword": "hunter2hunter2"}


def seed(ids: dict[str, str]) -> None:
    rds = boto3.client("rds", region_name="us-east-1")
    parameter_groups(rds)
    subnet_group(rds, ids)
    instances(rds, ids)
    clusters(rds, ids)
    snapshots(rds)
    subscriptions(rds, ids)
    away = boto3.client("rds", region_name="eu-west-1")
    away.create_db_instance(
        DBInstanceIdentifier="reports-eu",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        AllocatedStorage=20,
        BackupRetentionPeriod=3,
        StorageEncrypted=True,
        **PASSWORD,
    )
    # Left out, moto lacks it: DescribePendingMaintenanceActions, DescribeCertificates,
    # ModifyCertificates, CreateDBClusterEndpoint, and the parameter groups that AWS makes itself
    # (default.mysql5.7), which instances name all the same. EnablePerformanceInsights is accepted
    # and forgotten.


def parameter_groups(rds) -> None:
    rds.create_db_parameter_group(
        DBParameterGroupName="tls",
        DBParameterGroupFamily="postgres16",
        Description="TLS only",
        Tags=[{"Key": "env", "Value": "prod"}],
    )
    rds.modify_db_parameter_group(
        DBParameterGroupName="tls",
        Parameters=[
            parameter("rds.force_ssl", "1"),
            parameter("log_connections", "1"),
        ],
    )
    rds.create_db_parameter_group(
        DBParameterGroupName="lax", DBParameterGroupFamily="mysql8.0", Description="as it came"
    )
    rds.modify_db_parameter_group(
        DBParameterGroupName="lax", Parameters=[parameter("require_secure_transport", "OFF")]
    )
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="aurora-tls",
        DBParameterGroupFamily="aurora-postgresql16",
        Description="TLS only",
    )
    rds.modify_db_cluster_parameter_group(
        DBClusterParameterGroupName="aurora-tls",
        Parameters=[parameter("rds.force_ssl", "1"), parameter("log_statement", "ddl")],
    )
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="aurora-lax",
        DBParameterGroupFamily="aurora-mysql8.0",
        Description="as it came",
    )


def parameter(name: str, value: str) -> dict:
    return {"ParameterName": name, "ParameterValue": value, "ApplyMethod": "immediate"}


def subnet_group(rds, ids: dict[str, str]) -> None:
    rds.create_db_subnet_group(
        DBSubnetGroupName="private",
        DBSubnetGroupDescription="no way out",
        SubnetIds=[ids["subnet_private"], ids["subnet_private_b"]],
    )
    # A database in it can be reached from outside.
    rds.create_db_subnet_group(
        DBSubnetGroupName="mixed",
        DBSubnetGroupDescription="one way out",
        SubnetIds=[ids["subnet_public"], ids["subnet_private_b"]],
    )


def instances(rds, ids: dict[str, str]) -> None:
    good = rds.create_db_instance(
        DBInstanceIdentifier="orders",
        DBInstanceClass="db.m6g.large",
        Engine="postgres",
        EngineVersion="16.4",
        AllocatedStorage=100,
        MaxAllocatedStorage=500,
        MultiAZ=True,
        StorageEncrypted=True,
        KmsKeyId=KEY,
        BackupRetentionPeriod=14,
        DeletionProtection=True,
        PubliclyAccessible=False,
        AutoMinorVersionUpgrade=True,
        CopyTagsToSnapshot=True,
        EnableIAMDatabaseAuthentication=True,
        EnablePerformanceInsights=True,
        EnableCloudwatchLogsExports=["postgresql", "upgrade"],
        MonitoringInterval=60,
        MonitoringRoleArn=ids["role_support"],
        DBParameterGroupName="tls",
        DBSubnetGroupName="private",
        VpcSecurityGroupIds=[ids["sg_database"]],
        Tags=[{"Key": "env", "Value": "prod"}, {"Key": "owner", "Value": "platform"}],
        MasterUsername="orders",
        MasterUserPassword="correct-horse-battery",
    )
    ids["db_good"] = good["DBInstance"]["DBInstanceArn"]
    rds.create_db_instance(
        DBInstanceIdentifier="legacy",
        DBInstanceClass="db.t2.micro",
        Engine="mysql",
        EngineVersion="5.7.44",
        AllocatedStorage=20,
        MultiAZ=False,
        StorageEncrypted=False,
        BackupRetentionPeriod=0,
        DeletionProtection=False,
        PubliclyAccessible=True,
        AutoMinorVersionUpgrade=False,
        DBParameterGroupName="lax",
        VpcSecurityGroupIds=[ids["sg_open"]],
        **PASSWORD,
    )
    rds.create_db_instance_read_replica(
        DBInstanceIdentifier="orders-replica", SourceDBInstanceIdentifier="orders"
    )


def clusters(rds, ids: dict[str, str]) -> None:
    good = rds.create_db_cluster(
        DBClusterIdentifier="accounts",
        Engine="aurora-postgresql",
        EngineVersion="16.4",
        StorageEncrypted=True,
        KmsKeyId=KEY,
        BackupRetentionPeriod=14,
        DeletionProtection=True,
        CopyTagsToSnapshot=True,
        EnableIAMDatabaseAuthentication=True,
        EnableCloudwatchLogsExports=["postgresql"],
        DBClusterParameterGroupName="aurora-tls",
        DBSubnetGroupName="private",
        Tags=[{"Key": "env", "Value": "prod"}],
        **PASSWORD,
    )
    ids["cluster_good"] = good["DBCluster"]["DBClusterArn"]
    for number in (1, 2):
        rds.create_db_instance(
            DBInstanceIdentifier=f"accounts-{number}",
            DBInstanceClass="db.r6g.large",
            Engine="aurora-postgresql",
            DBClusterIdentifier="accounts",
            # Another zone each, so that one may fail.
            AvailabilityZone=f"us-east-1{'ab'[number - 1]}",
            # moto leaves it out of its answers unless it was told.
            PubliclyAccessible=False,
        )
    rds.create_db_cluster(
        DBClusterIdentifier="scratch",
        Engine="aurora-mysql",
        StorageEncrypted=False,
        BackupRetentionPeriod=1,
        DeletionProtection=False,
        **PASSWORD,
    )


def snapshots(rds) -> None:
    rds.create_db_snapshot(
        DBSnapshotIdentifier="orders-before-launch",
        DBInstanceIdentifier="orders",
        Tags=[{"Key": "env", "Value": "prod"}],
    )
    rds.create_db_snapshot(DBSnapshotIdentifier="legacy-public", DBInstanceIdentifier="legacy")
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier="legacy-public", AttributeName="restore", ValuesToAdd=["all"]
    )
    rds.create_db_snapshot(DBSnapshotIdentifier="legacy-shared", DBInstanceIdentifier="legacy")
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier="legacy-shared", AttributeName="restore", ValuesToAdd=[OTHER_ACCOUNT]
    )
    rds.create_db_cluster_snapshot(
        DBClusterSnapshotIdentifier="accounts-nightly", DBClusterIdentifier="accounts"
    )
    rds.create_db_cluster_snapshot(
        DBClusterSnapshotIdentifier="scratch-public", DBClusterIdentifier="scratch"
    )
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier="scratch-public", AttributeName="restore", ValuesToAdd=["all"]
    )


def subscriptions(rds, ids: dict[str, str]) -> None:
    topic = boto3.client("sns", region_name="us-east-1").create_topic(Name="db-events")["TopicArn"]
    ids["db_topic"] = topic
    rds.create_event_subscription(
        SubscriptionName="failures",
        SnsTopicArn=topic,
        SourceType="db-instance",
        EventCategories=["failure", "maintenance", "configuration change"],
        Enabled=True,
    )
    rds.create_event_subscription(
        SubscriptionName="muted", SnsTopicArn=topic, SourceType="db-cluster", Enabled=False
    )
