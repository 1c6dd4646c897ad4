//! An API model as botocore writes it, as far as drafts need it: documentation is not read at all.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The API model of a service, with how its lists are paged and where its endpoints are.
#[derive(Debug)]
pub struct Model {
    /// The service's name as botocore has it (`acm-pca`).
    pub service: String,
    /// The file it was read from.
    pub path: PathBuf,
    pub(super) description: Description,
    pub(super) paginators: BTreeMap<String, Paginator>,
    pub(super) endpoint_rules: Option<Value>,
}

/// `service-2.json`.
#[derive(Debug, Deserialize)]
pub struct Description {
    pub metadata: Metadata,
    pub operations: BTreeMap<String, Operation>,
    #[serde(default)]
    pub shapes: BTreeMap<String, Shape>,
}

/// What is said of the whole service.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    #[serde(default)]
    pub api_version: String,
    pub endpoint_prefix: String,
    pub protocol: String,
    #[serde(default)]
    pub protocols: Vec<String>,
    pub json_version: Option<String>,
    pub target_prefix: Option<String>,
    pub service_full_name: Option<String>,
    pub service_id: Option<String>,
    pub signing_name: Option<String>,
}

/// An operation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    #[serde(default)]
    pub http: Http,
    pub input: Option<Reference>,
    pub output: Option<Reference>,
    #[serde(default)]
    pub errors: Vec<Reference>,
    pub endpoint: Option<Host>,
    #[serde(default)]
    pub static_context_params: BTreeMap<String, ContextParam>,
}

/// Method and path.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Http {
    pub method: String,
    pub request_uri: String,
}

/// What an operation puts before the service's host.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Host {
    pub host_prefix: Option<String>,
}

/// What an operation tells the endpoint rules.
#[derive(Debug, Deserialize)]
pub struct ContextParam {
    pub value: Value,
}

/// The kinds of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Structure,
    List,
    Map,
    String,
    Integer,
    Long,
    Double,
    Float,
    Boolean,
    Timestamp,
    Blob,
    /// One that this release does not know.
    #[serde(other)]
    Other,
}

/// A shape.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub members: Ordered<Reference>,
    #[serde(default)]
    pub required: Vec<String>,
    /// What a list holds.
    pub member: Option<Reference>,
    /// What a map holds by texts.
    pub value: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub values: Vec<String>,
    pub max: Option<f64>,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub flattened: bool,
    /// Free JSON.
    #[serde(default)]
    pub document: bool,
    #[serde(default)]
    pub eventstream: bool,
    pub location_name: Option<String>,
    /// The member that is the body by itself.
    pub payload: Option<String>,
    pub error: Option<ErrorCode>,
}

/// The code of an error where it is not the shape's name.
#[derive(Debug, Deserialize)]
pub struct ErrorCode {
    pub code: Option<String>,
}

/// Where a shape is used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    pub shape: String,
    pub location: Option<String>,
    pub location_name: Option<String>,
    #[serde(default)]
    pub flattened: bool,
    #[serde(default)]
    pub xml_attribute: bool,
    #[serde(default)]
    pub jsonvalue: bool,
}

/// `paginators-1.json`.
#[derive(Debug, Deserialize)]
pub struct Paginators {
    #[serde(default)]
    pub pagination: BTreeMap<String, Paginator>,
}

/// How an operation's pages follow each other.
#[derive(Debug, Deserialize)]
pub struct Paginator {
    #[serde(default)]
    pub input_token: Names,
    #[serde(default)]
    pub output_token: Names,
    #[serde(default)]
    pub result_key: Names,
    pub more_results: Option<String>,
}

/// One name, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Names {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

impl Model {
    /// The names of its operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.description.operations.keys().map(String::as_str)
    }

    /// The service's name in launchgate, and the stem of its source's file: a name in rules.
    pub fn source_name(&self) -> String {
        name_in_rules(&self.service)
    }
}

/// A service's name as rules can write it.
pub fn name_in_rules(service: &str) -> String {
    let letters = service.chars().map(|letter| letter.to_ascii_lowercase());
    letters.filter(char::is_ascii_alphanumeric).collect()
}

impl Description {
    /// The shape that is referred to; a model that names none is no model we can read.
    pub fn shape(&self, reference: &Reference) -> Option<&Shape> {
        self.shapes.get(&reference.shape)
    }
}

/// A map whose entries keep the order they are written in.
#[derive(Debug)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Ordered<T> {
    /// The entry of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = Ordered<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}
