//! A snapshot as a file: JSON whose resources look like what the AWS CLI prints.

use std::cell::RefCell;
use std::io::Write;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Resource, Snapshot};
use crate::fact::{Fact, FactSeed, Interner, Object};

/// The format written, and the only one read.
pub const FORMAT: &str = "launchgate.snapshot/1";
const FORMAT_NAME: &str = "launchgate.snapshot/";
/// The identity of a resource stands beside its fields in the file.
const IDENTITY: [&str; 4] = ["id", "arn", "account", "region"];

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Not JSON, cut short, or not of the right shape.
    #[error("not a whole snapshot: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Made by a later launchgate.
    #[error(
        "it has the format `{0}`, and this launchgate reads `{FORMAT}`: use the release that wrote it or a later one"
    )]
    NewerFormat(String),
    /// JSON of something else.
    #[error("it is not a launchgate snapshot (no `\"format\": \"{FORMAT}\"` at its start)")]
    OtherFile,
}

/// Writes a snapshot.
///
/// # Errors
/// When the writer fails.
pub fn write(snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *out, &Document(snapshot))?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

struct Document<'s>(&'s Snapshot);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let snapshot = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("taken", &snapshot.taken)?;
        map.serialize_entry("accounts", &snapshot.accounts)?;
        map.serialize_entry("regions", &snapshot.regions)?;
        map.serialize_entry("calls", &snapshot.calls)?;
        map.serialize_entry("collected", &snapshot.collected)?;
        map.serialize_entry("unread", &snapshot.unread)?;
        map.serialize_entry("resources", &snapshot.resources)?;
        map.end()
    }
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let identity = [&self.id, &self.arn, &self.account, &self.region];
        for (name, value) in IDENTITY.iter().zip(identity) {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry("fields", &self.fields)?;
        map.end()
    }
}

/// Reads a snapshot.
///
/// # Errors
/// When the text is cut short, of another format, or of a newer one.
pub fn read(text: &[u8]) -> Result<Snapshot, SnapshotError> {
    let refused = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let seed = SnapshotSeed { refused: &refused };
    let outcome = seed
        .deserialize(&mut deserializer)
        .and_then(|snapshot| deserializer.end().map(|()| snapshot));
    match refused.into_inner() {
        Some(error) => Err(error),
        None => outcome.map_err(SnapshotError::Malformed),
    }
}

struct SnapshotSeed<'r> {
    /// Set when the format is not ours; a serde error alone could not say so.
    refused: &'r RefCell<Option<SnapshotError>>,
}

impl SnapshotSeed<'_> {
    fn check_format<E: serde::de::Error>(&self, format: Option<&str>) -> Result<(), E> {
        let error = match format {
            Some(FORMAT) => return Ok(()),
            Some(other) if other.starts_with(FORMAT_NAME) => {
                SnapshotError::NewerFormat(other.to_owned())
            }
            _ => SnapshotError::OtherFile,
        };
        *self.refused.borrow_mut() = Some(error);
        Err(E::custom("refused"))
    }
}

impl<'de> DeserializeSeed<'de> for SnapshotSeed<'_> {
    type Value = Snapshot;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Snapshot, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for SnapshotSeed<'_> {
    type Value = Snapshot;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a snapshot")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Snapshot, A::Error> {
        // The format comes first, so that a newer file is known before its contents are met.
        match access.next_key::<String>()? {
            Some(key) if key == "format" => {
                let format = access.next_value::<String>()?;
                self.check_format(Some(&format))?;
            }
            _ => self.check_format(None)?,
        }
        let mut snapshot = Snapshot::default();
        let mut missing = vec![
            "taken",
            "accounts",
            "regions",
            "collected",
            "unread",
            "resources",
        ];
        while let Some(key) = access.next_key::<String>()? {
            missing.retain(|wanted| *wanted != key);
            match key.as_str() {
                "taken" => {
                    snapshot.taken = access.next_value()?;
                    OffsetDateTime::parse(&snapshot.taken, &Rfc3339)
                        .map_err(|_| A::Error::custom("`taken` is not a time"))?;
                }
                "accounts" => snapshot.accounts = access.next_value()?,
                "regions" => snapshot.regions = access.next_value()?,
                "calls" => snapshot.calls = access.next_value()?,
                "collected" => snapshot.collected = access.next_value()?,
                "unread" => snapshot.unread = access.next_value()?,
                "resources" => {
                    let mut interner = Interner::default();
                    let pairs = access.next_value_seed(ByType(&mut interner))?;
                    snapshot.resources = pairs.into_iter().collect();
                }
                _ => {
                    access.next_value::<IgnoredAny>()?;
                }
            }
        }
        match missing.first() {
            Some(name) => Err(A::Error::custom(format!("`{name}` is missing"))),
            None => Ok(snapshot),
        }
    }
}

/// Reads `{type: [resource, ...]}`.
struct ByType<'i>(&'i mut Interner);

impl<'de> DeserializeSeed<'de> for ByType<'_> {
    type Value = Vec<(String, Vec<Resource>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ByType<'_> {
    type Value = Vec<(String, Vec<Resource>)>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("resources by type")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut types = Vec::new();
        while let Some(name) = access.next_key()? {
            types.push((name, access.next_value_seed(Resources(self.0))?));
        }
        Ok(types)
    }
}

struct Resources<'i>(&'i mut Interner);

impl<'de> DeserializeSeed<'de> for Resources<'_> {
    type Value = Vec<Resource>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Resources<'_> {
    type Value = Vec<Resource>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a list of resources")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut resources = Vec::new();
        while let Some(resource) = access.next_element_seed(ResourceSeed(self.0))? {
            resources.push(resource);
        }
        Ok(resources)
    }
}

struct ResourceSeed<'i>(&'i mut Interner);

impl<'de> DeserializeSeed<'de> for ResourceSeed<'_> {
    type Value = Resource;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Resource, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ResourceSeed<'_> {
    type Value = Resource;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a resource")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Resource, A::Error> {
        let mut identity: [Option<Box<str>>; 4] = [const { None }; 4];
        let mut fields = Object::default();
        while let Some(key) = access.next_key::<std::borrow::Cow<str>>()? {
            if let Some(position) = IDENTITY.iter().position(|name| *name == key) {
                identity[position] = Some(access.next_value()?);
            } else if key == "fields" {
                match access.next_value_seed(FactSeed(self.0))? {
                    Fact::Object(object) => fields = object,
                    other => {
                        let message = format!("a resource's fields are of kind {}", other.kind());
                        return Err(A::Error::custom(message));
                    }
                }
            } else {
                access.next_value::<IgnoredAny>()?;
            }
        }
        let [Some(id), Some(arn), Some(account), Some(region)] = identity else {
            return Err(A::Error::custom(
                "a resource lacks its id, arn, account or region",
            ));
        };
        Ok(Resource {
            id,
            arn,
            account,
            region,
            fields,
        })
    }
}
