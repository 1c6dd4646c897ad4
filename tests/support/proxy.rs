//! An HTTP proxy between launchgate and moto: it writes down every call, and breaks what it is told to.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use super::call::Call;
use super::exchange::{Shared, handle};
use super::faults::{Fault, Faults};

/// A proxy of this test's own, in a thread that ends with it.
pub struct Proxy {
    url: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    /// # Panics
    /// When `upstream` is not `http://host:port`.
    pub fn start(upstream: &str, faults: Faults) -> Self {
        let address = upstream
            .strip_prefix("http://")
            .unwrap_or_else(|| panic!("{upstream:?} is not http://host:port"))
            .trim_end_matches('/');
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free local port for the proxy");
        listener
            .set_nonblocking(true)
            .expect("the socket of the proxy can be non-blocking");
        let local = listener
            .local_addr()
            .expect("the socket of the proxy has an address");
        let shared = Arc::new(Shared::new(address, faults));
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || serve(listener, &shared, stopped)
        });
        Self {
            url: format!("http://{local}"),
            shared,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What a process needs to read AWS through this proxy.
    pub fn env(&self) -> Vec<(String, String)> {
        super::moto::aws_env(&self.url)
    }

    /// Every call so far, in the order in which they came.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.clone()
    }

    /// Every call so far of one operation (`iam:ListUsers`).
    pub fn calls_of(&self, name: &str) -> Vec<Call> {
        self.calls()
            .into_iter()
            .filter(|call| call.name() == name)
            .collect()
    }

    pub fn forget_calls(&self) {
        self.shared.lock().calls.clear();
    }

    /// From now on `target` has this fault; [`Faults`] says what a target is.
    #[track_caller]
    pub fn set(&self, target: &str, fault: Fault) {
        self.shared.lock().faults.set(target, fault);
    }

    /// From now on no fault and no split pages. What was recorded stays.
    pub fn clear(&self) {
        self.replace(Faults::none());
    }

    /// From now on these faults instead of the ones there were.
    pub fn replace(&self, faults: Faults) {
        self.shared.lock().faults = faults;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(listener: TcpListener, shared: &Arc<Shared>, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime for the proxy");
    runtime.block_on(async {
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("the proxy can use its socket");
        let accept = async {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(shared);
                let service = hyper::service::service_fn(move |request| {
                    let shared = Arc::clone(&shared);
                    async move { Ok::<_, Infallible>(handle(&shared, request).await) }
                });
                // A connection's error is the client's to see; `CutConnection` makes one on purpose.
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        };
        // Stopped, or the `Proxy` is gone: requests under way are dropped with the runtime.
        tokio::select! {
            () = accept => {}
            _ = stopped => {}
        }
    });
}
