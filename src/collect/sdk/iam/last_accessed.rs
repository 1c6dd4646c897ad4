//! Which services a user or role may use, and when it last did: a job that AWS runs for each of
//! them. AWS keeps 400 days at the most, and fewer where it began to watch a service or a region
//! later, so that a service without a date is one that was not used as far as AWS looked.

use std::sync::Arc;

use aws_sdk_iam::operation::get_service_last_accessed_details::GetServiceLastAccessedDetailsOutput as Output;
use aws_sdk_iam::types::{self, AccessAdvisorUsageGranularityType, JobStatusType};

use super::super::shape::{Shape, shape};
use super::super::source::{Detailed, Fields, field};
use super::CALLS;
use super::waiting::PATIENCE;
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::schema::{Field, Type};
use crate::snapshot::Resource;

/// The field that a job brings.
const FIELD: &str = "ServicesLastAccessed";
/// The largest page that the call allows.
const PAGE: i32 = 1000;

shape! { types::ServiceLastAccessed as "ServiceLastAccessed" {
    ServiceName required service_name,
    ServiceNamespace required service_namespace,
    LastAuthenticated optional last_authenticated,
    LastAuthenticatedRegion optional last_authenticated_region,
    TotalAuthenticatedEntities optional total_authenticated_entities,
} }

/// The field, for the types that have it.
pub(super) fn services_field() -> Field {
    Field::required(FIELD, Type::list(types::ServiceLastAccessed::ty()))
}

pub(super) fn read(context: Arc<Context>, resource: Arc<Resource>) -> Detailed {
    Box::pin(async move {
        let job = start(&context, &resource.arn).await?;
        let call = &CALLS.last_accessed;
        let first = PATIENCE.wait(call, || finished(&context, &job)).await?;
        all_pages(&context, &job, first).await
    })
}

async fn start(context: &Context, arn: &str) -> Result<String, Failure> {
    let request = context
        .iam()
        .generate_service_last_accessed_details()
        .arn(arn)
        .granularity(AccessAdvisorUsageGranularityType::ServiceLevel);
    let call = &CALLS.start_last_accessed;
    let started = request.send().await;
    let started = started.map_err(|error| Failure::of(call, error))?;
    let no_job = || Failure::new(call, "InvalidResponse", "the answer names no job");
    started.job_id.ok_or_else(no_job)
}

/// The first page of the job's answer, or `None` while there is none.
async fn finished(context: &Context, job: &str) -> Result<Option<Output>, Failure> {
    let page = page(context, job, None).await?;
    match &page.job_status {
        JobStatusType::Completed => Ok(Some(page)),
        JobStatusType::InProgress => Ok(None),
        other => Err(ended_badly(other, page.error.as_ref())),
    }
}

async fn page(context: &Context, job: &str, marker: Option<String>) -> Result<Output, Failure> {
    let request = context
        .iam()
        .get_service_last_accessed_details()
        .job_id(job)
        .max_items(PAGE)
        .set_marker(marker);
    let answer = request.send().await;
    answer.map_err(|error| Failure::of(&CALLS.last_accessed, error))
}

/// AWS says itself what went wrong with a job, in an answer that is none of HTTP's errors.
fn ended_badly(status: &JobStatusType, error: Option<&types::ErrorDetails>) -> Failure {
    match (status, error) {
        (JobStatusType::Failed, Some(error)) => failure(error.code(), error.message()),
        (JobStatusType::Failed, None) => failure("JobFailed", "the job failed"),
        _ => failure(
            "InvalidResponse",
            &format!("the job has the unknown status `{status}`"),
        ),
    }
}

/// The SDK has no paginator for this operation.
async fn all_pages(context: &Context, job: &str, first: Output) -> Result<Fields, Failure> {
    let mut services = first.services_last_accessed;
    let (mut truncated, mut marker) = (first.is_truncated, first.marker);
    while truncated {
        if marker.is_none() {
            return Err(failure(
                "InvalidResponse",
                "a page promises another and does not say which",
            ));
        }
        let next = page(context, job, marker).await?;
        services.extend(next.services_last_accessed);
        (truncated, marker) = (next.is_truncated, next.marker);
    }
    let fields = services.fact().map(|fact| field(FIELD, fact));
    Ok(fields.into_iter().collect())
}

fn failure(code: &str, message: &str) -> Failure {
    Failure::new(&CALLS.last_accessed, code, message)
}
