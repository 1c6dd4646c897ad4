//! Which members may hold what must not be kept: facts end up in reports and snapshots.

use super::model::{Description, Kind, Reference, Shape};

/// Parts of the names of members that hold secrets, in lower case without hyphens.
const SECRET: [&str; 17] = [
    "apikey",
    "authstring",
    "bearer",
    "connectionstring",
    "credential",
    "defaultvalue",
    "passphrase",
    "passwd",
    "password",
    "pinvalue",
    "privatekey",
    "secret",
    "startupscript",
    "tlskey",
    "token",
    "userdata",
    "webhookurl",
];
/// Ends of the names of members that speak of a secret and do not hold it.
const ABOUT_SECRETS: [&str; 22] = [
    "algorithm",
    "arn",
    "arns",
    "count",
    "date",
    "description",
    "enabled",
    "id",
    "ids",
    "method",
    "mode",
    "name",
    "names",
    "policy",
    "reference",
    "source",
    "state",
    "status",
    "type",
    "types",
    "version",
    "versions",
];
/// Parts of the names of maps and lists whose values are set by people for programs.
const VARIABLES: [&str; 4] = ["environment", "envvar", "stagevariable", "variables"];

/// What may be kept of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of it.
    All,
    /// The names in a map.
    Names,
    /// Whether it is there.
    Presence,
}

/// What may be kept, and what to say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What may be kept.
    pub keep: Keep,
    /// Why not all, or empty.
    pub why: &'static str,
}

/// All of it.
pub const ALL: Kept = Kept {
    keep: Keep::All,
    why: "",
};

/// What may be kept of a member by that name.
pub fn keep(model: &Description, name: &str, member: &Reference) -> Kept {
    let Some(shape) = model.shape(member) else {
        return ALL;
    };
    let plain = plain(name);
    let speaks_of = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    let about = ABOUT_SECRETS.iter().any(|end| plain.ends_with(end));
    let why = if is_sensitive(model, shape) {
        "AWS marks it as sensitive"
    } else if speaks_of(&SECRET) && !about && holds_text(model, shape) {
        "its name speaks of a secret"
    } else if speaks_of(&VARIABLES) && holds_variables(model, shape) {
        "variables often hold secrets"
    } else {
        return ALL;
    };
    let keep = match shape.kind {
        Kind::Map => Keep::Names,
        _ => Keep::Presence,
    };
    Kept { keep, why }
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether AWS says so, of the shape or of what it holds.
fn is_sensitive(model: &Description, shape: &Shape) -> bool {
    let inner = [&shape.member, &shape.value].into_iter().flatten();
    let mut inner = inner.filter_map(|inner| model.shape(inner));
    shape.sensitive || inner.any(|inner| inner.sensitive)
}

/// A text that anything may be written in, or a list or map of such.
fn holds_text(model: &Description, shape: &Shape) -> bool {
    let inner = shape.member.as_ref().or(shape.value.as_ref());
    match (shape.kind, inner) {
        (Kind::String, _) => shape.values.is_empty(),
        (Kind::Blob, _) => true,
        (Kind::List | Kind::Map, Some(inner)) => model
            .shape(inner)
            .is_some_and(|inner| inner.kind == Kind::String && inner.values.is_empty()),
        _ => false,
    }
}

/// Texts by name, as a map or as a list of names and values.
fn holds_variables(model: &Description, shape: &Shape) -> bool {
    let Some(item) = shape.member.as_ref().and_then(|item| model.shape(item)) else {
        return shape.kind == Kind::Map && holds_text(model, shape);
    };
    let names = item.members.0.iter().map(|(name, _)| name);
    names
        .into_iter()
        .any(|name| name.eq_ignore_ascii_case("value"))
}
