//! What Cost Explorer said of one account, taken out of its facts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Money;
use crate::fact::{Fact, Object, Unknown};
use crate::snapshot::{Resource, Snapshot};

/// The type whose fields are what was spent.
pub const USAGE: &str = "ce.CostAndUsage";
/// The type that says what the rest of the month will cost.
pub const FORECAST: &str = "ce.CostForecast";
/// The metric that the source asks for.
const METRIC: &str = "UnblendedCost";

/// What was spent by day and service, one series a currency (bills have one).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spend {
    /// The code of the currency, `USD` nearly always.
    pub currency: String,
    /// Every day of the window in order, `YYYY-MM-DD`, with what each service cost.
    pub days: BTreeMap<String, BTreeMap<String, Money>>,
    /// The days whose amounts may still change.
    pub estimated: BTreeSet<String>,
}

/// A total with its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// How much.
    pub amount: Money,
    /// Of what.
    pub currency: String,
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It could not be read.
    Unread(Unknown),
    /// It was read, and there is nothing: a new account.
    Nothing,
}

/// The daily costs of an account.
pub fn daily(snapshot: &Snapshot, account: &str) -> Result<Spend, Missing> {
    let results = results(snapshot, account, "Daily")?;
    let mut spend = Spend::default();
    let mut charges = 0;
    for result in results {
        let day = start(result).ok_or_else(|| malformed("a day without a date"))?;
        if result.get("Estimated") == Some(&Fact::Bool(true)) {
            spend.estimated.insert(day.to_owned());
        }
        spend.days.entry(day.to_owned()).or_default();
        for group in list(result.get("Groups")) {
            let (service, amount) = of_group(group)?;
            spend.take(day, service, amount)?;
            charges += 1;
        }
    }
    if charges == 0 {
        return Err(Missing::Nothing);
    }
    Ok(spend)
}

impl Spend {
    fn take(&mut self, day: &str, service: &str, amount: Amount) -> Result<(), Missing> {
        if self.currency.is_empty() {
            self.currency = amount.currency;
        } else if self.currency != amount.currency {
            return Err(malformed("costs in two currencies"));
        }
        let services = self.days.entry(day.to_owned()).or_default();
        let sum = services.entry(service.to_owned()).or_default();
        *sum = *sum + amount.amount;
        Ok(())
    }

    /// What a day cost.
    pub fn total(&self, day: &str) -> Money {
        self.days
            .get(day)
            .map_or(Money::ZERO, |services| services.values().copied().sum())
    }

    /// What each service cost in all, the dearest first.
    pub fn services(&self) -> Vec<(String, Money)> {
        let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
        for (service, amount) in self.days.values().flatten() {
            let sum = sums.entry(service).or_default();
            *sum = *sum + *amount;
        }
        let mut sums: Vec<_> = sums
            .into_iter()
            .map(|(service, sum)| (service.to_owned(), sum))
            .collect();
        sums.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        sums
    }
}

/// What the month has cost so far.
pub fn month_to_date(snapshot: &Snapshot, account: &str) -> Result<Amount, Missing> {
    let results = results(snapshot, account, "MonthToDate")?;
    let totals = results.iter().filter_map(|result| {
        let total = object(result.get("Total")?)?;
        object(total.get(METRIC)?)
    });
    let mut sum: Option<Amount> = None;
    for total in totals {
        let amount = amount(total)?;
        sum = Some(match sum {
            Some(sum) if sum.currency != amount.currency => {
                return Err(malformed("costs in two currencies"));
            }
            Some(sum) => Amount {
                amount: sum.amount + amount.amount,
                currency: sum.currency,
            },
            None => amount,
        });
    }
    sum.ok_or(Missing::Nothing)
}

/// What the rest of the month will cost, today included.
pub struct Forecast {
    /// In all.
    pub rest: Amount,
    /// Of today, where the forecast goes by days.
    pub today: Option<Money>,
}

