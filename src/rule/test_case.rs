//! A rule's own tests: resources as the CLI prints them, and the verdict each must get.

use std::sync::Arc;

use time::OffsetDateTime;
use time::macros::datetime;

use super::facts::{empty_lists, fact};
use super::param::constant;
use super::{Body, Rule, TESTS, Tests};
use crate::diagnostic::{Diagnostic, Span};
use crate::expr::{Setting, parse_timestamp};
use crate::fact::{Fact, Object, Unknown, name};
use crate::schema::{ResourceType, Schema, Scope};
use crate::snapshot::{Account, GLOBAL, Resource, Snapshot, Unread, call_key};
use crate::yaml::{Decoder, MapReader, Node, parse};

/// The time that counts as now where a test does not say.
const NOW: OffsetDateTime = datetime!(2026-01-01 0:00 UTC);
const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// One test of a rule.
#[derive(Debug)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The verdict it must get, by its name in reports.
    pub expect: String,
    /// What the rule sees; the resource under test is the first one of its type.
    pub snapshot: Snapshot,
    /// The parameters' values.
    pub params: Vec<Setting>,
    /// The time that counts as now.
    pub now: OffsetDateTime,
}

/// Decodes a rule's tests.
///
/// # Errors
/// Every mistake in them; also when they lack a failing, a passing or a needed
/// `not_applicable` one.
pub fn test_cases(rule: &Rule, schema: &Schema) -> Result<Vec<TestCase>, Vec<Diagnostic>> {
    let tests = test_nodes(rule)?;
    let span = tests.span.clone();
    let mut reader = TestReader {
        decoder: Decoder::default(),
        rule,
        body: rule.body(schema),
        schema,
    };
    let nodes = reader.decoder.list("`tests`", tests).unwrap_or_default();
    let cases: Vec<TestCase> = nodes
        .into_iter()
        .filter_map(|node| reader.case(node))
        .collect();
    let mut diagnostics = reader.decoder.diagnostics;
    if diagnostics.is_empty() {
        diagnostics.extend(missing_kinds(rule, schema, &cases, &span));
    }
    if diagnostics.is_empty() {
        Ok(cases)
    } else {
        Err(diagnostics)
    }
}

/// The tests as the file has them.
fn test_nodes(rule: &Rule) -> Result<Node, Vec<Diagnostic>> {
    if let Tests::Parsed(node) = &rule.tests {
        return Ok(node.clone());
    }
    let root = parse(&rule.file).map_err(|diagnostic| vec![*diagnostic])?;
    let mut decoder = Decoder::default();
    let tests = decoder
        .map("a rule", root)
        .and_then(|mut map| map.require(TESTS, &mut decoder));
    tests.ok_or(decoder.diagnostics)
}

fn missing_kinds(
    rule: &Rule,
    schema: &Schema,
    cases: &[TestCase],
    span: &Span,
) -> Option<Diagnostic> {
    let mut needed = vec!["fail", "pass"];
    if rule.body(schema).when.is_some() {
        needed.push("not_applicable");
    }
    needed.retain(|kind| !cases.iter().any(|case| case.expect == *kind));
    if needed.is_empty() {
        return None;
    }
    let message = format!(
        "rule `{}` has no test that expects {}",
        rule.id,
        needed.join(" or ")
    );
    Some(Diagnostic::new("missing-test", span.clone(), message))
}

struct TestReader<'t> {
    decoder: Decoder,
    rule: &'t Rule,
    body: &'t Body,
    schema: &'t Schema,
}

