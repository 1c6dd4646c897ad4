//! The statistics and units that CloudWatch knows.

/// The statistics with a name of their own.
pub const STATS: [&str; 6] = ["Average", "IQM", "Maximum", "Minimum", "SampleCount", "Sum"];

/// The units of metrics.
pub const UNITS: [&str; 27] = [
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
];

/// Whether CloudWatch knows a statistic: `Sum`, `p99.9`, `tm95`, `PR(10:)`.
pub fn is_stat(text: &str) -> bool {
    if STATS.contains(&text) {
        return true;
    }
    if let Some((word, range)) = text.split_once('(') {
        let range = range.strip_suffix(')').is_some_and(|range| {
            let bound = |end: &str| end.trim_end_matches('%').parse::<f64>().is_ok();
            let ends = range.split_once(':');
            ends.is_some_and(|(from, to)| {
                (bound(from) || bound(to))
                    && [from, to].iter().all(|end| end.is_empty() || bound(end))
            })
        });
        return range && ["PR", "TC", "TM", "TS", "WM"].contains(&word);
    }
    ["p", "tc", "tm", "ts", "wm"].iter().any(|word| {
        let number = text.strip_prefix(word);
        let digits = |number: &&str| number.starts_with(|first: char| first.is_ascii_digit());
        let number = number.filter(digits).and_then(|number| number.parse().ok());
        number.is_some_and(|number: f64| (0.0..=100.0).contains(&number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_are_told_from_what_looks_like_one() {
        for known in [
            "Sum",
            "p95",
            "p99.9",
            "tm90",
            "PR(10:20)",
            "TM(2%:98%)",
            "WM(:95%)",
        ] {
            assert!(is_stat(known), "{known}");
        }
        for unknown in [
            "sum", "Mean", "p", "p101", "px", "P95", "PR(:)", "XX(1:2)", "p-1",
        ] {
            assert!(!is_stat(unknown), "{unknown}");
        }
    }
}