/// The forecast, where there is enough history for one.
pub fn forecast(snapshot: &Snapshot, account: &str, today: &str) -> Result<Forecast, Missing> {
    let Some(resource) = resource(snapshot, FORECAST, account)? else {
        return Err(Missing::Nothing);
    };
    let total = read(resource.get("Total"), "Total", FORECAST)?;
    let rest = amount(object(total).ok_or_else(|| malformed("a forecast without a total"))?)?;
    let days = list(resource.get("ForecastResultsByTime"));
    let of_today = days
        .filter_map(object)
        .find(|day| start(day) == Some(today));
    let mean = of_today.and_then(|day| day.get("MeanValue")?.as_str());
    Ok(Forecast {
        rest,
        today: mean.and_then(Money::parse),
    })
}

fn results<'s>(
    snapshot: &'s Snapshot,
    account: &str,
    field: &str,
) -> Result<Vec<&'s Object>, Missing> {
    let Some(resource) = resource(snapshot, USAGE, account)? else {
        return Err(not_collected(USAGE, field));
    };
    let usage = read(resource.get(field), field, USAGE)?;
    let results = object(usage).and_then(|usage| usage.get("ResultsByTime"));
    let results = read(results, field, USAGE)?;
    Ok(list(Some(results)).filter_map(object).collect())
}

/// The account's resource of a type; none where AWS has none.
fn resource<'s>(
    snapshot: &'s Snapshot,
    name: &str,
    account: &str,
) -> Result<Option<&'s Resource>, Missing> {
    let mut unread = snapshot.unread.iter();
    let unread = unread.find(|unread| unread.resource_type == name && unread.account == account);
    if let Some(unread) = unread {
        return Err(Missing::Unread(unread.unknown.clone()));
    }
    if !snapshot.collected.contains_key(name) {
        return Err(not_collected(name, ""));
    }
    let resources = snapshot.resources.get(name);
    let mut resources = resources.into_iter().flatten();
    Ok(resources.find(|resource| &*resource.account == account))
}

fn read<'f>(fact: Option<&'f Fact>, field: &str, name: &str) -> Result<&'f Fact, Missing> {
    match fact {
        Some(Fact::Unknown(unknown)) => Err(Missing::Unread(unknown.as_ref().clone())),
        Some(fact) => Ok(fact),
        None => Err(not_collected(name, field)),
    }
}

fn of_group(group: &Fact) -> Result<(&str, Amount), Missing> {
    let read = || {
        let group = object(group)?;
        let service = list(group.get("Keys")).next()?.as_str()?;
        let metrics = object(group.get("Metrics")?)?;
        Some((service, object(metrics.get(METRIC)?)?))
    };
    let (service, metric) = read().ok_or_else(|| malformed("a cost without a service"))?;
    Ok((service, amount(metric)?))
}

fn amount(metric: &Object) -> Result<Amount, Missing> {
    let text = |name: &str| metric.get(name).and_then(Fact::as_str);
    let read = text("Amount").and_then(Money::parse).zip(text("Unit"));
    let (amount, currency) = read.ok_or_else(|| malformed("an amount that is none"))?;
    Ok(Amount {
        amount,
        currency: currency.to_owned(),
    })
}

fn start(result: &Object) -> Option<&str> {
    object(result.get("TimePeriod")?)?.get("Start")?.as_str()
}

fn object(fact: &Fact) -> Option<&Object> {
    match fact {
        Fact::Object(object) => Some(object),
        _ => None,
    }
}

fn list(fact: Option<&Fact>) -> impl Iterator<Item = &Fact> {
    match fact {
        Some(Fact::List(items)) => items.as_slice(),
        _ => &[],
    }
    .iter()
}

fn malformed(what: &str) -> Missing {
    Missing::Unread(ours(
        "InvalidResponse",
        format!("Cost Explorer answered with {what}"),
    ))
}

fn not_collected(name: &str, field: &str) -> Missing {
    let path = if field.is_empty() {
        name.to_owned()
    } else {
        format!("{name}.{field}")
    };
    Missing::Unread(ours(
        "NotCollected",
        format!("the snapshot was taken without {path}; collect again with --for readiness"),
    ))
}

fn ours(code: &str, message: String) -> Unknown {
    Unknown {
        operation: "ce:GetCostAndUsage".to_owned(),
        region: crate::snapshot::GLOBAL.to_owned(),
        code: code.to_owned(),
        message,
        iam_action: None,
    }
}
