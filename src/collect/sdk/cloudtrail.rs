//! CloudTrail: trails with their status, selectors and tags.

use std::sync::Arc;

use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::shape::{Shape, shape, text};
use super::source::{Fetch, Fields, Future, Listing, Source, field, object_of, paged, tag_map};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::Fact;
use crate::schema::{ApiCall, Field, Per, Scope, Type, TypeBuilder};
use crate::snapshot::Resource;

const TRAIL: &str = "cloudtrail.Trail";

text!(types::InsightType, types::ReadWriteType);

shape! { types::Trail as "Trail" {
    Name required name,
    S3BucketName optional s3_bucket_name,
    S3KeyPrefix optional s3_key_prefix,
    SnsTopicARN optional sns_topic_arn,
    IncludeGlobalServiceEvents required include_global_service_events,
    IsMultiRegionTrail required is_multi_region_trail,
    HomeRegion required home_region,
    TrailARN required trail_arn,
    LogFileValidationEnabled required log_file_validation_enabled,
    CloudWatchLogsLogGroupArn optional cloud_watch_logs_log_group_arn,
    CloudWatchLogsRoleArn optional cloud_watch_logs_role_arn,
    KmsKeyId optional kms_key_id,
    HasCustomEventSelectors required has_custom_event_selectors,
    HasInsightSelectors required has_insight_selectors,
    IsOrganizationTrail required is_organization_trail,
} }

shape! { GetTrailStatusOutput as "TrailStatus" {
    IsLogging required is_logging,
    LatestDeliveryError optional latest_delivery_error,
    LatestDeliveryTime optional latest_delivery_time,
    LatestNotificationError optional latest_notification_error,
    LatestNotificationTime optional latest_notification_time,
    StartLoggingTime optional start_logging_time,
    StopLoggingTime optional stop_logging_time,
    LatestCloudWatchLogsDeliveryError optional latest_cloud_watch_logs_delivery_error,
    LatestCloudWatchLogsDeliveryTime optional latest_cloud_watch_logs_delivery_time,
    LatestDigestDeliveryError optional latest_digest_delivery_error,
    LatestDigestDeliveryTime optional latest_digest_delivery_time,
} }

shape! { types::EventSelector as "EventSelector" {
    ReadWriteType required read_write_type,
    IncludeManagementEvents required include_management_events,
    DataResources optional data_resources,
    ExcludeManagementEventSources optional exclude_management_event_sources,
} }

shape! { types::DataResource as "DataResource" {
    Type required r#type,
    Values optional values,
} }

shape! { types::AdvancedEventSelector as "AdvancedEventSelector" {
    Name optional name,
    FieldSelectors required field_selectors,
} }

shape! { types::AdvancedFieldSelector as "AdvancedFieldSelector" {
    Field required field,
    Equals optional equals,
    StartsWith optional starts_with,
    EndsWith optional ends_with,
    NotEquals optional not_equals,
    NotStartsWith optional not_starts_with,
    NotEndsWith optional not_ends_with,
} }

shape! { types::InsightSelector as "InsightSelector" {
    InsightType required insight_type,
} }

/// The operations.
struct Calls {
    describe: Arc<ApiCall>,
    status: Arc<ApiCall>,
    selectors: Arc<ApiCall>,
    insights: Arc<ApiCall>,
    tags: Arc<ApiCall>,
}

static CALLS: std::sync::LazyLock<Calls> = std::sync::LazyLock::new(|| Calls {
    describe: ApiCall::new("cloudtrail:DescribeTrails", Per::Region),
    status: ApiCall::new("cloudtrail:GetTrailStatus", Per::Resource),
    selectors: ApiCall::new("cloudtrail:GetEventSelectors", Per::Resource),
    insights: ApiCall::new("cloudtrail:GetInsightSelectors", Per::Resource),
    tags: ApiCall::new("cloudtrail:ListTags", Per::Resource),
});

