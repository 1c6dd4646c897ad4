//! `readiness` and `costs` on small snapshots: verdicts, costs, formats, and a real browser.

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod costs;
mod formats;
mod money;
mod planned;
mod sample;
mod verdicts;

/// Text as it reads, however a terminal breaks its lines.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
