"""Alarms, whom they tell, and the dashboard.

moto takes every subscription for confirmed. One to an address with `+unconfirmed` waits for its
confirmation instead, as every subscription by mail does in AWS; serve.py sees to that.
"""

import json

from jobdock import PREPARED, REGION, client, tag_list
from jobdock.functions import FUNCTIONS

GIB = 1024**3


def build(state: str, ids: dict) -> None:
    ids["alarms"] = {}
    if state == "fresh":
        return
    topic(state, ids)
    watch = client("cloudwatch", PREPARED)
    wanted = everything(ids)
    if state == "half":
        wanted = half(wanted, ids)
    for name, alarm in wanted.items():
        watch.put_metric_alarm(AlarmName=name, **alarm)
        ids["alarms"][name] = alarm.get("MetricName", "metric math")
    if state == "ready":
        watch.put_dashboard(DashboardName="jobdock-prod", DashboardBody=dashboard(ids))


def topic(state: str, ids: dict) -> None:
    sns = client("sns", PREPARED)
    made = sns.create_topic(
        Name="jobdock-alerts", Tags=tag_list(), Attributes={"KmsMasterKeyId": ids["key_id"]}
    )
    ids["topic_alerts"] = made["TopicArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]},
        "Action": "sns:Publish",
        "Resource": made["TopicArn"],
        "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
    }
    sns.set_topic_attributes(
        TopicArn=made["TopicArn"],
        AttributeName="Policy",
        AttributeValue=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    address = "founders@example.com" if state == "ready" else "founders+unconfirmed@example.com"
    sns.subscribe(TopicArn=made["TopicArn"], Protocol="email", Endpoint=address)


def alarm(ids: dict, metric: str, dimensions: dict, threshold: float, **more: object) -> dict:
    namespace, name = metric.rsplit("/", 1)
    whole = {
        "Namespace": namespace,
        "MetricName": name,
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
        "Statistic": "Sum",
        "Period": 300,
        "EvaluationPeriods": 2,
        "Threshold": threshold,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
        "ActionsEnabled": True,
        "AlarmActions": [ids["topic_alerts"]],
        "OKActions": [ids["topic_alerts"]],
        **more,
    }
    return {key: value for key, value in whole.items() if value is not None}


def everything(ids: dict) -> dict[str, dict]:
    wanted = {}
    rest = {"ApiName": "jobdock-prod", "Stage": "prod"}
    http = {"ApiId": ids["http_api"], "Stage": "$default"}
    slow = {"Statistic": None, "ExtendedStatistic": "p95"}
    wanted["api-rest-5xx"] = alarm(ids, "AWS/ApiGateway/5XXError", rest, 5)
    wanted["api-rest-latency"] = alarm(ids, "AWS/ApiGateway/Latency", rest, 2000, **slow)
    wanted["api-rest-4xx"] = alarm(ids, "AWS/ApiGateway/4XXError", rest, 100)
    wanted["api-http-5xx"] = alarm(ids, "AWS/ApiGateway/5xx", http, 5)
    wanted["api-http-latency"] = alarm(ids, "AWS/ApiGateway/Latency", http, 2000, **slow)
    wanted["api-http-4xx"] = alarm(ids, "AWS/ApiGateway/4xx", http, 100)
    for function in FUNCTIONS:
        name = {"FunctionName": f"jobdock-prod-{function}"}
        wanted[f"{function}-errors"] = alarm(ids, "AWS/Lambda/Errors", name, 5)
        wanted[f"{function}-throttles"] = alarm(ids, "AWS/Lambda/Throttles", name, 1)
        wanted[f"{function}-duration"] = alarm(ids, "AWS/Lambda/Duration", name, 12000, **slow)
    wanted["hooks-errors"] = error_rate(ids, "jobdock-prod-hooks")
    base = {"DBInstanceIdentifier": ids["database"]}
    low = {"ComparisonOperator": "LessThanThreshold", "Statistic": "Average"}
    mean = {"Statistic": "Average"}
    wanted["db-cpu"] = alarm(ids, "AWS/RDS/CPUUtilization", base, 80, **mean)
    wanted["db-storage"] = alarm(ids, "AWS/RDS/FreeStorageSpace", base, 4 * GIB, **low)
    wanted["db-memory"] = alarm(ids, "AWS/RDS/FreeableMemory", base, GIB // 8, **low)
    wanted["db-connections"] = alarm(ids, "AWS/RDS/DatabaseConnections", base, 60, **mean)
    wanted["db-read-latency"] = alarm(ids, "AWS/RDS/ReadLatency", base, 0.1, **mean)
    wanted["db-write-latency"] = alarm(ids, "AWS/RDS/WriteLatency", base, 0.1, **mean)
    nat = {"NatGatewayId": ids["nat_gateway"]}
    wanted["nat-ports"] = alarm(ids, "AWS/NATGateway/ErrorPortAllocation", nat, 1)
    return wanted


def error_rate(ids: dict, function: str) -> dict:
    """An alarm on a quotient of two metrics, as CloudWatch's metric math makes it."""

    def of(metric: str) -> dict:
        dimensions = [{"Name": "FunctionName", "Value": function}]
        metric = {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}
        return {"Metric": metric, "Period": 300, "Stat": "Sum"}

    return {
        "Metrics": [
            {"Id": "errors", "MetricStat": of("Errors"), "ReturnData": False},
            {"Id": "calls", "MetricStat": of("Invocations"), "ReturnData": False},
            {"Id": "rate", "Expression": "100 * errors / calls", "ReturnData": True},
        ],
        "EvaluationPeriods": 2,
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
        "ActionsEnabled": True,
        "AlarmActions": [ids["topic_alerts"]],
    }


def half(wanted: dict[str, dict], ids: dict) -> dict[str, dict]:
    """Some are missing, one watches a function that was renamed, one tells nobody."""
    kept = {
        name: wanted[name]
        for name in ("api-rest-5xx", "api-errors", "worker-errors", "db-cpu", "db-storage")
    }
    kept["worker-errors"]["Dimensions"] = [
        {"Name": "FunctionName", "Value": "jobdock-prod-jobs"}
    ]
    kept["db-storage"]["ActionsEnabled"] = False
    return kept


def dashboard(ids: dict) -> str:
    def widget(title: str, *metrics: list[str], region: str = REGION) -> dict:
        return {
            "type": "metric",
            "width": 12,
            "height": 6,
            "properties": {"title": title, "region": region, "metrics": list(metrics)},
        }

    functions = [["AWS/Lambda", "Invocations", "FunctionName", f"jobdock-prod-{f}"] for f in FUNCTIONS]
    front = ["DistributionId", ids["distribution"], "Region", "Global"]
    return json.dumps(
        {
            "widgets": [
                widget("Costs", ["AWS/Billing", "EstimatedCharges", "Currency", "USD"]),
                widget(
                    "API requests",
                    ["AWS/ApiGateway", "Count", "ApiName", "jobdock-prod"],
                    ["AWS/ApiGateway", "Count", "ApiId", ids["http_api"]],
                ),
                widget("Functions", *functions),
                widget(
                    "Connections",
                    ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", ids["database"]],
                ),
                widget(
                    "Data transfer",
                    ["AWS/CloudFront", "BytesDownloaded", *front],
                    ["AWS/NATGateway", "BytesOutToDestination", "NatGatewayId", ids["nat_gateway"]],
                ),
            ]
        }
    )
