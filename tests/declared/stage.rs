//! A service as its test describes it: what is scripted, then moto. All of it is recorded.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;

use super::asked::Asked;
use super::recording::Recording;
use super::script::Script;
use crate::support::answer::{Answer, error, success};
use crate::support::call::Protocol;
use crate::support::forward::{address, forward};
use crate::support::outgoing::whole;
use crate::support::server::Server;

const WHO: &str = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
    <GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/tester</Arn><UserId>AIDA</UserId>\
    <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

pub struct Stage {
    server: Server,
    shared: Arc<Shared>,
}

struct Shared {
    script: Script,
    moto: Option<String>,
    recording: Mutex<Recording>,
}

impl Stage {
    pub fn start(script: &Script, moto: Option<&str>) -> Self {
        let shared = Arc::new(Shared {
            script: script.clone(),
            moto: moto.map(|url| address(url).to_owned()),
            recording: Mutex::default(),
        });
        let server = Server::start({
            let shared = Arc::clone(&shared);
            move |request| {
                let shared = Arc::clone(&shared);
                async move { whole(shared.handle(request).await) }
            }
        });
        Self { server, shared }
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// All exchanges so far.
    pub fn recording(&self) -> Recording {
        self.shared.lock().clone()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Recording> {
        self.recording
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    async fn handle(&self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(e) => return Answer::broken(&format!("the request broke off: {e}")),
        };
        let asked = Asked::of(&head, &body);
        let answer = match (self.script.answer(&asked), &self.moto) {
            (Some(answer), _) => answer,
            (None, Some(moto)) => {
                let answer = forward(moto, &head, body).await;
                answer.unwrap_or_else(|why| Answer::broken(&why))
            }
            (None, None) => without_moto(&asked),
        };
        self.lock().0.push((asked, answer.clone()));
        answer
    }
}

/// Every run asks who it is, so a script need not say.
fn without_moto(asked: &Asked) -> Answer {
    if asked.action() == Some("GetCallerIdentity") {
        return success(Protocol::AwsQuery, WHO);
    }
    let why = format!("no exchange fits {asked}");
    error(Protocol::AwsJson, 501, "NotScripted", &why)
}
