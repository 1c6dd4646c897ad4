//! The readiness report as one HTML file: no script, nothing from the network, readable on paper,
//! in the dark and by a screen reader.

mod chart;
mod costs;
mod lists;
mod parts;
mod scale;

use std::collections::BTreeMap;
use std::io::Write;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::super::ReportError;
use crate::finding::counted;
use crate::readiness::{Item, Readiness, Section, State, Verdict};
use parts::{list, scroll, state, text};

/// Inline, as nothing is fetched.
const STYLE: &str = include_str!("style.css");
/// Nothing runs and nothing is loaded, whatever a name may hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes the report as HTML.
///
/// # Errors
/// When `out` does not take it.
pub fn write(readiness: &Readiness, out: &mut dyn Write) -> Result<(), ReportError> {
    out.write_all(page(readiness).into_string().as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

fn page(readiness: &Readiness) -> Markup {
    let about = &readiness.about;
    let title = format!(
        "{}: launch readiness of {}",
        readiness.verdict.name(),
        about.accounts.join(", ")
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (text(&title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the verdict" }
                header {
                    h1 { "Launch readiness of account " (list(&about.accounts)) }
                }
                main #main tabindex="-1" {
                    (verdict(readiness))
                    (contents(readiness))
                    (checklist(readiness))
                    (lists::measurements(readiness))
                    (costs::section(readiness))
                    (lists::coverage(readiness))
                    (lists::options(readiness))
                    (lists::growth(readiness))
                    (lists::attestations(readiness))
                    (lists::unread(readiness))
                }
                footer { (foot(readiness)) }
            }
        }
    }
}

fn verdict(readiness: &Readiness) -> Markup {
    let (class, symbol) = match readiness.verdict {
        Verdict::Ready => ("good", "✓"),
        Verdict::NotReady => ("bad", "✗"),
        Verdict::CannotTell | Verdict::NothingAudited => ("warn", "?"),
    };
    html! {
        section class={ "verdict " (class) } aria-labelledby="verdict" {
            h2 #verdict { span aria-hidden="true" { (symbol) " " } (readiness.verdict.name()) }
            p { (readiness.verdict.meaning()) }
            @if !readiness.reasons.is_empty() {
                ul {
                    @for reason in &readiness.reasons {
                        li {
                            @if let Some(severity) = reason.severity { strong { (severity.name()) } ": " }
                            (text(&reason.text))
                        }
                    }
                }
            }
        }
    }
}

/// Where to go, and how the checklist stands.
fn contents(readiness: &Readiness) -> Markup {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    let items = || {
        readiness
            .checklist
            .iter()
            .flat_map(|section| &section.items)
    };
    for item in items() {
        *counts.entry(item.state).or_default() += 1;
    }
    let there = |items: usize| items > 0;
    let links = [
        ("checklist", "Checklist", there(items().count())),
        (
            "worry",
            "When to worry",
            there(readiness.measurements.len()),
        ),
        ("costs", "Costs", there(readiness.costs.len())),
        (
            "alarms",
            "Watched by alarms",
            there(readiness.coverage.len()),
        ),
        (
            "savings",
            "What could be saved",
            there(readiness.options.options.len()),
        ),
        ("growth", "Growth", true),
        (
            "attestations",
            "Attestations",
            there(readiness.attestations.len()),
        ),
        ("unread", "Could not be read", there(readiness.unread.len())),
    ];
    html! {
        nav aria-label="Parts of this report" {
            ul {
                @for (id, title, _) in links.iter().filter(|(_, _, there)| *there) {
                    li { a href={ "#" (id) } { (title) } }
                }
            }
        }
        @if !counts.is_empty() {
            ul.counts aria-label="Controls by state" {
                @for (known, count) in &counts { li { (parts::counted_state(*known, *count)) } }
            }
        }
    }
}

fn checklist(readiness: &Readiness) -> Markup {
    html! {
        @if !readiness.checklist.is_empty() {
            h2 #checklist { "Checklist" }
            @for section in &readiness.checklist { (controls(section)) }
        }
    }
}

fn controls(section: &Section) -> Markup {
    let heads = html! {
        tr { th scope="col" { "State" } th scope="col" { "What" } th scope="col" { "Why" } th.number scope="col" { "Findings" } }
    };
    html! {
        h3 { (text(&section.title)) }
        (scroll(&section.title, html! {
            table.checks {
                thead { (heads) }
                tbody { @for item in &section.items { (control(item)) } }
            }
        }))
    }
}

fn control(item: &Item) -> Markup {
    html! {
        tr {
            td.word { (state(item.state)) @if item.blocks { br; span.id { "keeps it from launch" } } }
            th.what scope="row" { (text(&item.title)) br; span.id { (text(&item.control)) } }
            td { (text(&item.why)) }
            td.number { (item.findings) }
        }
    }
}

fn foot(readiness: &Readiness) -> Markup {
    let about = &readiness.about;
    let calls: u64 = about.calls.values().sum();
    html! {
        p {
            "Looked at region " (list(&about.regions)) " with " (counted(about.rules, "rule")) ", from "
            (text(&about.started)) " on, by launchgate " (text(about.version)) ". Ages were counted up to "
            (text(&about.now)) ". " (calls) " calls were made, all of them reads."
        }
        p {
            "What counts: findings of severity " (readiness.gate.fail_on.name()) " or higher."
            @if readiness.gate.allow_unknown { " What could not be read is let through." }
        }
    }
}
