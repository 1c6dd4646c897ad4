//! The functions of the language: their signatures, and what they do.

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use ::time::Duration;

use super::numbers::{Summary, fixed, of_doubles, of_ints};
use super::time::{parse_duration, parse_timestamp};
use super::value::{List, Value};
use crate::schema::Type;

/// A function; the variant names its receiver or argument where CEL overloads the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Contains,
    StartsWith,
    EndsWith,
    Like,
    LowerAscii,
    UpperAscii,
    Trim,
    Split,
    Replace,
    Join,
    StringSize,
    MapSize,
    IntOfString,
    IntOfDouble,
    DoubleOfString,
    DoubleOfInt,
    StringOfInt,
    StringOfDouble,
    StringOfBool,
    StringOfTimestamp,
    Timestamp,
    Duration,
    Days,
    WholeDays,
    PrefixLength,
    Fixed,
    /// Of a list of whole numbers, or of numbers.
    OfInts(Summary),
    OfDoubles(Summary),
}

/// One way to call a function.
pub struct Signature {
    /// Its name in expressions.
    pub name: &'static str,
    /// Whether the first argument stands before the dot.
    pub method: bool,
    /// The argument types, the receiver's first.
    pub arguments: Vec<Type>,
    /// What it returns.
    pub result: Type,
    /// What it does.
    pub function: Function,
}

/// Every signature but those of macros, `size` of lists and `matches`, which the checker treats.
pub fn signatures() -> Vec<Signature> {
    use Function as F;
    use Type::{Bool, Double, Duration, Int, String, Timestamp};
    let list = Type::list(String);
    let map = Type::map(Type::Any);
    let method = |name, arguments: &[Type], result, function| Signature {
        name,
        method: true,
        arguments: arguments.to_vec(),
        result,
        function,
    };
    let two = |name, arguments: [Type; 2], result, function| Signature {
        name,
        method: false,
        arguments: arguments.to_vec(),
        result,
        function,
    };
    let plain = |name, argument: Type, result, function| Signature {
        name,
        method: false,
        arguments: vec![argument],
        result,
        function,
    };
    let ints = || Type::list(Int);
    let doubles = || Type::list(Double);
    vec![
        method("contains", &[String, String], Bool, F::Contains),
        method("startsWith", &[String, String], Bool, F::StartsWith),
        method("endsWith", &[String, String], Bool, F::EndsWith),
        method("like", &[String, String], Bool, F::Like),
        method("lowerAscii", &[String], String, F::LowerAscii),
        method("upperAscii", &[String], String, F::UpperAscii),
        method("trim", &[String], String, F::Trim),
        method("split", &[String, String], list.clone(), F::Split),
        method("replace", &[String, String, String], String, F::Replace),
        method("join", &[list, String], String, F::Join),
        method("size", &[String], Int, F::StringSize),
        method("size", std::slice::from_ref(&map), Int, F::MapSize),
        plain("size", String, Int, F::StringSize),
        plain("size", map, Int, F::MapSize),
        plain("int", String, Int, F::IntOfString),
        plain("int", Double, Int, F::IntOfDouble),
        plain("double", String, Double, F::DoubleOfString),
        plain("double", Int, Double, F::DoubleOfInt),
        plain("string", Int, String, F::StringOfInt),
        plain("string", Double, String, F::StringOfDouble),
        plain("string", Bool, String, F::StringOfBool),
        plain("string", Timestamp, String, F::StringOfTimestamp),
        plain("timestamp", String, Timestamp, F::Timestamp),
        plain("duration", String, Duration, F::Duration),
        plain("days", Int, Duration, F::Days),
        plain("wholeDays", Duration, Int, F::WholeDays),
        plain("prefixLength", String, Int, F::PrefixLength),
        two("fixed", [Double, Int], String, F::Fixed),
        two("fixed", [Int, Int], String, F::Fixed),
        plain("sum", ints(), Int, F::OfInts(Summary::Sum)),
        plain("sum", doubles(), Double, F::OfDoubles(Summary::Sum)),
        plain("min", ints(), Int, F::OfInts(Summary::Min)),
        plain("min", doubles(), Double, F::OfDoubles(Summary::Min)),
        plain("max", ints(), Int, F::OfInts(Summary::Max)),
        plain("max", doubles(), Double, F::OfDoubles(Summary::Max)),
        plain("avg", ints(), Double, F::OfDoubles(Summary::Avg)),
        plain("avg", doubles(), Double, F::OfDoubles(Summary::Avg)),
    ]
}

/// Whether the language itself has a function of that name.
pub fn is_builtin(name: &str) -> bool {
    let special = super::check::SPECIAL.contains(&name);
    special || signatures().iter().any(|known| known.name == name)
}

