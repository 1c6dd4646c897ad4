//! The shell script. What comes from the account stands in quotes, or in comments of one line.

use std::fmt::Write;

use super::super::text::one_line;
use super::{Made, subject};
use crate::evaluate::variable;
use crate::finding::counted;
use crate::remedy::{Plan, Reason, Step};

/// Comments name so many of the findings that one step mends.
const SHOWN_REASONS: usize = 10;

/// The script that takes a plan's steps.
pub fn write(plan: &Plan, made: &Made) -> String {
    let mut script = header(plan, made);
    let mut before: &[Reason] = &[];
    for (number, step) in (1..).zip(plan.running()) {
        if step.reasons != before {
            let _ = write!(script, "\n# {number}. {}", why(step));
        }
        before = &step.reasons;
        script.push_str(&step.command);
        script.push('\n');
    }
    let mut undecided = plan.undecided().peekable();
    if undecided.peek().is_some() {
        script.push_str("\n# What follows does not run: somebody has to decide about it first.\n");
    }
    for step in undecided {
        let decide = step.decide.as_deref().unwrap_or_default();
        let _ = write!(script, "\n# {}# decide: {}\n", why(step), one_line(decide));
        // A value may hold line breaks.
        for line in step.command.lines().flat_map(|line| line.split('\r')) {
            let _ = writeln!(script, "#   {line}");
        }
    }
    script
}

fn header(plan: &Plan, made: &Made) -> String {
    let Made { version, now, from } = made;
    let account = &plan.account;
    let steps = counted(plan.running().count(), "step");
    let mut text = format!(
        "#!/bin/sh
# {steps} to mend what launchgate {version} found in account {}.
# Made of {}, as of {now}. Read it before you run it: launchgate has changed nothing.
# A step that fails ends the script; launchgate remediate then writes what is still to do.
# shellcheck disable=SC2016
set -eu

",
        one_line(account),
        one_line(from),
    );
    for (name, parameter) in &plan.variables {
        let variable = variable(name);
        let help: String = parameter
            .help
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || " .,:%/()".contains(c) {
                    c
                } else {
                    ' '
                }
            })
            .filter(|c| !"()".contains(*c))
            .collect();
        let _ = writeln!(text, ": \"${{{variable}:?set {variable}: {help}}}\"");
    }
    let quoted = quoted(account);
    let _ = write!(
        text,
        "expected={quoted}
account=$(aws sts get-caller-identity --query Account --output text)
if [ \"$account\" != \"$expected\" ]; then
  echo \"this script is for account $expected, and the caller is in $account\" >&2
  exit 1
fi
"
    );
    text
}

/// Account numbers are digits; a snapshot may hold anything.
fn quoted(account: &str) -> String {
    crate::expr::Quoting::None.quote(account)
}

fn why(step: &Step) -> String {
    let mut text = String::new();
    for (position, reason) in step.reasons.iter().take(SHOWN_REASONS).enumerate() {
        let indent = if position == 0 { "" } else { "#    " };
        let message = one_line(&reason.message);
        let _ = writeln!(text, "{indent}{}: {message}", subject(reason));
    }
    let hidden = step.reasons.len().saturating_sub(SHOWN_REASONS);
    if hidden > 0 {
        let _ = writeln!(text, "#    and {}", counted(hidden, "more finding"));
    }
    if !step.risks.is_empty() {
        let risks: Vec<&str> = step.risks.iter().map(|risk| risk.meaning()).collect();
        let _ = writeln!(text, "#    beware: {}", risks.join(", "));
    }
    text
}
