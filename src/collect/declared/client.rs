//! One client for every declared service, on the SDK's own runtime: its retries, timeouts, identity
//! cache and signatures.

use std::sync::Arc;

use aws_runtime::auth::sigv4::{self, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_query::protocol::AwsQueryProtocol;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::SdkConfig;
use aws_types::SigningName;
use aws_types::region::SigningRegion;

use super::answer::{Answer, Expected};
use super::endpoint::Endpoint;
use super::error::{ServiceError, metadata};
use super::request::Request;
use crate::collect::context::Context;
use crate::source::{Connection, Protocol};

/// What a service said to a request.
pub type Outcome = Result<Answer, Box<SdkError<ServiceError, HttpResponse>>>;

/// A client of one service in one region.
pub struct Client {
    connection: Arc<Connection>,
    protocol: SharedClientProtocol,
    /// Where it sends to.
    pub endpoint: Endpoint,
    config: SdkConfig,
    plugin: SharedRuntimePlugin,
}

impl Client {
    /// A client that sends to `endpoint` what the context's guard lets through.
    pub fn new(context: &Context, connection: &Arc<Connection>, endpoint: Endpoint) -> Self {
        let config = context.config().clone();
        let plugin = plugin(context, connection, &endpoint, &config);
        Self {
            protocol: protocol(connection),
            connection: connection.clone(),
            endpoint,
            config,
            plugin,
        }
    }

    /// Sends one request and reads the answer as `expected` says.
    ///
    /// # Errors
    /// What the SDK's typed clients would say.
    pub async fn send(
        &self,
        operation: &str,
        request: Request,
        expected: &Arc<Expected>,
        place: &str,
    ) -> Outcome {
        let service = self.connection.service;
        let mut layer = Layer::new("declared");
        layer.store_put(Metadata::new(operation.to_owned(), service));
        let bag = Arc::new(ConfigBag::of_layers(vec![layer]));
        let (writer, reader) = (self.protocol.clone(), self.protocol.clone());
        let (bag_in, expected) = (bag.clone(), expected.clone());
        let place = place.to_owned();
        let mut builder = Operation::builder()
            .service_name(service)
            .operation_name(operation.to_owned())
            .endpoint_url(&self.endpoint.url)
            .runtime_plugin(self.plugin.clone())
            .retry_classifier(TransientErrorClassifier::<ServiceError>::new())
            .retry_classifier(aws_runtime::retries::classifiers::AwsErrorCodeClassifier::<
                ServiceError,
            >::new())
            .retry_classifier(
                aws_runtime::service_clock_skew::ServiceClockSkewClassifier::<ServiceError>::new(),
            )
            .retry_classifier(HttpStatusCodeClassifier::default())
            .with_connection_poisoning();
        if let Some(version) = self.config.behavior_version() {
            builder = builder.behavior_version(version);
        }
        if let Some(retries) = self.config.retry_config() {
            builder = builder.standard_retry(retries);
        }
        if let Some(timeouts) = self.config.timeout_config() {
            builder = builder.timeout_config(timeouts.clone());
        }
        let operation = builder
            .serializer(move |request: Request| {
                let schema = aws_smithy_schema::serde::SerializableStruct::schema(&request);
                Ok(writer.serialize_request(&request, schema, "/", &bag_in)?)
            })
            .deserializer(move |response: &HttpResponse| {
                if !response.status().is_success() {
                    let metadata = metadata(&reader, response, &bag);
                    return Err(OrchestratorError::operation(ServiceError(metadata)));
                }
                expected
                    .read(&reader, response, &bag, &place)
                    .map_err(OrchestratorError::other)
            })
            .build();
        operation.invoke(request).await.map_err(Box::new)
    }
}

pub fn protocol(connection: &Connection) -> SharedClientProtocol {
    match &connection.protocol {
        Protocol::AwsQuery(version) => {
            SharedClientProtocol::new(AwsQueryProtocol::new().with_service_version(version))
        }
        Protocol::AwsJson1_0(target) => {
            SharedClientProtocol::new(AwsJsonRpcProtocol::aws_json_1_0().with_target_prefix(target))
        }
        Protocol::AwsJson1_1(target) => {
            SharedClientProtocol::new(AwsJsonRpcProtocol::aws_json_1_1().with_target_prefix(target))
        }
        Protocol::RestJson1 => SharedClientProtocol::new(AwsRestJsonProtocol::new()),
        // S3 words its errors without an element around them, CloudFront and Route 53 with one:
        // the reader of errors looks for either.
        Protocol::RestXml => SharedClientProtocol::new(
            aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol::new(),
        ),
    }
}

/// Identity, signature and headers, as the generated clients set them.
fn plugin(
    context: &Context,
    connection: &Connection,
    endpoint: &Endpoint,
    config: &SdkConfig,
) -> SharedRuntimePlugin {
    let mut layer = Layer::new("declared service");
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(signing(connection, endpoint));
    layer.store_put(ApiMetadata::new(connection.service, "declared"));
    layer.store_put(RetryPartition::new(format!(
        "{}-{}",
        connection.service, endpoint.signing_region
    )));
    if let Some(name) = config.app_name() {
        layer.store_put(name.clone());
    }
    if let Some(protection) = config.stalled_stream_protection() {
        layer.store_put(protection);
    }
    let resolver = StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID]);
    let mut components = RuntimeComponentsBuilder::new("declared service")
        .with_auth_scheme(aws_smithy_runtime_api::client::auth::SharedAuthScheme::new(
            SigV4AuthScheme::new(),
        ))
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(resolver)))
        .with_http_client(config.http_client())
        .with_sleep_impl(config.sleep_impl())
        .with_time_source(config.time_source())
        .with_interceptor(context.guard())
        .with_interceptor(StalledStreamProtectionInterceptor::default())
        .with_interceptor(aws_runtime::service_clock_skew::ServiceClockSkewInterceptor::new())
        .with_interceptor(aws_runtime::request_info::RequestInfoInterceptor::new())
        .with_interceptor(UserAgentInterceptor::new())
        .with_interceptor(aws_runtime::invocation_id::InvocationIdInterceptor::new());
    let cache = config
        .identity_cache()
        .unwrap_or_else(|| IdentityCache::lazy().build());
    components.set_identity_cache(Some(cache));
    if let Some(provider) = config.credentials_provider() {
        components.set_identity_resolver(sigv4::SCHEME_ID, provider);
    }
    SharedRuntimePlugin::new(
        StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(components),
    )
}

fn signing(connection: &Connection, endpoint: &Endpoint) -> SigV4OperationSigningConfig {
    // S3 signs paths as they are sent, and wants the body's checksum in a header.
    let s3 = connection.signing == "s3";
    let mut options = SigningOptions::default();
    options.double_uri_encode = !s3;
    options.normalize_uri_path = !s3;
    options.content_sha256_header = s3;
    let mut signing = SigV4OperationSigningConfig::default();
    signing.region = Some(SigningRegion::from(aws_types::region::Region::new(
        endpoint.signing_region.clone(),
    )));
    signing.name = Some(SigningName::from(connection.signing.clone()));
    signing.signing_options = options;
    signing
}
