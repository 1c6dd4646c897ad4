//! Lambda functions that run long, which is what they are billed by.

use super::metric::{count, days, number, told_growth, whole};
use super::{Culprit, Measured, measured, owner, series};
use crate::fact::Unknown;
use crate::snapshot::{Resource, Snapshot};

pub(super) const TYPE: &str = "lambda.Function";
pub(super) const METRICS: &str = "cloudwatch.FunctionMetrics";
pub(super) const FIELDS: &[&str] = &["Invocations", "DurationSum", "DurationMaximum"];
/// A run this near to its timeout was probably cut off.
const NEAR_TIMEOUT: f64 = 0.9;

pub(super) fn culprit(snapshot: &Snapshot) -> Culprit {
    let measure = |metrics: &Resource| measure(snapshot, metrics);
    let (suspects, unread) = measured(snapshot, &[METRICS], measure);
    Culprit {
        title: "Lambda functions that run too long",
        look: "runs that reach their timeout, functions that call themselves or write to what starts them, more memory than they use",
        suspects,
        unread,
        fix: "shorten the timeout, and set a reserved concurrency: aws lambda put-function-concurrency --function-name NAME --reserved-concurrent-executions 10",
    }
}

fn measure(snapshot: &Snapshot, metrics: &Resource) -> Result<Measured, Unknown> {
    let runs = series(metrics, "Invocations")?;
    let spent = series(metrics, "DurationSum")?;
    let longest = series(metrics, "DurationMaximum")?;
    if runs.is_empty() || runs.sum() <= 0.0 {
        return Ok(Measured::nothing("no data: it did not run in this time"));
    }
    let of_function = |field: &str| {
        owner(snapshot, TYPE, metrics).and_then(|function| number(function.get(field)?))
    };
    let (timeout, memory) = (of_function("Timeout"), of_function("MemorySize"));
    let seconds = longest.largest() / 1000.0;
    let (limit, worry) = match timeout {
        Some(timeout) => (
            format!(" of {} s allowed", whole(timeout)),
            seconds >= timeout * NEAR_TIMEOUT,
        ),
        None => (String::new(), false),
    };
    let average = spent.sum() / runs.sum() / 1000.0;
    let gigabytes = memory.unwrap_or(count(1024)) / 1024.0;
    Ok(Measured {
        text: format!(
            "longest run {seconds:.1} s{limit}, {average:.2} s on average, {} runs over {}, {:.1} hours in all{}",
            whole(runs.sum()),
            days(runs.days()),
            spent.sum() / 3_600_000.0,
            told_growth(spent.growth())
        ),
        worry,
        weight: spent.sum() * gigabytes,
    })
}
