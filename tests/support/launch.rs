//! A small account before its launch: a framework with sections, rules of each kind that the
//! readiness report shows, and costs by day.

use serde_json::{Value, json};

use super::Bench;
use super::samples::{ACCOUNT, REGION, instance, rule_named, snapshot};

/// The day on which the account was read.
pub const TODAY: &str = "2026-01-20";

const FRAMEWORK: &str = "\
id: house
title: Before the doors open
version: \"1\"
controls:
  - { id: data, title: Data comes back, section: Data }
  - { id: alarms, title: Alarms watch what counts, section: Monitoring }
  - { id: cpu, title: The database is not busy, section: When to worry }
  - { id: saving, title: Nothing is larger than it must be, section: Cost options }
  - { id: replica, title: Reads are spread, section: Growth }
  - { id: contacts, title: Nothing automates this one, section: Final checks }
  - id: on-call
    title: Somebody is called
    section: Final checks
    manual: true
    attest: { statement: It is written down who is called. }
";

/// A rule over database instances that serves a control of the framework.
fn rule(id: &str, control: &str, require: &str, message: &str, more: &str) -> String {
    rule_named(id)
        .replace(
            "require: resource.BackupRetentionPeriod >= params.min_days",
            &format!("{more}require: '{require}'"),
        )
        .replace(
            "message: keeps {resource.BackupRetentionPeriod} days of backups",
            &format!("message: '{message}'"),
        )
        .replace(
            "tests:",
            &format!("controls: {{ house: [{control}] }}\ntests:"),
        )
}

/// An account's snapshot on its way, and how it is judged.
pub struct Launch {
    instances: Vec<Value>,
    costs: Option<Value>,
    forecast: Option<Value>,
    unread: Vec<Value>,
    attested: bool,
}

impl Launch {
    /// One sound database, costs of 2 USD a day, a forecast, and a signature.
    pub fn sound() -> Self {
        Self {
            instances: vec![database("db-1")],
            costs: Some(usage(
                &daily(
                    |_| vec![("Amazon RDS", "1.25".into()), ("AWS Lambda", "0.75".into())],
                    "USD",
                ),
                &total("38.5", "USD"),
            )),
            forecast: Some(forecast("24.0", "USD")),
            unread: Vec::new(),
            attested: true,
        }
    }

    #[must_use]
    pub fn with_databases(mut self, instances: Vec<Value>) -> Self {
        self.instances = instances;
        self
    }

    #[must_use]
    pub fn with_costs(mut self, daily: Value, month: Value) -> Self {
        self.costs = Some(usage(&daily, &month));
        self
    }

    #[must_use]
    pub fn with_forecast(mut self, forecast: Option<Value>) -> Self {
        self.forecast = forecast;
        self
    }

    #[must_use]
    pub fn without_costs(mut self) -> Self {
        self.costs = None;
        self
    }

    #[must_use]
    pub fn with_unread(mut self, unread: Value) -> Self {
        self.unread.push(unread);
        self
    }

    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.attested = false;
        self
    }

    /// The files in which launchgate finds all this.
    pub fn bench(self) -> Bench {
        let mut account = snapshot(&self.instances);
        if let Some(costs) = self.costs {
            account["collected"]["ce.CostAndUsage"] = json!([
                "ce:GetCostAndUsage#CostAndUsage.Daily",
                "ce:GetCostAndUsage#CostAndUsage.MonthToDate"
            ]);
            account["resources"]["ce.CostAndUsage"] = json!([costs]);
            account["collected"]["ce.CostForecast"] = json!(["ce:GetCostForecast"]);
            account["resources"]["ce.CostForecast"] = json!(Vec::from_iter(self.forecast));
        }
        account["unread"] = json!(self.unread);
        let bench = Bench::new()
            .with("rules/frameworks/house.yaml", FRAMEWORK)
            .with("rules/rds-kept.yaml", rule("rds-kept", "data", "resource.BackupRetentionPeriod >= params.min_days", "keeps {resource.BackupRetentionPeriod} days of backups of {resource.DBInstanceIdentifier}", ""))
            .with("rules/rds-alarm-cpu.yaml", alarm("cpu"))
            .with("rules/rds-alarm-storage.yaml", alarm("storage"))
            .with("rules/rds-busy.yaml", rule("rds-busy", "cpu", "!(\"busy\" in resource.tags)", "is busy for {resource.tags[\"busy\"]} hours a day", "pass_message: is busy for no hour\n"))
            .with("rules/rds-large.yaml", rule("rds-large", "saving", "resource.BackupRetentionPeriod <= 20", "keeps more than it needs", "saves: double(resource.BackupRetentionPeriod) * 0.5\n").replace("severity: high", "severity: low"))
            .with("rules/rds-replica.yaml", rule("rds-replica", "replica", "!(\"alone\" in resource.tags)", "has no replica", "").replace("severity: high", "severity: low"))
            .with("snapshot.json", account.to_string());
        if self.attested {
            bench.with("attestations.yaml", "attestations:\n  - { control: house/on-call, statement: It is written down who is called., by: Jane Doe, on: 2026-01-10, expires: 2026-12-31, evidence: { url: \"https://wiki.example/on-call\" } }\n")
        } else {
            bench
        }
    }
}

