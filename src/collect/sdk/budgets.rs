//! Budgets: the account's budgets, and whom they warn.

// `CostFilters` and `CostTypes` are on their way out, but most budgets are still made with them.
#![expect(deprecated)]

use std::sync::{Arc, LazyLock};

use aws_sdk_budgets::types;

use super::shape::{Shape, shape, text};
use super::source::{
    Fetch, Fields, Future, Listing, Source, all_items, field, list_items, object_of, tag_map,
};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, name};
use crate::schema::{ApiCall, Field, Per, Scope, Type, TypeBuilder};
use crate::snapshot::{GLOBAL, Resource};

const BUDGET: &str = "budgets.Budget";

text!(
    types::AutoAdjustType,
    types::BudgetType,
    types::ComparisonOperator,
    types::HealthStatusReason,
    types::HealthStatusValue,
    types::Metric,
    types::NotificationState,
    types::NotificationType,
    types::SubscriptionType,
    types::ThresholdType,
    types::TimeUnit,
);

shape! { types::Budget as "Budget" {
    BudgetName required budget_name,
    BudgetLimit optional budget_limit,
    PlannedBudgetLimits optional planned_budget_limits,
    CostFilters optional cost_filters,
    CostTypes optional cost_types,
    TimeUnit required time_unit,
    TimePeriod required time_period,
    CalculatedSpend optional calculated_spend,
    BudgetType required budget_type,
    LastUpdatedTime optional last_updated_time,
    AutoAdjustData optional auto_adjust_data,
    Metrics optional metrics,
    BillingViewArn optional billing_view_arn,
    HealthStatus optional health_status,
} }

shape! { types::Spend as "Spend" {
    Amount required amount,
    Unit required unit,
} }

shape! { types::CostTypes as "CostTypes" {
    IncludeTax required include_tax,
    IncludeSubscription required include_subscription,
    UseBlended required use_blended,
    IncludeRefund required include_refund,
    IncludeCredit required include_credit,
    IncludeUpfront required include_upfront,
    IncludeRecurring required include_recurring,
    IncludeOtherSubscription required include_other_subscription,
    IncludeSupport required include_support,
    IncludeDiscount required include_discount,
    UseAmortized required use_amortized,
} }

shape! { types::TimePeriod as "TimePeriod" {
    Start required start,
    End required end,
} }

shape! { types::CalculatedSpend as "CalculatedSpend" {
    ActualSpend required actual_spend,
    ForecastedSpend optional forecasted_spend,
} }

shape! { types::AutoAdjustData as "AutoAdjustData" {
    AutoAdjustType required auto_adjust_type,
    HistoricalOptions optional historical_options,
    LastAutoAdjustTime optional last_auto_adjust_time,
} }

shape! { types::HistoricalOptions as "HistoricalOptions" {
    BudgetAdjustmentPeriod required budget_adjustment_period,
    LookBackAvailablePeriods optional look_back_available_periods,
} }

shape! { types::HealthStatus as "HealthStatus" {
    Status optional status,
    StatusReason optional status_reason,
    LastUpdatedTime optional last_updated_time,
} }

shape! { types::Notification as "Notification" {
    NotificationType required notification_type,
    ComparisonOperator required comparison_operator,
    Threshold required threshold,
    ThresholdType optional threshold_type,
    NotificationState optional notification_state,
} }

shape! { types::NotificationWithSubscribers as "NotificationWithSubscribers" {
    Notification required notification,
    Subscribers required subscribers,
} }

shape! { types::Subscriber as "Subscriber" {
    SubscriptionType required subscription_type,
    Address required address,
} }

/// The one action behind all that reads budgets, their tags aside.
const VIEW: &[&str] = &["budgets:ViewBudget"];

/// The operations.
struct Calls {
    describe: Arc<ApiCall>,
    notifications: Arc<ApiCall>,
    subscribers: Arc<ApiCall>,
    tags: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    describe: ApiCall::with_actions("budgets:DescribeBudgets", Per::Account, VIEW),
    notifications: ApiCall::with_actions(
        "budgets:DescribeNotificationsForBudget",
        Per::Resource,
        VIEW,
    ),
    subscribers: ApiCall::with_also(
        "budgets:DescribeSubscribersForNotification",
        Per::Resource,
        VIEW,
        &["budgets:DescribeNotificationsForBudget"],
    ),
    tags: ApiCall::new("budgets:ListTagsForResource", Per::Resource),
});

