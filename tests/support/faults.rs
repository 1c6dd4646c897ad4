//! What the proxy is told to do wrong, by operation.

use std::collections::HashMap;
use std::time::Duration;

use super::call::Call;
use super::script::{Amendment, Reply, Script};

/// One way in which AWS disappoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The service's own "not authorized" error, naming the IAM action.
    AccessDenied,
    /// That many times the service's throttling error, then moto's answer.
    ThrottledTimes(u32),
    /// Always this status, with a body that is no AWS error (as a load balancer answers).
    AlwaysStatus(u16),
    /// The service's error shape with this status and code.
    Error { status: u16, code: String },
    /// Half of moto's answer, then the connection closes.
    CutConnection,
    /// Status 200 and a body that is neither XML nor JSON.
    Garbage,
    /// Status 200 and this body in place of moto's: for what moto lacks. Pages are split as usual.
    Answer(String),
    /// Each page is the first one, and each promises a next: a client that trusts it never ends.
    RepeatedToken,
    /// moto's answer, after a wait.
    Delay(Duration),
}

impl Fault {
    pub fn error(status: u16, code: &str) -> Self {
        Self::Error {
            status,
            code: code.to_owned(),
        }
    }
}

/// The faults of a proxy, by target.
///
/// A target is `service:Operation`, or `service:*`, or `*`; `@region` after it narrows it to a
/// region. The most exact one counts: `ec2:DescribeVpcs@eu-west-1`, `ec2:DescribeVpcs`,
/// `ec2:*@eu-west-1`, `ec2:*`, `*@eu-west-1`, `*`.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    by_target: HashMap<String, Fault>,
    /// In place of moto, by operation: what moto lacks. Faults strike these answers like any other.
    answers: HashMap<String, String>,
    /// The same, for answers that depend on what is asked; the later ones go first.
    scripts: Vec<Script>,
    /// What is changed in moto's answers.
    amendments: Vec<Amendment>,
    /// What time moto is told that it is, if not the present.
    pub(super) clock: Option<String>,
    pub(super) split_pages: bool,
}

impl Faults {
    pub fn none() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn on(mut self, target: &str, fault: Fault) -> Self {
        self.set(target, fault);
        self
    }

    /// Every paginated operation of `pages_table.rs` answers in pages of one item.
    #[must_use]
    pub fn split_pages(mut self) -> Self {
        self.split_pages = true;
        self
    }

    /// This body is what moto would have answered to `service:Operation`, had it known how. Unlike
    /// [`Fault::Answer`] it leaves the operation free for a fault.
    #[must_use]
    pub fn answer(mut self, operation: &str, body: &str) -> Self {
        self.answers.insert(operation.to_owned(), body.to_owned());
        self
    }

    /// Like [`Faults::answer`], with what `reply` makes of a call, if it makes anything of it.
    #[must_use]
    pub fn script(
        mut self,
        reply: impl Fn(&Call) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        self.scripts.push(Script::new(reply));
        self
    }

    /// Mends what moto answers to a call, where it leaves out or garbles what AWS says.
    #[must_use]
    pub fn amend(mut self, mend: impl Fn(&Call, String) -> String + Send + Sync + 'static) -> Self {
        self.amendments.push(Amendment::new(mend));
        self
    }

    /// moto answers as of this time (RFC 3339); see `set_clock_by_requests` in serve.py.
    #[must_use]
    pub fn clock(mut self, now: &str) -> Self {
        self.clock = Some(now.to_owned());
        self
    }

    pub(super) fn amendments(&self) -> Vec<Amendment> {
        self.amendments.clone()
    }

    pub(super) fn answer_to(&self, call: &Call) -> Option<Reply> {
        let scripts = self.scripts.iter().rev();
        let canned = || self.answers.get(&call.name()).cloned().map(Reply::Body);
        scripts
            .filter_map(|script| script.reply(call))
            .next()
            .or_else(canned)
    }

    /// # Panics
    /// When the target is no target: a fault that never strikes would let a test pass for nothing.
    #[track_caller]
    pub(super) fn set(&mut self, target: &str, fault: Fault) {
        let name = target.split('@').next().unwrap_or_default();
        let well_formed = name == "*"
            || name.split_once(':').is_some_and(|(service, operation)| {
                !service.is_empty()
                    && !operation.is_empty()
                    && service
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            });
        assert!(
            well_formed,
            "{target:?} is not `service:Operation`, `service:*` or `*`"
        );
        self.by_target.insert(target.to_owned(), fault);
    }

    /// The fault that strikes this call now. A counted one is counted down.
    pub(super) fn strike(&mut self, call: &Call) -> Option<Fault> {
        let names = [call.name(), format!("{}:*", call.service), "*".to_owned()];
        let target = names
            .into_iter()
            .flat_map(|name| [format!("{name}@{}", call.region), name])
            .find(|target| self.by_target.contains_key(target))?;
        let fault = self.by_target.get_mut(&target)?;
        match fault {
            Fault::ThrottledTimes(0) => None,
            Fault::ThrottledTimes(left) => {
                *left -= 1;
                Some(Fault::ThrottledTimes(*left))
            }
            other => Some(other.clone()),
        }
    }
}
