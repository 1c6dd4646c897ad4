//! Points in time as facts have them.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// A point in time in RFC 3339, to the microsecond: JSON protocols send it as a binary fraction, of
/// which the rest is noise.
pub fn rfc3339(at: &DateTime) -> Option<String> {
    let (seconds, nanos) = (at.secs(), at.subsec_nanos());
    let micros = (nanos + 500) / 1000;
    let rounded = match micros {
        1_000_000 => DateTime::from_secs(seconds.checked_add(1)?),
        micros => DateTime::from_secs_and_nanos(seconds, micros * 1000),
    };
    rounded.fmt(Format::DateTime).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_binary_fraction_adds_is_left_out() {
        let facts = [1_767_225_600.123, 1_767_225_600.999_999_9, 1_767_225_600.0]
            .map(|seconds| rfc3339(&DateTime::from_secs_f64(seconds)));
        let expected = [
            "2026-01-01T00:00:00.123Z",
            "2026-01-01T00:00:01Z",
            "2026-01-01T00:00:00Z",
        ];
        assert_eq!(facts, expected.map(|text| Some(text.to_owned())));
    }
}
