//! What an account costs, against what it may cost; and what is in the way of saying so.

mod check;
mod gap;
mod money;
mod rise;
mod spend;

pub use check::{Answer, Check};
pub use gap::Gap;
pub use money::Money;
pub use rise::{Rise, Rises, rises};
pub use spend::{FORECAST, USAGE};

use std::collections::BTreeMap;

use serde::Serialize;
use time::{Date, OffsetDateTime};

use super::Parameters;
use crate::snapshot::Snapshot;
use spend::{Missing, Spend, daily, forecast, month_to_date};

/// What one account costs.
#[derive(Clone, Debug, Serialize)]
pub struct Costs {
    /// The account.
    pub account: String,
    /// The currency of all amounts; `None` where nothing is known.
    pub currency: Option<String>,
    /// Every whole day of the window, oldest first; none where they could not be read.
    pub days: Vec<Day>,
    /// What each service cost over the window, the dearest first.
    pub services: Vec<ServiceCost>,
    /// What the month has cost so far, today included.
    pub month_to_date: Option<Money>,
    /// What today and the rest of the month will cost.
    pub forecast: Option<Money>,
    /// What the whole month will come to.
    pub month: Option<Money>,
    /// What it may cost a month, in US dollars.
    pub budget: Option<Money>,
    /// What the amounts come to against budget and expectation.
    pub checks: Vec<Check>,
    /// What could not be shown, and what that means.
    pub gaps: Vec<Gap>,
    /// The day that counts as today.
    #[serde(skip)]
    pub today: Date,
}

/// The days of this month, and what was spent up to the end of each whole one.
pub struct Month {
    /// Every day of the month.
    pub days: Vec<String>,
    /// The sums, for the days before today.
    pub sums: Vec<Money>,
}

/// What a day cost.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Whether it may still change.
    pub estimated: bool,
    /// In all; below nothing where credits were more than costs.
    pub total: Money,
    /// By service.
    pub services: BTreeMap<String, Money>,
}

/// What a service cost over the window.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceCost {
    /// As Cost Explorer calls it.
    pub service: String,
    /// How much.
    pub amount: Money,
}

impl Costs {
    /// The costs of every account of a snapshot.
    pub fn of(snapshot: &Snapshot, parameters: &Parameters, now: OffsetDateTime) -> Vec<Self> {
        let accounts = snapshot.accounts.iter();
        accounts
            .map(|account| of_account(snapshot, &account.id, parameters, now.date()))
            .collect()
    }

    /// An amount in the account's currency.
    pub fn told(&self, amount: Money) -> String {
        amount.told(self.currency.as_deref().unwrap_or("USD"))
    }

    /// The budget, where it is in the currency of the costs and can be held against them.
    pub fn comparable_budget(&self) -> Option<Money> {
        let dollars = self.currency.as_deref() == Some("USD");
        self.budget
            .filter(|budget| dollars && *budget > Money::ZERO)
    }

    /// What a day may cost, so that the month's budget lasts.
    pub fn daily_allowance(&self) -> Option<Money> {
        let days = u32::from(self.today.month().length(self.today.year()));
        self.comparable_budget().map(|budget| budget.share(1, days))
    }

    /// This month by day; none where its whole days are not all known, or there is none yet.
    pub fn month_by_day(&self) -> Option<Month> {
        let length = self.today.month().length(self.today.year());
        let dates = (1..=length).filter_map(|day| self.today.replace_day(day).ok());
        let days: Vec<String> = dates.map(|date| date.to_string()).collect();
        let whole = days.iter().take(usize::from(self.today.day() - 1));
        let mut sum = Money::ZERO;
        let sums: Option<Vec<Money>> = whole
            .map(|date| {
                let day = self.days.iter().find(|day| day.date == *date)?;
                sum = sum + day.total;
                Some(sum)
            })
            .collect();
        let sums = sums.filter(|sums| !sums.is_empty())?;
        Some(Month { days, sums })
    }
}

fn of_account(snapshot: &Snapshot, account: &str, parameters: &Parameters, today: Date) -> Costs {
    let mut gaps = Vec::new();
    let mut told = |what, missing: Missing| gap::add(&mut gaps, what, &missing);
    let spend = daily(snapshot, account)
        .map_err(|missing| told(gap::DAILY, missing))
        .unwrap_or_default();
    let so_far = month_to_date(snapshot, account)
        .map_err(|missing| told(gap::MONTH, missing))
        .ok();
    let forecast = forecast(snapshot, account, &today.to_string())
        .map_err(|missing| told(gap::FORECAST, missing))
        .ok();
    let currencies = [
        Some(&spend.currency).filter(|currency| !currency.is_empty()),
        so_far.as_ref().map(|amount| &amount.currency),
        forecast.as_ref().map(|forecast| &forecast.rest.currency),
    ];
    let currency = currencies.into_iter().flatten().next().cloned();
    // Amounts in another currency than the first cannot be put beside it.
    let fits = |other: &String| currency.as_ref() == Some(other);
    let so_far = so_far.filter(|amount| fits(&amount.currency));
    let forecast = forecast.filter(|forecast| fits(&forecast.rest.currency));
    let month = so_far.as_ref().zip(forecast.as_ref());
    let month = month.map(|(so_far, forecast)| whole_month(&spend, so_far.amount, forecast, today));
    let mut costs = Costs {
        account: account.to_owned(),
        currency,
        services: services(&spend),
        days: days(spend),
        month_to_date: so_far.map(|amount| amount.amount),
        forecast: forecast.map(|forecast| forecast.rest.amount),
        month,
        budget: parameters.monthly_budget.and_then(Money::from_f64),
        checks: Vec::new(),
        gaps,
        today,
    };
    costs.checks = check::all(&costs, parameters);
    costs
}

/// What was spent before today and what is expected from today on. Where the window does not reach
/// back to the month's first day, the month so far stands in, with the part of today that it holds.
fn whole_month(spend: &Spend, so_far: Money, forecast: &spend::Forecast, today: Date) -> Money {
    let first = today.replace_day(1).unwrap_or(today).to_string();
    let today = today.to_string();
    if spend.days.contains_key(&first) {
        let whole = spend
            .days
            .keys()
            .filter(|day| (first.as_str()..today.as_str()).contains(&day.as_str()));
        let before: Money = whole.map(|day| spend.total(day)).sum();
        return before + forecast.rest.amount;
    }
    so_far + forecast.rest.amount - forecast.today.unwrap_or(Money::ZERO)
}

fn services(spend: &Spend) -> Vec<ServiceCost> {
    let services = spend.services().into_iter();
    services
        .map(|(service, amount)| ServiceCost { service, amount })
        .collect()
}

fn days(spend: Spend) -> Vec<Day> {
    let totals: Vec<Money> = spend.days.keys().map(|day| spend.total(day)).collect();
    let days = spend.days.into_iter().zip(totals);
    days.map(|((date, services), total)| Day {
        estimated: spend.estimated.contains(&date),
        date,
        total,
        services,
    })
    .collect()
}
