"""Budgets: one that warns somebody, one that warns nobody, one with no warning at all."""

import boto3

MAIL = {"SubscriptionType": "EMAIL", "Address": "founders@example.com"}


def notification(kind: str, threshold: float, subscribers: list[dict]) -> dict:
    return {
        "Notification": {
            "NotificationType": kind,
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": threshold,
            "ThresholdType": "PERCENTAGE",
        },
        "Subscribers": subscribers,
    }


def seed(ids: dict[str, str]) -> None:
    budgets = boto3.client("budgets", region_name="us-east-1")
    account = ids["account"]
    topic = boto3.client("sns", region_name="us-east-1").create_topic(Name="money")["TopicArn"]
    ids["budget_topic"] = topic
    budgets.create_budget(
        AccountId=account,
        Budget={
            "BudgetName": "monthly",
            "BudgetLimit": {"Amount": "500", "Unit": "USD"},
            "TimeUnit": "MONTHLY",
            "BudgetType": "COST",
        },
        NotificationsWithSubscribers=[
            notification("ACTUAL", 80.0, [MAIL, {"SubscriptionType": "SNS", "Address": topic}]),
            notification("FORECASTED", 100.0, [MAIL]),
        ],
    )
    budgets.create_budget(
        AccountId=account,
        Budget={
            "BudgetName": "ec2-hours",
            "BudgetLimit": {"Amount": "1000", "Unit": "Hrs"},
            "TimeUnit": "QUARTERLY",
            "BudgetType": "USAGE",
        },
    )
    budgets.create_budget(
        AccountId=account,
        Budget={
            "BudgetName": "spent",
            "BudgetLimit": {"Amount": "10", "Unit": "USD"},
            "TimeUnit": "MONTHLY",
            "BudgetType": "COST",
            "CalculatedSpend": {
                "ActualSpend": {"Amount": "37.50", "Unit": "USD"},
                "ForecastedSpend": {"Amount": "60", "Unit": "USD"},
            },
        },
        NotificationsWithSubscribers=[notification("ACTUAL", 50.0, [MAIL])],
    )
    # Left out, moto lacks it: DescribeSubscribersForNotification (it keeps the subscribers but
    # cannot be asked for them; a test gives the answer with `Fault::Answer`), DescribeBudgetActionsForAccount,
    # ListTagsForResource.
