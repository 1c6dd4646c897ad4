//! What a service says when it refuses.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::protocol::SharedClientProtocol;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use quick_xml::events::Event;

/// A service's refusal.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", .0.code().unwrap_or("no code"), .0.message().unwrap_or("no message"))]
pub struct ServiceError(pub ErrorMetadata);

impl ProvideErrorMetadata for ServiceError {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

/// The code and message of a refusal, as far as it has them.
pub fn metadata(
    protocol: &SharedClientProtocol,
    response: &HttpResponse,
    bag: &ConfigBag,
) -> ErrorMetadata {
    let body = response.body().bytes().unwrap_or_default();
    if protocol.protocol_id().as_str().contains("Json") {
        let parsed = protocol.parse_error_metadata(response, bag);
        return parsed.map_or_else(
            |_| ErrorMetadata::builder().build(),
            |parsed| parsed.build(),
        );
    }
    xml(body)
}

/// XML services agree on `Code` and `Message` and not on what is around them.
fn xml(body: &[u8]) -> ErrorMetadata {
    let mut metadata = ErrorMetadata::builder();
    let mut reader = quick_xml::Reader::from_reader(body);
    let (mut wanted, mut code, mut message) = (None, None, None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                wanted = match element.local_name().as_ref() {
                    b"Code" if code.is_none() => Some(true),
                    b"Message" if message.is_none() => Some(false),
                    _ => None,
                };
            }
            Ok(Event::Text(text)) => {
                let text = String::from_utf8_lossy(&text).into_owned();
                match wanted.take() {
                    Some(true) => code = Some(text),
                    Some(false) => message = Some(text),
                    None => {}
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    metadata.build()
}
