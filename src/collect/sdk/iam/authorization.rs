//! Users, groups, roles and managed policies with all their documents, from one call.

use std::sync::{Arc, LazyLock};

use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput;
use aws_sdk_iam::types::{self, EntityType};

use super::super::shape::{Shape, shape, text};
use super::super::source::{Future, Listing, object_of, paged, tag_map};
use super::{
    ACCESS_KEY, CALLS, GROUP, POLICY, ROLE, USER, credential_report, credentials, last_accessed,
    managed_policies, resource, untaggable,
};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, Object, name};
use crate::policy::{Document, document_type};
use crate::schema::{Field, Relation, ResourceType, Scope, Struct, Type, TypeBuilder};
use crate::snapshot::GLOBAL;

/// The largest page that the call allows.
const PAGE: i32 = 1000;

text!(types::PermissionsBoundaryAttachmentType);

shape! { types::UserDetail as "UserDetail" {
    Path required path,
    UserName required user_name,
    UserId required user_id,
    Arn required arn,
    CreateDate required create_date,
    UserPolicyList required user_policy_list,
    GroupList required group_list,
    AttachedManagedPolicies required attached_managed_policies,
    PermissionsBoundary optional permissions_boundary,
} }

shape! { types::GroupDetail as "GroupDetail" {
    Path required path,
    GroupName required group_name,
    GroupId required group_id,
    Arn required arn,
    CreateDate required create_date,
    GroupPolicyList required group_policy_list,
    AttachedManagedPolicies required attached_managed_policies,
} }

shape! { types::RoleDetail as "RoleDetail" {
    Path required path,
    RoleName required role_name,
    RoleId required role_id,
    Arn required arn,
    CreateDate required create_date,
    InstanceProfileList required instance_profile_list,
    RolePolicyList required role_policy_list,
    AttachedManagedPolicies required attached_managed_policies,
    PermissionsBoundary optional permissions_boundary,
    RoleLastUsed required role_last_used,
} }

shape! { types::ManagedPolicyDetail as "ManagedPolicyDetail" {
    PolicyName required policy_name,
    PolicyId required policy_id,
    Arn required arn,
    Path required path,
    DefaultVersionId required default_version_id,
    AttachmentCount required attachment_count,
    PermissionsBoundaryUsageCount required permissions_boundary_usage_count,
    IsAttachable required is_attachable,
    Description optional description,
    CreateDate required create_date,
    UpdateDate required update_date,
    PolicyVersionList required policy_version_list,
} }

// The default version's document is the policy's `Document`; the others have no effect.
shape! { types::PolicyVersion as "PolicyVersion" {
    VersionId required version_id,
    IsDefaultVersion required is_default_version,
    CreateDate required create_date,
} }

shape! { types::AttachedPolicy as "AttachedPolicy" {
    PolicyName required policy_name,
    PolicyArn required policy_arn,
} }

shape! { types::AttachedPermissionsBoundary as "AttachedPermissionsBoundary" {
    PermissionsBoundaryType required permissions_boundary_type,
    PermissionsBoundaryArn required permissions_boundary_arn,
} }

// Its Roles would only repeat the role that it is listed under.
shape! { types::InstanceProfile as "InstanceProfile" {
    Path required path,
    InstanceProfileName required instance_profile_name,
    InstanceProfileId required instance_profile_id,
    Arn required arn,
    CreateDate required create_date,
} }

shape! { types::RoleLastUsed as "RoleLastUsed" {
    LastUsedDate optional last_used_date,
    Region optional region,
} }

/// An inline policy, its document decoded.
impl Shape for types::PolicyDetail {
    fn ty() -> Type {
        static TYPE: LazyLock<Arc<Struct>> = LazyLock::new(|| {
            Struct::new(
                "PolicyDetail",
                [
                    Field::required("PolicyName", Type::String),
                    Field::required("PolicyDocument", document_type()),
                ],
            )
        });
        Type::Struct(TYPE.clone())
    }

    fn fact(&self) -> Option<Fact> {
        let mut object = Object::default();
        if let Some(policy_name) = self.policy_name.fact() {
            object.insert(name("PolicyName"), policy_name);
        }
        put_document(&mut object, "PolicyDocument", self.policy_document());
        Some(Fact::Object(object))
    }
}

