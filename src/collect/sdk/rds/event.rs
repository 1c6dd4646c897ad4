//! `rds.EventSubscription`.

use std::sync::Arc;

use aws_sdk_rds::types;

use super::{CALLS, resource};
use crate::collect::context::Context;
use crate::collect::sdk::shape::{Shape, shape};
use crate::collect::sdk::source::{Future, Listing, list_items, object_of};
use crate::schema::{ResourceType, Scope, TypeBuilder};

const SUBSCRIPTION: &str = "rds.EventSubscription";

shape! { types::EventSubscription as "EventSubscription" {
    CustomerAwsId required customer_aws_id,
    CustSubscriptionId required cust_subscription_id,
    SnsTopicArn required sns_topic_arn,
    Status required status,
    SubscriptionCreationTime required subscription_creation_time,
    SourceType optional source_type,
    SourceIdsList optional source_ids_list,
    EventCategoriesList optional event_categories_list,
    Enabled required enabled,
    EventSubscriptionArn required event_subscription_arn,
} }

/// The type.
pub fn resource_type() -> ResourceType {
    TypeBuilder::new(
        SUBSCRIPTION,
        Scope::Regional,
        "Which RDS events are sent to which SNS topic.",
    )
    .list(&CALLS.event_subscriptions)
    .shape(types::EventSubscription::ty())
    .tags_by(&CALLS.tags)
    .build()
}

/// Lists the subscriptions.
pub fn list(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.rds().describe_event_subscriptions();
        list_items!(
            &CALLS.event_subscriptions,
            SUBSCRIPTION,
            request,
            |subscription| resource(
                &context,
                subscription.cust_subscription_id(),
                subscription.event_subscription_arn(),
                object_of(subscription.fact()),
            )
        )
    })
}
