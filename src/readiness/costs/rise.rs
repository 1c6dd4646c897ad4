//! The steepest rises: the last seven whole days against the seven before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use time::{Date, Duration};

use super::{Costs, Day, Money};

/// How many days are held against as many.
const SPAN: i64 = 7;

/// What changed between two weeks.
#[derive(Clone, Debug, Serialize)]
pub struct Rises {
    /// The first and last day of the week before.
    pub before: [String; 2],
    /// The first and last day of the last week.
    pub after: [String; 2],
    /// All services together.
    pub total: Rise,
    /// The services that cost more, the largest rise first.
    pub services: Vec<Rise>,
}

/// How much more a service cost.
#[derive(Clone, Debug, Serialize)]
pub struct Rise {
    /// As Cost Explorer calls it.
    pub service: String,
    /// In the week before.
    pub before: Money,
    /// In the last week.
    pub after: Money,
    /// The difference.
    pub change: Money,
    /// The difference in whole per cent; none where nothing was spent before.
    pub percent: Option<i128>,
    /// Whether nothing at all was spent on it before.
    pub new: bool,
}

/// The rises up to yesterday; or, where the days do not reach back two weeks, why there are none.
///
/// # Errors
/// The sentence to show instead.
pub fn rises(costs: &Costs, today: Date) -> Result<Rises, String> {
    let day = |back: i64| (today - Duration::days(back)).to_string();
    let (first, middle, end) = (day(2 * SPAN), day(SPAN), day(0));
    let within = |from: &str, to: &str| {
        let days = costs.days.iter();
        let days: Vec<&Day> = days
            .filter(|day| (from..to).contains(&day.date.as_str()))
            .collect();
        days
    };
    let (before, after) = (within(&first, &middle), within(&middle, &end));
    let known = before.len() + after.len();
    if i64::try_from(known) != Ok(2 * SPAN) {
        return Err(format!(
            "rises are told from two whole weeks, and the costs of {known} of these 14 days are known"
        ));
    }
    let (was, is) = (sums(&before), sums(&after));
    let names = was.keys().chain(is.keys()).copied();
    let names: std::collections::BTreeSet<&str> = names.collect();
    let of = |sums: &BTreeMap<&str, Money>, name: &str| sums.get(name).copied().unwrap_or_default();
    let mut services: Vec<Rise> = names
        .into_iter()
        .map(|name| rise(name, of(&was, name), of(&is, name)))
        .filter(|rise| rise.change > Money::ZERO && !rise.change.is_below_a_cent())
        .collect();
    services.sort_by_key(|rise| Reverse(rise.change));
    let all = |sums: &BTreeMap<&str, Money>| sums.values().copied().sum();
    Ok(Rises {
        before: [first, day(SPAN + 1)],
        after: [middle, day(1)],
        total: rise("all services", all(&was), all(&is)),
        services,
    })
}

fn rise(service: &str, before: Money, after: Money) -> Rise {
    Rise {
        service: service.to_owned(),
        before,
        after,
        change: after - before,
        percent: after.percent_above(before),
        new: before == Money::ZERO && after > Money::ZERO,
    }
}

fn sums<'d>(days: &[&'d Day]) -> BTreeMap<&'d str, Money> {
    let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
    for (service, amount) in days.iter().flat_map(|day| &day.services) {
        let sum = sums.entry(service).or_default();
        *sum = *sum + *amount;
    }
    sums
}

impl Rise {
    /// The change in words: `+$12.00 (+50 %)`, `+$3.00 (new)`.
    pub fn told(&self, costs: &Costs) -> String {
        let sign = if self.change.is_negative() { "" } else { "+" };
        let change = format!("{sign}{}", costs.told(self.change));
        match self.percent {
            Some(percent) => format!("{change} ({percent:+} %)"),
            None if self.new => format!("{change} (new)"),
            None => change,
        }
    }
}
