//! Details of many resources in one call.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Made;
use super::answer::Wanted;
use super::call::{Ready, Stop, members, scope, unfilled};
use super::detail::{absent, fields, joined, with_arn};
use super::path;
use super::series;
use super::shape::{Struct, list_of};
use super::value::{Scope, Value};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::fetch::Fields;
use crate::fact::Object;
use crate::snapshot::{Resource, call_key};
use crate::source::{Batch, Declared, Detail, FieldType, Params, Template};

/// A declared batch, ready to be made.
pub struct ReadyBatch {
    ready: Ready,
    arn: Option<Template>,
    params: Arc<Params>,
    endpoint_region: Option<String>,
    /// What tells which others it may share a call with, as far as no resource decides it.
    kin: String,
}

/// What one element of a request asks: more of a resource.
#[derive(Clone)]
pub struct Query {
    /// How it is asked.
    pub made: Arc<Made>,
    /// Of what.
    pub resource: Arc<Resource>,
}

/// One of the queries of a call.
struct Asked<'q> {
    detail: &'q Detail,
    batch: &'q Batch,
    ready: &'q ReadyBatch,
    resource: &'q Resource,
    /// What the query is called by.
    index: usize,
}

/// The answers by what tells whose they are.
type Answers = HashMap<String, Object>;

impl ReadyBatch {
    /// Prepares a batch of a type.
    pub fn new(
        detail: &Detail,
        batch: &Batch,
        type_name: &str,
        arn: Option<&Template>,
        endpoint_region: Option<&String>,
        params: &Arc<Params>,
    ) -> Self {
        Self {
            ready: Ready::new(&detail.call, wanted(detail, batch), Some(&batch.input))
                .in_region(endpoint_region),
            arn: arn.cloned(),
            params: params.clone(),
            endpoint_region: endpoint_region.cloned(),
            kin: kin(detail, batch, type_name),
        }
    }

    /// Which others of the region that is called may be in one request with this one; with that
    /// region.
    pub fn group(
        &self,
        detail: &Detail,
        batch: &Batch,
        context: &Context,
        resource: &Resource,
    ) -> (String, String) {
        let region = match (&self.endpoint_region, batch.shares()) {
            (Some(region), true) if &*context.partition == "aws" => region.as_str(),
            (_, true) => &context.region,
            (_, false) => &resource.region,
        };
        let scope = self.scope(context, resource, None);
        let input = match members(&detail.call, &scope) {
            Ok(members) => Value::Map(members).text(),
            Err(_) => String::new(),
        };
        (region.to_owned(), format!("{} {input}", self.kin))
    }

    fn scope<'r>(
        &'r self,
        context: &'r Context,
        resource: &'r Resource,
        index: Option<usize>,
    ) -> Scope<'r> {
        Scope {
            fields: &resource.fields,
            resource: Some(resource),
            index,
            ..scope(context, &self.params, &resource.fields)
        }
    }
}

/// Makes one call for these queries; what each of them brings.
pub async fn read(context: &Context, queries: &[Query]) -> Vec<Result<Fields, Failure>> {
    let asked = asked(queries);
    let elements: Vec<Result<Value, Failure>> =
        asked.iter().map(|asked| asked.element(context)).collect();
    let sent = elements.iter().filter_map(|each| each.clone().ok());
    let answers = answers(context, &asked, sent.collect()).await;
    let each = asked.iter().zip(elements);
    each.map(|(asked, element)| {
        // What cannot be asked is nobody else's loss.
        element?;
        match &answers {
            Ok(Some(answers)) => asked.found(context, answers),
            Ok(None) => Ok(absent(asked.detail)),
            Err(failure) => Err(failure.clone()),
        }
    })
    .collect()
}

fn asked(queries: &[Query]) -> Vec<Asked<'_>> {
    let mut taken = HashSet::new();
    let each = queries.iter().enumerate();
    each.filter_map(|(position, query)| {
        let (detail, batch, ready) = query.made.as_batch()?;
        let mut index = match &detail.series {
            Some(_) => series::number(&detail.call, &query.resource),
            None => position,
        };
        while !taken.insert(index) {
            index = index.wrapping_add(1);
        }
        Some(Asked {
            detail,
            batch,
            ready,
            resource: &query.resource,
            index,
        })
    })
    .collect()
}

