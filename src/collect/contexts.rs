//! The contexts of a run, each made when the first call needs it.

use std::collections::HashMap;
use std::sync::Arc;

use super::context::Context;
use super::session::Session;
use crate::snapshot::GLOBAL;

/// The contexts by region.
pub struct Contexts<'s> {
    session: &'s Session,
    made: HashMap<Box<str>, Arc<Context>>,
}

impl<'s> Contexts<'s> {
    /// None yet.
    pub fn new(session: &'s Session) -> Self {
        Self {
            session,
            made: HashMap::new(),
        }
    }

    /// Where calls for the resources of a region are made.
    pub fn of(&mut self, region: &str) -> Arc<Context> {
        // What is global is asked for through the first region, any will do.
        let region = if region == GLOBAL {
            &self.session.regions[0]
        } else {
            region
        };
        let session = self.session;
        self.made
            .entry(region.into())
            .or_insert_with(|| Arc::new(session.context(region)))
            .clone()
    }
}
