//! What an answer is expected to hold, and its reading.

use std::collections::BTreeMap;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::Schema;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::config_bag::ConfigBag;
use quick_xml::events::Event;

use super::read::Reading;
use super::request::ID;
use super::shape::{Kind, Member, Node, Struct, list_of, member, node, one_of};
use crate::fact::{Fact, Object, Unknown, name};
use crate::schema::interned;
use crate::source::{Call, Declared, FieldType, Protocol};

/// An answer as facts, under the paths that were asked for.
pub type Answer = Object;

/// Why an answer cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

/// What an answer is expected to hold.
#[derive(Debug)]
pub struct Expected {
    shape: Struct,
    /// The name of the outermost element of XML, or of the one inside of it.
    root: Option<Root>,
    /// The whole body as this field's text.
    raw: Option<Node>,
    unknown: Unknown,
}

#[derive(Debug)]
enum Root {
    /// `restXml`: the outermost element itself.
    Outermost(String),
    /// `awsQuery`: `<Operation>Response`.
    Response(String),
}

/// What is wanted of an answer, by the names on the way to it.
#[derive(Debug, Default)]
pub struct Wanted(BTreeMap<String, Want>);

#[derive(Debug)]
enum Want {
    /// More names.
    Inside(Wanted),
    /// The elements of a list, each with more names.
    Each(Wanted),
    /// A value.
    Value(Node, bool),
}

impl Wanted {
    /// Adds what is read by a node at a path of names, `[]` and `[0]` marking steps into lists.
    pub fn add(&mut self, path: &str, optional: bool, make: impl FnOnce(&'static str) -> Node) {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let bare = first.trim_end_matches("[]").trim_end_matches("[0]");
        let Some(rest) = rest else {
            let node = make(interned(bare));
            self.0
                .entry(bare.to_owned())
                .or_insert(Want::Value(node, optional));
            return;
        };
        let fresh = || match bare == first {
            true => Want::Inside(Wanted::default()),
            false => Want::Each(Wanted::default()),
        };
        if let Want::Inside(inner) | Want::Each(inner) =
            self.0.entry(bare.to_owned()).or_insert_with(fresh)
        {
            inner.add(rest, optional, make);
        }
    }

    /// Adds a declared field of the answer itself.
    pub fn add_field(&mut self, field: &Declared, xml: bool) {
        let node = member(field, 0, xml);
        let key = field.name.clone();
        self.0.insert(key, Want::Value(node, field.optional));
    }

    fn into_struct(self, shape_name: &str) -> Struct {
        let members = self.0.into_iter().enumerate().map(|(index, (key, want))| {
            let wire = interned(&key);
            let (node, optional) = match want {
                Want::Value(node, optional) => (node, optional),
                Want::Inside(inner) => (one_of(wire, inner.into_struct(&key)), true),
                Want::Each(inner) => (list_of(wire, inner.into_struct(&key)), true),
            };
            Member {
                name: name(&key),
                optional,
                node: reindexed(node, index),
            }
        });
        Struct::new(shape_name, members.collect())
    }
}

/// The same node in another place among its like.
fn reindexed(node: Node, index: usize) -> Node {
    let member = node.member;
    let name = member.member_name().unwrap_or_default();
    let mut moved = Schema::new_member(ID, member.shape_type(), name, index);
    if member.xml_flattened() {
        moved = moved.with_xml_flattened();
    }
    if member.xml_attribute() {
        moved = moved.with_xml_attribute().with_xml_name(name);
    }
    if let (Some(key), Some(value)) = (member.key_borrowed(), member.member_borrowed()) {
        moved = moved.with_map_members(key, value);
    } else if let Some(item) = member.member_borrowed() {
        moved = moved.with_list_member(item);
    }
    Node {
        member: Box::leak(Box::new(moved)),
        kind: node.kind,
    }
}

impl Expected {
    /// What a call's answer is expected to hold.
    pub fn new(call: &Call, wanted: Wanted) -> Self {
        let root = match &call.to.protocol {
            Protocol::RestXml => call.root.clone().map(Root::Outermost),
            Protocol::AwsQuery(_) => Some(Root::Response(format!("{}Response", call.operation))),
            _ => None,
        };
        Self {
            shape: wanted.into_struct(&call.operation),
            root,
            raw: None,
            unknown: unknown(call),
        }
    }

    /// An answer whose whole body is one field.
    pub fn raw(call: &Call, field: &str, ty: &FieldType) -> Self {
        Self {
            raw: Some(node(ty, interned(field), 0, true, &|schema| schema)),
            ..Self::new(call, Wanted::default())
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// When it is not what was declared.
    pub fn read(
        &self,
        protocol: &SharedClientProtocol,
        response: &HttpResponse,
        bag: &ConfigBag,
        place: &str,
    ) -> Result<Answer, Unreadable> {
        let body = response.body().bytes().unwrap_or_default();
        let mut reading = Reading::new(Unknown {
            region: place.to_owned(),
            ..self.unknown.clone()
        });
        if let Some(node) = &self.raw {
            let text = std::str::from_utf8(body)
                .map_err(|_| Unreadable("the answer is not UTF-8".to_owned()))?;
            return Ok(raw(node, text, &reading));
        }
        if let Some(root) = &self.root {
            root.check(body)?;
        }
        let mut deserializer = protocol
            .deserialize_response(response, self.shape.schema, bag)
            .map_err(|error| Unreadable(error.to_string()))?;
        reading
            .answer(&self.shape, &mut *deserializer)
            .map_err(Unreadable)
    }
}

fn raw(node: &Node, text: &str, reading: &Reading) -> Answer {
    let fact = match &node.kind {
        Kind::Text(kind) => super::text::read(kind, text, reading),
        _ => Fact::string(text),
    };
    let field = node.member.member_name().unwrap_or_default();
    let entries = [(name(field), fact)].into_iter();
    entries.filter(|(_, fact)| *fact != Fact::Null).collect()
}

/// What a missing or unreadable part of a call's answer becomes, without its region.
pub fn unknown(call: &Call) -> Unknown {
    Unknown {
        operation: call.api.operation.to_owned(),
        region: String::new(),
        code: String::new(),
        message: String::new(),
        iam_action: None,
    }
}

impl Root {
    /// The readers of XML take any element for the answer's: an error page would read as an answer
    /// that lists nothing.
    fn check(&self, body: &[u8]) -> Result<(), Unreadable> {
        let wanted = match self {
            Root::Outermost(name) | Root::Response(name) => name,
        };
        let mut reader = quick_xml::Reader::from_reader(body);
        let found = loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => {
                    break String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
                }
                Ok(Event::Eof) => break String::new(),
                Ok(_) => {}
                Err(error) => return Err(Unreadable(format!("the answer is not XML: {error}"))),
            }
        };
        if found == *wanted {
            return Ok(());
        }
        let found: String = found.chars().take(60).collect();
        Err(Unreadable(format!(
            "the answer is <{found}> and not <{wanted}>"
        )))
    }
}