impl TestReader<'_> {
    fn case(&mut self, node: Node) -> Option<TestCase> {
        let decoder = &mut self.decoder;
        let mut map = decoder.map("a test", node)?;
        let span = map.span().clone();
        let title = map.require_string("name", decoder);
        let expect = map.require_string("expect", decoder);
        let now = map.take_string("now", decoder);
        let resource = map.take("resource");
        let with = map.take("with");
        let params = map.take("params");
        let unknown = map.take("unknown");
        map.finish(decoder);

        let expect = expect.and_then(|expect| self.expectation(expect));
        let now = self.now(now);
        let params = self.params(params);
        let mut snapshot = self.empty_snapshot();
        let resource_type = self.body.resource.clone();
        let tested = match resource {
            Some(node) => self.resource(node, &resource_type, "test"),
            None => Some(resource_named(&resource_type, "test", Object::default())),
        };
        let others = with.map(|node| self.with(node, &mut snapshot));
        let tested = tested?;
        snapshot
            .resources
            .entry(resource_type.name.to_owned())
            .or_default()
            .insert(0, tested);
        if let Some(node) = unknown {
            for (path, span) in self.decoder.strings("`unknown`", node) {
                self.make_unknown(&path, span, &mut snapshot);
            }
        }
        others.unwrap_or(Some(()))?;
        Some(TestCase {
            name: title?.0,
            span,
            expect: expect?,
            snapshot,
            params: params?,
            now: now?,
        })
    }

    fn expectation(&mut self, (text, span): (String, Span)) -> Option<String> {
        let names = ["pass", "fail", "unknown", "not_applicable"];
        if names.contains(&text.as_str()) {
            return Some(text);
        }
        let message = format!("a test cannot expect `{text}`");
        self.decoder
            .report(Diagnostic::new("unknown-status", span, message).suggest(&text, names));
        None
    }

    fn now(&mut self, given: Option<(String, Span)>) -> Option<OffsetDateTime> {
        let Some((text, span)) = given else {
            return Some(NOW);
        };
        let now = parse_timestamp(&text);
        if now.is_none() {
            let message = "`now` must be a timestamp such as 2026-01-31T00:00:00Z";
            self.decoder
                .report(Diagnostic::new("wrong-type", span, message));
        }
        now
    }

    fn params(&mut self, node: Option<Node>) -> Option<Vec<Setting>> {
        let mut values = self.rule.param_values();
        let Some(node) = node else {
            return Some(values);
        };
        let mut map = self.decoder.map("`params`", node)?;
        let mut sound = true;
        for (key, node) in map.rest() {
            let params = &self.rule.params;
            let Some(position) = params.iter().position(|param| param.name == key.text) else {
                let message = format!("the rule has no parameter `{}`", key.text);
                let names = params.iter().map(|param| param.name.as_str());
                self.decoder.report(
                    Diagnostic::new("unknown-param", key.span, message).suggest(&key.text, names),
                );
                sound = false;
                continue;
            };
            let ty = &params[position].ty;
            match constant(&node.value, ty) {
                Some(value) => values[position] = Setting::Value(value),
                None => {
                    let message = format!(
                        "`{}` must be of type {ty}, not {}",
                        key.text,
                        node.value.kind()
                    );
                    self.decoder
                        .report(Diagnostic::new("wrong-type", node.span, message));
                    sound = false;
                }
            }
        }
        sound.then_some(values)
    }

    /// Every type that the rule reads counts as read to its end: a collection that the test does
    /// not fill is empty.
    fn empty_snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot {
            accounts: vec![Account {
                id: ACCOUNT.to_owned(),
                partition: "aws".to_owned(),
            }],
            regions: vec![REGION.to_owned()],
            ..Snapshot::default()
        };
        for (type_name, _) in self.body.reads.iter() {
            let Some(resource_type) = self.schema.get(type_name) else {
                continue;
            };
            let fields = resource_type
                .fields
                .values()
                .filter_map(|field| field.call.as_ref());
            let calls = fields
                .chain(&resource_type.list)
                .map(|call| call_key(call))
                .collect();
            snapshot.collected.insert(type_name.to_owned(), calls);
        }
        snapshot
    }

    fn with(&mut self, node: Node, snapshot: &mut Snapshot) -> Option<()> {
        let mut map = self.decoder.map("`with`", node)?;
        let mut sound = true;
        for (key, node) in map.rest() {
            let Some(resource_type) = self.schema.get(&key.text).cloned() else {
                let message = format!("there is no resource type `{}`", key.text);
                let diagnostic = Diagnostic::new("unknown-type", key.span, message);
                self.decoder
                    .report(diagnostic.suggest(&key.text, self.schema.names()));
                sound = false;
                continue;
            };
            if !self
                .body
                .reads
                .iter()
                .any(|(read, _)| read == resource_type.name)
            {
                let message = format!("the rule does not read `{}`", resource_type.name);
                self.decoder
                    .report(Diagnostic::new("unused-facts", key.span, message));
                sound = false;
                continue;
            }
            let nodes = self.decoder.list(&format!("`{}`", key.text), node)?;
            for (number, node) in (1..).zip(nodes) {
                let id = format!("{}-{number}", key.text);
                match self.resource(node, &resource_type, &id) {
                    Some(resource) => snapshot
                        .resources
                        .entry(key.text.clone())
                        .or_default()
                        .push(resource),
                    None => sound = false,
                }
            }
        }
        sound.then_some(())
    }

    fn resource(&mut self, node: Node, resource_type: &ResourceType, id: &str) -> Option<Resource> {
        let mut map = self
            .decoder
            .map(&format!("a {}", resource_type.name), node)?;
        let fields = empty_lists(resource_type.fields.values().map(|known| &known.field));
        let mut resource = resource_named(resource_type, id, fields);
        self.identity(&mut map, &mut resource);
        let mut sound = true;
        for (key, value) in map.rest() {
            let Some(known) = resource_type.fields.get(&key.text) else {
                let message = format!("{} has no field `{}`", resource_type.name, key.text);
                let names = resource_type.fields.keys().map(String::as_str);
                let diagnostic = Diagnostic::new("unknown-field", key.span, message);
                self.decoder.report(diagnostic.suggest(&key.text, names));
                sound = false;
                continue;
            };
            match fact(&key.text, value, &known.field.ty, &mut self.decoder) {
                Some(value) => resource.fields.insert(name(&key.text), value),
                None => sound = false,
            }
        }
        sound.then_some(resource)
    }

    fn identity(&mut self, map: &mut MapReader, resource: &mut Resource) {
        let parts: [(&'static str, &mut Box<str>); 4] = [
            ("id", &mut resource.id),
            ("arn", &mut resource.arn),
            ("account", &mut resource.account),
            ("region", &mut resource.region),
        ];
        for (key, part) in parts {
            if let Some((text, _)) = map.take_string(key, &mut self.decoder) {
                *part = text.into();
            }
        }
    }

    /// `resource.Field`, `resource.Field.Inner` or a whole type.
    fn make_unknown(&mut self, path: &str, span: Span, snapshot: &mut Snapshot) {
        let unknown = Unknown {
            operation: "test:Denied".to_owned(),
            region: REGION.to_owned(),
            code: "AccessDenied".to_owned(),
            message: "made unknown by the test".to_owned(),
            iam_action: Some("test:Denied".to_owned()),
        };
        let tested = snapshot
            .resources
            .get_mut(self.rule.resource)
            .and_then(|all| all.first_mut());
        if let Some(field) = path.strip_prefix("resource.") {
            let root = field.split('.').next().unwrap_or(field);
            if let (Some(resource), true) = (tested, self.body.resource.fields.contains_key(root)) {
                resource.fields = replaced(&resource.fields, field, &Arc::new(unknown));
                return;
            }
        } else if let Some(resource_type) = self.schema.get(path) {
            let region = match resource_type.scope {
                Scope::Global => GLOBAL,
                Scope::Regional => REGION,
            };
            snapshot.unread.push(Unread {
                resource_type: path.to_owned(),
                account: ACCOUNT.to_owned(),
                region: region.to_owned(),
                unknown,
            });
            return;
        }
        let message = format!("`{path}` is neither a field of the resource nor a resource type");
        let diagnostic = Diagnostic::new("unknown-path", span, message);
        self.decoder
            .report(diagnostic.with_help("write resource.Field or service.Type"));
    }
}

fn resource_named(resource_type: &ResourceType, id: &str, fields: Object) -> Resource {
    let global = resource_type.scope == Scope::Global;
    Resource {
        id: id.into(),
        arn: format!("arn:aws:{}:::{id}", resource_type.service()).into(),
        account: ACCOUNT.into(),
        region: if global { GLOBAL } else { REGION }.into(),
        fields,
    }
}

/// The object with the value at a dotted path made unknown.
fn replaced(object: &Object, path: &str, unknown: &Arc<Unknown>) -> Object {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut changed = object.clone();
    let value = match object.get(first) {
        Some(Fact::Object(inner)) if !rest.is_empty() => {
            Fact::Object(replaced(inner, rest, unknown))
        }
        _ => Fact::Unknown(unknown.clone()),
    };
    changed.insert(name(first), value);
    changed
}
