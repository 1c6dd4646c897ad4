//! From the text of a project file to a [`Project`].

use std::path::Path;
use std::sync::Arc;

use super::{Project, Regions, Setting, Text, account, beside, region};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::report::ReportTarget;
use crate::rule::Severity;
use crate::yaml::{Decoder, Node, Value, parse};

/// Decodes a project file; an empty one says nothing.
///
/// # Errors
/// Every mistake in it.
pub fn decode(file: &Arc<SourceFile>) -> Result<Project, Vec<Diagnostic>> {
    let mut node = parse(file).map_err(|diagnostic| vec![*diagnostic])?;
    if node.value == Value::Null {
        node.value = Value::Map(Vec::new());
    }
    let mut decoder = Decoder::default();
    let project = decode_root(file, node, &mut decoder);
    match project {
        Some(project) if decoder.diagnostics.is_empty() => Ok(project),
        _ => {
            let mut mistakes = decoder.diagnostics;
            mistakes.sort_by_key(|mistake| mistake.span.range.start);
            Err(mistakes)
        }
    }
}

fn decode_root(file: &Arc<SourceFile>, node: Node, decoder: &mut Decoder) -> Option<Project> {
    let mut map = decoder.map("a project file", node)?;
    let accounts = map.take("accounts");
    let regions = map.take("regions");
    let profile = map.take_string("profile", decoder);
    let frameworks = map.take("frameworks");
    let rules = map.take("rules");
    let params = map.take("params");
    let gate = map.take("gate");
    let attestations = map.take_string("attestations", decoder);
    let reports = map.take("reports");
    map.finish(decoder);
    let (fail_on, allow_unknown) = gate.map_or((None, None), |node| decode_gate(node, decoder));
    Some(Project {
        accounts: accounts.map_or_else(Vec::new, |node| decode_accounts(node, decoder)),
        regions: regions.and_then(|node| decode_regions(node, decoder)),
        profile: profile
            .and_then(|text| filled("profile", text, decoder))
            .map(|(name, _)| name),
        frameworks: texts("frameworks", frameworks, decoder),
        rules: texts("rules", rules, decoder),
        params: params.map_or_else(Vec::new, |node| decode_params(node, decoder)),
        fail_on,
        allow_unknown,
        attestations: attestations.and_then(|text| filled("attestations", text, decoder)),
        reports: reports.map(|node| decode_reports(file, node, decoder)),
        file: file.clone(),
    })
}

fn filled(key: &str, (text, span): Text, decoder: &mut Decoder) -> Option<Text> {
    if text.trim().is_empty() {
        let diagnostic = Diagnostic::new("blank", span, format!("`{key}` is blank"));
        decoder.report(diagnostic.with_help("leave the key out"));
        return None;
    }
    Some((text, span))
}

/// A list that says something: an empty one could mean none or any.
fn items(key: &str, node: Node, decoder: &mut Decoder) -> Vec<Node> {
    let span = node.span.clone();
    let items = decoder.list(&format!("`{key}`"), node);
    if items.as_ref().is_some_and(Vec::is_empty) {
        let diagnostic = Diagnostic::new("blank", span, format!("`{key}` is an empty list"));
        decoder.report(diagnostic.with_help("leave the key out"));
    }
    items.unwrap_or_default()
}

fn texts(key: &str, node: Option<Node>, decoder: &mut Decoder) -> Vec<Text> {
    let nodes = node.map_or_else(Vec::new, |node| items(key, node, decoder));
    let what = format!("each of `{key}`");
    let texts = nodes.into_iter().filter_map(|node| {
        let text = decoder.string(&what, node)?;
        filled(&what, text, decoder)
    });
    texts.collect()
}

fn decode_accounts(node: Node, decoder: &mut Decoder) -> Vec<String> {
    let nodes = items("accounts", node, decoder).into_iter();
    nodes
        .filter_map(|node| account::decode(node, decoder))
        .collect()
}

