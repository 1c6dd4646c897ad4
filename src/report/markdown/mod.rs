//! Markdown for people: the verdict, what fails and how to mend it, what could not be looked at.
//!
//! Made for a GitHub job summary, which takes one mebibyte and renders GitHub's Markdown. Every list
//! therefore has a limit, and says how much it left out; all of it is in the JSON report.

mod failing;
mod lists;
mod overview;
mod unknown;

use std::io::Write;

use super::ReportError;
use super::text::{clip, md_code, md_page, md_prose, one_line, sentence};
use crate::finding::counted;
use crate::finding::{Finding, Report};

/// Where a reader finds what was left out.
const REST: &str = "findings.json";
/// Characters shown of a message or a name.
const SHOWN: usize = 600;
/// Names shown of a list inside a line.
const NAMES: usize = 20;

/// The most bytes of each part; together they stay below a mebibyte.
mod limit {
    pub(super) const FAILING: usize = 500_000;
    pub(super) const UNKNOWN: usize = 120_000;
    pub(super) const LIST: usize = 50_000;
    pub(super) const FRAMEWORKS: usize = 120_000;
}

/// Writes the report as Markdown.
///
/// # Errors
/// When `out` does not take it.
pub fn write(report: &Report, out: &mut dyn Write) -> Result<(), ReportError> {
    let parts = [
        overview::head(report),
        overview::table(report),
        failing::section(report),
        unknown::section(report),
        lists::manual(report),
        lists::attested(report),
        lists::waived(report),
        overview::frameworks(report),
        lists::passed(report),
        lists::empty_rules(report),
        lists::calls(report),
    ];
    out.write_all(md_page(&parts).as_bytes())?;
    Ok(())
}

/// A list that stops at a limit and counts what it left out.
struct Bounded {
    text: String,
    limit: usize,
    left_out: usize,
}

impl Bounded {
    fn new(limit: usize) -> Self {
        Self {
            text: String::new(),
            limit,
            left_out: 0,
        }
    }

    /// Adds an item that stands for `count` things. After the first that does not fit none is even
    /// made, so that what is shown is the beginning of the list.
    fn push(&mut self, count: usize, item: impl FnOnce() -> String) {
        if self.left_out == 0 {
            let item = item();
            if self.text.len() + item.len() <= self.limit {
                self.text.push_str(&item);
                return;
            }
        }
        self.left_out += count;
    }

    /// The list, with a line on what was left out of it.
    fn finish(self, noun: &str) -> String {
        if self.left_out == 0 {
            return self.text;
        }
        let left_out = counted(self.left_out, &format!("more {noun}"));
        format!("{}\n\n**{left_out} in {REST}.**\n", self.text.trim_end())
    }
}

/// A part that opens on a click. The summary is ours, never the account's: it is raw HTML.
pub(super) fn details(summary: &str, body: &str) -> String {
    format!(
        "<details><summary>{summary}</summary>\n\n{}\n\n</details>",
        body.trim_end()
    )
}

/// A name of the account, as code. Clipped as it is shown: hidden characters are longer written out.
pub(super) fn name(text: &str) -> String {
    md_code(&clip(&one_line(text), SHOWN))
}

/// A sentence that may hold names of the account.
pub(super) fn prose(text: &str) -> String {
    md_prose(&clip(&sentence(text), SHOWN))
}

/// Names in a line, not all of them where there are many.
pub(super) fn names<'n>(all: impl IntoIterator<Item = &'n str>) -> String {
    let all: Vec<_> = all.into_iter().collect();
    let mut shown: Vec<_> = all.iter().take(NAMES).map(|text| name(text)).collect();
    if all.len() > NAMES {
        shown.push(format!("and {} more", all.len() - NAMES));
    }
    shown.join(", ")
}

/// A resource and where it is; the account only where there are several, the region only where it
/// is not the resource itself.
fn resource(report: &Report, finding: &Finding) -> String {
    let resource = &finding.resource;
    let mut text = name(&resource.id);
    if let Some(tag) = resource.name.as_ref().filter(|tag| **tag != resource.id) {
        text.push_str(&format!(" ({})", name(tag)));
    }
    if resource.region != resource.id {
        text.push_str(&format!(" in {}", name(&resource.region)));
    }
    if report.accounts.len() > 1 {
        text.push_str(&format!(" of account {}", name(&resource.account)));
    }
    text
}

#[cfg(test)]
mod tests;
