//! A resource for a CloudFormation template.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::identifier::{logical_id, parameter_id};
use crate::expr::{Filled, Gap, Piece, Scope, Template};
use crate::rule::{Creation, Data};

/// A resource to create, filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    /// Its logical id.
    pub id: String,
    /// `Type`, `Properties` and what else there is.
    pub resource: Json,
    /// The logical ids that it refers to.
    pub references: BTreeSet<String>,
    /// The shared parameters that the template takes, by their names in rules.
    pub parameters: BTreeSet<String>,
}

/// The logical id of a resource.
///
/// # Errors
/// As [`create`].
pub fn id_of(creation: &Creation, scope: &Scope<'_, '_>) -> Result<String, Gap> {
    Ok(logical_id(&creation.id.fill(scope)?))
}

/// Fills in a resource; `None` for one that another rule holds.
///
/// # Errors
/// When a value that it needs is not there or could not be read.
pub fn create(creation: &Creation, scope: &Scope<'_, '_>) -> Result<Option<Created>, Gap> {
    let id = id_of(creation, scope)?;
    let Some(data) = &creation.resource else {
        return Ok(None);
    };
    let mut filler = Filler {
        scope,
        references: BTreeSet::new(),
        parameters: BTreeSet::new(),
    };
    let resource = filler.data(data)?.unwrap_or(Json::Null);
    let Filler {
        references,
        parameters,
        ..
    } = filler;
    Ok(Some(Created {
        id,
        resource,
        references,
        parameters,
    }))
}

struct Filler<'f, 's> {
    scope: &'f Scope<'f, 's>,
    references: BTreeSet<String>,
    parameters: BTreeSet<String>,
}

impl<'f> Filler<'f, '_> {
    /// `None` for a property whose value the resource does not have: it is left out.
    fn data(&mut self, data: &'f Data) -> Result<Option<Json>, Gap> {
        Ok(Some(match data {
            Data::Fixed(value) => value.clone(),
            Data::Text(template) => return self.text(template),
            Data::Sub(template) => self.substituted(template)?.into(),
            Data::Id(template) => self.reference(template)?.into(),
            Data::JsonText(inner) => self.json_text(inner)?,
            Data::List(items) => {
                let mut filled = Vec::new();
                for item in items {
                    filled.extend(self.data(item)?);
                }
                filled.into()
            }
            Data::Map(entries) => {
                let mut filled = Map::new();
                for (key, inner) in entries {
                    if let Some(value) = self.data(inner)? {
                        filled.insert(key.clone(), value);
                    }
                }
                filled.into()
            }
        }))
    }

    fn reference(&mut self, template: &'f Template) -> Result<String, Gap> {
        let own: String = template.own_text().collect();
        if own.starts_with("AWS::") {
            return Ok(own);
        }
        let id = logical_id(&template.fill(self.scope)?);
        self.references.insert(id.clone());
        Ok(id)
    }

    fn parameter(&mut self, name: &str) -> String {
        self.parameters.insert(name.to_owned());
        parameter_id(name)
    }

    fn text(&mut self, template: &'f Template) -> Result<Option<Json>, Gap> {
        match template.fill_exactly(self.scope) {
            Some(Ok(Filled::Value(value))) => return Ok(Some(value)),
            Some(Ok(Filled::Unset(name))) => {
                return Ok(Some(json!({ "Ref": self.parameter(&name) })));
            }
            Some(Err(Gap::Absent(_))) => return Ok(None),
            Some(Err(gap)) => return Err(gap),
            None => {}
        }
        let pieces = template.fill(self.scope)?;
        let unset = pieces.iter().any(|piece| matches!(piece, Piece::Unset(_)));
        if unset {
            let text = self.joined(&pieces, OwnText::Literal);
            return Ok(Some(json!({ "Fn::Sub": text })));
        }
        let plain = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Value(value) | Piece::Unset(value) => value.as_str(),
        });
        Ok(Some(plain.collect::<String>().into()))
    }

    /// A text in which CloudFormation fills in `${...}`.
    fn substituted(&mut self, template: &'f Template) -> Result<String, Gap> {
        let pieces = template.fill(self.scope)?;
        for piece in &pieces {
            if let Piece::Text(text) = piece {
                self.references.extend(substitutions(text));
            }
        }
        Ok(self.joined(&pieces, OwnText::Substituted))
    }

    fn joined(&mut self, pieces: &[Piece<'_>], own: OwnText) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(part) if own == OwnText::Literal => push_literally(&mut text, part),
                Piece::Text(part) => {
                    // A `$` at the end of a value must not meet the brace of what follows.
                    if text.ends_with('$') && part.starts_with('{') {
                        text.push_str("{!");
                        text.push_str(&part[1..]);
                    } else {
                        text.push_str(part);
                    }
                }
                Piece::Value(value) => push_literally(&mut text, value),
                Piece::Unset(name) => {
                    let id = self.parameter(name);
                    text.push_str(&format!("${{{id}}}"));
                }
            }
        }
        text
    }

    fn json_text(&mut self, inner: &'f Data) -> Result<Json, Gap> {
        let value = self.inside_json(inner)?.unwrap_or(Json::Null);
        let text = value.to_string();
        Ok(if text.contains("${") {
            json!({ "Fn::Sub": text })
        } else {
            text.into()
        })
    }

    /// As [`Self::data`], but CloudFormation fills in the whole afterwards.
    fn inside_json(&mut self, data: &'f Data) -> Result<Option<Json>, Gap> {
        match data {
            Data::Sub(template) => match template.fill_exactly(self.scope) {
                Some(Ok(Filled::Value(value))) => Ok(Some(literally(value))),
                Some(Err(Gap::Absent(_))) => Ok(None),
                Some(Err(gap)) => Err(gap),
                Some(Ok(Filled::Unset(_))) | None => Ok(Some(self.substituted(template)?.into())),
            },
            Data::List(items) => {
                let mut filled = Vec::new();
                for item in items {
                    filled.extend(self.inside_json(item)?);
                }
                Ok(Some(filled.into()))
            }
            Data::Map(entries) => {
                let mut filled = Map::new();
                for (key, inner) in entries {
                    if let Some(value) = self.inside_json(inner)? {
                        filled.insert(key.clone(), value);
                    }
                }
                Ok(Some(filled.into()))
            }
            other => self.data(other),
        }
    }
}

/// Whether `${...}` in a template's own text is for CloudFormation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnText {
    Literal,
    Substituted,
}

/// Adds what CloudFormation must not fill in.
fn push_literally(text: &mut String, part: &str) {
    for character in part.chars() {
        let opens = character == '{' && text.ends_with('$');
        text.push(character);
        if opens {
            text.push('!');
        }
    }
}

/// A value none of whose texts CloudFormation fills in.
fn literally(value: Json) -> Json {
    match value {
        Json::String(text) => {
            let mut escaped = String::new();
            push_literally(&mut escaped, &text);
            escaped.into()
        }
        Json::Array(items) => items.into_iter().map(literally).collect(),
        Json::Object(entries) => {
            let entries = entries.into_iter();
            entries
                .map(|(key, inner)| (key, literally(inner)))
                .collect()
        }
        other => other,
    }
}

/// The logical ids of `${Id}` and `${Id.Attribute}` in a text.
fn substitutions(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split("${").skip(1);
    parts.filter_map(|part| {
        let (inside, _) = part.split_once('}')?;
        let id = inside.split('.').next().unwrap_or(inside);
        let known = inside.starts_with('!') || inside.contains(':');
        (!known).then(|| id.to_owned())
    })
}
