//! The values of a metric, as CloudWatch answers a query for them.

use crate::collect::failure::Failure;
use crate::collect::fetch::{Fields, field};
use crate::fact::{Fact, Object, name};
use crate::snapshot::Resource;
use crate::source::{Call, Series};

use super::detail;
use super::path;

/// What says how far a result goes.
const STATUS: &str = "StatusCode";
/// There is more on the next page.
const PARTIAL: &str = "PartialData";
/// All is there.
const COMPLETE: &str = "Complete";

/// A number for a query that it has in every call, whatever else is asked there: the same question
/// is the same request. (FNV-1a; one that is taken is no harm.)
pub fn number(call: &Call, resource: &Resource) -> usize {
    let parts = [
        call.api.purpose,
        &resource.region,
        &resource.arn,
        &resource.id,
    ];
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash as usize
}

/// The results of two pages as one. What went wrong on an earlier page stays wrong.
pub fn joined(earlier: Object, later: Object) -> Object {
    let before = earlier.get(STATUS).cloned();
    let mut all = detail::joined(vec![earlier, later]);
    if let Some(Fact::String(status)) = before
        && ![PARTIAL, COMPLETE].contains(&&*status)
    {
        all.insert(name(STATUS), Fact::String(status));
    }
    all
}

/// The field, oldest value first.
///
/// # Errors
/// When the result says that it is not complete, or its values cannot be told apart: a metric that
/// could not be read is not one without values.
pub fn fields(series: &Series, call: &Call, result: &Object) -> Result<Fields, Failure> {
    let status = path::text(result, STATUS).unwrap_or_default();
    if status != COMPLETE {
        return Err(incomplete(&status, call, result));
    }
    let list = |of: &str| match result.get(of) {
        Some(Fact::List(items)) => items.clone(),
        _ => Vec::new(),
    };
    let (times, values) = (list("Timestamps"), list("Values"));
    if times.len() != values.len() {
        let message = "the answer has not one time for each value";
        return Err(Failure::new(&call.api, "InvalidResponse", message));
    }
    let mut points: Vec<(Fact, Fact)> = times.into_iter().zip(values).collect();
    points.sort_by(|(left, _), (right, _)| time(left).cmp(time(right)));
    let values = points.into_iter().map(|(_, value)| value);
    Ok(vec![field(&series.field, Fact::List(values.collect()))])
}

/// Times are in one form, whose order is that of the texts.
fn time(fact: &Fact) -> &str {
    match fact {
        Fact::String(text) => text,
        _ => "",
    }
}

fn incomplete(status: &str, call: &Call, result: &Object) -> Failure {
    let messages = path::objects(result, "Messages").into_iter();
    let said = messages.filter_map(|message| path::text(message, "Value"));
    let said: Vec<String> = said.collect();
    let said = match said.as_slice() {
        [] => "the values of the metric are not all there".to_owned(),
        said => said.join("; "),
    };
    let code = if status.is_empty() {
        "MissingField"
    } else {
        status
    };
    let mut failure = Failure::new(&call.api, code, said);
    if status == "Forbidden" {
        failure.iam_action = call
            .api
            .actions()
            .first()
            .map(|action| (*action).to_owned());
    }
    failure
}
