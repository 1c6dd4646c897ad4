"""The budget. What is spent of it is scripted, as moto has no bill."""

from jobdock import ACCOUNT, PREPARED, client

NAME = "jobdock-monthly"


def build(state: str, ids: dict) -> None:
    if state == "fresh":
        return
    ids["budget"] = NAME
    spent = {"half": ("96.40", "154.80"), "ready": ("62.00", "98.00")}[state]
    budget = {
        "BudgetName": NAME,
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": "100", "Unit": "USD"},
        "TimePeriod": {"Start": 1767225600, "End": 3706473600},
        "CalculatedSpend": {
            "ActualSpend": {"Amount": spent[0], "Unit": "USD"},
            "ForecastedSpend": {"Amount": spent[1], "Unit": "USD"},
        },
    }
    # `half` has the warnings, and the scripted answer says that they have no subscriber who counts.
    warnings = [("ACTUAL", 80.0), ("ACTUAL", 100.0), ("FORECASTED", 100.0)]
    if state == "half":
        warnings = [("ACTUAL", 100.0)]
    address = ids["topic_alerts"]
    client("budgets", PREPARED).create_budget(
        AccountId=ACCOUNT,
        Budget=budget,
        NotificationsWithSubscribers=[
            {
                "Notification": {
                    "NotificationType": kind,
                    "ComparisonOperator": "GREATER_THAN",
                    "Threshold": threshold,
                    "ThresholdType": "PERCENTAGE",
                },
                "Subscribers": [{"SubscriptionType": "SNS", "Address": address}],
            }
            for kind, threshold in warnings
        ],
    )
