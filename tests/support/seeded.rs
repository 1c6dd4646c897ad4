//! The seeded account, which the tests of one binary share as long as they only read it.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::moto::Moto;

/// A moto filled by `seed/startup.py`. It ends with the last test that holds it.
pub fn seeded() -> Arc<Moto> {
    static SHARED: Mutex<Weak<Moto>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(moto) = shared.upgrade() {
        return moto;
    }
    let moto = Arc::new(Moto::start());
    moto.python("startup", &[]);
    *shared = Arc::downgrade(&moto);
    moto
}