/// Applies a function to arguments that the checker has typed.
///
/// # Errors
/// A message, where a value has no result (`int("x")`).
pub fn apply<'a>(function: Function, arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    use Function as F;
    Ok(match (function, arguments) {
        (F::Contains, [Value::String(text), Value::String(part)]) => {
            Value::Bool(text.contains(&**part))
        }
        (F::StartsWith, [Value::String(text), Value::String(part)]) => {
            Value::Bool(text.starts_with(&**part))
        }
        (F::EndsWith, [Value::String(text), Value::String(part)]) => {
            Value::Bool(text.ends_with(&**part))
        }
        (F::Like, [Value::String(text), Value::String(pattern)]) => {
            Value::Bool(is_like(text, pattern))
        }
        (F::LowerAscii, [Value::String(text)]) => string(text.to_ascii_lowercase()),
        (F::UpperAscii, [Value::String(text)]) => string(text.to_ascii_uppercase()),
        (F::Trim, [Value::String(text)]) => string(text.trim().to_owned()),
        (F::Split, [Value::String(text), Value::String(separator)]) => split(text, separator),
        (F::Replace, [Value::String(text), Value::String(from), Value::String(to)]) => {
            string(text.replace(&**from, to))
        }
        (F::Join, [Value::List(list), Value::String(separator)]) => join(list, separator)?,
        (F::StringSize, [Value::String(text)]) => size(text.chars().count()),
        (F::MapSize, [Value::Fact(crate::fact::Fact::Object(object))]) => size(object.len()),
        (F::IntOfString, [Value::String(text)]) => text
            .parse()
            .map(Value::Int)
            .map_err(|_| format!("`{text}` is no whole number"))?,
        (F::IntOfDouble, [Value::Double(value)]) => int_of(*value)?,
        (F::DoubleOfString, [Value::String(text)]) => text
            .parse()
            .map(Value::Double)
            .map_err(|_| format!("`{text}` is no number"))?,
        #[expect(
            clippy::cast_precision_loss,
            reason = "CEL's double() rounds the same way"
        )]
        (F::DoubleOfInt, [Value::Int(value)]) => Value::Double(*value as f64),
        (F::StringOfInt, [Value::Int(value)]) => string(value.to_string()),
        (F::StringOfDouble, [Value::Double(value)]) => string(value.to_string()),
        (F::StringOfBool, [Value::Bool(value)]) => string(value.to_string()),
        (F::StringOfTimestamp, [Value::Timestamp(at)]) => string(
            at.format(&::time::format_description::well_known::Rfc3339)
                .map_err(|error| error.to_string())?,
        ),
        (F::Timestamp, [Value::String(text)]) => parse_timestamp(text)
            .map(Value::Timestamp)
            .ok_or_else(|| format!("`{text}` is no RFC 3339 timestamp"))?,
        (F::Duration, [Value::String(text)]) => parse_duration(text)
            .map(Value::Duration)
            .ok_or_else(|| format!("`{text}` is no duration such as 36h or 90s"))?,
        (F::Days, [Value::Int(days)]) => days
            .checked_mul(24 * 60 * 60)
            .map(|seconds| Value::Duration(Duration::seconds(seconds)))
            .ok_or_else(|| format!("{days} days are too many"))?,
        (F::WholeDays, [Value::Duration(length)]) => Value::Int(length.whole_days()),
        (F::PrefixLength, [Value::String(cidr)]) => prefix_length(cidr)?,
        (F::Fixed, [number, Value::Int(digits)]) => fixed(number, *digits)?,
        (F::OfInts(summary), [Value::List(list)]) => of_ints(summary, list)?,
        (F::OfDoubles(summary), [Value::List(list)]) => of_doubles(summary, list)?,
        (function, _) => return Err(format!("{function:?} has arguments of other types")),
    })
}

/// Whether a text fits a pattern as IAM matches actions and ARNs: `*` stands for any characters,
/// `?` for one. Takes time in proportion to text times pattern at the most.
fn is_like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut within) = (0, 0);
    // Where to go on when what follows the last star does not fit: after one character more.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(within) {
            Some('*') => {
                star = Some((within, at));
                within += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == text[at] => {
                within += 1;
                at += 1;
            }
            _ => {
                let Some((of_star, begun)) = star else {
                    return false;
                };
                star = Some((of_star, begun + 1));
                (within, at) = (of_star + 1, begun + 1);
            }
        }
    }
    pattern[within..].iter().all(|rest| *rest == '*')
}

fn string<'a>(text: String) -> Value<'a> {
    Value::String(Cow::Owned(text))
}

/// The size of something in memory, as CEL's int.
pub fn size<'a>(count: usize) -> Value<'a> {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

fn split<'a>(text: &str, separator: &str) -> Value<'a> {
    let parts = text
        .split(separator)
        .map(|part| string(part.to_owned()))
        .collect();
    Value::List(List::Values(Arc::new(parts), None))
}

fn join<'a>(list: &List<'_>, separator: &str) -> Result<Value<'a>, String> {
    let mut parts: Vec<Cow<str>> = Vec::new();
    match list {
        List::Facts(facts) => {
            for fact in *facts {
                let text = fact
                    .as_str()
                    .ok_or("join meets an element that is not text")?;
                parts.push(Cow::Borrowed(text));
            }
        }
        List::Values(values, _) => {
            for value in values.iter() {
                match value {
                    Value::String(text) => parts.push(text.clone()),
                    _ => return Err("join meets an element that is not text".to_owned()),
                }
            }
        }
        List::Constants(items) => {
            for item in *items {
                match item.value() {
                    Value::String(text) => parts.push(text),
                    _ => return Err("join meets an element that is not text".to_owned()),
                }
            }
        }
        List::Resources(..) => return Err("join meets resources".to_owned()),
    }
    Ok(string(parts.join(separator)))
}

fn int_of<'a>(value: f64) -> Result<Value<'a>, String> {
    // The bounds are exact powers of two, so the comparison is exact as well.
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if value.is_finite() && (-BOUND..BOUND).contains(&value) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "in range; CEL's int() truncates"
        )]
        return Ok(Value::Int(value as i64));
    }
    Err(format!("{value} does not fit a whole number"))
}

/// The prefix length of a CIDR block or, without a slash, of a single address.
fn prefix_length<'a>(cidr: &str) -> Result<Value<'a>, String> {
    let wrong = || format!("`{cidr}` is no CIDR block");
    let (address, prefix) = match cidr.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (cidr, None),
    };
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let widest: u8 = if address.is_ipv4() { 32 } else { 128 };
    let length = match prefix {
        None => widest,
        Some(prefix) => prefix
            .parse()
            .ok()
            .filter(|length| *length <= widest)
            .ok_or_else(wrong)?,
    };
    Ok(Value::Int(i64::from(length)))
}