pub(super) fn types() -> Vec<ResourceType> {
    let listed = |name, doc, shape| {
        TypeBuilder::new(name, Scope::Global, doc)
            .list(&CALLS.authorization)
            .shape(shape)
    };
    let user = listed(USER, "An IAM user.", types::UserDetail::ty())
        .detail(credential_report::field(), &CALLS.report)
        .detail(credentials::mfa_devices_field(), &CALLS.mfa_devices)
        .detail(last_accessed::services_field(), &CALLS.last_accessed)
        .relation(managed_policies())
        .relation(Relation {
            name: "Groups",
            target: GROUP,
            from: "GroupList[]",
            to: &["GroupName"],
            many: true,
        })
        .relation(Relation {
            name: "AccessKeys",
            target: ACCESS_KEY,
            from: "UserName",
            to: &["UserName"],
            many: true,
        });
    let group = listed(GROUP, "An IAM group.", types::GroupDetail::ty())
        .detail(last_accessed::services_field(), &CALLS.last_accessed)
        .relation(managed_policies());
    let role = listed(ROLE, "An IAM role.", types::RoleDetail::ty())
        .field(Field::required("AssumeRolePolicyDocument", document_type()))
        .detail(last_accessed::services_field(), &CALLS.last_accessed)
        .relation(managed_policies());
    let policy = listed(
        POLICY,
        "A managed policy: the account's own, and those of AWS that are in use.",
        types::ManagedPolicyDetail::ty(),
    )
    .field(Field::required("Document", document_type()))
    .field(Field::required("AwsManaged", Type::Bool))
    .detail(last_accessed::services_field(), &CALLS.last_accessed)
    .tags_by(&CALLS.policy_tags);
    vec![user.build(), group.build(), role.build(), policy.build()]
}

pub(super) fn list(context: Arc<Context>, wanted: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        let filters: Vec<_> = wanted.iter().flat_map(|wanted| filters(wanted)).collect();
        if filters.is_empty() {
            // Without a filter, AWS sends everything.
            return listing;
        }
        let mut pages = paged!(
            context
                .iam()
                .get_account_authorization_details()
                .set_filter(Some(filters.into_iter().cloned().collect()))
        )
        .page_size(PAGE)
        .send();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => add(&mut listing, &context, &page),
                Err(error) => return listing.fail(&CALLS.authorization, error),
            }
        }
        listing
    })
}

/// What to ask for, for a type.
fn filters(resource_type: &str) -> &'static [EntityType] {
    match resource_type {
        USER => &[EntityType::User],
        GROUP => &[EntityType::Group],
        ROLE => &[EntityType::Role],
        POLICY => &[EntityType::LocalManagedPolicy, EntityType::AwsManagedPolicy],
        _ => &[],
    }
}

fn add(listing: &mut Listing, context: &Context, page: &GetAccountAuthorizationDetailsOutput) {
    let mut push = |resource_type, id: Option<&str>, arn: Option<&str>, fields| {
        let (id, arn) = (id.unwrap_or_default(), arn.unwrap_or_default());
        listing.push(resource_type, resource(context, id, arn, fields));
    };
    for user in page.user_detail_list() {
        let mut fields = object_of(user.fact());
        fields.insert(name("tags"), tags(user.tags()));
        push(USER, user.user_name(), user.arn(), fields);
    }
    for group in page.group_detail_list() {
        let fields = untaggable(object_of(group.fact()));
        push(GROUP, group.group_name(), group.arn(), fields);
    }
    for role in page.role_detail_list() {
        let mut fields = object_of(role.fact());
        let trust = role.assume_role_policy_document();
        put_document(&mut fields, "AssumeRolePolicyDocument", trust);
        fields.insert(name("tags"), tags(role.tags()));
        push(ROLE, role.role_name(), role.arn(), fields);
    }
    for policy in page.policies() {
        let aws_managed = is_aws_managed(policy.arn().unwrap_or_default());
        if aws_managed && !is_used(policy) {
            // Some servers send all of AWS's policies, a thousand and more.
            continue;
        }
        let mut fields = object_of(policy.fact());
        let mut versions = policy.policy_version_list().iter();
        let default = versions.find(|version| version.is_default_version());
        let document = default.and_then(types::PolicyVersion::document);
        put_document(&mut fields, "Document", document);
        fields.insert(name("AwsManaged"), Fact::Bool(aws_managed));
        // AWS's policies may bear the names of the account's own, so that only the ARN tells all
        // policies apart; it is also what the CLI takes.
        push(POLICY, policy.arn(), policy.arn(), fields);
    }
}

/// AWS's own policies have `aws` in the place of the account.
pub(super) fn is_aws_managed(arn: &str) -> bool {
    arn.split(':').nth(4) == Some("aws")
}

fn is_used(policy: &types::ManagedPolicyDetail) -> bool {
    let attached = policy.attachment_count();
    let boundary = policy.permissions_boundary_usage_count();
    [attached, boundary].into_iter().flatten().any(|n| n > 0)
}

fn tags(tags: &[types::Tag]) -> Fact {
    tag_map(tags.iter().map(|tag| (Some(tag.key()), Some(tag.value()))))
}

/// Puts a decoded document in; one that does not parse is unknown, and nothing around it is.
fn put_document(object: &mut Object, field: &str, text: Option<&str>) {
    let Some(text) = text else { return };
    let document = Document::parse(text).map_or_else(
        |error| {
            let message = format!("not a policy document: {error}");
            let failure = Failure::new(&CALLS.authorization, "InvalidResponse", message);
            Fact::Unknown(Arc::new(failure.in_region(GLOBAL)))
        },
        |document| document.fact(),
    );
    object.insert(name(field), document);
}
