//! Answers that a test makes of what it is asked, in place of moto's.

use std::fmt;
use std::sync::Arc;

use super::answer::{self, Answer};
use super::call::{Call, Protocol};

/// What is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status 200 and this body.
    Body(String),
    /// An error in the words of the service's protocol.
    Error {
        status: u16,
        code: String,
        message: String,
    },
}

impl Reply {
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self::Error {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
        }
    }

    pub(super) fn in_words_of(self, protocol: Protocol) -> Answer {
        match self {
            Self::Body(body) => answer::success(protocol, body),
            Self::Error {
                status,
                code,
                message,
            } => answer::error(protocol, status, &code, &message),
        }
    }
}

impl From<String> for Reply {
    fn from(body: String) -> Self {
        Self::Body(body)
    }
}

impl From<serde_json::Value> for Reply {
    fn from(body: serde_json::Value) -> Self {
        Self::Body(body.to_string())
    }
}

/// A function from calls to answers, which clones share.
#[derive(Clone)]
pub(super) struct Script(Arc<Replies>);

type Replies = dyn Fn(&Call) -> Option<Reply> + Send + Sync;

impl Script {
    pub fn new(reply: impl Fn(&Call) -> Option<Reply> + Send + Sync + 'static) -> Self {
        Self(Arc::new(reply))
    }

    pub fn reply(&self, call: &Call) -> Option<Reply> {
        (self.0)(call)
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}

type Mend = dyn Fn(&Call, String) -> String + Send + Sync;

/// A function that changes moto's answers, which clones share.
#[derive(Clone)]
pub(super) struct Amendment(Arc<Mend>);

impl Amendment {
    pub fn new(mend: impl Fn(&Call, String) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(mend))
    }

    pub fn of(&self, call: &Call, body: String) -> String {
        (self.0)(call, body)
    }
}

impl fmt::Debug for Amendment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Amendment")
    }
}
