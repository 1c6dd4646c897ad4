//! Texts of a source file with places to be filled: `'{KeyId}'`, `'{now-14d}'`.

use crate::diagnostic::{Diagnostic, Span};
use crate::source::param::Duration;
use crate::yaml::Decoder;

/// A text with places in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its parts in their order.
    pub parts: Vec<Part>,
    /// Where it was written.
    pub span: Span,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// To be filled.
    Place(Place),
}

/// What fills a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A field of the resource, by its path; `id`, `arn`, `account`, `region` and `partition`
    /// stand for themselves where no field has such a name.
    Field(Vec<String>),
    /// A field of the resource that the list belongs to; of a list over values, the value.
    Parent(Vec<String>),
    /// A parameter of the source.
    Param(String),
    /// The position in a batch.
    Index,
    /// The time of the run.
    Now(Option<Shift>),
    /// The day of the run, as `YYYY-MM-DD`.
    Today(Option<Shift>),
    /// The first day of the run's month, or of the next one, as `YYYY-MM-DD`.
    Month {
        /// Whether it is the next month's.
        next: bool,
    },
    /// What follows the last slash of what fills another place.
    Base(Box<Place>),
}

/// From then to earlier or later.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Whether to earlier.
    pub back: bool,
    /// By how much.
    pub by: Length,
}

/// A length of time.
#[derive(Clone, Debug, PartialEq)]
pub enum Length {
    /// As written.
    Fixed(Duration),
    /// As a parameter of type duration says.
    Param(String),
}

impl Template {
    /// Reads a text.
    pub fn decode(text: &str, span: Span, decoder: &mut Decoder) -> Option<Self> {
        match parts(text) {
            Ok(parts) => Some(Self { parts, span }),
            Err(message) => {
                let help = "places are {Field}, {Field.Inner}, {Field|base}, {parent.Field}, {params.name}, {now-14d}, {today}, {month}";
                decoder.report(Diagnostic::new("bad-template", span, message).with_help(help));
                None
            }
        }
    }

    /// The one place, where there is nothing else: it keeps the type of what fills it.
    pub fn only_place(&self) -> Option<&Place> {
        match self.parts.as_slice() {
            [Part::Place(place)] => Some(place),
            _ => None,
        }
    }

    /// Its places, without what is done to what fills them.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.parts.iter().filter_map(|part| match part {
            Part::Place(Place::Base(place)) => Some(&**place),
            Part::Place(place) => Some(place),
            Part::Text(_) => None,
        })
    }

    /// The text, where it has no places.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        let end = after
            .find('}')
            .ok_or_else(|| format!("`{after}` has no closing brace"))?;
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Place(place(&after[1..end])?));
        rest = &after[end + 1..];
    }
    if rest.contains('}') {
        return Err(format!("`{rest}` has no opening brace"));
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

fn place(text: &str) -> Result<Place, String> {
    if let Some(text) = text.strip_suffix("|base") {
        return Ok(Place::Base(Box::new(place(text)?)));
    }
    match text {
        "index" => return Ok(Place::Index),
        "month" => return Ok(Place::Month { next: false }),
        "next_month" => return Ok(Place::Month { next: true }),
        _ => {}
    }
    for (word, make) in [
        ("now", Place::Now as fn(Option<Shift>) -> Place),
        ("today", Place::Today),
    ] {
        match text.strip_prefix(word) {
            Some("") => return Ok(make(None)),
            Some(rest) if rest.starts_with(['-', '+']) => return Ok(make(Some(shift(rest)?))),
            _ => {}
        }
    }
    if let Some(name) = text.strip_prefix("params.") {
        return Ok(Place::Param(name.to_owned()));
    }
    let path: Vec<String> = text.split('.').map(str::to_owned).collect();
    let is_name = |name: &String| {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "_-:".contains(letter);
        !name.is_empty() && name.chars().all(fits)
    };
    if !path.iter().all(is_name) {
        return Err(format!("`{{{text}}}` is no place to be filled"));
    }
    Ok(match path.split_first() {
        Some((first, inner)) if first == "parent" => Place::Parent(inner.to_vec()),
        _ => Place::Field(path),
    })
}

fn shift(text: &str) -> Result<Shift, String> {
    let (sign, length) = text.split_at(1);
    let by = match length.strip_prefix("params.") {
        Some(name) => Length::Param(name.to_owned()),
        None => Length::Fixed(
            Duration::parse(length)
                .ok_or_else(|| format!("`{length}` is no length of time such as 14d or 36h"))?,
        ),
    };
    Ok(Shift {
        back: sign == "-",
        by,
    })
}
