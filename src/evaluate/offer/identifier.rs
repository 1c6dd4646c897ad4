//! Logical ids in a CloudFormation template: letters and digits, the same from run to run.

use sha2::{Digest, Sha256};

use crate::expr::Piece;

/// CloudFormation takes 255 characters.
const LONGEST: usize = 200;
/// So many bytes of a digest tell ids apart that look alike.
const DIGEST_BYTES: usize = 4;

/// The logical id that these pieces make. Where something of the values is lost, a digest of the
/// whole stands behind, so that two resources never share an id.
pub fn logical_id(pieces: &[Piece<'_>]) -> String {
    let mut id = String::new();
    let mut whole = String::new();
    let mut values = 0;
    let mut lost = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                id.push_str(text);
                whole.push_str(text);
            }
            Piece::Value(value) | Piece::Unset(value) => {
                lost |= value.is_empty() || !value.chars().all(|c| c.is_ascii_alphanumeric());
                values += 1;
                id.push_str(&letters_and_digits(value));
                whole.push_str(value);
                whole.push('\0');
            }
        }
    }
    if lost || values > 1 || id.len() > LONGEST {
        id.truncate(LONGEST);
        let digest = Sha256::digest(whole.as_bytes());
        let digits = digest[..DIGEST_BYTES].iter();
        id.extend(digits.map(|byte| format!("{byte:02x}")));
    }
    id
}

/// The name of a template's parameter: `alert_email` is `AlertEmail`.
pub fn parameter_id(name: &str) -> String {
    let words = name.split('_').map(capitalised);
    words.collect()
}

fn letters_and_digits(value: &str) -> String {
    if value.chars().all(|c| c.is_ascii_alphanumeric()) {
        return value.to_owned();
    }
    let words = value.split(|c: char| !c.is_ascii_alphanumeric());
    words.map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(value: &str) -> String {
        logical_id(&[Piece::Text("Errors"), Piece::Value(value.to_owned())])
    }

    #[test]
    fn a_plain_name_stays_readable() {
        assert_eq!(id("Orders2"), "ErrorsOrders2");
    }

    #[test]
    fn names_that_look_alike_get_ids_of_their_own() {
        let names = ["a-b", "a_b", "A-B", "aB", "AB", "a.b", "-a-b", "", "-"];
        let ids: std::collections::BTreeSet<String> = names.iter().map(|name| id(name)).collect();
        assert_eq!(ids.len(), names.len(), "{ids:?}");
        for id in ids {
            assert!(id.chars().all(|c| c.is_ascii_alphanumeric()), "{id}");
        }
    }

    #[test]
    fn two_values_do_not_run_into_each_other() {
        let two = |left: &str, right: &str| {
            logical_id(&[Piece::Value(left.into()), Piece::Value(right.into())])
        };
        assert_ne!(two("ab", "c"), two("a", "bc"));
    }

    #[test]
    fn a_long_name_fits() {
        assert!(id(&"x".repeat(500)).len() <= 255);
        assert_ne!(id(&"x".repeat(500)), id(&"x".repeat(501)));
    }

    #[test]
    fn parameters_are_named_as_cloudformation_names_things() {
        assert_eq!(parameter_id("alert_email"), "AlertEmail");
    }
}
