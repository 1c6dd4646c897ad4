//! Reports that AWS writes on demand: they are ordered, and asked for until they are there.

use std::time::Duration;

use crate::collect::failure::Failure;
use crate::schema::ApiCall;

/// How long to wait for a report.
pub(super) struct Patience {
    /// The pause before AWS is asked; it doubles up to the longest.
    first_pause: Duration,
    longest_pause: Duration,
    /// After this long the report is given up.
    limit: Duration,
}

/// For what AWS is done with in seconds.
pub(super) const PATIENCE: Patience = Patience {
    first_pause: Duration::from_millis(500),
    longest_pause: Duration::from_secs(4),
    limit: Duration::from_secs(60),
};

impl Patience {
    /// What `ask` brings, once it brings something; `call` is the one that it makes.
    pub async fn wait<T, F>(&self, call: &ApiCall, ask: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<Option<T>, Failure>>,
    {
        let asked = async {
            let mut pause = self.first_pause;
            loop {
                tokio::time::sleep(pause).await;
                if let Some(report) = ask().await? {
                    return Ok(report);
                }
                pause = (pause * 2).min(self.longest_pause);
            }
        };
        tokio::time::timeout(self.limit, asked)
            .await
            .unwrap_or_else(|_| {
                let message = format!("no report within {} s", self.limit.as_secs());
                Err(Failure::new(call, "Timeout", message))
            })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::schema::Per;

    const SHORT: Patience = Patience {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(4),
        limit: Duration::from_millis(200),
    };

    #[tokio::test]
    async fn a_report_that_comes_late_is_taken() {
        let call = ApiCall::new("iam:GetReport", Per::Account);
        let asked = Cell::new(0);
        let report = SHORT.wait(&call, async || {
            asked.set(asked.get() + 1);
            Ok((asked.get() == 5).then_some("report"))
        });
        assert_eq!(report.await, Ok("report"));
    }

    #[tokio::test]
    async fn a_report_that_never_comes_is_given_up_after_pauses_that_grow() {
        let call = ApiCall::new("iam:GetReport", Per::Account);
        let asked = Cell::new(0);
        let report = SHORT.wait(&call, async || {
            asked.set(asked.get() + 1);
            Ok(None::<()>)
        });
        let failure = report.await.unwrap_err();
        assert_eq!(
            (failure.operation.as_str(), failure.code.as_str()),
            ("iam:GetReport", "Timeout")
        );
        // Without growth there would be two hundred.
        assert!(
            (2..=60).contains(&asked.get()),
            "asked {} times",
            asked.get()
        );
    }

    #[tokio::test]
    async fn a_failure_ends_the_wait() {
        let call = ApiCall::new("iam:GetReport", Per::Account);
        let failure = Failure::new(&call, "AccessDenied", "no");
        let report = SHORT.wait(&call, async || Err::<Option<()>, _>(failure.clone()));
        assert_eq!(report.await, Err(failure.clone()));
    }
}
