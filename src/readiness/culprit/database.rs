//! Databases whose storage fills up.

use super::metric::{count, days, number, size};
use super::{Culprit, Measured, measured, owner, series};
use crate::fact::Unknown;
use crate::snapshot::{Resource, Snapshot};

pub(super) const TYPE: &str = "rds.DBInstance";
pub(super) const METRICS: &str = "cloudwatch.DBInstanceMetrics";
pub(super) const FIELDS: &[&str] = &["FreeStorageSpace"];
/// Storage that is full within so many days, or has less than this part free, is worth a look.
const SOON: f64 = 60.0;
const SCARCE: f64 = 0.15;

pub(super) fn culprit(snapshot: &Snapshot) -> Culprit {
    let measure = |metrics: &Resource| measure(snapshot, metrics);
    let (suspects, unread) = measured(snapshot, &[METRICS], measure);
    Culprit {
        title: "RDS storage that grows",
        look: "log bloat, tables that are never cleaned up, replication slots that nobody reads",
        suspects,
        unread,
        fix: "clean up logs and old rows, drop unused replication slots; storage that was once added cannot be taken back",
    }
}

fn measure(snapshot: &Snapshot, metrics: &Resource) -> Result<Measured, Unknown> {
    let free = series(metrics, "FreeStorageSpace")?;
    let Some((first, last)) = free.first_and_last() else {
        return Ok(Measured::nothing(
            "no data: CloudWatch does not know its free storage",
        ));
    };
    let allocated = owner(snapshot, TYPE, metrics)
        .and_then(|database| number(database.get("AllocatedStorage")?))
        .map(|gigabytes| gigabytes * 1024.0 * 1024.0 * 1024.0)
        .filter(|allocated| *allocated > 0.0);
    let of_all = allocated.map_or(String::new(), |all| format!(" of {}", size(all)));
    let fell = first - last;
    let a_day = fell / count(free.days().saturating_sub(1).max(1));
    let left = (a_day > 0.0).then(|| last / a_day);
    let trend = match left {
        Some(left) => format!(
            "fell by {} in {}, and at that rate is gone in {left:.0} days",
            size(fell),
            days(free.days())
        ),
        None => format!("did not fall in {}", days(free.days())),
    };
    let scarce = allocated.is_some_and(|all| last < all * SCARCE);
    Ok(Measured {
        text: format!("{} free{of_all}: {trend}", size(last)),
        worry: scarce || left.is_some_and(|left| left <= SOON),
        weight: fell,
    })
}