/// The source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let budget = TypeBuilder::new(
        BUDGET,
        Scope::Global,
        "A budget with what is spent of it and whom it warns.",
    )
    .list(&calls.describe)
    .shape(types::Budget::ty())
    .field(Field::required("HasFilterExpression", Type::Bool))
    .detail(
        Field::required("Notifications", Type::list(types::Notification::ty())),
        &calls.notifications,
    )
    .detail(
        Field::required(
            "NotificationsWithSubscribers",
            Type::list(types::NotificationWithSubscribers::ty()),
        ),
        &calls.subscribers,
    )
    .tags_by(&calls.tags)
    .build();
    Source {
        types: vec![budget],
        calls: vec![
            (
                calls.describe.clone(),
                Fetch::List(|context, _| describe(context)),
            ),
            (calls.notifications.clone(), Fetch::Detail(notifications)),
            (calls.subscribers.clone(), Fetch::Detail(subscribers)),
            (calls.tags.clone(), Fetch::Detail(tags)),
        ],
    }
}

/// Filter expressions are left out of answers unless they are asked for.
fn describe(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .budgets()
            .describe_budgets()
            .account_id(&*context.account)
            .show_filter_expression(true);
        list_items!(&CALLS.describe, BUDGET, request, |budget| {
            resource(&context, &budget)
        })
    })
}

fn resource(context: &Context, budget: &types::Budget) -> Resource {
    let mut fields = object_of(budget.fact());
    fields.insert(
        name("HasFilterExpression"),
        Fact::Bool(budget.filter_expression.is_some()),
    );
    Resource {
        id: budget.budget_name().into(),
        arn: context
            .global_arn("budgets", &format!("budget/{}", budget.budget_name()))
            .into(),
        account: context.account.clone(),
        region: GLOBAL.into(),
        fields,
    }
}

async fn notifications_of(
    context: &Context,
    budget: &Resource,
) -> Result<Vec<types::Notification>, Failure> {
    let request = context
        .budgets()
        .describe_notifications_for_budget()
        .account_id(&*context.account)
        .budget_name(&*budget.id);
    all_items!(&CALLS.notifications, request)
}

fn notifications(context: Arc<Context>, budget: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let notifications = notifications_of(&context, &budget).await?;
        Ok(one("Notifications", notifications.fact()))
    })
}

/// A notification is named by all that it holds, so each is listed first; a failure names the
/// operation that failed, whichever of the two it is.
fn subscribers(context: Arc<Context>, budget: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let mut with_subscribers = Vec::new();
        for notification in notifications_of(&context, &budget).await? {
            let request = context
                .budgets()
                .describe_subscribers_for_notification()
                .account_id(&*context.account)
                .budget_name(&*budget.id)
                .notification(notification.clone());
            let subscribers = all_items!(&CALLS.subscribers, request)?;
            let both = types::NotificationWithSubscribers::builder()
                .notification(notification)
                .set_subscribers(Some(subscribers))
                .build()
                .map_err(|error| {
                    Failure::new(&CALLS.subscribers, "InvalidResponse", error.to_string())
                })?;
            with_subscribers.push(both);
        }
        Ok(one("NotificationsWithSubscribers", with_subscribers.fact()))
    })
}

fn tags(context: Arc<Context>, budget: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .budgets()
            .list_tags_for_resource()
            .resource_arn(&*budget.arn);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.tags, error))?;
        let tags = output.resource_tags().iter();
        let tags = tag_map(tags.map(|tag| (Some(tag.key()), Some(tag.value()))));
        Ok(one("tags", tags.into()))
    })
}

fn one(name: &str, fact: Option<Fact>) -> Fields {
    fact.map(|fact| field(name, fact)).into_iter().collect()
}
