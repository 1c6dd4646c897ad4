//! How many calls may be under way at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Calls under way in all.
const ALL: usize = 48;
/// Calls under way to one service in one region: AWS throttles by account, region and service.
const PER_SERVICE: usize = 12;

/// Hands out places; a place is free again when its [`Place`] is dropped.
pub struct Limits {
    all: Arc<Semaphore>,
    services: Mutex<HashMap<(String, String), Arc<Semaphore>>>,
}

/// A place among the calls under way.
pub struct Place {
    _service: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
}

impl Limits {
    /// The limits of one run.
    pub fn new() -> Self {
        Self {
            all: Arc::new(Semaphore::new(ALL)),
            services: Mutex::default(),
        }
    }

    /// Waits for a place for a call to `service` in `region`.
    pub async fn place(&self, service: &str, region: &str) -> Place {
        let of_service = {
            let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
            services
                .entry((service.to_owned(), region.to_owned()))
                .or_insert_with(|| Arc::new(Semaphore::new(PER_SERVICE)))
                .clone()
        };
        // The narrower limit first, so that calls waiting for a slow service hold no common place.
        Place {
            // Semaphores are never closed, so that an error cannot occur; without a permit the
            // call would merely not be counted.
            _service: of_service.acquire_owned().await.ok(),
            _all: self.all.clone().acquire_owned().await.ok(),
        }
    }
}
