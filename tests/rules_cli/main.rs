//! Rules on the command line: listed, shown, checked, tested, planned for, and chosen among.

#[path = "../support/mod.rs"]
mod support;

mod bundle;
mod choosing;
mod listing;
mod planning;
mod schema;
mod sources;
mod story;
mod testing;
mod vocabulary;
