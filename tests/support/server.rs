//! An HTTP server of a test's own, in a thread that ends with it.

use std::convert::Infallible;
use std::net::TcpListener;
use std::thread::JoinHandle;

use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use super::outgoing::Outgoing;

/// Answers requests on a free local port until it is dropped.
pub struct Server {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start<F>(handle: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static) -> Self
    where
        F: Future<Output = Outgoing> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free local port");
        listener
            .set_nonblocking(true)
            .expect("the server's socket can be non-blocking");
        let local = listener
            .local_addr()
            .expect("the server's socket has an address");
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || serve(listener, handle, stopped));
        Self {
            url: format!("http://{local}"),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve<F>(
    listener: TcpListener,
    handle: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static,
    stopped: oneshot::Receiver<()>,
) where
    F: Future<Output = Outgoing> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime for the server");
    runtime.block_on(async {
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("the server can use its socket");
        let accept = async {
            while let Ok((stream, _)) = listener.accept().await {
                let handle = handle.clone();
                let service = hyper::service::service_fn(move |request| {
                    let answer = handle(request);
                    async move { Ok::<_, Infallible>(answer.await) }
                });
                // A connection's error is the client's to see; some are made on purpose.
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        };
        // Stopped, or its owner is gone: requests under way are dropped with the runtime.
        tokio::select! {
            () = accept => {}
            _ = stopped => {}
        }
    });
}
