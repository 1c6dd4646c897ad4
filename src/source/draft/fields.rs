//! Members of an answer as fields, and the shapes they need.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Description, Kind, Reference, Shape};
use super::secrets::{ALL, Keep, keep};
use super::wire::{Wire, wire_name};
use super::words::type_name;

/// Deeper than any answer of AWS; a model may nest without end.
const DEEPEST: usize = 48;

/// What becomes of a member.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A field.
    Field(Field),
    /// It is left out, and why.
    LeftOut {
        /// Its name.
        name: String,
        /// Why.
        why: &'static str,
    },
}

/// A member as a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name, as the AWS CLI prints it.
    pub name: String,
    /// Its type, without a mark.
    pub ty: String,
    /// Whether AWS may leave it out.
    pub optional: bool,
    /// Its name in the answer.
    pub wire: String,
    /// XML: whether it repeats without an element around it.
    pub flat: bool,
    /// XML: whether it is an attribute.
    pub attribute: bool,
    /// What a person should know of it, or empty.
    pub note: &'static str,
}

impl Field {
    /// A text that is always there.
    pub fn text(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ty: "string".to_owned(),
            optional: false,
            wire: name.to_owned(),
            flat: false,
            attribute: false,
            note: "",
        }
    }

    /// An answer that is one text.
    pub fn document(name: &str) -> Self {
        Self {
            note: POLICY,
            ..Self::text(name)
        }
    }
}

/// A shape as it is drafted.
#[derive(Debug)]
pub struct Drafted {
    /// Its name in the draft.
    pub name: String,
    /// What becomes of its members.
    pub entries: Vec<Entry>,
}

/// Why a member cannot be a field.
pub type Why = &'static str;

const POLICY: &str = "an IAM policy document is read by the type `policy`";
const NOTHING_KEPT: Why = "nothing of it is kept";

/// Drafts the shapes that fields need.
pub struct Shapes<'m> {
    model: &'m Description,
    wire: Wire,
    /// The drafted ones; `None` while one is being drafted.
    drafted: Vec<Option<Drafted>>,
    /// What became of a shape of the model: its name in the draft.
    known: BTreeMap<&'m str, Result<String, Why>>,
    /// The shapes being drafted, to see one that holds itself.
    open: Vec<&'m str>,
}

