//! The relations of what CloudWatch watches: to its metrics and to the alarms on them.

use crate::schema::Relation;

/// To the alarms that name the resource by a dimension, in metric math too.
pub fn alarms(key: &'static str) -> Relation {
    Relation {
        name: "Alarms",
        target: "cloudwatch.MetricAlarm",
        from: key,
        to: &[
            "Dimensions[].Value",
            "Metrics[].MetricStat.Metric.Dimensions[].Value",
        ],
        many: true,
    }
}

/// To the metrics of the resource, whose dimension of the same name holds its key.
pub fn metrics(target: &'static str, key: &'static [&'static str; 1]) -> Relation {
    Relation {
        name: "Metrics",
        target,
        from: key[0],
        to: key,
        many: false,
    }
}
