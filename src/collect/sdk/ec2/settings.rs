//! The region's settings: what holds for all that is launched and shared there.

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::only;
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{Fetch, Fields, Future, Source};
use crate::fact::{Fact, Object};
use crate::schema::{ApiCall, Field, Per, Scope, Type, TypeBuilder};
use crate::snapshot::Resource;

const SETTINGS: &str = "ec2.Settings";

/// The operations.
struct Calls {
    encryption: Arc<ApiCall>,
    key: Arc<ApiCall>,
    snapshots: Arc<ApiCall>,
    images: Arc<ApiCall>,
    metadata: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    encryption: ApiCall::new("ec2:GetEbsEncryptionByDefault", Per::Region),
    key: ApiCall::new("ec2:GetEbsDefaultKmsKeyId", Per::Region),
    snapshots: ApiCall::new("ec2:GetSnapshotBlockPublicAccessState", Per::Region),
    images: ApiCall::new("ec2:GetImageBlockPublicAccessState", Per::Region),
    metadata: ApiCall::new("ec2:GetInstanceMetadataDefaults", Per::Region),
});

text!(
    types::HttpTokensEnforcedState,
    types::ManagedBy,
    types::SnapshotBlockPublicAccessState,
);

shape! { types::InstanceMetadataDefaultsResponse as "InstanceMetadataDefaultsResponse" {
    HttpTokens optional http_tokens,
    HttpPutResponseHopLimit optional http_put_response_hop_limit,
    HttpEndpoint optional http_endpoint,
    InstanceMetadataTags optional instance_metadata_tags,
    HttpTokensEnforced optional http_tokens_enforced,
    ManagedBy optional managed_by,
    ManagedExceptionMessage optional managed_exception_message,
} }

/// This part of the source. The type exists once in each region, without a call that lists it.
pub fn source() -> Source {
    let calls = &*CALLS;
    let settings = TypeBuilder::new(
        SETTINGS,
        Scope::Regional,
        "What the account has set for EC2 in a region.",
    )
    .detail(
        Field::required("EbsEncryptionByDefault", Type::Bool),
        &calls.encryption,
    )
    .detail(
        Field::required("EbsDefaultKmsKeyId", Type::String),
        &calls.key,
    )
    .detail(
        Field::required("SnapshotBlockPublicAccessState", Type::String),
        &calls.snapshots,
    )
    .detail(
        Field::required("ImageBlockPublicAccessState", Type::String),
        &calls.images,
    )
    .detail(
        Field::required(
            "InstanceMetadataDefaults",
            types::InstanceMetadataDefaultsResponse::ty(),
        ),
        &calls.metadata,
    );
    Source {
        types: vec![settings.build()],
        calls: vec![
            (calls.encryption.clone(), Fetch::Detail(encryption)),
            (calls.key.clone(), Fetch::Detail(key)),
            (calls.snapshots.clone(), Fetch::Detail(snapshots)),
            (calls.images.clone(), Fetch::Detail(images)),
            (calls.metadata.clone(), Fetch::Detail(metadata)),
        ],
    }
}

fn encryption(context: Arc<Context>, _: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.ec2().get_ebs_encryption_by_default();
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.encryption, error))?;
        let enabled = output.ebs_encryption_by_default.fact();
        Ok(only("EbsEncryptionByDefault", enabled))
    })
}

fn key(context: Arc<Context>, _: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.ec2().get_ebs_default_kms_key_id();
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.key, error))?;
        Ok(only("EbsDefaultKmsKeyId", output.kms_key_id.fact()))
    })
}

fn snapshots(context: Arc<Context>, _: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.ec2().get_snapshot_block_public_access_state();
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.snapshots, error))?;
        Ok(only("SnapshotBlockPublicAccessState", output.state.fact()))
    })
}

fn images(context: Arc<Context>, _: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.ec2().get_image_block_public_access_state();
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.images, error))?;
        let state = output.image_block_public_access_state.fact();
        Ok(only("ImageBlockPublicAccessState", state))
    })
}

/// A region where nobody has set defaults answers with none of them, or without the level that
/// would hold them; both are the empty object.
fn metadata(context: Arc<Context>, _: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.ec2().get_instance_metadata_defaults();
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.metadata, error))?;
        let defaults = output.account_level.fact();
        let defaults = defaults.unwrap_or_else(|| Fact::Object(Object::default()));
        Ok(only("InstanceMetadataDefaults", Some(defaults)))
    })
}
