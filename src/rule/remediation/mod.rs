//! How a rule mends what it found: in words, by commands, and by resources to create.

mod caution;
mod creates;
mod decode;

pub use caution::Caution;
pub use creates::{Creation, Data};

pub(crate) use decode::decode;

use crate::expr::{Scope, Template};

/// How to mend what a rule found.
#[derive(Debug)]
pub struct Remediation {
    /// In words.
    pub text: Template,
    /// Commands, in their order.
    pub commands: Vec<Command>,
    /// Where to read more.
    pub url: Option<String>,
    /// What mending it may do besides.
    pub risks: Vec<Risk>,
    /// Where it is mended, if not in the resource's region.
    pub region: Option<String>,
    /// CloudFormation resources that mend it.
    pub creates: Vec<Creation>,
}

/// A command for a POSIX shell.
#[derive(Debug)]
pub struct Command {
    /// The command.
    pub template: Template,
    /// When it runs.
    pub stage: Stage,
    /// Why a person has to look at it first.
    pub caution: Option<Caution>,
    /// Whether the rule says that it may run though its verb is one that removes or interrupts.
    pub unattended: bool,
}

impl Remediation {
    /// The commands as reports show them.
    pub fn cli(&self, scope: &Scope<'_, '_>) -> Option<String> {
        let lines: Vec<String> = self
            .commands
            .iter()
            .map(|command| command.template.render(scope))
            .collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// Everything in it that reads facts.
    pub fn templates(&self) -> Vec<&Template> {
        let mut templates = vec![&self.text];
        for command in &self.commands {
            templates.push(&command.template);
            if let Some(Caution::Decide(what)) = &command.caution {
                templates.push(what);
            }
        }
        for creation in &self.creates {
            creation.templates(&mut templates);
        }
        templates
    }
}

/// When a command runs: what others are built on comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Encryption keys.
    Keys,
    /// Buckets and log groups.
    Buckets,
    /// Topics and their subscriptions.
    Topics,
    /// Trails, which write to buckets.
    Trails,
    /// Changes to what there is.
    #[default]
    Changes,
    /// Alarms, which tell topics.
    Alarms,
    /// Dashboards.
    Dashboards,
}

impl Stage {
    /// Every stage in its order.
    pub const ALL: [Stage; 7] = [
        Stage::Keys,
        Stage::Buckets,
        Stage::Topics,
        Stage::Trails,
        Stage::Changes,
        Stage::Alarms,
        Stage::Dashboards,
    ];

    /// Its name in rules.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Keys => "keys",
            Stage::Buckets => "buckets",
            Stage::Topics => "topics",
            Stage::Trails => "trails",
            Stage::Changes => "changes",
            Stage::Alarms => "alarms",
            Stage::Dashboards => "dashboards",
        }
    }
}

/// What mending something may do besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// It costs money.
    Costs,
    /// It interrupts what runs.
    Interrupts,
    /// A new resource takes the place of the old one.
    Replaces,
    /// Something is gone afterwards.
    Removes,
}

impl Risk {
    /// Every risk.
    pub const ALL: [Risk; 4] = [Risk::Costs, Risk::Interrupts, Risk::Replaces, Risk::Removes];

    /// Its name in rules.
    pub fn name(self) -> &'static str {
        match self {
            Risk::Costs => "costs",
            Risk::Interrupts => "interrupts",
            Risk::Replaces => "replaces",
            Risk::Removes => "removes",
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Risk::Costs => "costs money",
            Risk::Interrupts => "may interrupt what runs",
            Risk::Replaces => "replaces the resource",
            Risk::Removes => "removes something",
        }
    }
}
