//! Values of requests: templates filled from a resource, parameters and the time of the run.

use std::sync::Arc;

use time::macros::format_description;
use time::{Date, Month, OffsetDateTime};

use crate::fact::{Fact, Object, Unknown};
use crate::snapshot::Resource;
use crate::source::{Input, Length, ParamValue, Params, Part, Place, Shift, Template};

/// A value to send.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// A point in time, in seconds since 1970.
    Time(i64),
    /// Values.
    List(Vec<Value>),
    /// Named values.
    Map(Vec<(String, Value)>),
}

/// What templates are filled from.
#[derive(Clone, Copy)]
pub struct Scope<'r> {
    /// The fields of the resource, or of what will be one.
    pub fields: &'r Object,
    /// The resource, where it is one already.
    pub resource: Option<&'r Resource>,
    /// The resource that the list belongs to.
    pub parent: Option<&'r Resource>,
    /// The value that the list is made for.
    pub each: Option<&'r str>,
    /// The position in a batch.
    pub index: Option<usize>,
    /// The source's parameters.
    pub params: &'r Params,
    /// The account's twelve digits.
    pub account: &'r str,
    /// The partition.
    pub partition: &'r str,
    /// The region that is asked.
    pub region: &'r str,
    /// The time of the run.
    pub now: OffsetDateTime,
}

/// A template that names what could not be read.
pub type Unfilled = Arc<Unknown>;

impl Scope<'_> {
    /// The value of a request's member; `None` where what fills it is absent.
    ///
    /// # Errors
    /// When it names something unknown.
    pub fn input(&self, input: &Input) -> Result<Option<Value>, Unfilled> {
        Ok(match input {
            Input::Bool(value) => Some(Value::Bool(*value)),
            Input::Int(value) => Some(Value::Int(*value)),
            Input::Template(template) => self.fill(template)?,
            Input::List(items) => {
                let mut values = Vec::new();
                for item in items {
                    values.extend(self.input(item)?);
                }
                Some(Value::List(values))
            }
            Input::Map(entries) => Some(Value::Map(self.members(entries)?)),
        })
    }

    /// The members of a request that have a value.
    ///
    /// # Errors
    /// As [`Scope::input`].
    pub fn members(&self, entries: &[(String, Input)]) -> Result<Vec<(String, Value)>, Unfilled> {
        let mut members = Vec::new();
        for (name, input) in entries {
            if let Some(value) = self.input(input)? {
                members.push((name.clone(), value));
            }
        }
        Ok(members)
    }

    /// A template as text; what is absent is empty.
    ///
    /// # Errors
    /// As [`Scope::input`].
    pub fn text(&self, template: &Template) -> Result<String, Unfilled> {
        let filled = self.fill(template)?;
        Ok(filled.map_or_else(String::new, |value| value.text()))
    }

    /// A template as text, where nothing in it is absent or unknown.
    pub fn whole(&self, template: &Template) -> Option<String> {
        let mut places = template.places();
        let there = places.all(|place| matches!(self.place(place), Ok(Some(_))));
        if there {
            self.text(template).ok()
        } else {
            None
        }
    }

    fn fill(&self, template: &Template) -> Result<Option<Value>, Unfilled> {
        if let Some(place) = template.only_place() {
            return self.place(place);
        }
        let mut text = String::new();
        for part in &template.parts {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Place(place) => {
                    if let Some(value) = self.place(place)? {
                        text.push_str(&value.text());
                    }
                }
            }
        }
        Ok(Some(Value::Text(text)))
    }

    fn place(&self, place: &Place) -> Result<Option<Value>, Unfilled> {
        Ok(match place {
            Place::Field(path) => self.field(path)?,
            Place::Parent(path) if path.is_empty() => {
                self.each.map(|each| Value::Text(each.to_owned()))
            }
            Place::Parent(path) => match self.parent {
                Some(parent) => of_resource(parent, path)?,
                None => None,
            },
            Place::Param(name) => self.params.get(name).map(of_param),
            Place::Index => self.index.map(|index| Value::Text(index.to_string())),
            Place::Now(shift) => Some(Value::Time(self.shifted(shift.as_ref()).unix_timestamp())),
            Place::Today(shift) => Some(day(self.shifted(shift.as_ref()).date())),
            Place::Month { next } => Some(day(first_of_month(self.now.date(), *next))),
            Place::Base(place) => self.place(place)?.map(|value| {
                let text = value.text();
                Value::Text(text.rsplit('/').next().unwrap_or_default().to_owned())
            }),
        })
    }

    fn field(&self, path: &[String]) -> Result<Option<Value>, Unfilled> {
        let Some(first) = path.first() else {
            return Ok(None);
        };
        if let Some(fact) = self.fields.get(first) {
            return inner(fact, &path[1..]);
        }
        if let Some(resource) = self.resource
            && let Some(own) = identity(resource, first)
        {
            return Ok(Some(Value::Text(own.to_owned())));
        }
        let fixed = match first.as_str() {
            "account" => self.account,
            "partition" => self.partition,
            "region" => self.region,
            _ => return Ok(None),
        };
        Ok(Some(Value::Text(fixed.to_owned())))
    }

    fn shifted(&self, shift: Option<&Shift>) -> OffsetDateTime {
        let Some(shift) = shift else { return self.now };
        let seconds = match &shift.by {
            Length::Fixed(length) => length.0,
            Length::Param(name) => match self.params.get(name) {
                Some(ParamValue::Duration(_, length)) => length.0,
                _ => 0,
            },
        };
        let length = time::Duration::seconds(if shift.back { -seconds } else { seconds });
        self.now.checked_add(length).unwrap_or(self.now)
    }
}

