//! How a service is spoken to, and how members are called on the way.

use super::DraftError;
use super::model::{Description, Kind, Model, Reference};

/// The protocols of declared sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Form parameters, answers in XML.
    Query,
    /// JSON, version 1.0.
    Json10,
    /// JSON, version 1.1.
    Json11,
    /// Methods and paths, JSON.
    RestJson,
    /// Methods and paths, XML.
    RestXml,
}

/// The protocols as models name them, those first that say most with the least trouble.
const SPOKEN: [&str; 4] = ["json", "rest-json", "query", "rest-xml"];

impl Wire {
    /// The best of the protocols that a service speaks.
    ///
    /// # Errors
    /// When there is none that declared sources speak.
    pub fn of(model: &Model) -> Result<Self, DraftError> {
        let metadata = &model.description.metadata;
        let all = match metadata.protocols.as_slice() {
            [] => std::slice::from_ref(&metadata.protocol),
            all => all,
        };
        // JSON without a target is said of models that never had it.
        let possible = |name: &&str| {
            all.iter().any(|known| known == name)
                && (**name != *"json" || metadata.target_prefix.is_some())
        };
        let chosen = SPOKEN.iter().find(|name| possible(name));
        Ok(match chosen.copied() {
            Some("json") if metadata.json_version.as_deref() == Some("1.1") => Self::Json11,
            Some("json") => Self::Json10,
            Some("rest-json") => Self::RestJson,
            Some("query") => Self::Query,
            Some("rest-xml") => Self::RestXml,
            _ => {
                return Err(DraftError::Protocol {
                    service: model.service.clone(),
                    spoken: all.join(", "),
                });
            }
        })
    }

    /// Its name in source files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "awsQuery",
            Self::Json10 => "awsJson1_0",
            Self::Json11 => "awsJson1_1",
            Self::RestJson => "restJson1",
            Self::RestXml => "restXml",
        }
    }

    /// Whether operations are told apart by method and path.
    pub fn is_rest(self) -> bool {
        matches!(self, Self::RestJson | Self::RestXml)
    }

    /// Whether answers are XML.
    pub fn is_xml(self) -> bool {
        matches!(self, Self::Query | Self::RestXml)
    }
}

/// A member's name in a request or an answer.
pub fn wire_name<'m>(model: &'m Description, name: &'m str, member: &'m Reference) -> &'m str {
    // A list without an element around it is known by the name of what it repeats.
    let item = model
        .shape(member)
        .filter(|shape| shape.kind == Kind::List && (shape.flattened || member.flattened))
        .and_then(|shape| shape.member.as_ref())
        .and_then(|item| item.location_name.as_deref());
    item.or(member.location_name.as_deref()).unwrap_or(name)
}
