//! How `rules show` tells what a rule offers to mend what it finds.

use serde_json::{Value, json};

use crate::rule::{Caution, Command, Remediation};

/// For other tools.
pub fn json(remediation: &Remediation) -> Value {
    let commands = remediation.commands.iter().map(|command| {
        json!({
            "run": command.template.written(),
            "order": command.stage.name(),
            "decide": decide(command),
            "unattended": command.unattended,
        })
    });
    let creates = remediation
        .creates
        .iter()
        .map(|made| json!({ "id": made.id.written(), "type": made.kind().unwrap_or("shared") }));
    json!({
        "text": remediation.text.written(),
        "url": remediation.url,
        "commands": commands.collect::<Vec<_>>(),
        "risk": remediation.risks.iter().map(|risk| risk.name()).collect::<Vec<_>>(),
        "region": remediation.region,
        "creates": creates.collect::<Vec<_>>(),
    })
}

/// For people.
pub fn lines(remediation: &Remediation) -> Vec<String> {
    let mut lines = vec![format!("mend      {}", remediation.text.written())];
    for command in &remediation.commands {
        let text = command.template.written();
        for (position, line) in text.lines().enumerate() {
            let name = if position == 0 { "run" } else { "" };
            lines.push(format!("{name:<10}{line}"));
        }
        lines.extend(decide(command).map(|what| format!("decide    {what}")));
    }
    for made in &remediation.creates {
        let kind = made.kind().unwrap_or("held by another rule");
        lines.push(format!("creates   {} {kind}", made.id.written()));
    }
    for risk in &remediation.risks {
        lines.push(format!("beware    {}", risk.meaning()));
    }
    lines
}

fn decide(command: &Command) -> Option<String> {
    Some(match command.caution.as_ref()? {
        Caution::Decide(what) => what.written(),
        Caution::Placeholders(words) => format!("what stands for {}", words.join(", ")),
    })
}
