//! One request through the proxy: written down, then answered by moto, by a fault, or by both.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::http::{HeaderValue, request, response};

use super::answer::{self, Answer};
use super::call::{self, Call, Protocol};
use super::faults::{Fault, Faults};
use super::forward::forward;
use super::outgoing::{Outgoing, half, whole};
use super::pages::{self, Pages};
use super::pages_table::{Paginated, paginated};
use super::script::Reply;

/// What the test and the proxy's thread both hold.
pub(super) struct Shared {
    upstream: String,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub faults: Faults,
    pub calls: Vec<Call>,
    /// The lists being paged through, by who asks for what: as at AWS, a list is read once and
    /// its tokens lead through that one reading.
    lists: HashMap<String, (response::Parts, Pages)>,
}

impl Shared {
    pub fn new(upstream: &str, faults: Faults) -> Self {
        Self {
            upstream: upstream.to_owned(),
            state: Mutex::new(State {
                faults,
                ..State::default()
            }),
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked while it held the lock has failed already.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) async fn handle(shared: &Shared, request: Request<Incoming>) -> Outgoing {
    let (head, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(e) => return whole(Answer::broken(&format!("the request broke off: {e}"))),
    };
    let (call, protocol) = call::identify(&head, &body);
    let (fault, split, substitute) = {
        let mut state = shared.lock();
        state.calls.push(call.clone());
        (
            state.faults.strike(&call),
            state.faults.split_pages,
            state.faults.answer_to(&call),
        )
    };
    let exchange = Exchange {
        shared,
        head,
        body,
        call,
        protocol,
        substitute,
    };
    let cut = fault == Some(Fault::CutConnection);
    let answer = exchange
        .answer(fault, split)
        .await
        .unwrap_or_else(|why| Answer::broken(&format!("{}: {why}", exchange.call.name())));
    if cut { half(answer) } else { whole(answer) }
}

struct Exchange<'a> {
    shared: &'a Shared,
    head: request::Parts,
    body: Bytes,
    call: Call,
    protocol: Protocol,
    /// The answer in place of moto's.
    substitute: Option<Reply>,
}

impl Exchange<'_> {
    async fn answer(&self, fault: Option<Fault>, split: bool) -> Result<Answer, String> {
        let spec = paginated(&self.call.service, &self.call.operation);
        let mut canned = self.substitute();
        match fault {
            None | Some(Fault::CutConnection) => {}
            Some(Fault::AccessDenied) => {
                return Ok(answer::access_denied(&self.call, self.protocol));
            }
            Some(Fault::ThrottledTimes(_)) => return Ok(answer::throttled(self.protocol)),
            Some(Fault::AlwaysStatus(status)) => {
                return Ok(answer::of_load_balancer(status));
            }
            Some(Fault::Error { status, code }) => {
                let message = "The test's proxy was told to answer so.";
                return Ok(answer::error(self.protocol, status, &code, message));
            }
            Some(Fault::Garbage) => return Ok(answer::garbage(self.protocol)),
            Some(Fault::RepeatedToken) => {
                let spec = spec.ok_or("RepeatedToken, but pages_table.rs lacks the operation")?;
                return self.repeated(&spec, canned).await;
            }
            Some(Fault::Answer(body)) => canned = Some(answer::success(self.protocol, body)),
            Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
        }
        match (spec, canned) {
            (Some(spec), canned) if split => self.page(&spec, canned).await,
            (_, Some(canned)) => Ok(canned),
            (_, None) => self.forward(self.body.clone()).await,
        }
    }

    /// One page of the list: read anew for the first page, then from that reading.
    async fn page(&self, spec: &Paginated, canned: Option<Answer>) -> Result<Answer, String> {
        let request = pages::unpage(spec, self.protocol, &self.call.body)?;
        let Call {
            service,
            region,
            access_key,
            operation,
            ..
        } = &self.call;
        let key = format!(
            "{service} {region} {access_key} {operation} {}",
            request.body
        );
        let number = match &request.token {
            Some(token) => pages::page_number(token),
            None => {
                let list = match canned {
                    Some(answer) => answer,
                    None => self.forward(request.body.into()).await?,
                };
                if !list.head.status.is_success() {
                    return Ok(list);
                }
                let pages = Pages::split(spec, self.protocol, text(&list)?)?;
                self.shared
                    .lock()
                    .lists
                    .insert(key.clone(), (list.head, pages));
                Some(0)
            }
        };

        let state = self.shared.lock();
        let list = number.and_then(|number| Some((number, state.lists.get(&key)?)));
        let Some((number, (head, pages))) = list.filter(|(n, (_, pages))| *n < pages.count())
        else {
            let why = "The token is not one that this list gave.";
            return Ok(answer::error(
                self.protocol,
                400,
                spec.wording.bad_token,
                why,
            ));
        };
        let next = (number + 1 < pages.count()).then(|| pages::token(number + 1));
        let answer = Answer {
            head: head.clone(),
            body: Bytes::new(),
        };
        Ok(answer.with_body(pages.page(number, next.as_deref())))
    }

    fn substitute(&self) -> Option<Answer> {
        Some(self.substitute.clone()?.in_words_of(self.protocol))
    }

    async fn repeated(&self, spec: &Paginated, canned: Option<Answer>) -> Result<Answer, String> {
        let request = pages::unpage(spec, self.protocol, &self.call.body)?;
        let list = match canned {
            Some(answer) => answer,
            None => self.forward(request.body.into()).await?,
        };
        let pages = Pages::split(spec, self.protocol, text(&list)?)?;
        let page = pages.page(0, Some(&pages::token(0)));
        Ok(list.with_body(page))
    }

    /// moto's answer, with what the test says better.
    async fn forward(&self, body: Bytes) -> Result<Answer, String> {
        let (clock, amendments) = {
            let state = self.shared.lock();
            (state.faults.clock.clone(), state.faults.amendments())
        };
        let mut head = self.head.clone();
        if let Some(now) = clock {
            let now = HeaderValue::from_str(&now).map_err(|e| e.to_string())?;
            head.headers.insert("x-moto-now", now);
        }
        let answer = forward(&self.shared.upstream, &head, body).await?;
        if amendments.is_empty() || !answer.head.status.is_success() {
            return Ok(answer);
        }
        let whole = text(&answer)?.to_owned();
        let mended = amendments
            .iter()
            .fold(whole, |body, amendment| amendment.of(&self.call, body));
        Ok(answer.with_body(mended))
    }
}

fn text(answer: &Answer) -> Result<&str, String> {
    std::str::from_utf8(&answer.body).map_err(|e| e.to_string())
}
