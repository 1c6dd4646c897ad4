//! Requests to APIs: many of them may be an attack, or a loop.

use super::metric::{days, told_growth, whole};
use super::{Culprit, Measured, measured, series};
use crate::fact::Unknown;
use crate::snapshot::{Resource, Snapshot};

pub(super) const REST: &str = "cloudwatch.RestApiStageMetrics";
pub(super) const HTTP: &str = "cloudwatch.HttpApiStageMetrics";
pub(super) const FIELDS: &[&str] = &["Count"];
/// Growth that is worth a look, of requests that cost something.
const GROWTH: f64 = 2.0;
const NOTABLE: f64 = 100_000.0;

pub(super) fn culprit(snapshot: &Snapshot) -> Culprit {
    let (suspects, unread) = measured(snapshot, &[REST, HTTP], measure);
    Culprit {
        title: "API Gateway traffic",
        look: "an attack or a bot, clients that retry without waiting",
        suspects,
        unread,
        fix: "throttle the stage to what users need: aws apigateway update-stage, or aws apigatewayv2 update-stage --default-route-settings ThrottlingRateLimit=1000,ThrottlingBurstLimit=2000",
    }
}

fn measure(metrics: &Resource) -> Result<Measured, Unknown> {
    let requests = series(metrics, "Count")?;
    if requests.is_empty() {
        return Ok(Measured::nothing("no data: it had no request in this time"));
    }
    let growth = requests.growth();
    Ok(Measured {
        text: format!(
            "{} requests over {}, at most {} in one{}",
            whole(requests.sum()),
            days(requests.days()),
            whole(requests.largest()),
            told_growth(growth)
        ),
        worry: requests.sum() >= NOTABLE && growth.is_some_and(|times| times >= GROWTH),
        weight: requests.sum(),
    })
}