fn decode_regions(node: Node, decoder: &mut Decoder) -> Option<Regions> {
    if let Value::String(text) = &node.value {
        if text == "all" {
            return Some(Regions::All);
        }
        let message = format!("`regions` is `all` or a list, not `{text}`");
        let help = format!("write [{text}]");
        decoder.report(Diagnostic::new("wrong-type", node.span, message).with_help(help));
        return None;
    }
    let names = texts("regions", Some(node), decoder).into_iter();
    let names = names.filter_map(|(name, span)| region::decode(name, span, decoder));
    Some(Regions::These(names.collect()))
}

fn decode_gate(node: Node, decoder: &mut Decoder) -> (Option<Severity>, Option<bool>) {
    let Some(mut map) = decoder.map("`gate`", node) else {
        return (None, None);
    };
    let fail_on = map.take_string("fail_on", decoder);
    let allow_unknown = map.take("allow_unknown");
    map.finish(decoder);
    (
        fail_on.and_then(|(text, span)| Severity::decode(&text, span, decoder)),
        allow_unknown.and_then(|node| decoder.bool("`allow_unknown`", node)),
    )
}

fn decode_params(node: Node, decoder: &mut Decoder) -> Vec<Setting> {
    // All of them commented out.
    if node.value == Value::Null {
        return Vec::new();
    }
    let Some(mut map) = decoder.map("`params`", node) else {
        return Vec::new();
    };
    let settings = map.rest().into_iter().filter_map(|(key, node)| {
        let value_at = node.span.clone();
        let value = value_of(&key.text, node, decoder)?;
        Some(Setting {
            name: key.text,
            value,
            name_at: key.span,
            value_at,
        })
    });
    settings.collect()
}

/// A value as a flag would give it: numbers as they are written, lists with commas.
fn value_of(name: &str, node: Node, decoder: &mut Decoder) -> Option<String> {
    let written = node.span.file.text.get(node.span.range.clone());
    let (message, help) = match node.value {
        Value::Bool(value) => return Some(value.to_string()),
        Value::Int(value) => return Some(written.map_or_else(|| value.to_string(), str::to_owned)),
        Value::Double(value) => {
            return Some(written.map_or_else(|| value.to_string(), str::to_owned));
        }
        Value::String(text) => return Some(text),
        Value::List(items) => return list_of(name, items, decoder),
        Value::Null => (
            format!("`{name}` has no value"),
            "leave the name out, or give it one".to_owned(),
        ),
        Value::Map(entries) => {
            let inner = entries.first().map_or("name", |(key, _)| key.text.as_str());
            let help = format!("a rule's parameter is written in one line: {name}.{inner}: ...");
            (format!("`{name}` must be a value, not a map"), help)
        }
    };
    decoder.report(Diagnostic::new("wrong-type", node.span, message).with_help(help));
    None
}

fn list_of(name: &str, items: Vec<Node>, decoder: &mut Decoder) -> Option<String> {
    let mut values = Vec::new();
    for item in items {
        let span = item.span.clone();
        if matches!(item.value, Value::List(_) | Value::Map(_)) {
            let message = format!(
                "each of `{name}` must be a value, not {}",
                item.value.kind()
            );
            decoder.report(Diagnostic::new("wrong-type", span, message));
            return None;
        }
        let value = value_of(name, item, decoder)?;
        if value.contains(',') {
            let message = format!("no value of the list `{name}` can hold a comma");
            decoder.report(Diagnostic::new("bad-value", span, message));
            return None;
        }
        values.push(value);
    }
    Some(values.join(","))
}

/// Reports as `--report` gives them; paths begin at the project file.
fn decode_reports(file: &SourceFile, node: Node, decoder: &mut Decoder) -> Vec<ReportTarget> {
    let written = texts("reports", Some(node), decoder).into_iter();
    let targets = written.filter_map(|(text, span)| match ReportTarget::parse(&text) {
        Ok(target) if target.is_stdout() => Some(target),
        Ok(target) => Some(ReportTarget {
            path: beside(Path::new(&file.name), &target.path),
            ..target
        }),
        Err(message) => {
            decoder.report(Diagnostic::new("bad-report", span, message));
            None
        }
    });
    targets.collect()
}
