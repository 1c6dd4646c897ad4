//! The tables after the checklist.

use maud::{Markup, html};

use super::parts::{folded, resource, scroll, state, status, text, watch};
use crate::finding::counted;
use crate::readiness::{Attestation, Coverage, Readiness, Row};

/// Rows shown before a table is folded.
const OPEN: usize = 30;
/// Rows shown at all; the JSON report has the rest.
const ROWS: usize = 500;

fn left_out(rows: usize) -> Markup {
    html! {
        @if rows > ROWS { p { strong { (rows - ROWS) " more are in the JSON report." } } }
    }
}

/// The live measurements.
pub(super) fn measurements(readiness: &Readiness) -> Markup {
    let all = &readiness.measurements;
    let table = html! {
        table {
            thead { tr { th scope="col" { "Status" } th scope="col" { "Resource" } th scope="col" { "Measured" } } }
            tbody {
                @for measurement in all.iter().take(ROWS) {
                    tr {
                        td.word { (status(measurement.status)) }
                        th scope="row" { (resource(&measurement.resource)) }
                        td { (text(&measurement.message)) }
                    }
                }
            }
        }
    };
    html! {
        @if !all.is_empty() {
            h2 #worry { "When to worry" }
            (folded(all.len(), OPEN, &counted(all.len(), "measurement"), scroll("When to worry", table)))
            (left_out(all.len()))
        }
    }
}

/// Which signals are watched: one matrix a type.
pub(super) fn coverage(readiness: &Readiness) -> Markup {
    html! {
        @if !readiness.coverage.is_empty() {
            h2 #alarms { "Watched by alarms" }
            @for matrix in &readiness.coverage { (matrix_of(matrix)) }
        }
    }
}

fn matrix_of(matrix: &Coverage) -> Markup {
    let name = &matrix.resource_type;
    let table = html! {
        table.matrix {
            thead {
                tr {
                    th scope="col" { "Resource" }
                    @for signal in &matrix.signals { th scope="col" { (text(signal)) } }
                }
            }
            tbody { @for row in matrix.rows.iter().take(ROWS) { (matrix_row(row)) } }
        }
    };
    html! {
        h3 { (text(name)) }
        @if matrix.rows.is_empty() {
            p { "None found, so there is nothing to watch." }
        } @else {
            (folded(matrix.rows.len(), OPEN, &counted(matrix.rows.len(), "resource"), scroll(name, table)))
            (left_out(matrix.rows.len()))
        }
    }
}

fn matrix_row(row: &Row) -> Markup {
    html! {
        tr {
            th scope="row" { (resource(&row.resource)) }
            @for cell in &row.cells {
                td {
                    @match cell {
                        Some(cell) => { (watch(cell.watch)) br; span.id { (text(&cell.message)) } }
                        None => "not looked at",
                    }
                }
            }
        }
    }
}

/// What could be saved.
pub(super) fn options(readiness: &Readiness) -> Markup {
    let options = &readiness.options.options;
    let table = html! {
        table {
            thead { tr {
                th.number scope="col" { "A month" } th scope="col" { "Resource" }
                th scope="col" { "Found" } th scope="col" { "What to do" }
            } }
            tbody {
                @for option in options.iter().take(ROWS) {
                    tr {
                        td.number { (option.saving.told("USD")) }
                        th scope="row" { (resource(&option.resource)) }
                        td { (text(&option.message)) }
                        td { (text(&option.advice)) }
                    }
                }
            }
        }
    };
    html! {
        @if !options.is_empty() {
            h2 #savings { "What could be saved" }
            p { "About " strong { (readiness.options.total.told("USD")) } " a month, if all of it is done. Estimated by " (text(&readiness.options.prices)) "." }
            (folded(options.len(), OPEN, &counted(options.len(), "option"), scroll("What could be saved", table)))
            (left_out(options.len()))
        }
    }
}

/// What the phase asks.
pub(super) fn growth(readiness: &Readiness) -> Markup {
    let growth = &readiness.growth;
    html! {
        h2 #growth { "Growth" }
        @if let Some(users) = growth.active_users {
            p {
                strong { (users) " active users" }
                @if let Some(phase) = &growth.phase { ": phase " (text(phase)) }
                "."
            }
        }
        @if let Some(problem) = &growth.problem { p { (text(problem)) } }
        @if !growth.items.is_empty() {
            ul {
                @for item in &growth.items {
                    li { (state(item.state)) " " (text(&item.title)) ": " (text(&item.why)) }
                }
            }
        }
    }
}

/// What people signed, and what nobody did.
pub(super) fn attestations(readiness: &Readiness) -> Markup {
    let heads = [
        "Control",
        "State",
        "Statement",
        "By",
        "On",
        "Until",
        "Evidence",
    ];
    let table = html! {
        table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for attestation in readiness.attestations.iter().take(ROWS) { (signed(attestation)) } }
        }
    };
    html! {
        @if !readiness.attestations.is_empty() {
            h2 #attestations { "Attestations" }
            (scroll("Attestations", table))
        }
    }
}

fn signed(attestation: &Attestation) -> Markup {
    let class = if attestation.is_valid() {
        "good"
    } else {
        "wait"
    };
    let symbol = if attestation.is_valid() { "☑" } else { "☐" };
    let parts = [
        &attestation.by,
        &attestation.on,
        &attestation.expires,
        &attestation.evidence,
    ];
    html! {
        tr {
            th scope="row" { (text(&attestation.control)) }
            td {
                span class={ "tag " (class) "-tag" } { span aria-hidden="true" { (symbol) " " } (attestation.state) }
                @if let Some(problem) = &attestation.problem { br; (text(problem)) }
            }
            td { (text(&attestation.statement)) }
            @for part in parts {
                td { @match part { Some(part) => (text(part)), None => "–" } }
            }
        }
    }
}

/// What could not be read.
pub(super) fn unread(readiness: &Readiness) -> Markup {
    let heads = ["Call", "Regions", "Error", "Permission needed"];
    let table = html! {
        table {
            thead { tr {
                @for head in heads { th scope="col" { (head) } }
                th.number scope="col" { "Undecided findings" }
            } }
            tbody {
                @for unread in readiness.unread.iter().take(ROWS) {
                    tr {
                        th scope="row" { (text(&unread.operation)) }
                        td { (super::list(&unread.regions)) }
                        td { (text(&unread.code)) ": " (text(&unread.message)) }
                        td { @match &unread.iam_action { Some(action) => (text(action)), None => "–" } }
                        td.number { (unread.findings) }
                    }
                }
            }
        }
    };
    html! {
        @if !readiness.unread.is_empty() {
            h2 #unread { "Could not be read, which is no pass" }
            (folded(readiness.unread.len(), OPEN, &counted(readiness.unread.len(), "read"), scroll("Could not be read", table)))
            (left_out(readiness.unread.len()))
        }
    }
}
