//! Tags that no list call brings.

use std::sync::Arc;

use aws_sdk_iam::types::Tag;

use super::super::source::{Fields, Future, all_items, field, tag_map};
use super::CALLS;
use super::authorization::is_aws_managed;
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::snapshot::Resource;

/// A function that reads the tags of one resource through the paginated operation.
macro_rules! tags_by {
    ($function:ident, $operation:ident, $key:ident, $call:ident, $id:ident) => {
        pub(super) fn $function(
            context: Arc<Context>,
            resource: Arc<Resource>,
        ) -> Future<Result<Fields, Failure>> {
            Box::pin(async move {
                let request = context.iam().$operation().$key(&*resource.$id);
                Ok(map(all_items!(&CALLS.$call, request)?))
            })
        }
    };
}

tags_by!(
    customer_policy,
    list_policy_tags,
    policy_arn,
    policy_tags,
    arn
);
tags_by!(
    mfa_device,
    list_mfa_device_tags,
    serial_number,
    mfa_device_tags,
    id
);
tags_by!(
    server_certificate,
    list_server_certificate_tags,
    server_certificate_name,
    server_certificate_tags,
    id
);
tags_by!(
    saml_provider,
    list_saml_provider_tags,
    saml_provider_arn,
    saml_provider_tags,
    arn
);

/// AWS's own policies cannot be tagged, so nobody is asked about theirs.
pub(super) fn policy(
    context: Arc<Context>,
    policy: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    if is_aws_managed(&policy.arn) {
        return Box::pin(async { Ok(map(Vec::new())) });
    }
    customer_policy(context, policy)
}

fn map(tags: Vec<Tag>) -> Fields {
    let tags = tags.iter().map(|tag| (Some(tag.key()), Some(tag.value())));
    vec![field("tags", tag_map(tags))]
}
