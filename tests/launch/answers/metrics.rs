//! What CloudWatch measured: one value of each metric, over and over.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::query;
use crate::account::State;
use crate::support::{Call, Faults, Reply};

const NAMESPACE: &str = "http://monitoring.amazonaws.com/doc/2010-08-01/";
/// As many values as an answer of AWS's has at most, for all metrics together.
const MOST: u32 = 100_800;

/// The value of each metric in every period, by name and statistic; nothing of those not named.
#[derive(Clone, Debug, Default)]
pub struct Series {
    values: BTreeMap<(&'static str, &'static str), f64>,
    /// Of so many periods one has values.
    every: u32,
}

const GIB: f64 = 1_073_741_824.0;

impl Series {
    /// What the application of this state goes through.
    pub fn of(state: State) -> Self {
        match state {
            // Nobody has called it yet.
            State::Fresh => Self::none(),
            State::Half => Self::none()
                .lambda(1000.0, 30.0, 900.0)
                .database(86.0)
                .api(4000.0, 60.0, 2600.0)
                .traffic(),
            State::Ready => Self::none()
                .lambda(1000.0, 2.0, 420.0)
                .database(30.0)
                .api(4000.0, 4.0, 300.0)
                .traffic(),
        }
    }

    pub fn none() -> Self {
        Self {
            every: 1,
            ..Self::default()
        }
    }

    /// With values in one of so many periods only.
    pub fn with_gaps(mut self, every: u32) -> Self {
        self.every = every;
        self
    }

    pub fn with(mut self, metric: &'static str, statistic: &'static str, value: f64) -> Self {
        self.values.insert((metric, statistic), value);
        self
    }

    pub fn lambda(self, invocations: f64, errors: f64, p95: f64) -> Self {
        self.with("Invocations", "Sum", invocations)
            .with("Errors", "Sum", errors)
            .with("Throttles", "Sum", 0.0)
            .with("Duration", "Sum", invocations * p95 / 2.0)
            .with("Duration", "Average", p95 / 2.0)
            .with("Duration", "Maximum", p95 * 3.0)
            .with("Duration", "p95", p95)
            .with("ConcurrentExecutions", "Maximum", 12.0)
            .with("UnreservedConcurrentExecutions", "Maximum", 4.0)
    }

    pub fn database(self, cpu: f64) -> Self {
        self.with("CPUUtilization", "Average", cpu)
            .with("FreeStorageSpace", "Minimum", 12.0 * GIB)
            .with("FreeableMemory", "Minimum", 0.35 * GIB)
            .with("DatabaseConnections", "Maximum", 18.0)
            .with("ReadLatency", "Average", 0.002)
            .with("WriteLatency", "Average", 0.003)
            .with("BurstBalance", "Minimum", 99.0)
            .with("CPUCreditBalance", "Minimum", 240.0)
    }

    pub fn api(self, requests: f64, errors: f64, p95: f64) -> Self {
        self.with("Count", "Sum", requests)
            .with("4XXError", "Sum", 40.0)
            .with("5XXError", "Sum", errors)
            .with("4xx", "Sum", 40.0)
            .with("5xx", "Sum", errors)
            .with("Latency", "Average", p95 / 2.0)
            .with("Latency", "p95", p95)
            .with("DataProcessed", "Sum", requests * 2000.0)
    }

    fn traffic(self) -> Self {
        self.with("BytesOutToDestination", "Sum", 4.0e7)
            .with("BytesInFromDestination", "Sum", 6.0e7)
            .with("BytesOutToSource", "Sum", 6.0e7)
            .with("BytesInFromSource", "Sum", 4.0e7)
            .with("ActiveConnectionCount", "Maximum", 35.0)
            .with("ErrorPortAllocation", "Sum", 0.0)
            .with("Requests", "Sum", 9000.0)
            .with("BytesDownloaded", "Sum", 9.0e8)
            .with("4xxErrorRate", "Average", 0.4)
            .with("5xxErrorRate", "Average", 0.01)
    }

    fn value(&self, metric: &str, statistic: &str) -> Option<f64> {
        let known = self.values.iter();
        known
            .filter(|((name, stat), _)| (*name, *stat) == (metric, statistic))
            .map(|(_, value)| *value)
            .next()
    }
}

pub fn answer(faults: Faults, series: Series) -> Faults {
    faults.script(move |call| {
        (call.operation == "GetMetricData").then(|| {
            let results = results(call, &series);
            let members = format!("<MetricDataResults>{results}</MetricDataResults>");
            Reply::Body(query("GetMetricData", NAMESPACE, &members))
        })
    })
}

fn results(call: &Call, series: &Series) -> String {
    let mut all = String::new();
    for number in 1.. {
        let prefix = format!("MetricDataQueries.member.{number}");
        let Some(id) = call.form(&format!("{prefix}.Id")) else {
            break;
        };
        let stat = |name: &str| {
            let name = format!("{prefix}.MetricStat.{name}");
            call.form(&name).unwrap_or_default()
        };
        let value = series.value(&stat("Metric.MetricName"), &stat("Stat"));
        let period = stat("Period").parse().expect("a period");
        let (times, values) = match value {
            Some(value) => points(call, period, series.every, value),
            None => (String::new(), String::new()),
        };
        write!(
            all,
            "<member><Id>{id}</Id><Label>{}</Label><Timestamps>{times}</Timestamps>\
             <Values>{values}</Values><StatusCode>Complete</StatusCode></member>",
            stat("Metric.MetricName")
        )
        .expect("a string takes more text");
    }
    all
}

/// Times and values, in the order that was asked for.
fn points(call: &Call, period: u32, every: u32, value: f64) -> (String, String) {
    let time = |name: &str| {
        let text = call.form(name).expect("a time");
        OffsetDateTime::parse(&text, &Rfc3339).expect("RFC 3339")
    };
    let (start, end) = (time("StartTime"), time("EndTime"));
    let mut times = Vec::new();
    let step = Duration::from_secs(u64::from(period * every));
    let mut at = start;
    while at < end && times.len() < MOST as usize {
        times.push(at.format(&Rfc3339).expect("RFC 3339"));
        at += step;
    }
    if call.form("ScanBy").as_deref() != Some("TimestampAscending") {
        times.reverse();
    }
    let members = |text: &str| format!("<member>{text}</member>");
    (
        times.iter().map(|time| members(time)).collect(),
        members(&value.to_string()).repeat(times.len()),
    )
}
