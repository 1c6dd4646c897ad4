//! IAM policy documents, wherever they are attached: identities, roles' trust, buckets, keys.
//!
//! [`Document`] is what AWS stores, brought to one form: lists where AWS also takes single values.
//! This room knows nothing of how documents are fetched.

mod document;
mod read;

pub use document::{
    Conditions, Document, Effect, Lists, PolicyError, Statement, Version, document_type,
};
