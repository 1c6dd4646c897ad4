//! Where the money goes, as `launchgate costs` shows it.

pub mod json;
pub mod markdown;
pub mod terminal;

use crate::fact::Unknown;
use crate::finding::advice;
use crate::readiness::{Day, Money};

/// The last days that are listed one by one; a chart of all is in the readiness report.
const DAYS: usize = 14;

/// The service that a day cost most for.
fn dearest(day: &Day) -> Option<(&str, Money)> {
    let services = day.services.iter();
    let dearest = services.max_by_key(|(_, amount)| **amount)?;
    Some((dearest.0.as_str(), *dearest.1)).filter(|(_, amount)| *amount > Money::ZERO)
}

/// A read that failed, and what it needs.
fn not_read(unknown: &Unknown) -> String {
    let Unknown {
        operation,
        region,
        code,
        message,
        iam_action,
    } = unknown;
    match iam_action {
        Some(action) => format!("{operation} in {region}: {code}: allow {action}"),
        None if code == "NotCollected" => message.clone(),
        None => format!(
            "{operation} in {region}: {code}: {message}: {}",
            advice(code)
        ),
    }
}
