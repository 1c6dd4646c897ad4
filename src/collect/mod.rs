//! The only room that talks to AWS.
pub mod context;
pub mod failure;
pub mod sdk;
