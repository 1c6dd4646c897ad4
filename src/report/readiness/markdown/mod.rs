//! The readiness report in Markdown, as GitHub renders it.

pub(in super::super) mod costs;
mod lists;
mod table;

use std::io::Write;

use super::super::ReportError;
use super::super::markdown::{name, names, prose};
use super::super::text::md_page;
use crate::finding::counted;
use crate::readiness::{Readiness, Section, Verdict};
pub(in super::super) use table::{Table, cell};

/// Writes the report as Markdown.
///
/// # Errors
/// When `out` does not take it.
pub fn write(readiness: &Readiness, out: &mut dyn Write) -> Result<(), ReportError> {
    let parts = [
        head(readiness),
        checklist(readiness),
        lists::measurements(readiness),
        costs::section(readiness),
        lists::coverage(readiness),
        lists::options(readiness),
        lists::growth(readiness),
        lists::attestations(readiness),
        lists::unread(readiness),
        tail(readiness),
    ];
    out.write_all(md_page(&parts).as_bytes())?;
    Ok(())
}

fn head(readiness: &Readiness) -> String {
    let mark = match readiness.verdict {
        Verdict::Ready => "✅",
        Verdict::NotReady => "❌",
        Verdict::CannotTell | Verdict::NothingAudited => "⚠️",
    };
    let verdict = readiness.verdict;
    let mut text = format!("# {mark} {}\n\n{}\n", verdict.name(), verdict.meaning());
    if !readiness.reasons.is_empty() {
        text.push('\n');
    }
    for reason in &readiness.reasons {
        let severity = reason.severity.map_or(String::new(), |severity| {
            format!("**{}**: ", severity.name())
        });
        text.push_str(&format!("- {severity}{}\n", prose(&reason.text)));
    }
    text
}

fn checklist(readiness: &Readiness) -> String {
    if readiness.checklist.is_empty() {
        return String::new();
    }
    let sections = readiness.checklist.iter().map(section);
    format!(
        "## Checklist\n\n{}",
        sections.collect::<Vec<_>>().join("\n")
    )
}

fn section(section: &Section) -> String {
    let mut table = Table::new(&["State", "What", "Why", "Findings"], &[3]);
    for item in &section.items {
        let state = format!("{} {}", item.state.symbol(), item.state.name());
        let state = if item.blocks {
            format!("**{state}**")
        } else {
            state
        };
        let what = format!("{} ({})", cell(&item.title), cell(&item.control));
        table.row([state, what, cell(&item.why), item.findings.to_string()]);
    }
    format!("### {}\n\n{}", prose(&section.title), table.finish())
}

fn tail(readiness: &Readiness) -> String {
    let about = &readiness.about;
    let listed = |all: &[String]| match all {
        [] => "none".to_owned(),
        all => names(all.iter().map(String::as_str)),
    };
    format!(
        "---\n\nLooked at account {}, region {}, with {}, from {} on, by launchgate {}. Ages were counted up to {}. What counts: findings of severity {} or higher{}.",
        listed(&about.accounts),
        listed(&about.regions),
        counted(about.rules, "rule"),
        name(&about.started),
        name(about.version),
        name(&about.now),
        readiness.gate.fail_on.name(),
        if readiness.gate.allow_unknown {
            "; what could not be read is let through"
        } else {
            ""
        }
    )
}
