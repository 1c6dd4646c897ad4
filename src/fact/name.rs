//! Interned names: an account's facts repeat a few hundred field names a million times.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

/// A field or tag name, shared by all the facts that bear it.
pub type Name = Arc<str>;

static NAMES: RwLock<Option<HashSet<Name>>> = RwLock::new(None);

/// The shared [`Name`] for a field name known to the program. Names are never freed: use it for
/// names of the schema, not for text from an account.
pub fn name(text: &str) -> Name {
    let known = NAMES.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.as_ref().and_then(|names| names.get(text)) {
        return found.clone();
    }
    drop(known);
    let mut names = NAMES.write().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(found) = names.get(text) {
        return found.clone();
    }
    let fresh: Name = text.into();
    names.insert(fresh.clone());
    fresh
}
