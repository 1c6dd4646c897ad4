//! What a draft makes of an operation: a list, a detail, settings.

use super::answer::{Body, Listed};
use super::fields::is_tags;
use super::model::Model;
use super::request::Required;
use super::words::{lists, noun, related};

/// What an operation becomes.
pub enum Form<'m> {
    /// It finds the resources of a type; its answer may have more lists, at those paths.
    List(Listed<'m>, Vec<String>),
    /// It brings more of up to so many resources at once.
    Batch(Listed<'m>, BatchOf),
    /// It brings more of one resource.
    Detail,
    /// It tells of what exists once.
    Settings,
}

/// The request's list that says which resources a batch is for.
pub struct BatchOf {
    /// Where it is among the required members.
    pub place: usize,
    /// How many it takes, where that is said.
    pub size: Option<u16>,
}

/// What an operation becomes, by what it wants and what it answers.
pub fn form<'m>(
    model: &'m Model,
    operation: &str,
    body: &Body<'m>,
    required: &[Required],
) -> Form<'m> {
    let asks = required.iter().any(|required| !required.is_settled());
    let single = || if asks { Form::Detail } else { Form::Settings };
    let Body::Members(members) = body else {
        return single();
    };
    let mut lists_found = members.lists(model, operation).into_iter();
    let Some(listed) = lists_found.next() else {
        return single();
    };
    // Of whose they are there is no other sign than that the operation wants one.
    if asks && is_tags(listed.name) {
        return Form::Detail;
    }
    let batches = required.iter().enumerate();
    let mut batches = batches.filter_map(|(place, required)| {
        let size = required.keys()?;
        Some(BatchOf { place, size })
    });
    // An answer beside the point, such as what could not be found, is no answer to each.
    if let (Some(batch), None) = (batches.next(), batches.next())
        && !listed.shape.members.0.is_empty()
        && (lists(operation) || related(noun(operation), listed.name))
    {
        return Form::Batch(listed, batch);
    }
    let paged = model.paginators.contains_key(operation);
    if asks && !paged && !lists(operation) {
        return Form::Detail;
    }
    let others = lists_found.map(|other| other.path).collect();
    Form::List(listed, others)
}
