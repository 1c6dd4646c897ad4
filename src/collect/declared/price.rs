//! The price among the terms of a product of the Price List.

use crate::fact::{Fact, Object};

/// What the first unit costs on demand, in USD; null where the terms name no such price.
///
/// # Errors
/// When they name several, or one that is no number.
pub fn read(terms: &Fact) -> Result<Fact, &'static str> {
    let mut found: Option<&str> = None;
    let offers = inner(terms, "OnDemand").into_iter().flat_map(values);
    let dimensions = offers
        .filter_map(|offer| inner(offer, "priceDimensions"))
        .flat_map(values);
    // Who uses more pays less for it, by ranges.
    let first = dimensions.filter(|dimension| text(dimension, "beginRange").is_none_or(is_zero));
    for dimension in first {
        let Some(price) = inner(dimension, "pricePerUnit").and_then(|unit| text(unit, "USD"))
        else {
            continue;
        };
        if found.is_some_and(|before| before != price) {
            return Err("the product has several prices on demand");
        }
        found = Some(price);
    }
    let Some(price) = found else {
        return Ok(Fact::Null);
    };
    let price: Option<f64> = price.parse().ok();
    match price.filter(|price| price.is_finite() && *price >= 0.0) {
        Some(price) => Ok(Fact::Double(price)),
        None => Err("the price is no number"),
    }
}

fn is_zero(range: &str) -> bool {
    range.parse() == Ok(0.0)
}

fn object(fact: &Fact) -> Option<&Object> {
    match fact {
        Fact::Object(object) => Some(object),
        _ => None,
    }
}

fn inner<'f>(fact: &'f Fact, name: &str) -> Option<&'f Fact> {
    object(fact)?.get(name)
}

fn values(fact: &Fact) -> impl Iterator<Item = &Fact> {
    let entries = object(fact).into_iter().flat_map(Object::iter);
    entries.map(|(_, value)| value)
}

fn text<'f>(fact: &'f Fact, name: &str) -> Option<&'f str> {
    match inner(fact, name) {
        Some(Fact::String(text)) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(dimensions: &str) -> Fact {
        let text = format!(
            r#"{{"OnDemand":{{"S.O":{{"priceDimensions":{{{dimensions}}}}}}},"Reserved":{{"S.R":{{"priceDimensions":{{"a":{{"pricePerUnit":{{"USD":"9"}}}}}}}}}}}}"#
        );
        super::super::text::json(&text).unwrap()
    }

    fn dimension(name: &str, begin: &str, unit: &str) -> String {
        format!(r#""{name}":{{"beginRange":"{begin}","pricePerUnit":{{{unit}}}}}"#)
    }

    #[test]
    fn the_first_unit_counts() {
        let first = dimension("S.O.1", "0", r#""USD":"0.0450000000""#);
        let later = dimension("S.O.2", "10240", r#""USD":"0.0100000000""#);
        let tiers = terms(&format!("{later},{first}"));
        assert_eq!(read(&tiers), Ok(Fact::Double(0.045)));
    }

    #[test]
    fn no_price_is_none_and_two_are_a_riddle() {
        assert_eq!(read(&terms("")), Ok(Fact::Null));
        let yuan = dimension("S.O.1", "0", r#""CNY":"0.3""#);
        assert_eq!(read(&terms(&yuan)), Ok(Fact::Null));
        let both = ["0.1", "0.2"].map(|usd| dimension(usd, "0", &format!(r#""USD":"{usd}""#)));
        assert!(read(&terms(&both.join(","))).is_err());
        for wrong in ["dear", "NaN", "-1"] {
            let wrong = dimension("S.O.1", "0", &format!(r#""USD":"{wrong}""#));
            assert!(read(&terms(&wrong)).is_err());
        }
    }
}
