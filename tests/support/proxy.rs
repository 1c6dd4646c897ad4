//! An HTTP proxy between launchgate and moto: it writes down every call, and breaks what it is told to.

use std::sync::Arc;

use super::call::Call;
use super::exchange::{Shared, handle};
use super::faults::{Fault, Faults};
use super::forward::address;
use super::server::Server;

/// A proxy of this test's own, in a thread that ends with it.
pub struct Proxy {
    server: Server,
    shared: Arc<Shared>,
}

impl Proxy {
    /// # Panics
    /// When `upstream` is not `http://host:port`.
    pub fn start(upstream: &str, faults: Faults) -> Self {
        let shared = Arc::new(Shared::new(address(upstream), faults));
        let server = Server::start({
            let shared = Arc::clone(&shared);
            move |request| {
                let shared = Arc::clone(&shared);
                async move { handle(&shared, request).await }
            }
        });
        Self { server, shared }
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// What a process needs to read AWS through this proxy.
    pub fn env(&self) -> Vec<(String, String)> {
        super::moto::aws_env(self.url())
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
