//! Details of many resources in one call.

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::Wanted;
use super::call::{Ready, Stop, members, scope, unfilled};
use super::detail::{absent, fields, joined, with_arn};
use super::path;
use super::shape::{Struct, list_of};
use super::value::{Scope, Value};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::fetch::Fields;
use crate::fact::Object;
use crate::snapshot::Resource;
use crate::source::{Batch, Declared, Detail, FieldType, Params, Template};

/// A declared batch, ready to be made.
pub struct ReadyBatch {
    ready: Ready,
    arn: Option<Template>,
    params: Arc<Params>,
}

impl ReadyBatch {
    /// Prepares a batch.
    pub fn new(
        detail: &Detail,
        batch: &Batch,
        arn: Option<&Template>,
        endpoint_region: Option<&String>,
        params: &Arc<Params>,
    ) -> Self {
        Self {
            ready: Ready::new(&detail.call, wanted(detail, batch), Some(&batch.input))
                .in_region(endpoint_region),
            arn: arn.cloned(),
            params: params.clone(),
        }
    }

    /// What all the resources of one request share.
    pub fn group(&self, detail: &Detail, context: &Context, resource: &Resource) -> String {
        let scope = self.scope(context, resource, None);
        match members(&detail.call, &scope) {
            Ok(members) => Value::Map(members).text(),
            Err(_) => String::new(),
        }
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

    /// Reads more of each of these resources.
    pub async fn read(
        &self,
        detail: &Detail,
        batch: &Batch,
        context: &Context,
        resources: &[Arc<Resource>],
    ) -> Vec<Result<Fields, Failure>> {
        match self.answers(detail, batch, context, resources).await {
            Ok(None) => resources.iter().map(|_| Ok(absent(detail))).collect(),
            Ok(Some(answers)) => {
                let each = resources.iter().enumerate();
                each.map(|(index, resource)| {
                    let scope = self.scope(context, resource, Some(index));
                    let key = scope.text(&batch.key).map_err(unfilled)?;
                    let found = answers.get(&key).ok_or_else(|| {
                        let message = "the answer does not mention the resource";
                        Failure::new(&detail.call.api, "MissingField", message)
                    })?;
                    let fields = fields(detail, found);
                    Ok(with_arn(self.arn.as_ref(), fields, resource, &scope))
                })
                .collect()
            }
            Err(failure) => resources.iter().map(|_| Err(failure.clone())).collect(),
        }
    }

    /// The answers by what tells whose they are; `None` where an error says that there are none.
    async fn answers(
        &self,
        detail: &Detail,
        batch: &Batch,
        context: &Context,
        resources: &[Arc<Resource>],
    ) -> Result<Option<HashMap<String, Object>>, Failure> {
        let mut elements = Vec::new();
        for (index, resource) in resources.iter().enumerate() {
            let scope = self.scope(context, resource, Some(index));
            elements.extend(scope.input(&batch.each).map_err(unfilled)?);
        }
        let Some(first) = resources.first() else {
            return Ok(None);
        };
        let mut members = members(&detail.call, &self.scope(context, first, None))?;
        members.push((batch.input.clone(), Value::List(elements)));
        let place = &first.region;
        let pages = self.ready.pages(&detail.call, context, members, place);
        let (pages, stop) = pages.await;
        match stop {
            Some(Stop::Failed(failure)) => return Err(failure),
            Some(Stop::Absent(_)) => return Ok(None),
            None => {}
        }
        let mut found: HashMap<String, Object> = HashMap::new();
        for answer in pages {
            for item in path::objects(&answer, &batch.items) {
                let Some(key) = path::text(item, &batch.matched) else {
                    continue;
                };
                let item = item.clone();
                let all = match found.remove(&key) {
                    Some(earlier) => joined(vec![earlier, item]),
                    None => item,
                };
                found.insert(key, all);
            }
        }
        Ok(Some(found))
    }
}

/// What is read of a batch's answer: the fields, and what tells whose they are.
fn wanted(detail: &Detail, batch: &Batch) -> Wanted {
    let xml = detail.call.to.protocol.is_xml();
    let declared = detail
        .fields
        .iter()
        .any(|field| field.name == batch.matched);
    let matched = (!declared).then(|| Declared {
        name: batch.matched.clone(),
        wire: batch.matched.clone(),
        ty: FieldType::String,
        optional: true,
        flat: false,
        attribute: false,
    });
    let mut wanted = Wanted::default();
    let fields = detail.fields.iter().chain(&matched);
    let item = Struct::of(&detail.call.operation, fields, xml);
    wanted.add(&batch.items, true, |wire| list_of(wire, item));
    wanted
}
