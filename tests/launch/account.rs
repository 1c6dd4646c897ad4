//! The account in one of its states, behind a proxy that answers what moto cannot.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde_json::Value;

use crate::answers;
use crate::outcome::Outcome;
use crate::support::{Bench, Faults, Moto, Proxy, Run};

/// The time of every audit: a Monday morning, 18 days into the month.
pub const NOW: &str = "2026-01-19T09:00:00Z";

/// How far the team has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The application alone, which nothing protects or watches.
    Fresh,
    /// Some of it, and some of that wrongly.
    Half,
    /// All that the launch checklist asks for.
    Ready,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Half => "half",
            Self::Ready => "ready",
        }
    }
}

/// A built account. Tests only read it, and share it while they run.
pub struct Account {
    pub state: State,
    moto: Moto,
    /// Names and ids of what was built; see `seed/launch.py`.
    ids: Value,
}

impl Account {
    pub fn open(state: State) -> Arc<Self> {
        static SHARED: [Mutex<Weak<Account>>; 3] = [
            Mutex::new(Weak::new()),
            Mutex::new(Weak::new()),
            Mutex::new(Weak::new()),
        ];
        let mut shared = SHARED[state as usize]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = shared.upgrade() {
            return account;
        }
        let moto = Moto::start();
        let ids = serde_json::from_str(&moto.python("launch", &[state.name()])).expect("ids");
        let account = Arc::new(Self { state, moto, ids });
        *shared = Arc::downgrade(&account);
        account
    }

    pub fn id(&self, name: &str) -> &str {
        self.ids[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {name} in {}", self.ids))
    }

    /// The answers of this state, in front of moto.
    pub fn answers(&self) -> Faults {
        answers::of(self)
    }

    /// Runs a command of launchgate's in the team's directory, while AWS answers so.
    pub fn run(&self, answers: Faults, bench: &Bench, arguments: &str) -> Run {
        let proxy = Proxy::start(self.moto.url(), answers);
        let mut command = bench.command(arguments);
        command.args(["--now", NOW]).envs(proxy.env());
        crate::support::run(command.env("AWS_MAX_ATTEMPTS", "1"))
    }

    /// Audits with these arguments.
    pub fn audit(&self, answers: Faults, bench: &Bench, arguments: &str) -> Outcome {
        let arguments = format!("audit --report json=findings.json {arguments}");
        let run = self.run(answers, bench, &arguments);
        let report = std::fs::read_to_string(bench.path().join("findings.json"))
            .unwrap_or_else(|e| panic!("no report: {e}\n{}\n{}", run.stdout, run.stderr));
        Outcome::new(run.code, &report)
    }
}
