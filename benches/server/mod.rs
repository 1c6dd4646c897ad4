//! A local AWS of canned answers, which counts what it is asked.

// Each bench uses a part of this.
#![allow(dead_code)]

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

/// Answers requests by path, query and body; runs until the program ends.
pub struct Server {
    /// Where it listens.
    pub url: String,
    asked: Arc<AtomicUsize>,
}

type Answers = dyn Fn(&str, &str) -> String + Send + Sync;

impl Server {
    /// A server that takes `delay` for each answer: of `answers`, told path with query, and body.
    pub fn start(
        delay: Duration,
        answers: impl Fn(&str, &str) -> String + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, answers): (_, Arc<Answers>) = (asked.clone(), Arc::new(answers));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(serve(listener, delay, count, answers));
        });
        Self { url, asked }
    }

    /// How many requests came since it was last asked.
    pub fn asked(&self) -> usize {
        self.asked.swap(0, Ordering::SeqCst)
    }
}

async fn serve(
    listener: TcpListener,
    delay: Duration,
    count: Arc<AtomicUsize>,
    answers: Arc<Answers>,
) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
    while let Ok((stream, _)) = listener.accept().await {
        let (count, answers) = (count.clone(), answers.clone());
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let (count, answers) = (count.clone(), answers.clone());
            async move {
                count.fetch_add(1, Ordering::SeqCst);
                let path = request.uri().path_and_query().map(ToString::to_string);
                let body = request.into_body().collect().await;
                let body = body.map(|body| body.to_bytes()).unwrap_or_default();
                let text = String::from_utf8_lossy(&body);
                let answer = answers(&path.unwrap_or_default(), &text);
                tokio::time::sleep(delay).await;
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(answer))))
            }
        });
        tokio::spawn(
            hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service),
        );
    }
}

/// What every run asks first.
pub fn caller() -> String {
    let arn = "arn:aws:iam::123456789012:user/bench";
    format!(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{arn}</Arn>\
         <UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult>\
         </GetCallerIdentityResponse>"
    )
}
