//! Server certificates kept in IAM, and SAML identity providers.

use std::sync::Arc;

use aws_sdk_iam::types;

use super::super::shape::{Shape, shape};
use super::super::source::{Future, Listing, list_items, object_of};
use super::{CALLS, SAML_PROVIDER, SERVER_CERTIFICATE, resource};
use crate::collect::context::Context;
use crate::schema::{ResourceType, Scope, TypeBuilder};

shape! { types::ServerCertificateMetadata as "ServerCertificateMetadata" {
    Path required path,
    ServerCertificateName required server_certificate_name,
    ServerCertificateId required server_certificate_id,
    Arn required arn,
    UploadDate optional upload_date,
    Expiration optional expiration,
} }

shape! { types::SamlProviderListEntry as "SAMLProviderListEntry" {
    Arn required arn,
    CreateDate optional create_date,
    ValidUntil optional valid_until,
} }

pub(super) fn types() -> Vec<ResourceType> {
    let server_certificate = TypeBuilder::new(
        SERVER_CERTIFICATE,
        Scope::Global,
        "A TLS certificate uploaded to IAM.",
    )
    .list(&CALLS.server_certificates)
    .shape(types::ServerCertificateMetadata::ty())
    .tags_by(&CALLS.server_certificate_tags);
    let saml_provider = TypeBuilder::new(
        SAML_PROVIDER,
        Scope::Global,
        "A SAML identity provider that the account trusts.",
    )
    .list(&CALLS.saml_providers)
    .shape(types::SamlProviderListEntry::ty())
    .tags_by(&CALLS.saml_provider_tags);
    vec![server_certificate.build(), saml_provider.build()]
}

pub(super) fn server_certificates(context: Arc<Context>, _: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let request = context.iam().list_server_certificates();
        list_items!(
            &CALLS.server_certificates,
            SERVER_CERTIFICATE,
            request,
            |certificate| {
                let id = certificate.server_certificate_name();
                let fields = object_of(certificate.fact());
                resource(&context, id, certificate.arn(), fields)
            }
        )
    })
}

/// The call has no pages.
pub(super) fn saml_providers(context: Arc<Context>, _: Vec<&'static str>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        match context.iam().list_saml_providers().send().await {
            Ok(output) => {
                for provider in output.saml_provider_list() {
                    let arn = provider.arn().unwrap_or_default();
                    let provider = resource(&context, arn, arn, object_of(provider.fact()));
                    listing.push(SAML_PROVIDER, provider);
                }
                listing
            }
            Err(error) => listing.fail(&CALLS.saml_providers, error),
        }
    })
}
