//! Everything read in one run.

mod resource;

pub use resource::Resource;

/// The region of what lives in no region.
pub const GLOBAL: &str = "global";
