//! What `launchgate remediate` writes: a shell script, CloudFormation templates, and what they do
//! in a few lines.

mod overview;
mod script;
mod template;

pub use overview::{Written, write as write_overview};
pub use script::write as write_script;
pub use template::{Syntax, write as write_template};

use crate::remedy::Reason;

use super::text::one_line;

/// What a plan was made of.
#[derive(Clone, Debug)]
pub struct Made {
    /// The crate's version.
    pub version: &'static str,
    /// The time that counted as now, RFC 3339.
    pub now: String,
    /// Where the facts came from: the live account, a snapshot file, the demo.
    pub from: String,
}

/// A finding's rule and resource on one line.
fn subject(reason: &Reason) -> String {
    let Reason {
        rule,
        resource,
        region,
        ..
    } = reason;
    format!("{rule}: {} ({})", one_line(resource), one_line(region))
}
