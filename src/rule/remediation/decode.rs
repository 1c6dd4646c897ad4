//! Decoding `remediation:`; its texts are compiled against the schema.

use serde_json::Value as Json;

use super::caution::placeholders;
use super::{Caution, Command, Creation, Data, Remediation, Risk, Stage};
use crate::diagnostic::{Diagnostic, Span};
use crate::expr::{Env, Place, Template, TemplateKind, compile_template};
use crate::yaml::{Decoder, Key, MapReader, Node, Value};

/// What CloudFormation takes beside `Type` and `Properties`.
const ATTRIBUTES: [&str; 4] = [
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "Metadata",
];

/// The key of a map whose content becomes the JSON text of it.
const JSON: &str = "$json";

/// What stands for a resource that another rule holds.
const SHARED: &str = "shared";

/// Decodes the `remediation` of a rule.
pub(crate) fn decode(node: Node, env: Env<'_>, decoder: &mut Decoder) -> Option<Remediation> {
    Reader { decoder, env }.remediation(node)
}

struct Reader<'r> {
    decoder: &'r mut Decoder,
    env: Env<'r>,
}

/// What holds for every command that says nothing else.
#[derive(Clone)]
struct Usual {
    stage: Stage,
    decide: Option<(String, Span)>,
}

impl Reader<'_> {
    fn remediation(&mut self, node: Node) -> Option<Remediation> {
        let mut map: MapReader = self.decoder.map("`remediation`", node)?;
        let text = map.require_string("text", self.decoder);
        let cli = map.take("cli");
        let url = map.take_string("url", self.decoder);
        let region = map.take_string("region", self.decoder);
        let order = map.take_string("order", self.decoder);
        let stage = self.stage(order);
        let decide = map.take_string("decide", self.decoder);
        let risks = map.take("risk").map(|node| self.risks(node));
        let creates = map.take("creates");
        map.finish(self.decoder);

        let before = self.decoder.diagnostics.len();
        let text = text.and_then(|text| self.template(&text, TemplateKind::Prose));
        let usual = Usual {
            stage: stage.unwrap_or_default(),
            decide,
        };
        let commands = cli.map(|node| self.commands(node, &usual));
        let creates = creates.map(|node| self.creates(node));
        let remediation = Remediation {
            text: text?,
            commands: commands.unwrap_or_default(),
            url: url.map(|(url, _)| url),
            risks: risks.unwrap_or_default(),
            region: region.map(|(region, _)| region),
            creates: creates.unwrap_or_default(),
        };
        (self.decoder.diagnostics.len() == before).then_some(remediation)
    }

    fn template(&mut self, (text, span): &(String, Span), kind: TemplateKind) -> Option<Template> {
        let place = Place::new(text.clone(), span.clone());
        match compile_template(&place, kind, self.env) {
            Ok(template) => Some(template),
            Err(errors) => {
                self.decoder.diagnostics.extend(errors);
                None
            }
        }
    }

    fn stage(&mut self, given: Option<(String, Span)>) -> Option<Stage> {
        let (text, span) = given?;
        let found = Stage::ALL.into_iter().find(|stage| stage.name() == text);
        if found.is_none() {
            let message = format!("there is no stage `{text}`");
            let diagnostic = Diagnostic::new("unknown-stage", span, message);
            let names = Stage::ALL.map(Stage::name);
            self.decoder.report(diagnostic.suggest(&text, names));
        }
        found
    }

    fn risks(&mut self, node: Node) -> Vec<Risk> {
        let texts = self.decoder.strings("`risk`", node);
        let known = texts.into_iter().filter_map(|(text, span)| {
            let found = Risk::ALL.into_iter().find(|risk| risk.name() == text);
            if found.is_none() {
                let message = format!("there is no risk `{text}`");
                let diagnostic = Diagnostic::new("unknown-risk", span, message);
                let names = Risk::ALL.map(Risk::name);
                self.decoder.report(diagnostic.suggest(&text, names));
            }
            found
        });
        known.collect()
    }

    /// One command, or a list of them.
    fn commands(&mut self, node: Node, usual: &Usual) -> Vec<Command> {
        let Value::List(items) = node.value else {
            return self.command(node, "`cli`", usual).into_iter().collect();
        };
        items
            .into_iter()
            .filter_map(|item| self.command(item, "each of `cli`", usual))
            .collect()
    }

    fn command(&mut self, node: Node, what: &str, usual: &Usual) -> Option<Command> {
        let listed = what != "`cli`";
        if !(listed && matches!(node.value, Value::Map(_))) {
            let run = self.decoder.string(what, node)?;
            return self.checked_command(&run, usual.stage, usual.decide.clone(), false);
        }
        let mut map = self.decoder.map("a command", node)?;
        let run = map.require_string("run", self.decoder);
        let order = map.take_string("order", self.decoder);
        let stage = self.stage(order).unwrap_or(usual.stage);
        let decide = map.take_string("decide", self.decoder);
        let unattended = map.take_entry("unattended");
        map.finish(self.decoder);
        let unattended = unattended.and_then(|(key, node)| {
            let value = self.decoder.bool("`unattended`", node)?;
            Some((key, value))
        });
        if let (Some((key, true)), Some(_)) = (&unattended, &decide) {
            let message = "a command with something to decide cannot run unattended";
            let diagnostic = Diagnostic::new("contradiction", key.span.clone(), message);
            self.decoder.report(diagnostic);
        }
        let unattended = unattended.is_some_and(|(_, value)| value);
        let decide = decide.or_else(|| usual.decide.clone().filter(|_| !unattended));
        self.checked_command(&run?, stage, decide, unattended)
    }

    fn checked_command(
        &mut self,
        run: &(String, Span),
        stage: Stage,
        decide: Option<(String, Span)>,
        unattended: bool,
    ) -> Option<Command> {
        let template = self.template(run, TemplateKind::Command)?;
        let caution = match decide {
            Some(what) => Some(Caution::Decide(self.template(&what, TemplateKind::Prose)?)),
            None => Some(placeholders(&template))
                .filter(|found| !found.is_empty() && !unattended)
                .map(Caution::Placeholders),
        };
        Some(Command {
            template,
            stage,
            caution,
            unattended,
        })
    }

    fn creates(&mut self, node: Node) -> Vec<Creation> {
        let Some(mut map) = self.decoder.map("`creates`", node) else {
            return Vec::new();
        };
        map.rest()
            .into_iter()
            .filter_map(|(key, node)| {
                let id = self.logical_id(&(key.text.clone(), key.span.clone()), false);
                if matches!(&node.value, Value::String(text) if text == SHARED) {
                    return Some(Creation {
                        id: id?,
                        resource: None,
                    });
                }
                let resource = self.resource(&key, node);
                Some(Creation {
                    id: id?,
                    resource: Some(resource?),
                })
            })
            .collect()
    }

    /// `references` may name what CloudFormation knows by itself, such as `AWS::Region`.
    fn logical_id(&mut self, text: &(String, Span), reference: bool) -> Option<Template> {
        let template = self.template(text, TemplateKind::Data)?;
        let is_known = reference && template.is_constant() && text.0.starts_with("AWS::");
        let wrong = template
            .own_text()
            .flat_map(str::chars)
            .find(|c| !c.is_ascii_alphanumeric());
        if let (false, Some(wrong)) = (is_known, wrong) {
            let message = format!("a logical id is made of letters and digits, not `{wrong}`");
            self.decoder.report(
                Diagnostic::new("bad-logical-id", text.1.clone(), message)
                    .with_help("what {expressions} bring is brought to letters and digits"),
            );
            return None;
        }
        Some(template)
    }

    fn resource(&mut self, key: &Key, node: Node) -> Option<Data> {
        let what = format!("resource `{}`", key.text);
        let mut map = self.decoder.map(&what, node)?;
        let kind = map.require_string("Type", self.decoder);
        let properties = map.take("Properties");
        let attributes = ATTRIBUTES.map(|name| (name, map.take(name)));
        map.finish(self.decoder);
        let mut entries = vec![];
        if let Some((name, span)) = kind {
            if name.split("::").count() < 3 {
                let message = format!("`{name}` is no CloudFormation type");
                let diagnostic = Diagnostic::new("bad-resource-type", span, message);
                let help = "write it as AWS::SNS::Topic";
                self.decoder.report(diagnostic.with_help(help));
            }
            let kind = Data::Fixed(Json::String(name));
            entries.push(("Type".to_owned(), Some(kind)));
        }
        for (name, node) in attributes {
            let Some(node) = node else { continue };
            let data = match name {
                "DependsOn" => self.ids(node),
                _ => self.data(node, false),
            };
            entries.push((name.to_owned(), data));
        }
        if let Some(node) = properties {
            let data = match &node.value {
                Value::Map(_) => self.data(node, false),
                // Tells that it is none.
                _ => self.decoder.map("`Properties`", node).and(None),
            };
            entries.push(("Properties".to_owned(), data));
        }
        whole(entries).map(Data::Map)
    }

    /// One logical id or a list of them.
    fn ids(&mut self, node: Node) -> Option<Data> {
        if let Value::List(items) = node.value {
            let ids = items.into_iter().map(|item| self.ids(item));
            let ids: Vec<Option<Data>> = ids.collect();
            return ids.into_iter().collect::<Option<_>>().map(Data::List);
        }
        let text = self.decoder.string("a logical id", node)?;
        self.logical_id(&text, true).map(Data::Id)
    }

    /// `sub`: whether CloudFormation fills in `${...}` here.
    fn data(&mut self, node: Node, sub: bool) -> Option<Data> {
        Some(match node.value {
            Value::Null => Data::Fixed(Json::Null),
            Value::Bool(value) => Data::Fixed(value.into()),
            Value::Int(value) => Data::Fixed(value.into()),
            Value::Double(value) => Data::Fixed(value.into()),
            Value::String(_) => {
                let text = self.decoder.string("a property", node)?;
                self.text(&text, sub)?
            }
            Value::List(items) => {
                let items = items.into_iter().map(|item| self.data(item, sub));
                let items: Vec<Option<Data>> = items.collect();
                Data::List(items.into_iter().collect::<Option<_>>()?)
            }
            Value::Map(entries) => self.map(entries, sub)?,
        })
    }

    fn text(&mut self, text: &(String, Span), sub: bool) -> Option<Data> {
        let template = self.template(text, TemplateKind::Data)?;
        if sub {
            return Some(Data::Sub(template));
        }
        if template.own_text().any(|own| own.contains("${AWS::")) {
            let message = "CloudFormation fills this in under `Fn::Sub` only";
            let diagnostic = Diagnostic::new("outside-sub", text.1.clone(), message);
            let help = "write { Fn::Sub: '...' }";
            self.decoder.report(diagnostic.with_help(help));
            return None;
        }
        Some(Data::Text(template))
    }

    fn map(&mut self, entries: Vec<(Key, Node)>, sub: bool) -> Option<Data> {
        let single = entries.len() == 1;
        let mut read = Vec::new();
        for (key, node) in entries {
            let data = match key.text.as_str() {
                JSON if single => {
                    let inner = self.data(node, true)?;
                    return Some(Data::JsonText(Box::new(inner)));
                }
                "Ref" if single => self.ids(node),
                "Fn::GetAtt" if single => self.attribute(node),
                "Fn::Sub" if single => self.substitution(node),
                _ => self.data(node, sub),
            };
            read.push((key.text, data));
        }
        whole(read).map(Data::Map)
    }

    /// `[logical id, attribute]`.
    fn attribute(&mut self, node: Node) -> Option<Data> {
        let span = node.span.clone();
        let mut items = self.decoder.list("`Fn::GetAtt`", node)?.into_iter();
        let (Some(id), Some(attribute), None) = (items.next(), items.next(), items.next()) else {
            let message = "`Fn::GetAtt` takes a logical id and the name of an attribute";
            self.decoder
                .report(Diagnostic::new("wrong-type", span, message));
            return None;
        };
        let id = self.ids(id)?;
        Some(Data::List(vec![id, self.data(attribute, false)?]))
    }

    /// A text, or a list of a text and a map of what it may name.
    fn substitution(&mut self, node: Node) -> Option<Data> {
        let Value::List(items) = node.value else {
            let text = self.decoder.string("`Fn::Sub`", node)?;
            return self.text(&text, true);
        };
        let items = items.into_iter().enumerate().map(|(position, item)| {
            // Only the first is filled in; the second says with what.
            self.data(item, position == 0)
        });
        items.collect::<Option<_>>().map(Data::List)
    }
}

/// The entries, unless one of them is wrong: that was told, and the others were looked at too.
fn whole(entries: Vec<(String, Option<Data>)>) -> Option<Vec<(String, Data)>> {
    let entries = entries.into_iter();
    entries.map(|(key, data)| Some((key, data?))).collect()
}
