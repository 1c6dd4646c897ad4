//! The costs in Markdown: what they come to, and by service and day.

use super::super::super::markdown::{details, prose};
use super::super::top_services;
use super::table::{Table, cell};
use crate::readiness::{Costs, Money, Readiness};

/// Services with a column of their own.
const COLUMNS: usize = 5;

pub(super) fn section(readiness: &Readiness) -> String {
    let several = readiness.costs.len() > 1;
    let accounts = readiness.costs.iter().map(|costs| {
        let account = if several {
            format!("### Account {}\n\n", prose(&costs.account))
        } else {
            String::new()
        };
        format!("{account}{}", of_account(costs))
    });
    let accounts: Vec<String> = accounts.collect();
    if accounts.is_empty() {
        return String::new();
    }
    format!("## Costs\n\n{}", accounts.join("\n\n"))
}

/// What one account costs.
pub(in super::super::super) fn of_account(costs: &Costs) -> String {
    let mut checks = Table::new(&["Compared", "Answer", "Amounts"], &[]);
    for check in &costs.checks {
        checks.row([
            check.question.to_owned(),
            check.answer.name().to_owned(),
            cell(&check.text),
        ]);
    }
    let mut parts = vec![checks.finish()];
    let gaps = costs.gaps.iter();
    let gaps: String = gaps
        .map(|gap| format!("- {}\n", prose(&gap.told())))
        .collect();
    parts.push(gaps);
    if !costs.days.is_empty() {
        parts.push(services(costs));
        let summary = format!("Costs of {} days by service", costs.days.len());
        parts.push(details(&summary, &by_day(costs)));
    }
    let parts: Vec<_> = parts.iter().map(|part| part.trim_end()).collect();
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

fn services(costs: &Costs) -> String {
    let head = format!("Cost of {} days", costs.days.len());
    let mut table = Table::new(&["Service", &head], &[1]);
    for service in &costs.services {
        table.row([cell(&service.service), cell(&costs.told(service.amount))]);
    }
    let total: Money = costs.days.iter().map(|day| day.total).sum();
    table.row(["**all**".to_owned(), cell(&costs.told(total))]);
    table.finish()
}

fn by_day(costs: &Costs) -> String {
    let (shown, rest) = top_services(costs, COLUMNS);
    let mut header = vec!["Day".to_owned(), "All".to_owned()];
    header.extend(shown.iter().map(|service| cell(service)));
    if !rest.is_empty() {
        header.push("others".to_owned());
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let right: Vec<usize> = (1..header.len()).collect();
    let mut table = Table::new(&header, &right);
    for day in &costs.days {
        let of = |service: &str| day.services.get(service).copied().unwrap_or_default();
        let mark = if day.estimated { " (estimated)" } else { "" };
        let mut row = vec![
            format!("{}{mark}", cell(&day.date)),
            cell(&costs.told(day.total)),
        ];
        row.extend(shown.iter().map(|service| cell(&costs.told(of(service)))));
        if !rest.is_empty() {
            let others: Money = rest.iter().map(|service| of(service)).sum();
            row.push(cell(&costs.told(others)));
        }
        table.row(row);
    }
    table.finish()
}