fn identity<'r>(resource: &'r Resource, name: &str) -> Option<&'r str> {
    match name {
        "id" => Some(&resource.id),
        "arn" => Some(&resource.arn),
        "account" => Some(&resource.account),
        "region" => Some(&resource.region),
        _ => None,
    }
}

fn of_resource(resource: &Resource, path: &[String]) -> Result<Option<Value>, Unfilled> {
    let Some(first) = path.first() else {
        return Ok(None);
    };
    match (resource.get(first), identity(resource, first)) {
        (Some(fact), _) => inner(fact, &path[1..]),
        (None, Some(own)) => Ok(Some(Value::Text(own.to_owned()))),
        (None, None) => Ok(None),
    }
}

fn inner(fact: &Fact, path: &[String]) -> Result<Option<Value>, Unfilled> {
    match (fact, path.split_first()) {
        (Fact::Unknown(unknown), _) => Err(unknown.clone()),
        (Fact::Object(object), Some((name, rest))) => match object.get(name) {
            Some(fact) => inner(fact, rest),
            None => Ok(None),
        },
        (_, Some(_)) => Ok(None),
        (fact, None) => of_fact(fact),
    }
}

fn of_fact(fact: &Fact) -> Result<Option<Value>, Unfilled> {
    Ok(Some(match fact {
        Fact::Null => return Ok(None),
        Fact::Unknown(unknown) => return Err(unknown.clone()),
        Fact::Bool(value) => Value::Bool(*value),
        Fact::Int(value) => Value::Int(*value),
        Fact::Double(value) => Value::Double(*value),
        Fact::String(text) => Value::Text(text.to_string()),
        Fact::List(items) => {
            let mut values = Vec::new();
            for item in items {
                values.extend(of_fact(item)?);
            }
            Value::List(values)
        }
        Fact::Object(object) => {
            let mut members = Vec::new();
            for (name, fact) in object.iter() {
                if let Some(value) = of_fact(fact)? {
                    members.push((name.to_string(), value));
                }
            }
            Value::Map(members)
        }
    }))
}

fn of_param(param: &ParamValue) -> Value {
    match param {
        ParamValue::String(text) => Value::Text(text.clone()),
        ParamValue::Int(value) => Value::Int(*value),
        ParamValue::Duration(_, length) => Value::Int(length.0),
        ParamValue::List(items) => Value::List(items.iter().cloned().map(Value::Text).collect()),
    }
}

fn day(date: Date) -> Value {
    let format = format_description!("[year]-[month]-[day]");
    Value::Text(date.format(format).unwrap_or_default())
}

fn first_of_month(date: Date, next: bool) -> Date {
    let (year, month) = match (next, date.month()) {
        (false, month) => (date.year(), month),
        (true, Month::December) => (date.year() + 1, Month::January),
        (true, month) => (date.year(), month.next()),
    };
    Date::from_calendar_date(year, month, 1).unwrap_or(date)
}

impl Value {
    /// The value inside a longer text; lists and maps as JSON.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Time(seconds) => OffsetDateTime::from_unix_timestamp(*seconds)
                .ok()
                .and_then(|at| {
                    at.format(&time::format_description::well_known::Rfc3339)
                        .ok()
                })
                .unwrap_or_default(),
            other => other.json().to_string(),
        }
    }

    fn json(&self) -> serde_json::Value {
        match self {
            Value::Text(_) | Value::Time(_) => self.text().into(),
            Value::Bool(value) => (*value).into(),
            Value::Int(value) => (*value).into(),
            Value::Double(value) => (*value).into(),
            Value::List(items) => items.iter().map(Value::json).collect(),
            Value::Map(entries) => entries
                .iter()
                .map(|(name, value)| (name.clone(), value.json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }
}
