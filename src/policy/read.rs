//! The policy grammar, by way of serde: what AWS takes, and nothing else.
//!
//! Every reader here refuses null, duplicate keys and unknown elements. A document that could be
//! read in two ways is an error, because a rule must not judge the reading that AWS did not take.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Conditions, Document, Effect, Lists, Statement, Version};

/// The kinds of principal in AWS's grammar.
const PRINCIPAL_KINDS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written: Obj<Written> = Obj::deserialize(deserializer)?;
        Ok(Document {
            version: written.0.version,
            id: written.0.id,
            statements: written.0.statement.0,
        })
    }
}

/// A document as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Written {
    #[serde(default, deserialize_with = "given")]
    version: Option<Version>,
    #[serde(default, deserialize_with = "given")]
    id: Option<String>,
    statement: Statements,
}

/// A statement as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct WrittenStatement {
    #[serde(default, deserialize_with = "given")]
    sid: Option<String>,
    effect: Effect,
    #[serde(default, deserialize_with = "given")]
    action: Option<Texts>,
    #[serde(default, deserialize_with = "given")]
    not_action: Option<Texts>,
    #[serde(default, deserialize_with = "given")]
    resource: Option<Texts>,
    #[serde(default, deserialize_with = "given")]
    not_resource: Option<Texts>,
    #[serde(default, deserialize_with = "given")]
    principal: Option<Principals>,
    #[serde(default, deserialize_with = "given")]
    not_principal: Option<Principals>,
    #[serde(default)]
    condition: Keyed<Keyed<Scalars>>,
}

impl WrittenStatement {
    fn check<E: Error>(self) -> Result<Statement, E> {
        if self.action.is_none() && self.not_action.is_none() {
            return Err(E::custom("a statement needs Action or NotAction"));
        }
        let texts = |texts: &Texts| texts.0.is_empty();
        let (actions, not_actions) = either("Action", self.action, self.not_action, texts)?;
        let (resources, not_resources) =
            either("Resource", self.resource, self.not_resource, texts)?;
        let principals = |principals: &Principals| principals.0.is_empty();
        let (principals, not_principals) =
            either("Principal", self.principal, self.not_principal, principals)?;
        Ok(Statement {
            sid: self.sid,
            effect: self.effect,
            actions: actions.0,
            not_actions: not_actions.0,
            resources: resources.0,
            not_resources: not_resources.0,
            principals: principals.0,
            not_principals: not_principals.0,
            conditions: conditions(self.condition),
        })
    }
}

/// Of an element and its `Not` form AWS takes one. An empty `Not` form would cover everything and
/// yet look like a missing one.
fn either<T: Default, E: Error>(
    element: &str,
    one: Option<T>,
    not: Option<T>,
    is_empty: impl Fn(&T) -> bool,
) -> Result<(T, T), E> {
    match (&one, &not) {
        (Some(_), Some(_)) => Err(E::custom(format!(
            "a statement cannot have both {element} and Not{element}"
        ))),
        (_, Some(not)) if is_empty(not) => {
            Err(E::custom(format!("an empty Not{element} excludes nothing")))
        }
        _ => Ok((one.unwrap_or_default(), not.unwrap_or_default())),
    }
}

fn conditions(written: Keyed<Keyed<Scalars>>) -> Conditions {
    let keys = |keys: Keyed<Scalars>| -> Lists {
        let values = keys.0.into_iter();
        values.map(|(key, values)| (key, values.0)).collect()
    };
    let operators = written.0.into_iter();
    operators
        .map(|(operator, values)| (operator, keys(values)))
        .collect()
}

/// An element that is there: serde would take null for a missing one.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        [Version::V2008, Version::V2012]
            .into_iter()
            .find(|version| version.as_str() == text)
            .ok_or_else(|| D::Error::custom(format!("unknown policy language version `{text}`")))
    }
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        [Effect::Allow, Effect::Deny]
            .into_iter()
            .find(|effect| effect.as_str() == text)
            .ok_or_else(|| {
                D::Error::custom(format!("the effect is Allow or Deny, and not `{text}`"))
            })
    }
}

/// A struct read from a JSON object only: serde would take a list of its fields as well.
struct Obj<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Obj<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Obj<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Obj<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(access)).map(Obj)
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

/// One statement or a list of them.
struct Statements(Vec<Statement>);

impl<'de> Deserialize<'de> for Statements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Statements;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a statement or a list of statements")
            }
            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Statements, A::Error> {
                let one = WrittenStatement::deserialize(MapAccessDeserializer::new(access))?;
                Ok(Statements(vec![one.check()?]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Statements, A::Error> {
                let mut statements = Vec::new();
                while let Some(one) = access.next_element::<Obj<WrittenStatement>>()? {
                    statements.push(one.0.check()?);
                }
                Ok(Statements(statements))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// One text or a list of texts.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = access.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// One condition value or a list of them, as text.
struct Scalars(Vec<String>);

/// One condition value.
struct Scalar(String);

/// The readers of everything that counts as one condition value.
macro_rules! scalar_visits {
    ($made:ty, $make:expr) => {
        fn visit_str<E: Error>(self, value: &str) -> Result<$made, E> {
            Ok($make(value.to_owned()))
        }
        fn visit_bool<E: Error>(self, value: bool) -> Result<$made, E> {
            Ok($make(value.to_string()))
        }
        fn visit_i64<E: Error>(self, value: i64) -> Result<$made, E> {
            Ok($make(value.to_string()))
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<$made, E> {
            Ok($make(value.to_string()))
        }
        fn visit_f64<E: Error>(self, value: f64) -> Result<$made, E> {
            Ok($make(value.to_string()))
        }
    };
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string, a boolean or a number")
            }
            scalar_visits!(Scalar, Scalar);
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Scalars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Scalars;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string, a boolean, a number or a list of these")
            }
            scalar_visits!(Scalars, |text| Scalars(vec![text]));
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Scalars, A::Error> {
                let mut values = Vec::new();
                while let Some(Scalar(value)) = access.next_element()? {
                    values.push(value);
                }
                Ok(Scalars(values))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// `*`, or principals by their kind.
#[derive(Default)]
struct Principals(Lists);

impl<'de> Deserialize<'de> for Principals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Principals;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`*` or an object of principals by their kind")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Principals, E> {
                if text != "*" {
                    let message = format!("only `*` is a principal on its own, `{text}` is not");
                    return Err(E::custom(message));
                }
                let everybody = ("AWS".to_owned(), vec![text.to_owned()]);
                Ok(Principals(Lists::from([everybody])))
            }
            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Principals, A::Error> {
                let kinds: Keyed<Texts> = keyed(access)?;
                for kind in kinds.0.keys() {
                    if !PRINCIPAL_KINDS.contains(&kind.as_str()) {
                        let message = format!("unknown kind of principal `{kind}`");
                        return Err(A::Error::custom(message));
                    }
                }
                let kinds = kinds.0.into_iter();
                Ok(Principals(kinds.map(|(kind, who)| (kind, who.0)).collect()))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// An object with keys of the author's own, each once.
struct Keyed<T>(BTreeMap<String, T>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Keyed<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Keyed<T>, A::Error> {
                keyed(access)
            }
        }
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

fn keyed<'de, T: Deserialize<'de>, A: MapAccess<'de>>(mut access: A) -> Result<Keyed<T>, A::Error> {
    let mut entries = BTreeMap::new();
    while let Some((key, value)) = access.next_entry::<String, T>()? {
        if entries.insert(key.clone(), value).is_some() {
            return Err(A::Error::custom(format!("`{key}` is given twice")));
        }
    }
    Ok(Keyed(entries))
}
