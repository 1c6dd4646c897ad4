//! IAM: the account's summary, password policy and root user; users, groups, roles and policies,
//! which one call brings; keys, MFA devices, certificates and identity providers.

mod account;
mod authorization;
mod certificates;
mod credential_report;
mod credentials;
mod last_accessed;
mod tags;
mod waiting;

use std::sync::{Arc, LazyLock};

use super::source::{Fetch, Source, tag_map};
use crate::collect::context::Context;
use crate::fact::{Object, name};
use crate::schema::{ApiCall, Per, Relation};
use crate::snapshot::{GLOBAL, Resource};

const ACCOUNT_SUMMARY: &str = "iam.AccountSummary";
const PASSWORD_POLICY: &str = "iam.PasswordPolicy";
const ROOT_USER: &str = "iam.RootUser";
const USER: &str = "iam.User";
const GROUP: &str = "iam.Group";
const ROLE: &str = "iam.Role";
const POLICY: &str = "iam.Policy";
const ACCESS_KEY: &str = "iam.AccessKey";
const VIRTUAL_MFA_DEVICE: &str = "iam.VirtualMFADevice";
const SERVER_CERTIFICATE: &str = "iam.ServerCertificate";
const SAML_PROVIDER: &str = "iam.SAMLProvider";

/// The operations.
struct Calls {
    summary: Arc<ApiCall>,
    password_policy: Arc<ApiCall>,
    authorization: Arc<ApiCall>,
    report: Arc<ApiCall>,
    /// Made in the course of `report` only, and here so that a failure names it.
    generate_report: Arc<ApiCall>,
    access_keys: Arc<ApiCall>,
    last_used: Arc<ApiCall>,
    mfa_devices: Arc<ApiCall>,
    virtual_mfa_devices: Arc<ApiCall>,
    server_certificates: Arc<ApiCall>,
    saml_providers: Arc<ApiCall>,
    policy_tags: Arc<ApiCall>,
    mfa_device_tags: Arc<ApiCall>,
    server_certificate_tags: Arc<ApiCall>,
    saml_provider_tags: Arc<ApiCall>,
    last_accessed: Arc<ApiCall>,
    /// Made in the course of `last_accessed` only, and here so that a failure names it.
    start_last_accessed: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    summary: ApiCall::new("iam:GetAccountSummary", Per::Account),
    password_policy: ApiCall::new("iam:GetAccountPasswordPolicy", Per::Account),
    authorization: ApiCall::new("iam:GetAccountAuthorizationDetails", Per::Account),
    report: ApiCall::with_also(
        "iam:GetCredentialReport",
        Per::Account,
        &[],
        &["iam:GenerateCredentialReport"],
    ),
    generate_report: ApiCall::new("iam:GenerateCredentialReport", Per::Account),
    access_keys: ApiCall::new("iam:ListAccessKeys", Per::Resource),
    last_used: ApiCall::new("iam:GetAccessKeyLastUsed", Per::Resource),
    mfa_devices: ApiCall::new("iam:ListMFADevices", Per::Resource),
    virtual_mfa_devices: ApiCall::new("iam:ListVirtualMFADevices", Per::Account),
    server_certificates: ApiCall::new("iam:ListServerCertificates", Per::Account),
    saml_providers: ApiCall::new("iam:ListSAMLProviders", Per::Account),
    policy_tags: ApiCall::new("iam:ListPolicyTags", Per::Resource),
    mfa_device_tags: ApiCall::new("iam:ListMFADeviceTags", Per::Resource),
    server_certificate_tags: ApiCall::new("iam:ListServerCertificateTags", Per::Resource),
    saml_provider_tags: ApiCall::new("iam:ListSAMLProviderTags", Per::Resource),
    last_accessed: ApiCall::with_also(
        "iam:GetServiceLastAccessedDetails",
        Per::Resource,
        &[],
        &["iam:GenerateServiceLastAccessedDetails"],
    ),
    start_last_accessed: ApiCall::new("iam:GenerateServiceLastAccessedDetails", Per::Resource),
});

/// The source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let mut types = account::types();
    types.extend(authorization::types());
    types.extend(credentials::types());
    types.extend(certificates::types());
    Source {
        types,
        calls: [
            (&calls.summary, Fetch::List(account::summary)),
            (
                &calls.password_policy,
                Fetch::List(account::password_policy),
            ),
            (&calls.authorization, Fetch::List(authorization::list)),
            (&calls.report, Fetch::Bulk(credential_report::read)),
            (&calls.access_keys, Fetch::ListOf(credentials::access_keys)),
            (&calls.last_used, Fetch::Detail(credentials::last_used)),
            (&calls.mfa_devices, Fetch::Detail(credentials::mfa_devices)),
            (
                &calls.virtual_mfa_devices,
                Fetch::List(credentials::virtual_mfa_devices),
            ),
            (
                &calls.server_certificates,
                Fetch::List(certificates::server_certificates),
            ),
            (
                &calls.saml_providers,
                Fetch::List(certificates::saml_providers),
            ),
            (&calls.policy_tags, Fetch::Detail(tags::policy)),
            (&calls.mfa_device_tags, Fetch::Detail(tags::mfa_device)),
            (
                &calls.server_certificate_tags,
                Fetch::Detail(tags::server_certificate),
            ),
            (
                &calls.saml_provider_tags,
                Fetch::Detail(tags::saml_provider),
            ),
            (&calls.last_accessed, Fetch::Detail(last_accessed::read)),
        ]
        .map(|(call, fetch)| (call.clone(), fetch))
        .into(),
    }
}

/// A resource of the account; nothing of IAM lives in a region.
fn resource(context: &Context, id: &str, arn: &str, fields: Object) -> Resource {
    Resource {
        id: id.into(),
        arn: arn.into(),
        account: context.account.clone(),
        region: GLOBAL.into(),
        fields,
    }
}

/// The fields of something that AWS does not let anybody tag.
fn untaggable(mut fields: Object) -> Object {
    fields.insert(name("tags"), tag_map([]));
    fields
}

/// The managed policies attached to a user, group or role.
fn managed_policies() -> Relation {
    Relation {
        name: "ManagedPolicies",
        target: POLICY,
        from: "AttachedManagedPolicies[].PolicyArn",
        to: &["Arn"],
        many: true,
    }
}