/// The source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let trail = TypeBuilder::new(
        TRAIL,
        Scope::Regional,
        "A trail of API events, counted once, in its home region.",
    )
    .list(&calls.describe)
    .shape(types::Trail::ty())
    .detail(
        Field::required("Status", GetTrailStatusOutput::ty()),
        &calls.status,
    )
    .detail(
        Field::required("EventSelectors", Type::list(types::EventSelector::ty())),
        &calls.selectors,
    )
    .detail(
        Field::required(
            "AdvancedEventSelectors",
            Type::list(types::AdvancedEventSelector::ty()),
        ),
        &calls.selectors,
    )
    .detail(
        Field::required("InsightSelectors", Type::list(types::InsightSelector::ty())),
        &calls.insights,
    )
    .tags_by(&calls.tags)
    .build();
    Source {
        types: vec![trail],
        calls: vec![
            (
                calls.describe.clone(),
                Fetch::List(|context, _| describe(context)),
            ),
            (calls.status.clone(), Fetch::Detail(status)),
            (calls.selectors.clone(), Fetch::Detail(selectors)),
            (calls.insights.clone(), Fetch::Detail(insights)),
            (calls.tags.clone(), Fetch::Detail(tags)),
        ],
    }
}

/// Shadow trails are asked for, because an organisation's trail is nothing else in its member
/// accounts; each comes with its home region, and the scheduler keeps one of each ARN.
fn describe(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        let request = context
            .cloudtrail()
            .describe_trails()
            .include_shadow_trails(true);
        match request.send().await {
            Ok(output) => {
                for trail in output.trail_list() {
                    listing.push(TRAIL, resource(&context, trail));
                }
                listing
            }
            Err(error) => listing.fail(&CALLS.describe, error),
        }
    })
}

fn resource(context: &Context, trail: &types::Trail) -> Resource {
    Resource {
        id: trail.name().unwrap_or_default().into(),
        arn: trail.trail_arn().unwrap_or_default().into(),
        account: context.account.clone(),
        region: trail.home_region().unwrap_or(&context.region).into(),
        fields: object_of(trail.fact()),
    }
}

fn status(context: Arc<Context>, trail: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.cloudtrail().get_trail_status().name(&*trail.arn);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.status, error))?;
        Ok(output
            .fact()
            .map(|fact| field("Status", fact))
            .into_iter()
            .collect())
    })
}

fn selectors(context: Arc<Context>, trail: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .cloudtrail()
            .get_event_selectors()
            .trail_name(&*trail.arn);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.selectors, error))?;
        Ok([
            ("EventSelectors", output.event_selectors.fact()),
            (
                "AdvancedEventSelectors",
                output.advanced_event_selectors.fact(),
            ),
        ]
        .into_iter()
        .filter_map(|(name, fact)| Some(field(name, fact?)))
        .collect())
    })
}

/// `InsightNotEnabledException` is how CloudTrail says that there are none.
fn insights(context: Arc<Context>, trail: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .cloudtrail()
            .get_insight_selectors()
            .trail_name(&*trail.arn);
        let selectors = match request.send().await {
            Ok(output) => output.insight_selectors.fact(),
            Err(error) if error.code() == Some("InsightNotEnabledException") => {
                Some(Fact::List(Vec::new()))
            }
            Err(error) => return Err(Failure::of(&CALLS.insights, error)),
        };
        Ok(selectors
            .map(|fact| field("InsightSelectors", fact))
            .into_iter()
            .collect())
    })
}

fn tags(context: Arc<Context>, trail: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .cloudtrail()
            .list_tags()
            .resource_id_list(&*trail.arn);
        let mut pages = paged!(request).send();
        let mut tags = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| Failure::of(&CALLS.tags, error))?;
            for resource in page.resource_tag_list() {
                tags.extend(resource.tags_list().to_vec());
            }
        }
        let tags = tag_map(tags.iter().map(|tag| (Some(tag.key()), tag.value())));
        Ok(vec![field("tags", tags)])
    })
}
