//! Details: more of one resource.

use std::sync::Arc;

use super::answer::{Answer, Expected, Wanted};
use super::call::{Ready, Stop, members, scope};
use super::path;
use super::shape::{Struct, one_of};
use super::value::Scope;
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::fetch::{Fields, field};
use crate::fact::{Fact, Object, name};
use crate::snapshot::Resource;
use crate::source::{Detail, Params, Template};

/// A declared detail, ready to be made.
pub struct ReadyDetail {
    ready: Ready,
    /// The resource's ARN, where only details bring what it is made of.
    arn: Option<Template>,
    params: Arc<Params>,
}

impl ReadyDetail {
    /// Prepares a detail.
    pub fn new(
        detail: &Detail,
        arn: Option<&Template>,
        endpoint_region: Option<&String>,
        params: &Arc<Params>,
    ) -> Self {
        let ready = match detail.fields.as_slice() {
            [only] if detail.raw => {
                let expected = Expected::raw(&detail.call, &only.name, &only.ty);
                Ready::expecting(&detail.call, expected)
            }
            _ => Ready::new(&detail.call, wanted(detail), None),
        };
        Self {
            ready: ready.in_region(endpoint_region),
            arn: arn.cloned(),
            params: params.clone(),
        }
    }

    /// Reads more of a resource.
    ///
    /// # Errors
    /// Those of the call, as far as they do not mean absence.
    pub async fn read(
        &self,
        detail: &Detail,
        context: &Context,
        resource: &Resource,
    ) -> Result<Fields, Failure> {
        let scope = Scope {
            fields: &resource.fields,
            resource: Some(resource),
            ..scope(context, &self.params, &resource.fields)
        };
        let members = members(&detail.call, &scope)?;
        let place = &resource.region;
        let pages = self.ready.pages(&detail.call, context, members, place);
        let (answers, stop) = pages.await;
        match stop {
            Some(Stop::Failed(failure)) => return Err(failure),
            Some(Stop::Absent(_)) => return Ok(self::absent(detail)),
            None => {}
        }
        let answer = joined(answers);
        let found = match &detail.at {
            None => Some(answer),
            Some(at) => path::at(&answer, at)
                .into_iter()
                .find_map(|fact| match fact {
                    Fact::Object(object) => Some(object.clone()),
                    _ => None,
                }),
        };
        let found = found.ok_or_else(|| {
            let at = detail.at.as_deref().unwrap_or_default();
            Failure::new(
                &detail.call.api,
                "MissingField",
                format!("the answer has no {at}"),
            )
        })?;
        let fields = fields(detail, &found);
        Ok(with_arn(self.arn.as_ref(), fields, resource, &scope))
    }
}

/// The fields, and the ARN where they complete it.
pub fn with_arn(
    arn: Option<&Template>,
    mut fields: Fields,
    resource: &Resource,
    scope: &Scope,
) -> Fields {
    let Some(arn) = arn.filter(|_| resource.arn.is_empty()) else {
        return fields;
    };
    let mut all = resource.fields.clone();
    for (name, fact) in &fields {
        all.insert(name.clone(), fact.clone());
    }
    let scope = Scope {
        fields: &all,
        ..*scope
    };
    if let Some(text) = scope.whole(arn) {
        fields.push(field("arn", Fact::string(text)));
    }
    fields
}

/// What is read of a detail's answer.
fn wanted(detail: &Detail) -> Wanted {
    let xml = detail.call.to.protocol.is_xml();
    let mut wanted = Wanted::default();
    match &detail.at {
        None => {
            for field in &detail.fields {
                wanted.add_field(field, xml);
            }
        }
        Some(at) => {
            let shape = Struct::of(&detail.call.operation, &detail.fields, xml);
            if at.ends_with("[0]") {
                wanted.add(at, true, |wire| super::shape::list_of(wire, shape));
            } else {
                wanted.add(at, true, |wire| one_of(wire, shape));
            }
        }
    }
    wanted
}

/// The pages' answers as one: lists are put together, of all else the last counts.
pub fn joined(answers: Vec<Answer>) -> Answer {
    let mut answers = answers.into_iter();
    let Some(mut all) = answers.next() else {
        return Object::default();
    };
    for answer in answers {
        all = merged(&all, &answer);
    }
    all
}

fn merged(left: &Object, right: &Object) -> Object {
    let mut all = left.clone();
    for (name, fact) in right.iter() {
        let both = match (left.get(name), fact) {
            (Some(Fact::List(first)), Fact::List(second)) => {
                Fact::List(first.iter().chain(second).cloned().collect())
            }
            (Some(Fact::Object(first)), Fact::Object(second)) => {
                Fact::Object(merged(first, second))
            }
            (_, later) => later.clone(),
        };
        all.insert(name.clone(), both);
    }
    all
}

/// The fields that an answer's object adds to the resource.
pub fn fields(detail: &Detail, found: &Object) -> Fields {
    let named = detail.fields.iter().filter_map(|declared| {
        let fact = found.get(&declared.name)?;
        Some((name(&declared.name), fact.clone()))
    });
    match &detail.into {
        Some(into) => vec![field(into, Fact::Object(named.collect()))],
        None => named.collect(),
    }
}

/// What a call leaves that says there is nothing: absent values and empty lists.
pub fn absent(detail: &Detail) -> Fields {
    if detail.into.is_some() {
        return Vec::new();
    }
    let empty = detail.fields.iter().filter_map(|declared| {
        let fact = match declared.ty.schema() {
            crate::schema::Type::List(_) => Fact::List(Vec::new()),
            crate::schema::Type::Map(_) => Fact::Object(Object::default()),
            crate::schema::Type::Bool if declared.ty.empty_when_absent() => Fact::Bool(false),
            _ => return None,
        };
        Some((name(&declared.name), fact))
    });
    empty.collect()
}
