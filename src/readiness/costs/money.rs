//! Amounts of money as Cost Explorer gives them: decimal texts, summed without losing a fraction.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::{Serialize, Serializer};

/// Decimal places that are kept; Cost Explorer sends ten.
const PLACES: usize = 12;
/// Units of the last place in one of the currency.
const UNIT: i128 = 1_000_000_000_000;
/// Units of the last place in a hundredth of it.
const CENT: i128 = UNIT / 100;

/// An amount in some currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// The amount that a text gives, as `12.5`, `-0.0000012` or `1.2E-7`; `None` where it is none, or
    /// larger than any bill.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}");
        let written = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !written || digits.len() > 40 || !(-40..=20).contains(&exponent) {
            return None;
        }
        let places = i32::try_from(fraction.len()).ok()?;
        let shift = i32::try_from(PLACES).ok()? + exponent - places;
        let value = shifted(digits.parse().ok()?, shift)?;
        // Sums of thousands of them stay far from the type's end.
        (value.abs() < i128::MAX / 1_000_000).then_some(Money(if negative {
            -value
        } else {
            value
        }))
    }

    /// The amount nearest to a number, as parameters give it.
    pub fn from_f64(value: f64) -> Option<Self> {
        Self::parse(&format!("{value:.6}"))
    }

    /// For drawing only.
    #[expect(clippy::cast_precision_loss, reason = "a picture needs no cents")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / UNIT as f64
    }

    /// A part of it, as days of a month.
    pub fn share(self, part: u32, of: u32) -> Self {
        Money(self.0 * i128::from(part) / i128::from(of.max(1)))
    }

    /// Whether it is below nothing.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// How much more it is than another, in whole per cent; `None` from nothing or a credit on.
    pub fn percent_above(self, other: Self) -> Option<i128> {
        (other.0 > 0).then(|| (self.0 - other.0) * 100 / other.0)
    }

    /// Whether it shows as nothing, rounded to cents.
    pub fn is_below_a_cent(self) -> bool {
        self.0.abs() * 2 < CENT
    }

    /// The amount with its currency, in cents: `$1,234.50`, `-12.00 EUR`.
    pub fn told(self, currency: &str) -> String {
        let sign = if self.is_negative() && !self.is_below_a_cent() {
            "-"
        } else {
            ""
        };
        let cents = (self.0.abs() + CENT / 2) / CENT;
        let text = format!("{}.{:02}", grouped(cents / 100), cents % 100);
        if currency == "USD" {
            format!("{sign}${text}")
        } else {
            format!("{sign}{text} {currency}")
        }
    }
}

/// A whole number times ten to that power, rounded half away from nothing.
fn shifted(digits: i128, shift: i32) -> Option<i128> {
    let power = 10_i128.checked_pow(shift.unsigned_abs());
    match (power, shift >= 0) {
        (Some(power), true) => digits.checked_mul(power),
        (Some(power), false) => Some(digits.checked_add(power / 2)? / power),
        (None, true) => (digits == 0).then_some(0),
        (None, false) => Some(0),
    }
}

/// `1234567` as `1,234,567`.
fn grouped(number: i128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The exact amount without a currency: `12.5`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, rest) = (self.0.abs() / UNIT, self.0.abs() % UNIT);
        let fraction = format!("{rest:0PLACES$}");
        let fraction = fraction.trim_end_matches('0');
        // Amounts of money are read with two places at least.
        write!(f, "{sign}{whole}.{fraction:0<2}")
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Money(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Option<String> {
        Money::parse(text).map(|money| money.to_string())
    }

    #[test]
    fn texts_are_read_exactly() {
        for (text, told) in [
            ("1.0801234567", "1.0801234567"),
            ("-0.0000012", "-0.0000012"),
            ("44.9", "44.90"),
            ("0", "0.00"),
            ("1.2E-7", "0.00000012"),
            ("4.5e2", "450.00"),
            ("+3", "3.00"),
            (".5", "0.50"),
            ("0.0000000000004", "0.00"),
            ("-0.0000000000006", "-0.000000000001"),
        ] {
            assert_eq!(exact(text).as_deref(), Some(told), "{text}");
        }
        for text in [
            "", "-", ".", "twelve", "1,5", "1.2.3", "1e999", "NaN", "0x10", "- 1",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
        assert_eq!(exact(&"9".repeat(41)), None);
        assert_eq!(exact(&"9".repeat(30)), None, "larger than any bill");
    }

    #[test]
    fn no_fraction_of_a_cent_is_lost_in_a_sum() {
        let tenth = Money::parse("0.1").unwrap();
        let sum: Money = std::iter::repeat_n(tenth, 1000).sum();
        assert_eq!(sum, Money::parse("100").unwrap());
        let sums = [Money::parse("0.004").unwrap(); 3]
            .into_iter()
            .sum::<Money>();
        assert_eq!(sums.told("USD"), "$0.01");
    }

    #[test]
    fn amounts_are_told_in_cents() {
        let told = |text: &str, currency: &str| Money::parse(text).unwrap().told(currency);
        assert_eq!(told("1234567.895", "USD"), "$1,234,567.90");
        assert_eq!(told("-12", "EUR"), "-12.00 EUR");
        assert_eq!(told("-0.001", "USD"), "$0.00");
        assert_eq!(told("999", "USD"), "$999.00");
    }
}
