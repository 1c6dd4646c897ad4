//! A recorded service, served again with troubles.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;

use super::asked::Asked;
use super::bend::Bends;
use super::intact::Intact;
use super::operation::Call;
use super::trouble::Trouble;
use crate::support::answer::Answer;
use crate::support::call::Protocol;
use crate::support::outgoing::{Outgoing, half, whole};
use crate::support::server::Server;

const WHILE: Duration = Duration::from_millis(300);

/// The troubles of a run, by operation.
pub type Troubles = BTreeMap<String, Trouble>;

pub struct Replay {
    server: Server,
    shared: Arc<Shared>,
}

struct Shared {
    intact: &'static Intact,
    troubles: Troubles,
    seen: Mutex<Seen>,
}

/// What happened in the run.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// How often each operation was asked.
    pub asked: BTreeMap<String, usize>,
    /// How often each got into its trouble.
    pub struck: BTreeMap<String, usize>,
    /// Requests that the run without faults did not make.
    pub unrecorded: Vec<String>,
}

impl Replay {
    pub fn start(intact: &'static Intact, troubles: Troubles) -> Self {
        let shared = Arc::new(Shared {
            intact,
            troubles,
            seen: Mutex::default(),
        });
        let server = Server::start({
            let shared = Arc::clone(&shared);
            move |request| {
                let shared = Arc::clone(&shared);
                async move { shared.handle(request).await }
            }
        });
        Self { server, shared }
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }

    pub fn seen(&self) -> Seen {
        self.shared.lock().clone()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn handle(&self, request: Request<Incoming>) -> Outgoing {
        let (head, body) = request.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(e) => return whole(Answer::broken(&format!("the request broke off: {e}"))),
        };
        let asked = Asked::of(&head, &body);
        let Some(call) = self.intact.call(&asked) else {
            // Whose account it is, where no source declares that.
            return whole(self.recorded(&asked));
        };
        let name = call.operation.as_str();
        *self.lock().asked.entry(name.to_owned()).or_default() += 1;
        let trouble = self.troubles.get(name).copied();
        if trouble == Some(Trouble::Slow) {
            tokio::time::sleep(WHILE).await;
        }
        let struck =
            trouble.and_then(|trouble| self.strike(trouble, name, &asked, call.protocol()));
        match struck {
            Some(answer) => {
                *self.lock().struck.entry(name.to_owned()).or_default() += 1;
                if trouble == Some(Trouble::Cut) {
                    half(answer)
                } else {
                    whole(answer)
                }
            }
            None => whole(self.recorded(&asked)),
        }
    }

    /// The answer that the trouble makes; none if it leaves this request alone.
    fn strike(
        &self,
        trouble: Trouble,
        operation: &str,
        asked: &Asked,
        protocol: Protocol,
    ) -> Option<Answer> {
        match trouble {
            Trouble::Slow => None,
            Trouble::ThrottledTwice => {
                let before = self.lock().struck.get(operation).copied();
                let answer = trouble.answer(protocol)?;
                (before.unwrap_or_default() < 2).then_some(answer)
            }
            Trouble::Repeated => {
                let inputs = self.intact.source.token_inputs(operation);
                let later = inputs.iter().any(|input| asked.has_input(input));
                later.then(|| self.recorded(&asked.without(&inputs)))
            }
            Trouble::MissingMember | Trouble::OtherType | Trouble::Unmentioned => {
                let answer = self.recorded(asked);
                let bends = Bends {
                    file: &self.intact.file,
                    operation,
                    protocol,
                };
                bends.bent(&answer, trouble)
            }
            _ => trouble.answer(protocol),
        }
    }

    fn recorded(&self, asked: &Asked) -> Answer {
        let recording = &self.intact.recording;
        let is_batch = || self.intact.call(asked).is_some_and(Call::is_batch);
        let more = || recording.answer_about_more(asked).filter(|_| is_batch());
        if let Some(answer) = recording.answer(asked).or_else(more) {
            return answer.clone();
        }
        self.lock().unrecorded.push(asked.to_string());
        Answer::broken("the run without faults did not ask for this")
    }
}
