//! `aws.Account` and `aws.Region`: what rules about things that must exist are about.

use super::source::Source;
use crate::schema::{Field, Scope, Type, TypeBuilder};

/// The account itself.
pub const ACCOUNT: &str = "aws.Account";
/// An audited region.
pub const REGION: &str = "aws.Region";

/// The source. Both types exist without a call; see [`singleton`](crate::collect::singleton).
pub fn source() -> Source {
    let account = TypeBuilder::new(
        ACCOUNT,
        Scope::Global,
        "The account: for rules about what must exist in it.",
    );
    let region = TypeBuilder::new(
        REGION,
        Scope::Regional,
        "An audited region: for rules about what must exist in each.",
    )
    .field(Field::required("RegionName", Type::String));
    Source {
        types: vec![account.build(), region.build()],
        calls: Vec::new(),
    }
}
