//! Timestamps and durations as CEL writes them.

use ::time::format_description::well_known::Rfc3339;
use ::time::{Duration, OffsetDateTime};

/// A timestamp in RFC 3339.
pub fn parse_timestamp(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

/// A duration such as `1h30m`, `90s`, `1.5h`, `-10ms`: CEL's units, the longest of which is the
/// hour.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut seconds = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit_end = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        seconds += amount * unit_seconds(&rest[..unit_end])?;
        rest = &rest[unit_end..];
    }
    let signed = if negative { -seconds } else { seconds };
    Duration::checked_seconds_f64(signed)
}

/// A length of time as parameters are given one: `14d`, or as [`parse_duration`] takes it.
pub fn parse_length(text: &str) -> Option<Duration> {
    match text.strip_suffix('d') {
        Some(days) if days.bytes().all(|byte| byte.is_ascii_digit()) => {
            let seconds = days.parse::<i64>().ok()?.checked_mul(24 * 60 * 60)?;
            Some(Duration::seconds(seconds))
        }
        _ => parse_duration(text),
    }
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        "us" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}

/// A duration for people: whole days where it has any, else hours, minutes, seconds.
pub fn format_duration(duration: Duration) -> String {
    let (amount, unit) = if duration.whole_days() != 0 {
        (duration.whole_days(), "day")
    } else if duration.whole_hours() != 0 {
        (duration.whole_hours(), "hour")
    } else if duration.whole_minutes() != 0 {
        (duration.whole_minutes(), "minute")
    } else {
        (duration.whole_seconds(), "second")
    };
    let plural = if amount.abs() == 1 { "" } else { "s" };
    format!("{amount} {unit}{plural}")
}
