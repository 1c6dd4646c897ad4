//! Which fields tell a resource from others: its id and its ARN.

use super::fields::{Entry, Field};
use super::words::{related, words};

/// The templates of a resource's id and ARN.
#[derive(Debug, PartialEq)]
pub struct Identity {
    /// The id.
    pub id: Made,
    /// The ARN.
    pub arn: Made,
}

/// A template, and what a person must see to, or nothing.
#[derive(Debug, PartialEq)]
pub struct Made {
    /// The template.
    pub template: String,
    /// What to see to, or empty.
    pub todo: &'static str,
}

/// What follows the noun in the name of an id, the likeliest first.
const IDS: [&str; 3] = ["id", "identifier", "name"];
const NO_ID: &str = "TODO: what tells it from others";
const FIRST_ID: &str = "TODO: see that it tells it from others";
const NO_ARN: &str = "TODO: its ARN as the service authorization reference has it";

/// Chooses among the fields of a resource and marks what it chose as always there: a resource
/// without them could not be told from others.
pub fn choose(entries: &mut [Entry], noun: &str, arn_start: &str) -> Identity {
    let arn = find_arn(entries, noun);
    let id = find_id(entries, noun).or_else(|| arn.clone());
    let first = || texts(entries).find(|field| !field.optional);
    let (id, unsure) = match id {
        Some(id) => (Some(id), ""),
        None => (first().map(|field| field.name.clone()), FIRST_ID),
    };
    for entry in entries.iter_mut() {
        if let Entry::Field(field) = entry
            && [&id, &arn]
                .into_iter()
                .flatten()
                .any(|name| *name == field.name)
        {
            field.optional = false;
        }
    }
    let taken = |name: &String| Made {
        template: format!("{{{name}}}"),
        todo: "",
    };
    let missing = |template: String, todo| Made { template, todo };
    let id = match &id {
        Some(id) => Made {
            todo: unsure,
            ..taken(id)
        },
        None => missing("TODO".to_owned(), NO_ID),
    };
    let built = || {
        let kind = words(noun)
            .iter()
            .map(|(_, word)| word.to_lowercase())
            .collect::<Vec<_>>();
        missing(
            format!("{arn_start}:{}/{}", kind.join("-"), id.template),
            NO_ARN,
        )
    };
    let arn = arn.as_ref().map_or_else(built, taken);
    Identity { id, arn }
}

/// The texts among the fields, which templates can take.
fn texts(entries: &[Entry]) -> impl Iterator<Item = &Field> {
    let fields = entries.iter().filter_map(|entry| match entry {
        Entry::Field(field) => Some(field),
        Entry::LeftOut { .. } => None,
    });
    fields.filter(|field| field.ty == "string")
}

fn find_arn(entries: &[Entry], noun: &str) -> Option<String> {
    let named = |name: &str| {
        let mut texts = texts(entries);
        texts.find(|field| field.name.eq_ignore_ascii_case(name))
    };
    // A declared `arn` must be the ARN. A role's ARN is not the one of what uses the role.
    let own = || {
        texts(entries).find(|field| {
            let start = without_end(&field.name, "arn");
            start.is_some_and(|start| related(noun, start))
        })
    };
    let found = texts(entries).find(|field| field.name == "arn");
    let found = found.or_else(|| named(&format!("{noun}arn")));
    let found = found
        .or_else(|| named("arn"))
        .or_else(|| named("resourcearn"));
    found.or_else(own).map(|field| field.name.clone())
}

fn find_id(entries: &[Entry], noun: &str) -> Option<String> {
    let fields = entries.iter().filter_map(|entry| match entry {
        Entry::Field(field) => Some(field),
        Entry::LeftOut { .. } => None,
    });
    // A declared `id` must be the id, whatever its type.
    if let Some(own) = fields.into_iter().find(|field| field.name == "id") {
        return Some(own.name.clone());
    }
    let named = |name: &str| {
        let mut texts = texts(entries);
        texts.find(|field| field.name.eq_ignore_ascii_case(name))
    };
    let own = |end: &str| {
        texts(entries).find(|field| {
            let start = without_end(&field.name, end);
            start.is_some_and(|start| related(noun, start))
        })
    };
    let exact = || IDS.iter().find_map(|end| named(&format!("{noun}{end}")));
    let bare = || IDS.iter().find_map(|end| named(end));
    let near = || IDS.iter().find_map(|end| own(end));
    let found = exact().or_else(bare).or_else(near);
    found.map(|field| field.name.clone())
}

/// What comes before an end, case aside, where that is anything.
fn without_end<'n>(name: &'n str, end: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(end.len()).filter(|at| *at > 0)?;
    let (start, rest) = name.split_at_checked(at)?;
    rest.eq_ignore_ascii_case(end).then_some(start)
}
