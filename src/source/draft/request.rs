//! What a request must hold, and what a draft can fill it with.

use super::DraftError;
use super::model::{Description, Http, Kind, Operation, Reference, Shape};
use super::wire::{Wire, wire_name};
use super::words::singular;
use super::yaml::{Flow, Yaml};
use crate::schema::reads_by_post;

/// The header and the members that take the id of the account that asks.
const OWN_ACCOUNT: [&str; 2] = ["x-amz-account-id", "AwsAccountId"];

/// A member that every request must hold.
#[derive(Debug)]
pub struct Required<'m> {
    /// Its name.
    pub name: &'m str,
    /// Its name in the request.
    pub wire: &'m str,
    /// Whether it is a header.
    header: bool,
    shape: &'m Shape,
    /// What a list of it holds.
    item: Option<&'m Shape>,
}

/// What fills a member.
struct Filling {
    value: Flow,
    /// What a person must see to, or empty.
    todo: String,
}

/// The members that a request must hold.
pub fn required<'m>(model: &'m Description, operation: &Operation) -> Vec<Required<'m>> {
    let input = operation.input.as_ref();
    let Some(input) = input.and_then(|input| model.shape(input)) else {
        return Vec::new();
    };
    let members = input.members.0.iter();
    let wanted = members.filter(|(name, _)| input.required.contains(name));
    wanted
        .filter_map(|(name, member)| one(model, name, member))
        .collect()
}

fn one<'m>(model: &'m Description, name: &'m str, member: &'m Reference) -> Option<Required<'m>> {
    let shape = model.shape(member)?;
    Some(Required {
        name,
        wire: wire_name(model, name, member),
        header: member.location.as_deref() == Some("header"),
        item: shape.member.as_ref().and_then(|item| model.shape(item)),
        shape,
    })
}

impl Required<'_> {
    /// Whether a draft knows what goes there without a resource: the account that asks.
    pub fn is_settled(&self) -> bool {
        OWN_ACCOUNT.contains(&self.wire)
    }

    /// Whether it takes a text that belongs to a resource, or a list of such.
    pub fn is_key(&self) -> bool {
        !self.is_settled() && (is_free_text(self.shape) || self.keys().is_some())
    }

    /// Whether it takes a list of such texts; then how many at most, where that is said.
    pub fn keys(&self) -> Option<Option<u16>> {
        let item = self.item.filter(|_| self.shape.kind == Kind::List)?;
        let most = self.shape.max.filter(|most| (1.0..=65535.0).contains(most));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was just held to the range"
        )]
        is_free_text(item).then_some(most.map(|most| most as u16))
    }

    /// The field of a resource that fills it.
    pub fn field(&self) -> String {
        if self.shape.kind == Kind::List {
            text_field(self.name)
        } else {
            free_field(self.name)
        }
    }

    fn filling(&self, of: &str) -> Filling {
        let place = || Flow::text(format!("{{{of}{}}}", self.field()));
        match self.shape.kind {
            _ if self.is_settled() => Filling::sure(Flow::text("{account}")),
            Kind::String if self.is_key() => Filling::sure(place()),
            Kind::String => Filling::one_of(&self.shape.values),
            Kind::List if self.is_key() => Filling::unsure(Flow::List(vec![place()])),
            // A header is one text, whatever it is made of.
            Kind::List if self.header => Filling::unsure(Flow::text(self.item_values().join(","))),
            Kind::List => {
                let values = self.item_values().iter().map(Flow::text);
                Filling::unsure(Flow::List(values.collect()))
            }
            Kind::Structure | Kind::Map => Filling::unsure(Flow::Map(Vec::new())),
            Kind::Boolean => Filling::unsure(Flow::Plain("true".to_owned())),
            Kind::Integer | Kind::Long => Filling::unsure(Flow::Plain("1".to_owned())),
            Kind::Timestamp => Filling::unsure(Flow::text("{now-1d}")),
            Kind::Double | Kind::Float | Kind::Blob | Kind::Other => {
                Filling::unsure(Flow::text("TODO"))
            }
        }
    }

    /// The values that a list may hold, where they are told.
    fn item_values(&self) -> &[String] {
        self.item.map_or(&[], |item| item.values.as_slice())
    }
}

impl Filling {
    fn sure(value: Flow) -> Self {
        Self {
            value,
            todo: String::new(),
        }
    }

    fn unsure(value: Flow) -> Self {
        Self {
            value,
            todo: "TODO: see what goes here".to_owned(),
        }
    }

    fn one_of(values: &[String]) -> Self {
        match values {
            [only] => Self::sure(Flow::text(only)),
            [first, others @ ..] => Self {
                value: Flow::text(first),
                todo: format!("TODO: or {}", others.join(", ")),
            },
            [] => Self::unsure(Flow::text("TODO")),
        }
    }
}

/// A text that anything may be written in.
fn is_free_text(shape: &Shape) -> bool {
    shape.kind == Kind::String && shape.values.is_empty()
}

/// The field that the texts of a list become, one each.
pub fn text_field(list: &str) -> String {
    free_field(&singular(list))
}

/// A name for a field: every resource has an account and a region of launchgate's own.
fn free_field(name: &str) -> String {
    match name {
        "account" => "Account".to_owned(),
        "region" => "Region".to_owned(),
        name => name.to_owned(),
    }
}

/// Writes `input` and `headers`, filled from the resource, or `of` its parent; but the one that is
/// `filled` already.
pub fn write_inputs(all: &[Required], of: &str, filled: Option<&str>, yaml: &mut Yaml) {
    for (key, headers) in [("input", false), ("headers", true)] {
        let open = all.iter().filter(|required| Some(required.name) != filled);
        let chosen = open.filter(|required| required.header == headers);
        let filled: Vec<(&str, Filling)> = chosen
            .map(|required| (required.wire, required.filling(of)))
            .collect();
        if filled.is_empty() {
            continue;
        }
        if filled.iter().all(|(_, filling)| filling.todo.is_empty()) {
            let entries = filled
                .into_iter()
                .map(|(name, filling)| (name.to_owned(), filling.value));
            yaml.entry(key, &Flow::Map(entries.collect()), "");
            continue;
        }
        yaml.map(key, |yaml| {
            for (name, filling) in &filled {
                yaml.entry(name, &filling.value, &filling.todo);
            }
        });
    }
}

/// Writes method and path, of REST services.
pub fn write_http(http: &Http, wire: Wire, signing: &str, yaml: &mut Yaml) {
    if !wire.is_rest() {
        return;
    }
    let Http {
        method,
        request_uri,
    } = http;
    if method == "POST" && !reads_by_post(signing, request_uri) {
        yaml.comment(
            "TODO: launchgate cannot tell from this path that the POST only reads, and refuses it",
        );
    }
    yaml.text("http", &format!("{method} {request_uri}"));
}

/// Refuses methods that change things whatever the operation is called.
///
/// # Errors
/// When the operation is sent by one of them.
pub fn check_method(http: &Http, wire: Wire, operation: &str) -> Result<(), DraftError> {
    let reads = ["GET", "HEAD", "POST"].contains(&http.method.as_str());
    if wire.is_rest() && !reads {
        return Err(DraftError::NotReadOnly {
            operation: operation.to_owned(),
            why: "it is sent by a method that changes things",
        });
    }
    Ok(())
}
