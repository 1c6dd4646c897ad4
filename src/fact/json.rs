//! Facts to and from JSON. Unknown values travel as `{"$unknown": {...}}`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::object::exact;
use super::{Fact, Name, Object, Unknown};

/// The key that marks an unreadable value.
const UNKNOWN_KEY: &str = "$unknown";
/// Names that start with this (a tag may) are written with it doubled, so that none can pass for
/// [`UNKNOWN_KEY`].
const ESCAPE: char = '$';

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Fact::Null => serializer.serialize_unit(),
            Fact::Bool(value) => serializer.serialize_bool(*value),
            Fact::Int(value) => serializer.serialize_i64(*value),
            Fact::Double(value) => serializer.serialize_f64(*value),
            Fact::String(text) => serializer.serialize_str(text),
            Fact::List(items) => serializer.collect_seq(items),
            Fact::Object(object) => object.serialize(serializer),
            Fact::Unknown(unknown) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(UNKNOWN_KEY, unknown.as_ref())?;
                map.end()
            }
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, fact) in self.iter() {
            if name.starts_with(ESCAPE) {
                map.serialize_entry(&format!("{ESCAPE}{name}"), fact)?;
            } else {
                map.serialize_entry(&**name, fact)?;
            }
        }
        map.end()
    }
}

/// Shares names and unknowns while a large document is read.
#[derive(Default)]
pub struct Interner {
    names: HashSet<Name>,
    unknowns: HashMap<Unknown, Arc<Unknown>>,
}

impl Interner {
    /// The shared name for `text`.
    pub fn name(&mut self, text: &str) -> Name {
        if let Some(found) = self.names.get(text) {
            return found.clone();
        }
        let fresh: Name = text.into();
        self.names.insert(fresh.clone());
        fresh
    }

    fn unknown(&mut self, unknown: Unknown) -> Arc<Unknown> {
        self.unknowns
            .entry(unknown)
            .or_insert_with_key(|key| Arc::new(key.clone()))
            .clone()
    }
}

/// Reads one [`Fact`], sharing names through an [`Interner`].
pub struct FactSeed<'i>(pub &'i mut Interner);

impl<'de> DeserializeSeed<'de> for FactSeed<'_> {
    type Value = Fact;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fact, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Reads a key as a shared name.
struct NameSeed<'i>(&'i mut Interner);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Name, E> {
        Ok(self.0.name(text))
    }
}

impl<'de> Visitor<'de> for FactSeed<'_> {
    type Value = Fact;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a fact")
    }

    fn visit_unit<E: Error>(self) -> Result<Fact, E> {
        Ok(Fact::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Fact, E> {
        Ok(Fact::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Fact, E> {
        Ok(Fact::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Fact, E> {
        i64::try_from(value)
            .map(Fact::Int)
            .map_err(|_| E::custom(format!("{value} is too large for a whole number")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Fact, E> {
        Ok(Fact::Double(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Fact, E> {
        Ok(Fact::string(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Fact, E> {
        Ok(Fact::string(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Fact, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(FactSeed(self.0))? {
            items.push(item);
        }
        Ok(Fact::List(exact(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Fact, A::Error> {
        let mut entries: Vec<(Name, Fact)> = Vec::new();
        while let Some(name) = access.next_key_seed(NameSeed(self.0))? {
            if &*name == UNKNOWN_KEY && entries.is_empty() {
                let unknown = access.next_value::<Unknown>()?;
                return Ok(Fact::Unknown(self.0.unknown(unknown)));
            }
            let name = match name.strip_prefix(ESCAPE) {
                Some(escaped) if escaped.starts_with(ESCAPE) => self.0.name(escaped),
                _ => name,
            };
            entries.push((name, access.next_value_seed(FactSeed(self.0))?));
        }
        Ok(Fact::Object(Object::new(entries)))
    }
}