/// The answers to these elements; `None` where an error says that there are none.
async fn answers(
    context: &Context,
    asked: &[Asked<'_>],
    elements: Vec<Value>,
) -> Result<Option<Answers>, Failure> {
    let Some(first) = asked.first().filter(|_| !elements.is_empty()) else {
        return Ok(None);
    };
    let Asked {
        detail,
        batch,
        ready,
        resource,
        ..
    } = first;
    let mut members = members(&detail.call, &ready.scope(context, resource, None))?;
    members.push((batch.input.clone(), Value::List(elements)));
    let place = &resource.region;
    let pages = ready.ready.pages(&detail.call, context, members, place);
    let (pages, stop) = pages.await;
    match stop {
        Some(Stop::Failed(failure)) => return Err(failure),
        Some(Stop::Absent(_)) => return Ok(None),
        None => {}
    }
    let mut found = Answers::new();
    for answer in pages {
        for item in path::objects(&answer, &batch.items) {
            let Some(key) = path::text(item, &batch.matched) else {
                continue;
            };
            let item = item.clone();
            let all = match found.remove(&key) {
                Some(earlier) if detail.series.is_some() => series::joined(earlier, item),
                Some(earlier) => joined(vec![earlier, item]),
                None => item,
            };
            found.insert(key, all);
        }
    }
    Ok(Some(found))
}

impl Asked<'_> {
    fn element(&self, context: &Context) -> Result<Value, Failure> {
        let scope = self.ready.scope(context, self.resource, Some(self.index));
        let element = scope.input(&self.batch.each).map_err(unfilled)?;
        element.ok_or_else(|| self.missing("the resource lacks what it is asked about by"))
    }

    fn found(&self, context: &Context, answers: &Answers) -> Result<Fields, Failure> {
        let scope = self.ready.scope(context, self.resource, Some(self.index));
        let key = scope.text(&self.batch.key).map_err(unfilled)?;
        let found = answers
            .get(&key)
            .ok_or_else(|| self.missing("the answer does not mention the resource"))?;
        if let Some(series) = &self.detail.series {
            return series::fields(series, &self.detail.call, found);
        }
        let fields = fields(self.detail, found);
        let arn = self.ready.arn.as_ref();
        Ok(with_arn(arn, fields, self.resource, &scope))
    }

    fn missing(&self, message: &str) -> Failure {
        Failure::new(&self.detail.call.api, "MissingField", message)
    }
}

/// What is read of a batch's answer: the fields, and what tells whose they are.
fn wanted(detail: &Detail, batch: &Batch) -> Wanted {
    let xml = detail.call.to.protocol.is_xml();
    let declared = detail
        .fields
        .iter()
        .any(|field| field.name == batch.matched);
    let matched = (!declared).then(|| Declared::plain(&batch.matched, FieldType::String, true));
    let mut wanted = Wanted::default();
    let fields = detail.fields.iter().chain(&matched);
    let item = Struct::of(&detail.call.operation, fields, xml);
    wanted.add(&batch.items, true, |wire| list_of(wire, item));
    wanted
}

/// Only those share a call that ask one operation in the same way and read the same of its answer.
fn kin(detail: &Detail, batch: &Batch, type_name: &str) -> String {
    let call = &detail.call;
    if !batch.shares() {
        return format!("{type_name} {}", call_key(&call.api));
    }
    let read = match &detail.series {
        Some(_) => "series".to_owned(),
        // In one file a shape's name is one shape.
        None => {
            let service = type_name.split('.').next().unwrap_or_default();
            let fields = detail.fields.iter();
            let fields = fields.map(|field| format!("{}:{}", field.wire, field.ty.schema()));
            format!("{service} {}", fields.collect::<Vec<_>>().join(","))
        }
    };
    format!(
        "{} {:?} {:?} {} {} {} {} {read}",
        call.api.operation,
        call.http,
        call.absent,
        batch.size,
        batch.input,
        batch.items,
        batch.matched
    )
}
