//! What happens while an account is read, for whoever shows it.

use std::time::Duration;

use super::failure::Failure;

/// A step of a run.
#[derive(Clone, Debug)]
pub enum Event {
    /// This many more calls are known to be needed.
    Planned(usize),
    /// A call ended, pages and retries included.
    Ended {
        /// `service:Operation`.
        operation: &'static str,
        /// Where it was sent.
        region: Box<str>,
        /// What it was about, for calls made once a resource.
        resource: Option<Box<str>>,
        /// How many resources it brought.
        resources: usize,
        /// How long it took.
        took: Duration,
        /// Why it failed, if it did.
        failure: Option<Failure>,
    },
}

/// Receives events, from several threads.
pub type Listener = dyn Fn(Event) + Send + Sync;
