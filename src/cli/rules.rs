//! `launchgate rules list` and `rules show`; the rest is in [`rules_check`](super::rules_check) and
//! [`rules_vocabulary`](super::rules_vocabulary).

use serde_json::{Value, json};

use super::args::{Choice, ListFormat, RulesArgs, RulesCommand};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::rules_remedy;
use super::selection::Selection;
use super::table::aligned;
use super::{rules_check, rules_vocabulary};
use crate::finding::counted;
use crate::plan::Plan;
use crate::rule::{Body, Param, Rule};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &RulesArgs) -> Result<Exit, CliError> {
    match &args.command {
        RulesCommand::List { format, choice } => list(*format, choice),
        RulesCommand::Show { id, format, choice } => show(id, *format, choice),
        RulesCommand::Vocabulary { format, choice } => rules_vocabulary::list(*format, choice),
        RulesCommand::Check(args) => rules_check::check(args),
        RulesCommand::Test(args) => rules_check::test(args),
    }
}

fn list(format: ListFormat, choice: &Choice) -> Result<Exit, CliError> {
    let selection = Selection::load(choice)?;
    match format {
        ListFormat::Json => {
            let array: Vec<Value> = selection.rules().map(json_of).collect();
            print(format!("{:#}\n", Value::Array(array)).as_bytes())?;
        }
        ListFormat::Text => {
            let rows: Vec<Vec<String>> = selection
                .rules()
                .map(|rule| {
                    vec![
                        rule.id.clone(),
                        rule.severity.name().to_owned(),
                        rule.title.clone(),
                    ]
                })
                .collect();
            print(aligned(&rows).as_bytes())?;
            eprintln!("{}", counted(rows.len(), "rule"));
        }
    }
    Ok(Exit::Open)
}

fn json_of(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity,
        "resource": rule.resource,
        "service": rule.service(),
        "frameworks": rule.controls.keys().collect::<Vec<_>>(),
        "equivalents": rule.equivalents,
    })
}

fn show(id: &str, format: ListFormat, choice: &Choice) -> Result<Exit, CliError> {
    let selection = Selection::load(&Choice {
        ids: vec![id.to_owned()],
        ..choice.clone()
    })?;
    let Some(rule) = selection.rules().next() else {
        return Err(CliError::no_such("rule", id, []));
    };
    let plan = selection.plan(false);
    match format {
        ListFormat::Json => {
            let mut value = json_of(rule);
            let body = rule.body(&selection.schema);
            value["why"] = json!(rule.why);
            value["when"] = json!(body.when.as_ref().map(|when| &when.source));
            value["require"] = json!(body.require.source);
            value["saves"] = json!(body.saves.as_ref().map(|saves| &saves.source));
            value["signal"] = json!(rule.signal);
            value["params"] = rule.params.iter().map(json_of_param).collect();
            value["controls"] = json!(rule.controls);
            value["operations"] = plan
                .calls()
                .iter()
                .map(|call| json!(call.operation))
                .collect();
            value["remediation"] = rules_remedy::json(&body.remediation);
            value["file"] = json!(rule.file.name);
            print(format!("{:#}\n", Value::Array(vec![value])).as_bytes())?;
        }
        ListFormat::Text => print(text_of(rule, rule.body(&selection.schema), &plan).as_bytes())?,
    }
    Ok(Exit::Open)
}

/// A parameter as listings show it.
pub fn json_of_param(param: &Param) -> Value {
    json!({ "name": param.name, "type": param.ty.to_string(), "value": param.shown(), "help": param.help })
}

fn text_of(rule: &Rule, body: &Body, plan: &Plan) -> String {
    let mut lines = vec![
        format!("{} ({})", rule.id, rule.severity.name()),
        rule.title.clone(),
        String::new(),
        rule.why.clone(),
        String::new(),
        format!("resource  {}", rule.resource),
    ];
    if let Some(when) = &body.when {
        lines.push(format!("when      {}", when.source));
    }
    lines.push(format!("require   {}", body.require.source));
    if let Some(saves) = &body.saves {
        lines.push(format!("saves     {}", saves.source));
    }
    if let Some(signal) = &rule.signal {
        lines.push(format!("signal    {signal}"));
    }
    for param in &rule.params {
        lines.push(format!(
            "param     {}: {} = {} ({})",
            param.name,
            param.ty,
            param.shown(),
            param.help
        ));
    }
    for (framework, controls) in &rule.controls {
        lines.push(format!("serves    {framework} {}", controls.join(", ")));
    }
    for (tool, ids) in &rule.equivalents {
        lines.push(format!("known as  {} in {tool}", ids.join(", ")));
    }
    lines.extend(rules_remedy::lines(&body.remediation));
    let operations: Vec<&str> = plan.calls().iter().map(|call| call.operation).collect();
    lines.push(format!("calls     {}", operations.join(", ")));
    lines.push(format!("file      {}", rule.file.name));
    lines.join("\n") + "\n"
}
