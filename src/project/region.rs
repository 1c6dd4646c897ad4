//! The spelling of regions. Their parts are known, so that a region that AWS opens tomorrow passes and
//! a misspelt one does not.

use crate::diagnostic::{Diagnostic, Span};
use crate::yaml::Decoder;

const AREAS: [&str; 19] = [
    "af", "ap", "ca", "cn", "eu", "eu-isoe", "eusc-de", "il", "me", "mx", "sa", "us", "us-gov",
    "us-iso", "us-isob", "us-isof", "ap-iso", "eu-iso", "us-isoe",
];
const DIRECTIONS: [&str; 9] = [
    "central",
    "east",
    "north",
    "northeast",
    "northwest",
    "south",
    "southeast",
    "southwest",
    "west",
];
/// What a misspelt region is compared with.
const KNOWN: [&str; 36] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-west-1",
    "us-west-2",
];

/// A region that could be one.
pub(super) fn decode(text: String, span: Span, decoder: &mut Decoder) -> Option<String> {
    if is_region(&text) {
        return Some(text);
    }
    let message = format!("`{text}` is no region");
    let names = KNOWN.into_iter().chain(["all"]);
    let diagnostic = Diagnostic::new("unknown-region", span, message).suggest(&text, names);
    decoder.report(match diagnostic.help {
        Some(_) => diagnostic,
        None => diagnostic.with_help("a region is written as eu-west-1"),
    });
    None
}

fn is_region(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let number = parts.next().unwrap_or_default();
    let direction = parts.next().unwrap_or_default();
    let area = parts.next().unwrap_or_default();
    let numbered = matches!(number.as_bytes(), [b'1'..=b'9']);
    numbered && DIRECTIONS.contains(&direction) && AREAS.contains(&area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_regions_and_those_to_come_pass() {
        let more = ["eu-west-9", "us-iso-east-1", "eusc-de-east-1"];
        for region in KNOWN.into_iter().chain(more) {
            assert!(is_region(region), "{region}");
        }
        for text in [
            "eu-wst-1",
            "eu-west",
            "eu-west-",
            "eu-west-1a",
            "ue-west-1",
            "all",
            "EU-WEST-1",
            "eu-west-0",
            "",
            "-",
        ] {
            assert!(!is_region(text), "{text}");
        }
    }
}
