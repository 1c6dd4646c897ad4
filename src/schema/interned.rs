//! Names of the schema that are only known at run time, kept as long as the program runs.
//!
//! The types of declared sources come from files. There are a few thousand names at most, each is
//! kept once however often a file is loaded, and everything that handles typed sources' names,
//! which are constants, handles these as well.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

static NAMES: RwLock<Option<HashSet<&'static str>>> = RwLock::new(None);
static LISTS: RwLock<Option<HashSet<&'static [&'static str]>>> = RwLock::new(None);

/// The one copy of `text` that lives as long as the program.
pub fn interned(text: &str) -> &'static str {
    let known = NAMES.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.as_ref().and_then(|names| names.get(text)) {
        return found;
    }
    drop(known);
    let mut names = NAMES.write().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(found) = names.get(text) {
        return found;
    }
    let kept: &'static str = Box::leak(text.into());
    names.insert(kept);
    kept
}

/// The one copy of a list of names.
pub fn interned_list<'t>(texts: impl IntoIterator<Item = &'t str>) -> &'static [&'static str] {
    let list: Vec<&'static str> = texts.into_iter().map(interned).collect();
    let mut lists = LISTS.write().unwrap_or_else(PoisonError::into_inner);
    let lists = lists.get_or_insert_default();
    if let Some(found) = lists.get(list.as_slice()) {
        return found;
    }
    let kept: &'static [&'static str] = Box::leak(list.into());
    lists.insert(kept);
    kept
}
