//! A metric's values, one a day and the oldest first, and how they are told.

use crate::fact::{Fact, Unknown};
use crate::snapshot::Resource;

/// The values of a metric. Days without data have none.
pub(super) struct Series(Vec<f64>);

/// A change of halves below this many values says nothing.
const ENOUGH: usize = 4;

impl Series {
    pub(super) fn read(resource: &Resource, field: &str) -> Result<Self, Unknown> {
        match resource.get(field) {
            Some(Fact::List(values)) => Ok(Self(values.iter().filter_map(number).collect())),
            Some(Fact::Unknown(unknown)) => Err(unknown.as_ref().clone()),
            _ => Err(not_collected(field)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn days(&self) -> usize {
        self.0.len()
    }

    pub(super) fn sum(&self) -> f64 {
        // The sum of nothing is a negative zero.
        self.0.iter().sum::<f64>() + 0.0
    }

    pub(super) fn largest(&self) -> f64 {
        self.0.iter().copied().fold(0.0, f64::max)
    }

    pub(super) fn first_and_last(&self) -> Option<(f64, f64)> {
        Some((*self.0.first()?, *self.0.last()?))
    }

    /// How the second half of the days compares with the first, a day on average: 2.0 is twice as
    /// much. None where there are too few, or nothing before.
    pub(super) fn growth(&self) -> Option<f64> {
        if self.0.len() < ENOUGH {
            return None;
        }
        let (before, after) = self.0.split_at(self.0.len() / 2);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / count(values.len());
        let before = mean(before);
        (before > 0.0).then(|| mean(after) / before)
    }
}

#[expect(clippy::cast_precision_loss, reason = "days of a window are few")]
pub(super) fn count(days: usize) -> f64 {
    days as f64
}

/// A number of a fact.
#[expect(
    clippy::cast_precision_loss,
    reason = "metrics are measured, not counted exactly"
)]
pub(super) fn number(fact: &Fact) -> Option<f64> {
    match fact {
        Fact::Double(value) => Some(*value),
        Fact::Int(value) => Some(*value as f64),
        _ => None,
    }
}

/// `, rising: the second half of these days 2.5 times the first`; nothing where it hardly changed.
pub(super) fn told_growth(growth: Option<f64>) -> String {
    match growth {
        Some(times) if times >= 1.25 => {
            format!("; the second half of these days {times:.1} times the first")
        }
        Some(times) if times <= 0.8 => "; less in the second half of these days".to_owned(),
        _ => String::new(),
    }
}

/// A size in bytes.
pub(super) fn size(bytes: f64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let (mut amount, mut unit) = (bytes, 0);
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    if unit == 0 {
        format!("{amount:.0} {}", units[unit])
    } else {
        format!("{amount:.1} {}", units[unit])
    }
}

/// A whole number in groups of three.
pub(super) fn whole(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `3 days`.
pub(super) fn days(count: usize) -> String {
    crate::finding::counted(count, "day")
}

pub(super) fn not_collected(what: &str) -> Unknown {
    Unknown {
        operation: "cloudwatch:GetMetricData".to_owned(),
        region: crate::snapshot::GLOBAL.to_owned(),
        code: "NotCollected".to_owned(),
        message: format!("the snapshot was taken without {what}; collect again with --for costs"),
        iam_action: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_for_people() {
        assert_eq!(size(512.0), "512 bytes");
        assert_eq!(size(1536.0 * 1024.0 * 1024.0), "1.5 GiB");
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(whole(12.0), "12");
    }

    #[test]
    fn growth_needs_days_and_something_to_grow_from() {
        assert_eq!(Series(vec![1.0, 1.0, 2.0, 2.0]).growth(), Some(2.0));
        assert_eq!(Series(vec![1.0, 2.0, 3.0]).growth(), None);
        assert_eq!(Series(vec![0.0, 0.0, 3.0, 3.0]).growth(), None);
        assert_eq!(Series(vec![]).growth(), None);
    }
}
