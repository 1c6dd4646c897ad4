//! What a plan does, in a few lines for the terminal.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::text::{clip, one_line, sentence};
use super::subject;
use crate::evaluate::parameter_id;
use crate::finding::counted;
use crate::remedy::{Plan, Stack};

/// Lines are cut at so many characters.
const WIDTH: usize = 140;

/// Where the files of a plan went; a file that would be empty is not written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The script.
    pub script: Option<String>,
    /// The template of each stack, in their order.
    pub templates: Vec<String>,
}

/// The overview of a plan.
pub fn write(plan: &Plan, written: &Written) -> String {
    let failing = counted(plan.failing, "failing finding");
    let mut text = format!("plan for account {}: {failing}\n", one_line(&plan.account));
    for (stack, path) in plan.stacks.iter().zip(&written.templates) {
        text.push_str(&of_stack(stack, path));
    }
    if let Some(path) = &written.script {
        text.push_str(&of_script(plan, path));
    }
    text.push_str(&left(plan));
    text.push_str(&apply(plan, written));
    text
}

fn of_stack(stack: &Stack, path: &str) -> String {
    let resources = counted(stack.resources.len(), "resource");
    let mut text = format!(
        "\n{path}: creates {resources} in {}\n",
        one_line(&stack.region)
    );
    for (id, entry) in &stack.resources {
        let mut rules: Vec<&str> = entry.reasons.iter().map(|reason| &*reason.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let line = format!("{id}  {}  for {}", entry.kind(), rules.join(", "));
        let _ = writeln!(text, "  {}", clip(&line, WIDTH));
    }
    text
}

fn of_script(plan: &Plan, path: &str) -> String {
    let running = counted(plan.running().count(), "step");
    let waiting = plan.undecided().count();
    let mut text = format!("\n{path}: {running}");
    if waiting > 0 {
        let _ = write!(
            text,
            ", and {waiting} more as comments until somebody decides"
        );
    }
    text.push('\n');
    for (number, step) in (1..).zip(plan.running()) {
        let of = step.reasons.first().map(subject).unwrap_or_default();
        let others = step.reasons.len().saturating_sub(1);
        let more = if others > 0 {
            format!(" and {others} more")
        } else {
            String::new()
        };
        let line = format!("{number:>3}  {of}{more}");
        let _ = writeln!(text, "{}", clip(&line, WIDTH));
        let _ = writeln!(text, "     {}", clip(&one_line(&step.command), WIDTH));
        if !step.risks.is_empty() {
            let risks: Vec<&str> = step.risks.iter().map(|risk| risk.meaning()).collect();
            let _ = writeln!(text, "     beware: {}", risks.join(", "));
        }
    }
    text
}

/// What people have to do: by rule, as one rule's findings want the same.
fn left(plan: &Plan) -> String {
    let mut by_rule: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for left in &plan.left {
        let finding = &left.finding;
        let remedy = finding.remediation.as_ref();
        let text = remedy
            .map(|remedy| sentence(&remedy.text))
            .unwrap_or_default();
        let why = left.why.as_deref().map(sentence);
        let text = why.map_or(text.clone(), |why| format!("{text} ({why})"));
        *by_rule.entry((&finding.rule, text)).or_default() += 1;
    }
    let mut decide: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for step in plan.undecided() {
        let what = sentence(step.decide.as_deref().unwrap_or_default());
        for reason in &step.reasons {
            *decide.entry((&reason.rule, what.clone())).or_default() += 1;
        }
    }
    let mut text = String::new();
    for (title, entries) in [("to decide", decide), ("left to people", by_rule)] {
        if entries.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{title}");
        for ((rule, what), count) in entries {
            let times = if count > 1 {
                format!(" ({count})")
            } else {
                String::new()
            };
            let line = format!("{rule}{times}: {what}");
            let _ = writeln!(text, "  {}", clip(&line, WIDTH));
        }
    }
    text
}

/// How to apply what was written.
fn apply(plan: &Plan, written: &Written) -> String {
    let script = written
        .script
        .as_ref()
        .filter(|_| plan.running().next().is_some());
    if script.is_none() && written.templates.is_empty() {
        return String::new();
    }
    let mut text = "\nto apply, after reading:\n".to_owned();
    for (stack, path) in plan.stacks.iter().zip(&written.templates) {
        let region = one_line(&stack.region);
        let _ = write!(
            text,
            "  aws cloudformation deploy --region {region} --stack-name launchgate --template-file {path}"
        );
        let creates_roles = stack.resources.values();
        if creates_roles
            .into_iter()
            .any(|entry| entry.kind().starts_with("AWS::IAM::"))
        {
            text.push_str(" --capabilities CAPABILITY_NAMED_IAM");
        }
        if !stack.parameters.is_empty() {
            text.push_str(" --parameter-overrides");
        }
        for name in stack.parameters.keys() {
            let _ = write!(text, " {}=...", parameter_id(name));
        }
        text.push('\n');
    }
    if let Some(path) = script {
        let given = plan.variables.keys();
        let given = given.map(|name| format!("{}=... ", crate::evaluate::variable(name)));
        let _ = writeln!(text, "  {}sh {path}", given.collect::<String>());
    }
    text
}
