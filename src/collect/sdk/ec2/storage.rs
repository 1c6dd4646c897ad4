//! EBS: volumes and snapshots, with who may restore them.

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, PAGE, listed, only, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{
    Bulk, Fetch, Fields, Future, Listing, Source, all_items, field, list_items,
};
use crate::collect::sdk::watched::{alarms, metrics};
use crate::fact::Fact;
use crate::schema::{ApiCall, Field, Per, Type};
use crate::snapshot::Resource;

const SNAPSHOT: &str = "ec2.Snapshot";
const VOLUME: &str = "ec2.Volume";

text!(
    types::SnapshotState,
    types::SseType,
    types::StorageTier,
    types::TransferType,
    types::VolumeAttachmentState,
    types::VolumeState,
);

shape! { types::Volume as "Volume" {
    VolumeId required volume_id,
    State required state,
    VolumeType required volume_type,
    Size required size,
    CreateTime required create_time,
    Encrypted required encrypted,
    KmsKeyId optional kms_key_id,
    AvailabilityZone required availability_zone,
    AvailabilityZoneId optional availability_zone_id,
    Attachments optional attachments,
    SnapshotId required snapshot_id,
    SourceVolumeId optional source_volume_id,
    Iops optional iops,
    Throughput optional throughput,
    MultiAttachEnabled required multi_attach_enabled,
    FastRestored optional fast_restored,
    VolumeInitializationRate optional volume_initialization_rate,
    SseType optional sse_type,
    OutpostArn optional outpost_arn,
    VolumeArn optional volume_arn,
    OwnerId optional owner_id,
    Operator optional operator,
} }

shape! { types::VolumeAttachment as "VolumeAttachment" {
    VolumeId required volume_id,
    State required state,
    AttachTime required attach_time,
    DeleteOnTermination required delete_on_termination,
    InstanceId optional instance_id,
    InstanceOwningService optional instance_owning_service,
    AssociatedResource optional associated_resource,
    Device optional device,
    EbsCardIndex optional ebs_card_index,
} }

shape! { types::Snapshot as "Snapshot" {
    SnapshotId required snapshot_id,
    VolumeId required volume_id,
    VolumeSize required volume_size,
    State required state,
    StateMessage optional state_message,
    StartTime required start_time,
    CompletionTime optional completion_time,
    Progress required progress,
    OwnerId required owner_id,
    OwnerAlias optional owner_alias,
    Description required description,
    Encrypted required encrypted,
    KmsKeyId optional kms_key_id,
    DataEncryptionKeyId optional data_encryption_key_id,
    StorageTier required storage_tier,
    RestoreExpiryTime optional restore_expiry_time,
    FullSnapshotSizeInBytes optional full_snapshot_size_in_bytes,
    TransferType optional transfer_type,
    CompletionDurationMinutes optional completion_duration_minutes,
    SseType optional sse_type,
    AvailabilityZone optional availability_zone,
    OutpostArn optional outpost_arn,
} }

shape! { types::CreateVolumePermission as "CreateVolumePermission" {
    Group optional group,
    UserId optional user_id,
} }

/// The operations.
struct Calls {
    volumes: Arc<ApiCall>,
    snapshots: Arc<ApiCall>,
    public: Arc<ApiCall>,
    permissions: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    volumes: ApiCall::new("ec2:DescribeVolumes", Per::Region),
    snapshots: ApiCall::new("ec2:DescribeSnapshots", Per::Region),
    public: Arc::new(ApiCall {
        also: &[],
        needs: &[],
        unavailable: &[],
        operation: "ec2:DescribeSnapshots",
        purpose: "public",
        iam_actions: &[],
        per: Per::Region,
    }),
    permissions: ApiCall::new("ec2:DescribeSnapshotAttribute", Per::Resource),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let volume = listed::<types::Volume>(VOLUME, "A disk, attached or not.", &calls.volumes)
        .relation(metrics("cloudwatch.VolumeMetrics", &["VolumeId"]))
        .relation(alarms("VolumeId"));
    let permissions = Type::list(types::CreateVolumePermission::ty());
    let snapshot = listed::<types::Snapshot>(
        SNAPSHOT,
        "A copy of a disk that the account owns.",
        &calls.snapshots,
    )
    .detail(Field::required("Public", Type::Bool), &calls.public)
    .detail(
        Field::required("CreateVolumePermissions", permissions),
        &calls.permissions,
    );
    Source {
        types: vec![volume.build(), snapshot.build()],
        calls: vec![
            (
                calls.volumes.clone(),
                Fetch::List(|context, _| volumes(context)),
            ),
            (
                calls.snapshots.clone(),
                Fetch::List(|context, _| snapshots(context)),
            ),
            (calls.public.clone(), Fetch::Bulk(public)),
            (calls.permissions.clone(), Fetch::Detail(permissions_of)),
        ],
    }
}

/// An account may hide what AWS manages in it from its listings; it is asked for all the same.
fn volumes(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_volumes()
            .include_managed_resources(true)
            .max_results(PAGE);
        list_items!(&CALLS.volumes, VOLUME, request, |volume| {
            let identity = Identity {
                kind: "volume",
                id: volume.volume_id(),
                owner: volume.owner_id(),
                tags: volume.tags(),
            };
            resource(&context, &volume, identity)
        })
    })
}

fn snapshots(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_snapshots()
            .owner_ids("self")
            .max_results(PAGE);
        list_items!(&CALLS.snapshots, SNAPSHOT, request, |snapshot| {
            let identity = Identity {
                kind: "snapshot",
                id: snapshot.snapshot_id(),
                // The ARN of a snapshot names no account.
                owner: Some(""),
                tags: snapshot.tags(),
            };
            resource(&context, &snapshot, identity)
        })
    })
}

/// The account's snapshots that everybody may restore: one listing instead of a call for each of
/// what may be many thousands.
fn public(context: Arc<Context>) -> Future<Result<Bulk, Failure>> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_snapshots()
            .owner_ids("self")
            .restorable_by_user_ids("all")
            .max_results(PAGE);
        let snapshots = all_items!(&CALLS.public, request)?;
        let fields = snapshots.iter().filter_map(types::Snapshot::snapshot_id);
        Ok(Bulk {
            fields: fields
                .map(|id| (SNAPSHOT, id.into(), is_public(true)))
                .collect(),
            otherwise: is_public(false),
        })
    })
}

fn is_public(public: bool) -> Fields {
    vec![field("Public", Fact::Bool(public))]
}

fn permissions_of(
    context: Arc<Context>,
    snapshot: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_snapshot_attribute()
            .snapshot_id(&*snapshot.id)
            .attribute(types::SnapshotAttributeName::CreateVolumePermission);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.permissions, error))?;
        let permissions = output.create_volume_permissions.fact();
        Ok(only("CreateVolumePermissions", permissions))
    })
}
