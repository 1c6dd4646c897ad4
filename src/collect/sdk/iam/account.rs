//! What the account has once: its summary, its password policy, its root user.

use std::sync::Arc;

use aws_sdk_iam::types;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::super::shape::{Shape, shape};
use super::super::source::{Future, Listing, object_of};
use super::{
    ACCOUNT_SUMMARY, CALLS, PASSWORD_POLICY, ROOT_USER, credential_report, resource, untaggable,
};
use crate::collect::context::Context;
use crate::schema::{Field, ResourceType, Scope, Type, TypeBuilder};

/// The counters that came after 2020, which older AWS partitions may lack.
const LATER_COUNTERS: [&str; 1] = ["AccountPasswordPresent"];

shape! { types::PasswordPolicy as "PasswordPolicy" {
    MinimumPasswordLength required minimum_password_length,
    RequireSymbols required require_symbols,
    RequireNumbers required require_numbers,
    RequireUppercaseCharacters required require_uppercase_characters,
    RequireLowercaseCharacters required require_lowercase_characters,
    AllowUsersToChangePassword required allow_users_to_change_password,
    ExpirePasswords required expire_passwords,
    MaxPasswordAge optional max_password_age,
    PasswordReusePrevention optional password_reuse_prevention,
    HardExpiry optional hard_expiry,
} }

pub(super) fn types() -> Vec<ResourceType> {
    let summary = types::SummaryKeyType::values().iter().fold(
        TypeBuilder::new(
            ACCOUNT_SUMMARY,
            Scope::Global,
            "IAM's counters and quotas for the account; there is one.",
        )
        .list(&CALLS.summary),
        |summary, counter| {
            summary.field(if LATER_COUNTERS.contains(counter) {
                Field::optional(counter, Type::Int)
            } else {
                Field::required(counter, Type::Int)
            })
        },
    );
    let password_policy = TypeBuilder::new(
        PASSWORD_POLICY,
        Scope::Global,
        "The account's password policy, if it has one of its own.",
    )
    .list(&CALLS.password_policy)
    .shape(types::PasswordPolicy::ty());
    let root_user = TypeBuilder::new(
        ROOT_USER,
        Scope::Global,
        "The account's root user; there is one.",
    )
    .detail(credential_report::field(), &CALLS.report);
    vec![summary.build(), password_policy.build(), root_user.build()]
}

/// The summary has no ARN in AWS; it gets one, so that it can be told from everything else.
pub(super) fn summary(context: Arc<Context>, _: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        match context.iam().get_account_summary().send().await {
            Ok(output) => {
                let counters = output.summary_map().into_iter().flatten();
                let fields = counters
                    .filter_map(|(key, count)| Some((key.as_str().into(), count.fact()?)))
                    .collect();
                let arn = context.global_arn("iam", "account-summary");
                let summary = resource(&context, &context.account, &arn, untaggable(fields));
                listing.push(ACCOUNT_SUMMARY, summary);
                listing
            }
            Err(error) => listing.fail(&CALLS.summary, error),
        }
    })
}

/// `NoSuchEntity` is how IAM says that only its own minimum holds. The ARN is ours, as above.
pub(super) fn password_policy(context: Arc<Context>, _: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        match context.iam().get_account_password_policy().send().await {
            Ok(output) => {
                if let Some(policy) = output.password_policy() {
                    let arn = context.global_arn("iam", "password-policy");
                    let fields = untaggable(object_of(policy.fact()));
                    let policy = resource(&context, &context.account, &arn, fields);
                    listing.push(PASSWORD_POLICY, policy);
                }
                listing
            }
            Err(error) if error.code() == Some("NoSuchEntity") => listing,
            Err(error) => listing.fail(&CALLS.password_policy, error),
        }
    })
}
