//! Asking the server behind a proxy.

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::http::request;
use hyper_util::rt::TokioIo;

use super::answer::Answer;

/// `host:port` of `http://host:port`.
///
/// # Panics
/// When it is anything else.
pub fn address(url: &str) -> &str {
    url.strip_prefix("http://")
        .unwrap_or_else(|| panic!("{url:?} is not http://host:port"))
        .trim_end_matches('/')
}

/// What the server at `upstream` (`host:port`) answers to this request.
///
/// # Errors
/// When there is no answer.
pub async fn forward(upstream: &str, head: &request::Parts, body: Bytes) -> Result<Answer, String> {
    let mut request = Request::builder()
        .method(head.method.clone())
        .uri(head.uri.clone());
    for (name, value) in &head.headers {
        // These belong to one connection; hyper writes its own.
        if !["connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            request = request.header(name, value);
        }
    }
    let request = request.body(Full::new(body)).map_err(|e| e.to_string())?;

    let stream = tokio::net::TcpStream::connect(upstream)
        .await
        .map_err(|e| format!("cannot reach {upstream}: {e}"))?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|e| e.to_string())?;
    tokio::spawn(connection);
    let (mut head, body) = sender
        .send_request(request)
        .await
        .map_err(|e| e.to_string())?
        .into_parts();
    let body = body.collect().await.map_err(|e| e.to_string())?.to_bytes();
    head.headers.remove("connection");
    head.headers.remove("transfer-encoding");
    Ok(Answer { head, body })
}
