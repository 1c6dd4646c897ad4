//! Access keys and MFA devices.

use std::sync::{Arc, LazyLock};

use aws_sdk_iam::types;

use super::super::shape::{Shape, shape, text};
use super::super::source::{Fields, Future, Listing, all_items, field, list_items, object_of};
use super::{ACCESS_KEY, CALLS, USER, VIRTUAL_MFA_DEVICE, resource, untaggable};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, name};
use crate::schema::{Field, Relation, ResourceType, Scope, Struct, Type, TypeBuilder};
use crate::snapshot::Resource;

text!(types::StatusType);

shape! { types::AccessKeyMetadata as "AccessKeyMetadata" {
    UserName required user_name,
    AccessKeyId required access_key_id,
    Status required status,
    CreateDate required create_date,
} }

// Of a key that was never used, ServiceName and Region are `N/A`.
shape! { types::AccessKeyLastUsed as "AccessKeyLastUsed" {
    LastUsedDate optional last_used_date,
    ServiceName required service_name,
    Region required region,
} }

shape! { types::MfaDevice as "MFADevice" {
    UserName required user_name,
    SerialNumber required serial_number,
    EnableDate required enable_date,
} }

// The seed and its QR code are secrets, and left out.
shape! { types::VirtualMfaDevice as "VirtualMFADevice" {
    SerialNumber required serial_number,
    EnableDate optional enable_date,
    User optional user,
} }

/// The user of a virtual MFA device. The root user has no name and no path, and a device in
/// nobody's use may come with an empty user: the SDK fills such gaps with empty texts and the year
/// 1970, which are taken out again.
impl Shape for types::User {
    fn ty() -> Type {
        static TYPE: LazyLock<Arc<Struct>> = LazyLock::new(|| {
            Struct::new(
                "VirtualMFADeviceUser",
                [
                    Field::optional("UserName", Type::String),
                    Field::required("UserId", Type::String),
                    Field::required("Arn", Type::String),
                    Field::optional("Path", Type::String),
                    Field::optional("CreateDate", Type::Timestamp),
                    Field::optional("PasswordLastUsed", Type::Timestamp),
                ],
            )
        });
        Type::Struct(TYPE.clone())
    }

    fn fact(&self) -> Option<Fact> {
        if self.arn.is_empty() && self.user_id.is_empty() {
            return None;
        }
        let text = |text: &String| Some(Fact::string(text.as_str())).filter(|_| !text.is_empty());
        let created = Some(self.create_date).filter(|date| date.secs() != 0);
        let fields = [
            ("UserName", text(&self.user_name)),
            ("UserId", text(&self.user_id)),
            ("Arn", text(&self.arn)),
            ("Path", text(&self.path)),
            ("CreateDate", created.fact()),
            ("PasswordLastUsed", self.password_last_used.fact()),
        ];
        let fields = fields.into_iter();
        Some(Fact::Object(
            fields
                .filter_map(|(key, fact)| Some((name(key), fact?)))
                .collect(),
        ))
    }
}

pub(super) fn types() -> Vec<ResourceType> {
    let access_key = TypeBuilder::new(
        ACCESS_KEY,
        Scope::Global,
        "An access key of an IAM user; the root user's are counted in iam.AccountSummary.",
    )
    .list(&CALLS.access_keys)
    .parent(USER)
    .shape(types::AccessKeyMetadata::ty())
    .detail(
        Field::required("LastUsed", types::AccessKeyLastUsed::ty()),
        &CALLS.last_used,
    )
    .relation(Relation {
        name: "User",
        target: USER,
        from: "UserName",
        to: &["UserName"],
        many: false,
    });
    let virtual_mfa_device = TypeBuilder::new(
        VIRTUAL_MFA_DEVICE,
        Scope::Global,
        "A virtual MFA device, of the root user too, in use or not.",
    )
    .list(&CALLS.virtual_mfa_devices)
    .shape(types::VirtualMfaDevice::ty())
    .tags_by(&CALLS.mfa_device_tags);
    vec![access_key.build(), virtual_mfa_device.build()]
}

/// The field of a user that [`mfa_devices`] brings.
pub(super) fn mfa_devices_field() -> Field {
    Field::required("MFADevices", Type::list(types::MfaDevice::ty()))
}

/// Keys have no ARN in AWS; they get one of their own, as two keys of a user must not be taken for
/// one.
pub(super) fn access_keys(context: Arc<Context>, user: Arc<Resource>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.iam().list_access_keys().user_name(&*user.id);
        list_items!(&CALLS.access_keys, ACCESS_KEY, request, |key| {
            let id = key.access_key_id().unwrap_or_default();
            let arn = context.global_arn("iam", &format!("access-key/{id}"));
            resource(&context, id, &arn, untaggable(object_of(key.fact())))
        })
    })
}

pub(super) fn last_used(
    context: Arc<Context>,
    key: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.iam().get_access_key_last_used();
        let output = request
            .access_key_id(&*key.id)
            .send()
            .await
            .map_err(|error| Failure::of(&CALLS.last_used, error))?;
        let last_used = output.access_key_last_used.fact();
        let last_used = last_used.map(|fact| field("LastUsed", fact));
        Ok(last_used.into_iter().collect())
    })
}

pub(super) fn mfa_devices(
    context: Arc<Context>,
    user: Arc<Resource>,
) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context.iam().list_mfa_devices().user_name(&*user.id);
        let devices: Vec<types::MfaDevice> = all_items!(&CALLS.mfa_devices, request)?;
        let devices = devices.fact().map(|fact| field("MFADevices", fact));
        Ok(devices.into_iter().collect())
    })
}

pub(super) fn virtual_mfa_devices(context: Arc<Context>, _: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.iam().list_virtual_mfa_devices();
        list_items!(
            &CALLS.virtual_mfa_devices,
            VIRTUAL_MFA_DEVICE,
            request,
            |device| {
                // A virtual device's serial number is its ARN.
                let serial = device.serial_number();
                resource(&context, serial, serial, object_of(device.fact()))
            }
        )
    })
}
