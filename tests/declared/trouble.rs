//! What may go wrong with an operation.

use crate::support::answer::{self, Answer};
use crate::support::call::Protocol;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// AWS's own refusal, in words that do not name the action that was missing.
    Denied,
    /// "Slow down", two times; then the answer.
    ThrottledTwice,
    /// The answer, after a while.
    Slow,
    /// Always status 500, from something that is not AWS.
    Status500,
    /// Half of an answer, then the connection closes.
    Cut,
    /// Status 200 and a body that is neither XML nor JSON.
    Garbage,
    /// The first page again, whichever is asked for.
    Repeated,
    /// The right form, but a member that is always there is not.
    MissingMember,
    /// The right form, but a member holds something of another type.
    OtherType,
    /// One of the resources that were asked about together is not in the answer.
    Unmentioned,
}

impl Trouble {
    /// Those that stay, so that something must become unknown.
    pub const LASTING: [Self; 7] = [
        Self::Status500,
        Self::Cut,
        Self::Garbage,
        Self::Repeated,
        Self::MissingMember,
        Self::OtherType,
        Self::Unmentioned,
    ];

    /// Whether nothing at all can be learned from the operation.
    pub fn is_total(self) -> bool {
        matches!(
            self,
            Self::Denied | Self::Status500 | Self::Cut | Self::Garbage
        )
    }

    /// The codes that say so.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Denied => &["AccessDenied", "AccessDeniedException"],
            Self::ThrottledTwice | Self::Slow => &[],
            Self::Status500 => &["Http500"],
            Self::Cut => &["InvalidResponse", "ConnectionFailed"],
            Self::Garbage | Self::OtherType => &["InvalidResponse"],
            Self::Repeated => &["RepeatedToken"],
            Self::MissingMember | Self::Unmentioned => &["MissingField"],
        }
    }

    /// The answer, where it has nothing of the service's own.
    pub fn answer(self, protocol: Protocol) -> Option<Answer> {
        match self {
            Self::Denied => Some(denied(protocol)),
            Self::ThrottledTwice => Some(answer::throttled(protocol)),
            Self::Status500 => Some(answer::of_load_balancer(500)),
            // It will be cut in half.
            Self::Cut => Some(answer::success(protocol, "{\"Answers\": [1, 2, 3, 4, 5]}")),
            Self::Garbage => Some(answer::garbage(protocol)),
            Self::Slow
            | Self::Repeated
            | Self::MissingMember
            | Self::OtherType
            | Self::Unmentioned => None,
        }
    }
}

/// In JSON with what AWS puts around a code at times.
fn denied(protocol: Protocol) -> Answer {
    let (status, code) = match protocol {
        Protocol::AwsJson => (400, "com.amazon.coral.service#AccessDeniedException"),
        Protocol::RestJson => (
            403,
            "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.coral.service/",
        ),
        Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RestXml => (403, "AccessDenied"),
    };
    answer::error(protocol, status, code, "You shall not pass.")
}