/// The arguments that judge a bench of [`Launch`].
pub const ARGUMENTS: &str = "readiness --no-bundled --rules rules --framework house --snapshot snapshot.json --now 2026-01-20T09:00:00Z";
/// What the user says of the launch.
pub const SAID: &str = "--param monthly_budget=100 --param active_users=30";

fn alarm(signal: &str) -> String {
    let id = format!("rds-alarm-{signal}");
    let require = format!("\"alarm-{signal}\" in resource.tags");
    let more = format!("signal: {signal}\npass_message: an alarm watches it\n");
    rule(&id, "alarms", &require, "no alarm watches it", &more)
}

/// A database that passes every rule.
pub fn database(id: &str) -> Value {
    let mut database = instance(id, 14);
    database["fields"]["tags"] = json!({ "alarm-cpu": "yes", "alarm-storage": "yes" });
    database
}

/// The costs of the thirty days before [`TODAY`], by service.
pub fn daily(of: impl Fn(usize) -> Vec<(&'static str, String)>, currency: &str) -> Value {
    let results = (0..30).map(|index| {
        let groups = of(index).into_iter().map(|(service, amount)| {
            json!({ "Keys": [service], "Metrics": { "UnblendedCost": { "Amount": amount, "Unit": currency } } })
        });
        json!({
            "TimePeriod": { "Start": day(index), "End": day(index + 1) },
            "Total": {}, "Groups": Vec::from_iter(groups), "Estimated": index >= 28,
        })
    });
    json!({ "ResultsByTime": Vec::from_iter(results) })
}

/// The day of the window with that index: the first is 2025-12-21.
pub fn day(index: usize) -> String {
    if index <= 10 {
        format!("2025-12-{:02}", 21 + index)
    } else {
        format!("2026-01-{:02}", index - 10)
    }
}

/// What the month has cost so far.
pub fn total(amount: &str, currency: &str) -> Value {
    json!({ "ResultsByTime": [{
        "TimePeriod": { "Start": "2026-01-01", "End": "2026-01-21" },
        "Total": { "UnblendedCost": { "Amount": amount, "Unit": currency } },
        "Groups": [], "Estimated": true,
    }] })
}

/// What today and the rest of the month will cost.
pub fn forecast(amount: &str, currency: &str) -> Value {
    json!({
        "id": ACCOUNT, "arn": "", "account": ACCOUNT, "region": "global",
        "fields": { "Total": { "Amount": amount, "Unit": currency }, "ForecastResultsByTime": [] },
    })
}

fn usage(daily: &Value, month: &Value) -> Value {
    json!({
        "id": "ce.CostAndUsage", "arn": "", "account": ACCOUNT, "region": "global",
        "fields": { "Daily": daily, "MonthToDate": month },
    })
}

/// A value that could not be read from Cost Explorer.
pub fn refused(code: &str, message: &str, action: Option<&str>) -> Value {
    let mut unknown = json!({
        "operation": "ce:GetCostAndUsage", "region": "us-east-1", "code": code, "message": message,
    });
    if let Some(action) = action {
        unknown["iam_action"] = json!(action);
    }
    json!({ "$unknown": unknown })
}

/// A resource of a metric type, of one that has this id.
pub fn metrics(id: &str, fields: Value) -> Value {
    json!({ "id": id, "arn": "", "account": ACCOUNT, "region": REGION, "fields": fields })
}
