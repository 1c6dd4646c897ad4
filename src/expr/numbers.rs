//! What functions make of lists of numbers.

use super::value::{Constant, List, Value};
use crate::fact::Fact;

/// More digits than this say nothing about a price or a percentage.
const MOST_DIGITS: i64 = 9;

/// A number with so many digits behind the point, as people write one.
///
/// # Errors
/// When the number of digits is none that a text can have.
pub fn fixed<'a>(number: &Value<'_>, digits: i64) -> Result<Value<'a>, String> {
    let places = usize::try_from(digits)
        .ok()
        .filter(|_| digits <= MOST_DIGITS)
        .ok_or_else(|| format!("{digits} digits cannot be shown"))?;
    let text = match number {
        Value::Double(number) => format!("{number:.places$}"),
        #[expect(
            clippy::cast_precision_loss,
            reason = "CEL's double() rounds the same way"
        )]
        Value::Int(number) => format!("{:.places$}", *number as f64),
        _ => return Err("fixed meets a value that is no number".to_owned()),
    };
    // What rounds to nothing is not negative.
    let zero = text.starts_with('-') && text.bytes().all(|byte| b"-0.".contains(&byte));
    let text = if zero { text[1..].to_owned() } else { text };
    Ok(Value::String(text.into()))
}

/// What is made of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// Of nothing: zero.
    Sum,
    /// Of nothing: none.
    Min,
    /// Of nothing: none.
    Max,
    /// Of nothing: none.
    Avg,
}

/// What a list of whole numbers comes to.
///
/// # Errors
/// When an empty list has no such number, or the sum is too large.
pub fn of_ints<'a>(summary: Summary, list: &List<'_>) -> Result<Value<'a>, String> {
    let numbers: Vec<i64> = elements(list, |value| match value {
        Value::Int(value) => Some(*value),
        _ => None,
    })?;
    let mut numbers = numbers.into_iter();
    let found = match summary {
        Summary::Sum => numbers.try_fold(0_i64, i64::checked_add),
        Summary::Min => numbers.min(),
        Summary::Max => numbers.max(),
        Summary::Avg => None,
    };
    found.map(Value::Int).ok_or_else(|| nothing(summary))
}

/// What a list of numbers comes to.
///
/// # Errors
/// When an empty list has no such number.
pub fn of_doubles<'a>(summary: Summary, list: &List<'_>) -> Result<Value<'a>, String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "CEL's double() rounds the same way"
    )]
    let numbers: Vec<f64> = elements(list, |value| match value {
        Value::Int(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    })?;
    #[expect(clippy::cast_precision_loss, reason = "no list is that long")]
    let count = numbers.len() as f64;
    let numbers = numbers.into_iter();
    let found = match summary {
        // Adding starts at plus zero, so that a sum of nothing is shown as such.
        Summary::Sum => Some(numbers.fold(0.0, |sum, number| sum + number)),
        Summary::Min => numbers.reduce(f64::min),
        Summary::Max => numbers.reduce(f64::max),
        Summary::Avg => numbers
            .reduce(|sum, number| sum + number)
            .map(|sum| sum / count),
    };
    found.map(Value::Double).ok_or_else(|| nothing(summary))
}

fn nothing(summary: Summary) -> String {
    match summary {
        Summary::Sum => "the sum is too large",
        Summary::Min => "an empty list has no least element",
        Summary::Max => "an empty list has no greatest element",
        Summary::Avg => "an empty list has no mean",
    }
    .to_owned()
}

fn elements<N>(
    list: &List<'_>,
    number: impl Fn(&Value<'_>) -> Option<N>,
) -> Result<Vec<N>, String> {
    let of_fact = |fact: &Fact| match fact {
        Fact::Int(value) => number(&Value::Int(*value)),
        Fact::Double(value) => number(&Value::Double(*value)),
        _ => None,
    };
    let found: Option<Vec<N>> = match list {
        List::Facts(facts) => facts.iter().map(of_fact).collect(),
        List::Values(values, _) => values.iter().map(&number).collect(),
        List::Constants(constants) => {
            let values = constants.iter().map(Constant::value);
            values.map(|value| number(&value)).collect()
        }
        List::Resources(..) => None,
    };
    found.ok_or_else(|| "the list holds something that is no number".to_owned())
}
