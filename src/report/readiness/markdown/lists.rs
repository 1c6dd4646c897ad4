//! The tables after the checklist.

use super::super::super::markdown::prose;
use super::super::named;
use super::table::{Table, cell};
use crate::readiness::Readiness;

/// The live measurements.
pub(super) fn measurements(readiness: &Readiness) -> String {
    if readiness.measurements.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["Status", "Resource", "Measured"], &[]);
    for measurement in &readiness.measurements {
        table.row([
            measurement.status.name().replace('_', " "),
            cell(&named(&measurement.resource)),
            cell(&measurement.message),
        ]);
    }
    format!("## When to worry\n\n{}", table.finish())
}

/// Which signals are watched.
pub(super) fn coverage(readiness: &Readiness) -> String {
    if readiness.coverage.is_empty() {
        return String::new();
    }
    let mut text = "## Watched by alarms\n".to_owned();
    for matrix in &readiness.coverage {
        text.push_str(&format!("\n### {}\n\n", prose(&matrix.resource_type)));
        if matrix.rows.is_empty() {
            text.push_str("None found, so there is nothing to watch.\n");
            continue;
        }
        let mut header = vec!["Resource".to_owned()];
        header.extend(matrix.signals.iter().map(|signal| cell(signal)));
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut table = Table::new(&header, &[]);
        for row in &matrix.rows {
            let mut cells = vec![cell(&named(&row.resource))];
            cells.extend(row.cells.iter().map(|found| match found {
                Some(found) => format!("{} {}", found.watch.symbol(), found.watch.name()),
                None => "not looked at".to_owned(),
            }));
            table.row(cells);
        }
        text.push_str(&table.finish());
    }
    text
}

/// What could be saved.
pub(super) fn options(readiness: &Readiness) -> String {
    let options = &readiness.options;
    if options.options.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["A month", "Resource", "Found", "What to do"], &[0]);
    for option in &options.options {
        table.row([
            cell(&option.saving.told("USD")),
            cell(&named(&option.resource)),
            cell(&option.message),
            cell(&option.advice),
        ]);
    }
    let total = prose(&options.total.told("USD"));
    format!(
        "## What could be saved: about {total} a month\n\nEstimated by {}.\n\n{}",
        prose(&options.prices),
        table.finish()
    )
}

/// What the phase asks.
pub(super) fn growth(readiness: &Readiness) -> String {
    let growth = &readiness.growth;
    let mut text = "## Growth\n\n".to_owned();
    match (growth.active_users, &growth.phase) {
        (Some(users), Some(phase)) => {
            text.push_str(&format!("{users} active users: phase {}.\n", prose(phase)));
        }
        (Some(users), None) => text.push_str(&format!("{users} active users.\n")),
        (None, _) => {}
    }
    if let Some(problem) = &growth.problem {
        text.push_str(&format!("{}\n", prose(problem)));
    }
    if !growth.items.is_empty() {
        let mut table = Table::new(&["State", "What", "Why"], &[]);
        for item in &growth.items {
            let state = format!("{} {}", item.state.symbol(), item.state.name());
            table.row([state, cell(&item.title), cell(&item.why)]);
        }
        text.push_str(&format!("\n{}", table.finish()));
    }
    text
}

/// What people signed, and what nobody did.
pub(super) fn attestations(readiness: &Readiness) -> String {
    if readiness.attestations.is_empty() {
        return String::new();
    }
    let header = [
        "Control",
        "State",
        "Statement",
        "By",
        "On",
        "Until",
        "Evidence",
    ];
    let mut table = Table::new(&header, &[]);
    for attestation in &readiness.attestations {
        let or_dash = |text: &Option<String>| text.as_deref().map_or("–".to_owned(), cell);
        let state = match &attestation.problem {
            Some(problem) => format!("{}: {}", attestation.state, cell(problem)),
            None => attestation.state.to_owned(),
        };
        table.row([
            cell(&attestation.control),
            state,
            cell(&attestation.statement),
            or_dash(&attestation.by),
            or_dash(&attestation.on),
            or_dash(&attestation.expires),
            or_dash(&attestation.evidence),
        ]);
    }
    format!("## Attestations\n\n{}", table.finish())
}

/// What could not be read.
pub(super) fn unread(readiness: &Readiness) -> String {
    if readiness.unread.is_empty() {
        return String::new();
    }
    let header = ["Call", "Regions", "Error", "Permission needed", "Undecided"];
    let mut table = Table::new(&header, &[4]);
    for unread in &readiness.unread {
        let needs = unread.iam_action.as_deref().unwrap_or("–");
        let error = match &unread.iam_action {
            Some(_) => unread.code.clone(),
            None => format!("{}: {}", unread.code, unread.message),
        };
        table.row([
            cell(&unread.operation),
            cell(&unread.regions.join(", ")),
            cell(&error),
            cell(needs),
            unread.findings.to_string(),
        ]);
    }
    format!(
        "## Could not be read, which is no pass\n\n{}",
        table.finish()
    )
}
