//! Traffic through NAT gateways, each gigabyte of which is paid for.

use super::metric::{days, size, told_growth};
use super::{Culprit, Measured, measured, series};
use crate::fact::Unknown;
use crate::snapshot::{Resource, Snapshot};

pub(super) const METRICS: &str = "cloudwatch.NatGatewayMetrics";
/// What is paid for: what comes in from either side.
pub(super) const FIELDS: &[&str] = &["BytesInFromSource", "BytesInFromDestination"];
/// Growth that is worth a look, of traffic that costs something.
const GROWTH: f64 = 1.5;
const NOTABLE: f64 = 10.0 * 1024.0 * 1024.0 * 1024.0;

pub(super) fn culprit(snapshot: &Snapshot) -> Culprit {
    let (suspects, unread) = measured(snapshot, &[METRICS], measure);
    Culprit {
        title: "Data transfer through NAT gateways",
        look: "data loops: a service that fetches the same things again and again, or backups and images that leave through the gateway",
        suspects,
        unread,
        fix: "send S3 and DynamoDB through gateway endpoints, which are free, and other AWS services through interface endpoints",
    }
}

fn measure(metrics: &Resource) -> Result<Measured, Unknown> {
    let out = series(metrics, "BytesInFromSource")?;
    let back = series(metrics, "BytesInFromDestination")?;
    if out.is_empty() && back.is_empty() {
        return Ok(Measured::nothing(
            "no data: CloudWatch has no traffic of it",
        ));
    }
    let all = out.sum() + back.sum();
    let growth = out.growth().into_iter().chain(back.growth());
    let growth = growth.reduce(f64::max);
    Ok(Measured {
        text: format!(
            "{} out and {} in over {}, up to {} one way in a day{}",
            size(out.sum()),
            size(back.sum()),
            days(out.days().max(back.days())),
            size(out.largest().max(back.largest())),
            told_growth(growth)
        ),
        worry: all >= NOTABLE && growth.is_some_and(|times| times >= GROWTH),
        weight: all,
    })
}
