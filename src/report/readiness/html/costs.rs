//! The costs: what they come to, drawn by service and day, and the same as tables.

use maud::{Markup, html};

use super::super::top_services;
use super::chart;
use super::parts::{answer, scroll, text};
use crate::readiness::{Costs, Day, Money, Readiness};

/// Services with a colour of their own.
pub(super) const COLOURS: usize = 7;

pub(super) fn section(readiness: &Readiness) -> Markup {
    let several = readiness.costs.len() > 1;
    html! {
        @if !readiness.costs.is_empty() {
            h2 #costs { "Costs" }
            @for (index, costs) in readiness.costs.iter().enumerate() {
                @if several { h3 { "Account " (text(&costs.account)) } }
                (of_account(costs, index))
            }
        }
    }
}

fn of_account(costs: &Costs, index: usize) -> Markup {
    html! {
        (checks(costs))
        @if !costs.gaps.is_empty() {
            ul { @for gap in &costs.gaps { li { strong { "Not known: " } (text(&gap.told())) } } }
        }
        @if costs.days.is_empty() {
            p { "There is no chart, as there is nothing to draw." }
        } @else {
            (chart::by_day(costs, index))
            (chart::month(costs, index))
            details {
                summary { "The same as a table: costs of " (costs.days.len()) " days by service" }
                (scroll("Costs by day and service", table(costs)))
            }
        }
    }
}

fn checks(costs: &Costs) -> Markup {
    let table = html! {
        table {
            thead { tr { th scope="col" { "Compared" } th scope="col" { "Answer" } th scope="col" { "Amounts" } } }
            tbody {
                @for check in &costs.checks {
                    tr {
                        th scope="row" { (check.question) }
                        td.word { (answer(check.answer)) }
                        td { (text(&check.text)) }
                    }
                }
            }
        }
    };
    scroll("Costs against budget and expectation", table)
}

fn table(costs: &Costs) -> Markup {
    let (shown, rest) = top_services(costs, COLOURS);
    let of = |day: &Day, service: &str| day.services.get(service).copied().unwrap_or_default();
    let others = |day: &Day| rest.iter().map(|service| of(day, service)).sum::<Money>();
    let cell = |amount: Money| html! { td.number { (costs.told(amount)) } };
    let total: Money = costs.days.iter().map(|day| day.total).sum();
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Day" }
                    th.number scope="col" { "All" }
                    @for service in &shown { th.number scope="col" style="white-space:normal" { (text(service)) } }
                    @if !rest.is_empty() { th.number scope="col" { "Others" } }
                }
            }
            tbody {
                @for day in &costs.days {
                    tr {
                        th.word scope="row" { (text(&day.date)) @if day.estimated { " (estimated)" } }
                        (cell(day.total))
                        @for service in &shown { (cell(of(day, service))) }
                        @if !rest.is_empty() { (cell(others(day))) }
                    }
                }
            }
            tfoot {
                tr {
                    th scope="row" { "All days" }
                    (cell(total))
                    @for service in &shown {
                        (cell(costs.days.iter().map(|day| of(day, service)).sum()))
                    }
                    @if !rest.is_empty() { (cell(costs.days.iter().map(others).sum())) }
                }
            }
        }
    }
}