impl<'m> Shapes<'m> {
    /// None yet.
    pub fn new(model: &'m Description, wire: Wire) -> Self {
        Self {
            model,
            wire,
            drafted: Vec::new(),
            known: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// The drafted ones that these fields need: of what was drafted, some may have been dropped.
    pub fn needed<'e>(self, fields: impl IntoIterator<Item = &'e Entry>) -> Vec<Drafted> {
        let mut drafted: Vec<Drafted> = self.drafted.into_iter().flatten().collect();
        let mut needed = BTreeSet::new();
        let mut open: Vec<String> = fields.into_iter().filter_map(shape_of).collect();
        while let Some(name) = open.pop() {
            let shape = drafted.iter().find(|shape| shape.name == name);
            let inner = shape.into_iter().flat_map(|shape| &shape.entries);
            if needed.insert(name) {
                open.extend(inner.filter_map(shape_of));
            }
        }
        drafted.retain(|shape| needed.contains(&shape.name));
        drafted
    }

    /// What becomes of the members of a structure.
    pub fn entries(&mut self, shape: &'m Shape) -> Vec<Entry> {
        let members = shape.members.0.iter();
        members
            .map(|(name, member)| {
                let required = shape.required.contains(name);
                self.entry(name, member, required)
            })
            .collect()
    }

    fn entry(&mut self, name: &'m str, member: &'m Reference, required: bool) -> Entry {
        if member.location.is_some() {
            return left_out(name, "it is no part of the answer's body");
        }
        let named_tags = is_tags(name) && self.holds_tags(member);
        let kept = if named_tags {
            ALL
        } else {
            keep(self.model, name, member)
        };
        let ty = match kept.keep {
            Keep::Presence => Ok("present".to_owned()),
            Keep::Names => Ok("keys".to_owned()),
            Keep::All => self.member_type(member, named_tags),
        };
        let ty = match ty {
            Ok(ty) => ty,
            Err(why) => return left_out(name, why),
        };
        let shape = self.model.shape(member);
        let list = shape.filter(|shape| matches!(shape.kind, Kind::List | Kind::Map));
        Entry::Field(Field {
            name: name.to_owned(),
            optional: !required && list.is_none() && kept == ALL,
            wire: wire_name(self.model, name, member).to_owned(),
            flat: self.wire.is_xml()
                && list.is_some_and(|shape| shape.flattened || member.flattened),
            attribute: self.wire.is_xml() && member.xml_attribute,
            ty,
            note: if kept == ALL {
                note(self.model, name, member)
            } else {
                kept.why
            },
        })
    }

    /// Whether it is a list of keys and values, or a map of texts.
    fn holds_tags(&self, member: &Reference) -> bool {
        let map = self
            .model
            .shape(member)
            .filter(|shape| shape.kind == Kind::Map);
        let value = map.and_then(|map| map.value.as_ref());
        let value = value.and_then(|value| self.model.shape(value));
        let texts = value.is_some_and(|value| value.kind == Kind::String);
        texts || tags(self.model, member, true).is_some()
    }

    fn member_type(&mut self, member: &'m Reference, named_tags: bool) -> Result<String, Why> {
        if let Some(tags) = tags(self.model, member, named_tags) {
            return Ok(tags);
        }
        if member.jsonvalue && !self.wire.is_xml() {
            return Ok("json".to_owned());
        }
        self.type_of(member)
    }

    /// The type for what a reference names.
    fn type_of(&mut self, member: &'m Reference) -> Result<String, Why> {
        let name = member.shape.as_str();
        let shape = self
            .model
            .shape(member)
            .ok_or("the model does not say what it is")?;
        let inner = match shape.kind {
            Kind::String => return Ok("string".to_owned()),
            Kind::Integer | Kind::Long => return Ok("int".to_owned()),
            Kind::Double | Kind::Float => return Ok("double".to_owned()),
            Kind::Boolean => return Ok("bool".to_owned()),
            Kind::Timestamp => return Ok("timestamp".to_owned()),
            Kind::Blob => return Err("bytes are no fact"),
            Kind::Other => return Err("its kind is unknown to this release"),
            Kind::Structure => return self.structure(name, shape),
            Kind::List => shape.member.as_ref(),
            Kind::Map => shape.value.as_ref(),
        };
        let inner = inner.ok_or("the model does not say what it holds")?;
        self.entered(name, |shapes| {
            let inner = shapes.type_of(inner)?;
            let word = if shape.kind == Kind::List {
                "list"
            } else {
                "map"
            };
            Ok(format!("{word}<{inner}>"))
        })
    }

    fn structure(&mut self, name: &'m str, shape: &'m Shape) -> Result<String, Why> {
        if shape.eventstream {
            return Err("it is a stream of events");
        }
        if shape.document {
            return if self.wire.is_xml() {
                Err("free-form members cannot be read from XML")
            } else {
                Ok("any".to_owned())
            };
        }
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let place = self.drafted.len();
        self.drafted.push(None);
        let drafted = self.entered(name, |shapes| {
            let entries = shapes.entries(shape);
            let empty = entries
                .iter()
                .all(|entry| matches!(entry, Entry::LeftOut { .. }));
            if empty && !entries.is_empty() {
                return Err(NOTHING_KEPT);
            }
            Ok(Drafted {
                name: shapes.free_name(name),
                entries,
            })
        });
        let known = match drafted {
            Ok(drafted) => {
                let name = drafted.name.clone();
                self.drafted[place] = Some(drafted);
                Ok(name)
            }
            // That it holds itself is true of this way to it only.
            Err(why) if why != NOTHING_KEPT => return Err(why),
            Err(why) => Err(why),
        };
        self.known.insert(name, known.clone());
        known
    }

    /// Does something inside of a shape, unless one is inside of it already.
    fn entered<T>(
        &mut self,
        name: &'m str,
        inside: impl FnOnce(&mut Self) -> Result<T, Why>,
    ) -> Result<T, Why> {
        if self.open.contains(&name) {
            return Err("it would hold itself");
        }
        if self.open.len() == DEEPEST {
            return Err("it is nested too deep");
        }
        self.open.push(name);
        let done = inside(self);
        self.open.pop();
        done
    }

    /// A shape's name as drafts can have it, which no other shape has.
    fn free_name(&self, name: &str) -> String {
        let wanted = type_name(name);
        let taken = |name: &String| {
            let mut known = self.known.values().flatten();
            known.any(|known| known == name)
        };
        let numbered = (2..).map(|number: u32| format!("{wanted}{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or(wanted)
    }
}

/// The shape that a field is made of, if it is made of one.
fn shape_of(entry: &Entry) -> Option<String> {
    let Entry::Field(field) = entry else {
        return None;
    };
    let mut inner = field.ty.as_str();
    while let Some((_, rest)) = inner.split_once('<') {
        inner = rest.strip_suffix('>').unwrap_or(rest);
    }
    let upper = inner.starts_with(|first: char| first.is_ascii_uppercase());
    upper.then(|| inner.to_owned())
}

fn left_out(name: &str, why: Why) -> Entry {
    Entry::LeftOut {
        name: name.to_owned(),
        why,
    }
}

/// Whether a member by that name holds the tags of what it is a member of.
pub fn is_tags(name: &str) -> bool {
    let names = [
        "tags",
        "taglist",
        "tagset",
        "resourcetags",
        "resourcetaglist",
    ];
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The type for a list of keys and values, which is a map in truth: tags, wherever they are. AWS
/// marks the values of some tags as sensitive, and yet everybody reads tags.
fn tags(model: &Description, member: &Reference, named: bool) -> Option<String> {
    let list = model
        .shape(member)
        .filter(|shape| shape.kind == Kind::List)?;
    let tag = model.shape(list.member.as_ref()?)?;
    let [first, second] = tag.members.0.as_slice() else {
        return None;
    };
    let ends =
        |(name, _): &(String, Reference), end: &str| name.to_ascii_lowercase().ends_with(end);
    let are = |key, value| ends(key, "key") && ends(value, "value");
    let (key, value) = match (first, second) {
        (key, value) if are(key, value) => (key, value),
        (value, key) if are(key, value) => (key, value),
        _ => return None,
    };
    let is_text = |(_, member): &(String, Reference)| {
        let shape = model.shape(member);
        shape.is_some_and(|shape| shape.kind == Kind::String)
    };
    let open = keep(model, &value.0, &value.1) == ALL;
    if !is_text(key) || !is_text(value) || !(named || open) {
        return None;
    }
    let [key, value] = [key, value].map(|(name, member)| wire_name(model, name, member));
    Some(if (key, value) == ("Key", "Value") {
        "tags".to_owned()
    } else {
        format!("tags<{key},{value}>")
    })
}

/// What to say of a member that may be more than it looks.
fn note(model: &Description, name: &str, member: &Reference) -> &'static str {
    let Some(shape) = model.shape(member) else {
        return "";
    };
    let lower = name.to_ascii_lowercase();
    let document = lower.ends_with("policydocument");
    let policy = document || lower == "policy" || lower == "resourcepolicy";
    match shape.kind {
        Kind::Structure if shape.document => "free-form: see that no secret is in it",
        Kind::String if policy && shape.values.is_empty() => POLICY,
        _ => "",
    }
}
