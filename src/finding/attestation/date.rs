//! Whole days in UTC, which is what attestations are dated in.

use std::fmt;

use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime, UtcOffset};

/// A day, written `2026-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day of a time, in UTC.
    pub fn of(at: OffsetDateTime) -> Self {
        Self(at.to_offset(UtcOffset::UTC).date())
    }

    /// The day so many days later, where the calendar reaches that far.
    pub fn plus(self, days: i64) -> Option<Self> {
        self.0.checked_add(Duration::days(days)).map(Self)
    }

    /// How many days `later` is after this day.
    pub fn days_to(self, later: Self) -> i64 {
        (later.0 - self.0).whole_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A day as it is written; nothing else is taken for one.
pub fn parse_day(text: &str) -> Option<Day> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let format = format_description!("[year]-[month]-[day]");
    let date = Date::parse(text, format).ok().filter(|_| shaped);
    date.map(Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way() {
        let read = |text: &str| parse_day(text).map(|day| day.to_string());
        assert_eq!(read("2026-12-31").as_deref(), Some("2026-12-31"));
        assert_eq!(read("2028-02-29").as_deref(), Some("2028-02-29"));
        let none = [
            "2026-02-29",
            "2026-1-31",
            "2026-13-01",
            "26-01-01",
            "+026-01-01",
            "2026-01-31T00:00:00Z",
            "soon",
            "",
        ];
        for text in none {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
