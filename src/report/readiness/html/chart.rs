//! Drawings of what an account costs, as SVG inside the page.

use maud::{Markup, html};

use super::super::top_services;
use super::costs::COLOURS;
use super::parts::{plain, text};
use super::scale::Scale;
use crate::readiness::{Costs, Day, Money};

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 260.0;
/// Room for amounts at the left, for the last label at the right, for days below.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 14.0;
const BELOW: f64 = 30.0;

/// Where day `index` of so many begins, and how wide it is.
fn column(index: usize, days: usize) -> (f64, f64) {
    let width = (WIDTH - LEFT - RIGHT) / number(days.max(1));
    (LEFT + width * number(index), width)
}

#[expect(clippy::cast_precision_loss, reason = "days of a window are few")]
fn number(count: usize) -> f64 {
    count as f64
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

/// The page's drawing area with its lines of amounts and its days.
fn frame(
    costs: &Costs,
    scale: &Scale,
    days: &[String],
    title: &str,
    described: &str,
    inside: Markup,
) -> Markup {
    let every = days.len().div_ceil(8).max(1);
    html! {
        div.scroll role="group" aria-label=(title) tabindex="0" {
            svg.drawn viewBox={ "0 0 " (WIDTH) " " (HEIGHT + TOP + BELOW) } role="img" aria-label={ (title) ". " (described) } {
                @for tick in &scale.ticks {
                    @let y = place(TOP + scale.y(*tick, HEIGHT));
                    line class=(if *tick == 0.0 { "zero" } else { "grid" }) x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
                    text x=(LEFT - 8.0) y=(y) text-anchor="end" dominant-baseline="middle" { (amount(costs, *tick)) }
                }
                (inside)
                @for (index, day) in days.iter().enumerate().filter(|(index, _)| index % every == 0) {
                    @let (x, width) = column(index, days.len());
                    text x=(place(x + width / 2.0)) y=(TOP + HEIGHT + 20.0) text-anchor="middle" { (plain(day.get(5..).unwrap_or(day))) }
                }
            }
        }
    }
}

/// An amount on the axis, with cents only where they matter.
fn amount(costs: &Costs, value: f64) -> String {
    let told = costs.told(Money::from_f64(value).unwrap_or_default());
    if value.fract() == 0.0 {
        told.replacen(".00", "", 1)
    } else {
        told
    }
}

/// Bars by day, stacked by service; credits go below nothing.
pub(super) fn by_day(costs: &Costs, index: usize) -> Markup {
    let (shown, rest) = top_services(costs, COLOURS);
    let allowance = costs.daily_allowance();
    let stacks: Vec<Vec<Bar>> = costs
        .days
        .iter()
        .map(|day| stack(day, &shown, &rest))
        .collect();
    let ends = stacks.iter().flatten().flat_map(|bar| [bar.from, bar.to]);
    let scale = Scale::over(ends.chain(allowance.map(Money::as_f64)));
    let days: Vec<String> = costs.days.iter().map(|day| day.date.clone()).collect();
    let total: Money = costs.days.iter().map(|day| day.total).sum();
    let described = format!(
        "{} over {} days. The table below has every amount.",
        costs.told(total),
        costs.days.len()
    );
    let inside = html! {
        @for (column_index, stack) in stacks.iter().enumerate() {
            @let (x, width) = column(column_index, stacks.len());
            @for bar in stack { (drawn(costs, bar, x, width, &scale)) }
        }
        @if let Some(allowance) = allowance {
            @let y = place(TOP + scale.y(allowance.as_f64(), HEIGHT));
            line.budget x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
        }
    };
    html! {
        figure aria-labelledby={ "by-day-" (index) } {
            figcaption id={ "by-day-" (index) } { "By day and service" @if allowance.is_some() { ", against a day's share of the budget" } }
            (frame(costs, &scale, &days, "Costs by day and service", &described, inside))
            (legend(costs, &shown, &rest, allowance))
        }
    }
}

/// A piece of a day's stack.
struct Bar {
    colour: usize,
    name: String,
    day: String,
    amount: Money,
    from: f64,
    to: f64,
}

fn stack(day: &Day, shown: &[&str], rest: &[&str]) -> Vec<Bar> {
    let of = |service: &str| day.services.get(service).copied().unwrap_or_default();
    let others: Money = rest.iter().map(|service| of(service)).sum();
    let mut pieces: Vec<(usize, &str, Money)> = shown
        .iter()
        .enumerate()
        .map(|(colour, service)| (colour, *service, of(service)))
        .collect();
    pieces.push((COLOURS, "others", others));
    let (mut above, mut below) = (0.0, 0.0);
    let bars = pieces
        .into_iter()
        .filter(|(_, _, amount)| *amount != Money::ZERO);
    bars.map(|(colour, name, amount)| {
        let end = if amount.is_negative() {
            &mut below
        } else {
            &mut above
        };
        let from = *end;
        *end += amount.as_f64();
        Bar {
            colour: colour.min(COLOURS),
            name: name.to_owned(),
            day: day.date.clone(),
            amount,
            from,
            to: *end,
        }
    })
    .collect()
}

fn drawn(costs: &Costs, bar: &Bar, x: f64, width: f64, scale: &Scale) -> Markup {
    let (one, other) = (scale.y(bar.from, HEIGHT), scale.y(bar.to, HEIGHT));
    let (top, height) = (one.min(other), (one - other).abs());
    let title = format!("{}: {} {}", bar.day, bar.name, costs.told(bar.amount));
    html! {
        rect class={ "bar s" (bar.colour) } x=(place(x + width * 0.12)) width=(place(width * 0.76)) y=(place(TOP + top)) height=(place(height)) {
            title { (plain(&title)) }
        }
    }
}

fn legend(costs: &Costs, shown: &[&str], rest: &[&str], allowance: Option<Money>) -> Markup {
    html! {
        ul.legend {
            @for (colour, service) in shown.iter().enumerate() {
                li { span class={ "swatch s" (colour.min(COLOURS)) } aria-hidden="true" {} (text(service)) }
            }
            @if !rest.is_empty() {
                li { span class={ "swatch s" (COLOURS) } aria-hidden="true" {} "others (" (rest.len()) ")" }
            }
            @if let Some(allowance) = allowance {
                li { span.line-swatch aria-hidden="true" {} "budget, a day: " (costs.told(allowance)) }
            }
        }
    }
}

/// The month so far, summed up day by day, against the budget; nothing where its days are not all known.
pub(super) fn month(costs: &Costs, index: usize) -> Markup {
    let Some(month) = costs.month_by_day() else {
        return html! {};
    };
    let known: Vec<f64> = month.sums.iter().map(|sum| sum.as_f64()).collect();
    let ends = [costs.comparable_budget(), costs.month]
        .into_iter()
        .flatten();
    let scale = Scale::over(known.iter().copied().chain(ends.map(Money::as_f64)));
    let all = month.days.len();
    // A day's sum stands at its end.
    let point = |day: usize, sum: f64| {
        let (x, width) = column(day, all);
        format!("{},{}", place(x + width), place(TOP + scale.y(sum, HEIGHT)))
    };
    let zero = format!("{},{}", place(LEFT), place(TOP + scale.y(0.0, HEIGHT)));
    let line: Vec<String> = known
        .iter()
        .enumerate()
        .map(|(day, sum)| point(day, *sum))
        .collect();
    let last = line.last().cloned().unwrap_or_else(|| zero.clone());
    let budget = costs.comparable_budget();
    let inside = html! {
        @if let Some(budget) = budget {
            @let y = place(TOP + scale.y(budget.as_f64(), HEIGHT));
            line.budget x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y) y2=(y) {}
            polyline.budget points={ (zero) " " (point(all - 1, budget.as_f64())) } {}
        }
        polyline.sum points={ (zero) " " (line.join(" ")) } {}
        @for at in &line { @if let Some((x, y)) = at.split_once(',') { circle.dot cx=(x) cy=(y) r="3.5" {} } }
        @if let Some(expected) = costs.month {
            polyline.expected points={ (last) " " (point(all - 1, expected.as_f64())) } {}
        }
    };
    let so_far = month.sums.last().copied().unwrap_or_default();
    let mut described = format!(
        "{} after {} whole days",
        costs.told(so_far),
        month.sums.len()
    );
    if let Some(expected) = costs.month {
        described.push_str(&format!(", {} expected at its end", costs.told(expected)));
    }
    if let Some(budget) = budget {
        described.push_str(&format!(", budget {}", costs.told(budget)));
    }
    described.push('.');
    html! {
        figure aria-labelledby={ "month-" (index) } {
            figcaption id={ "month-" (index) } { "This month, summed up: " (described) }
            (frame(costs, &scale, &month.days, "Costs of this month, summed up", &described, inside))
            ul.legend {
                li { span.swatch.s0 aria-hidden="true" {} "spent (solid), expected (dotted)" }
                @if budget.is_some() { li { span.line-swatch aria-hidden="true" {} "budget, and its share day by day" } }
            }
        }
    }
}
