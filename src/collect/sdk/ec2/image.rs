//! Machine images (AMIs) of the account, with who may launch them.

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, PAGE, listed, only, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{Fetch, Fields, Future, Listing, Source, list_items};
use crate::schema::{ApiCall, Field, Per, Type};
use crate::snapshot::Resource;

const IMAGE: &str = "ec2.Image";

text!(
    types::ImageState,
    types::ImageTypeValues,
    types::ImdsSupportValues,
    types::PermissionGroup,
    types::SeverityLabel,
    types::TpmSupportValues,
    types::VolumeType,
);

shape! { types::Image as "Image" {
    ImageId required image_id,
    Name required name,
    Description optional description,
    State required state,
    StateReason optional state_reason,
    Public required public,
    OwnerId required owner_id,
    ImageOwnerAlias optional image_owner_alias,
    CreationDate required creation_date,
    DeprecationTime optional deprecation_time,
    LastLaunchedTime optional last_launched_time,
    DeregistrationProtection optional deregistration_protection,
    ImageType required image_type,
    ImageLocation required image_location,
    Architecture required architecture,
    Platform optional platform,
    PlatformDetails required platform_details,
    UsageOperation required usage_operation,
    BlockDeviceMappings optional block_device_mappings,
    RootDeviceName optional root_device_name,
    RootDeviceType required root_device_type,
    Hypervisor required hypervisor,
    VirtualizationType required virtualization_type,
    EnaSupport optional ena_support,
    SriovNetSupport optional sriov_net_support,
    BootMode optional boot_mode,
    TpmSupport optional tpm_support,
    ImdsSupport optional imds_support,
    SourceInstanceId optional source_instance_id,
    SourceImageId optional source_image_id,
    SourceImageRegion optional source_image_region,
    ImageAllowed optional image_allowed,
    FreeTierEligible optional free_tier_eligible,
    PublicSsmParameterName optional public_ssm_parameter_name,
    ScanResults optional scan_results,
    ProductCodes optional product_codes,
    KernelId optional kernel_id,
    RamdiskId optional ramdisk_id,
} }

shape! { types::BlockDeviceMapping as "BlockDeviceMapping" {
    DeviceName optional device_name,
    VirtualName optional virtual_name,
    NoDevice optional no_device,
    Ebs optional ebs,
} }

shape! { types::EbsBlockDevice as "EbsBlockDevice" {
    Encrypted required encrypted,
    KmsKeyId optional kms_key_id,
    SnapshotId optional snapshot_id,
    VolumeSize required volume_size,
    VolumeType required volume_type,
    DeleteOnTermination required delete_on_termination,
    Iops optional iops,
    Throughput optional throughput,
    VolumeInitializationRate optional volume_initialization_rate,
    AvailabilityZone optional availability_zone,
    AvailabilityZoneId optional availability_zone_id,
    OutpostArn optional outpost_arn,
    EbsCardIndex optional ebs_card_index,
} }

shape! { types::ScanResults as "ScanResults" {
    HighestFindingSeverityLabel optional highest_finding_severity_label,
    FindingScanDate optional finding_scan_date,
    CriticalFixAvailableSince optional critical_fix_available_since,
    HighFixAvailableSince optional high_fix_available_since,
    MediumFixAvailableSince optional medium_fix_available_since,
    LowFixAvailableSince optional low_fix_available_since,
    InformationalFixAvailableSince optional informational_fix_available_since,
} }

shape! { types::LaunchPermission as "LaunchPermission" {
    Group optional group,
    UserId optional user_id,
    OrganizationArn optional organization_arn,
    OrganizationalUnitArn optional organizational_unit_arn,
} }

/// The operations.
struct Calls {
    images: Arc<ApiCall>,
    launch_permissions: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    images: ApiCall::new("ec2:DescribeImages", Per::Region),
    launch_permissions: ApiCall::new("ec2:DescribeImageAttribute", Per::Resource),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let permissions = Type::list(types::LaunchPermission::ty());
    let image = listed::<types::Image>(
        IMAGE,
        "A machine image that the account owns, deprecated and disabled ones too.",
        &calls.images,
    )
    .detail(
        Field::required("LaunchPermissions", permissions),
        &calls.launch_permissions,
    );
    Source {
        types: vec![image.build()],
        calls: vec![
            (
                calls.images.clone(),
                Fetch::List(|context, _| images(context)),
            ),
            (
                calls.launch_permissions.clone(),
                Fetch::Detail(launch_permissions),
            ),
        ],
    }
}

fn images(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_images()
            .owners("self")
            .include_deprecated(true)
            .include_disabled(true)
            .max_results(PAGE);
        list_items!(&CALLS.images, IMAGE, request, |image| {
            let identity = Identity {
                kind: "image",
                id: image.image_id(),
                // The ARN of an image names no account.
                owner: Some(""),
                tags: image.tags(),
            };
            resource(&context, &image, identity)
        })
    })
}

fn launch_permissions(
    context: Arc<Context>,
    image: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_image_attribute()
            .image_id(&*image.id)
            .attribute(types::ImageAttributeName::LaunchPermission);
        let output = request
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.launch_permissions, error))?;
        Ok(only("LaunchPermissions", output.launch_permissions.fact()))
    })
}
