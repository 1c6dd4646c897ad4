//! Cost Explorer, budgets and anomaly detection: what is spent, and who is told.

use serde_json::{Value, json};
use time::{Date, Duration, Month};

use crate::account::{Account, State};
use crate::support::{Call, Faults, Reply};

/// What each service costs in a day, in USD: the NAT gateway is the most of it.
const DAILY: [(&str, f64); 6] = [
    ("EC2 - Other", 1.52),
    ("Amazon Relational Database Service", 1.02),
    ("AWS Lambda", 0.21),
    ("Amazon API Gateway", 0.14),
    ("Amazon CloudFront", 0.22),
    ("AmazonCloudWatch", 0.15),
];

/// A month's bill as Cost Explorer tells it.
#[derive(Clone, Debug)]
pub struct Bill {
    /// Spent since the first of the month.
    pub spent: f64,
    /// Expected until its end.
    pub rest: f64,
    pub currency: &'static str,
}

impl Bill {
    /// Nothing in a fresh account, which has no data yet.
    pub fn of(state: State) -> Option<Self> {
        let (spent, rest) = match state {
            State::Fresh => return None,
            State::Half => (96.40, 58.40),
            State::Ready => (62.00, 36.00),
        };
        Some(Self {
            spent,
            rest,
            currency: "USD",
        })
    }

    fn amount(&self, amount: f64) -> Value {
        json!({ "Amount": format!("{amount:.10}"), "Unit": self.currency })
    }
}

pub fn answer(faults: Faults, account: &Account) -> Faults {
    let state = account.state;
    let faults = explorer(faults, Bill::of(state));
    let faults = faults
        .answer("ce:GetAnomalyMonitors", &monitors(state).to_string())
        .answer(
            "ce:GetAnomalySubscriptions",
            &subscriptions(state).to_string(),
        );
    match state {
        State::Fresh => faults,
        _ => faults.answer(
            "budgets:DescribeSubscribersForNotification",
            &json!({ "Subscribers": [
                { "SubscriptionType": "SNS", "Address": account.id("topic_alerts") },
            ] })
            .to_string(),
        ),
    }
}

/// Cost Explorer with this bill, or without any data.
pub fn explorer(faults: Faults, bill: Option<Bill>) -> Faults {
    faults.script(move |call| match call.name().as_str() {
        "ce:GetCostAndUsage" => Some(bill.as_ref().map_or_else(no_data, |bill| usage(call, bill))),
        "ce:GetCostForecast" => Some(
            bill.as_ref()
                .map_or_else(no_data, |bill| forecast(call, bill)),
        ),
        _ => None,
    })
}

/// Cost Explorer that refuses whatever it is asked.
pub fn refused(faults: Faults, code: &'static str, message: &'static str) -> Faults {
    faults.script(move |call| (call.service == "ce").then(|| Reply::error(400, code, message)))
}

fn no_data() -> Reply {
    Reply::error(
        400,
        "DataUnavailableException",
        "Data is not available. Please try to adjust the time period. If just enabled Cost \
         Explorer, data might not be ingested yet",
    )
}

fn usage(call: &Call, bill: &Bill) -> Reply {
    let asked: Value = serde_json::from_str(&call.body).expect("JSON");
    let (start, end) = (
        day(&asked["TimePeriod"]["Start"]),
        day(&asked["TimePeriod"]["End"]),
    );
    let by_service = asked["GroupBy"].is_array();
    let results = if asked["Granularity"] == "DAILY" {
        let mut days = Vec::new();
        let mut at = start;
        while at < end {
            days.push(period(bill, at, at + Duration::DAY, None, by_service));
            at += Duration::DAY;
        }
        days
    } else {
        vec![period(bill, start, end, Some(bill.spent), by_service)]
    };
    json!({ "ResultsByTime": results, "DimensionValueAttributes": [] }).into()
}

/// One day, or a month of which `spent` was spent.
fn period(bill: &Bill, start: Date, end: Date, spent: Option<f64>, by_service: bool) -> Value {
    let all: f64 = DAILY.iter().map(|(_, cost)| cost).sum();
    let share = spent.map_or(bill.spent / (all * 19.0), |spent| spent / all);
    let cost = |amount: f64| json!({ "UnblendedCost": bill.amount(amount) });
    let groups =
        DAILY.map(|(service, daily)| json!({ "Keys": [service], "Metrics": cost(daily * share) }));
    let (total, groups) = if by_service {
        (json!({}), json!(groups))
    } else {
        (cost(all * share), json!([]))
    };
    json!({
        "TimePeriod": { "Start": start.to_string(), "End": end.to_string() },
        "Total": total, "Groups": groups, "Estimated": true,
    })
}

fn forecast(call: &Call, bill: &Bill) -> Reply {
    let asked: Value = serde_json::from_str(&call.body).expect("JSON");
    let (start, end) = (
        day(&asked["TimePeriod"]["Start"]),
        day(&asked["TimePeriod"]["End"]),
    );
    let days = u32::try_from((end - start).whole_days()).expect("days to come");
    let mean = format!("{:.10}", bill.rest / f64::from(days));
    let each = (0..i64::from(days)).map(|number| {
        let at = start + Duration::days(number);
        json!({
            "TimePeriod": { "Start": at.to_string(), "End": (at + Duration::DAY).to_string() },
            "MeanValue": mean,
        })
    });
    json!({
        "Total": bill.amount(bill.rest),
        "ForecastResultsByTime": each.collect::<Vec<_>>(),
    })
    .into()
}

fn day(text: &Value) -> Date {
    let text = text.as_str().expect("a day");
    let mut parts = text
        .split('-')
        .map(|part| part.parse::<u16>().expect("a number"));
    let mut next = || parts.next().expect("year, month and day");
    let (year, month, day) = (next(), next(), next());
    let month = Month::try_from(u8::try_from(month).expect("a month")).expect("a month");
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).expect("a day"))
        .expect("a day")
}

const MONITOR: &str = "arn:aws:ce::123456789012:anomalymonitor/services";

fn monitors(state: State) -> Value {
    if state == State::Fresh {
        return json!({ "AnomalyMonitors": [] });
    }
    json!({ "AnomalyMonitors": [{
        "MonitorArn": MONITOR, "MonitorName": "services", "MonitorType": "DIMENSIONAL",
        "MonitorDimension": "SERVICE", "DimensionalValueCount": 6,
        "CreationDate": "2026-01-05T08:00:00Z", "LastEvaluatedDate": "2026-01-19T02:00:00Z",
    }] })
}

/// In the half done account the monitor tells nobody.
fn subscriptions(state: State) -> Value {
    if state != State::Ready {
        return json!({ "AnomalySubscriptions": [] });
    }
    json!({ "AnomalySubscriptions": [{
        "SubscriptionArn": "arn:aws:ce::123456789012:anomalysubscription/founders",
        "AccountId": "123456789012", "SubscriptionName": "founders",
        "MonitorArnList": [MONITOR], "Frequency": "DAILY",
        "Subscribers": [
            { "Address": "founders@example.com", "Type": "EMAIL", "Status": "CONFIRMED" },
        ],
        "ThresholdExpression": { "Dimensions": {
            "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
            "Values": ["10"],
        } },
    }] })
}
