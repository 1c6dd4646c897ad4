//! Drafts of declared sources, made from the API models that an AWS CLI or botocore brings.
//!
//! A model holds facts that nobody should have to look up: names, protocols, members and their
//! types, how pages follow each other. What it does not hold is left to a person, marked `TODO`.
//! Nothing of a model's documentation comes into a draft.

mod answer;
mod compose;
mod environment;
mod error;
mod fields;
mod find;
mod form;
mod gunzip;
mod head;
mod identity;
mod model;
mod pages;
mod place;
mod request;
mod resource;
mod rules;
mod secrets;
mod wire;
mod words;
mod write;
mod yaml;

#[cfg(test)]
mod tests;

pub use environment::Environment;
pub use error::DraftError;
pub use find::model;

pub use model::Model;

use self::compose::Subject;
use self::fields::Shapes;
use self::head::Head;
use crate::diagnostic::suggestion;
use crate::schema::is_read_only;

/// Drafts a source for one operation of a service: the text of `<source_name>.yaml`.
///
/// # Errors
/// When there is no such operation, it does not only read, or declared sources cannot read it.
pub fn draft(model: &Model, operation: &str) -> Result<String, DraftError> {
    let known = model.description.operations.get_key_value(operation);
    let Some((name, described)) = known else {
        let hint = suggestion(operation, model.operations());
        return Err(DraftError::NoOperation {
            service: model.service.clone(),
            operation: operation.to_owned(),
            hint: hint.map_or_else(String::new, |hint| format!("; {hint}")),
        });
    };
    check_reads(model, name, None)?;
    let head = Head::of(model, name, described)?;
    check_reads(model, name, Some(&head))?;
    request::check_method(&described.http, head.wire, &named(&model.service, name))?;
    let body = answer::body(&model.description, head.wire, name, described)?;
    let wire = head.wire;
    let subject = Subject::new(model, name, described, head, body);
    let mut shapes = Shapes::new(&model.description, wire);
    let draft = subject.draft(&mut shapes)?;
    let shapes = shapes.needed(draft.all_fields());
    Ok(write::write(&subject, &draft, &shapes))
}

fn named(service: &str, operation: &str) -> String {
    format!("{service}:{operation}")
}

/// Refuses what does not only read. Services have several names, and operations that hand out
/// secrets are known by one of them.
fn check_reads(model: &Model, operation: &str, head: Option<&Head>) -> Result<(), DraftError> {
    let metadata = &model.description.metadata;
    let source = model.source_name();
    let mut names = vec![&model.service, &source, &metadata.endpoint_prefix];
    names.extend(&metadata.signing_name);
    names.extend(head.into_iter().flat_map(|head| [&head.signing, &head.iam]));
    let mut operations = names.into_iter().map(|service| named(service, operation));
    match operations.find(|operation| !is_read_only(operation)) {
        None => Ok(()),
        Some(_) => Err(DraftError::NotReadOnly {
            operation: named(&model.service, operation),
            // With a name that reads, only the list of exceptions can have refused it.
            why: if words::reads(operation) {
                "it hands out secrets, or the data that customers keep there"
            } else {
                "its name does not say that it reads"
            },
        }),
    }
}
