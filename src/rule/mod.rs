//! Rules and frameworks: data, checked like code.

mod attestable;
mod body;
mod bundle;
mod decode;
mod facts;
mod framework;
mod json_schema;
mod load;
mod param;
mod remediation;
mod severity;
mod shared;
mod test_case;
mod vocabulary;

pub use attestable::{Attestable, control_name};
pub use body::{Body, compile_all};
pub use bundle::{Origin, ReadError, bundled, directory};
pub use framework::{Attest, Control, Framework, VALID_DAYS};
pub use json_schema::rule_file_schema;
pub use load::{RuleSet, load, load_sound};
pub use param::{Param, ParamError, type_names};
pub use remediation::{Caution, Command, Creation, Data, Remediation, Risk, Stage};
pub use severity::Severity;
pub use shared::{Shared, SharedParam};
pub use test_case::{TestCase, test_cases};
pub use vocabulary::Vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::expr::Setting;
use crate::yaml::Node;

/// The key of a rule's tests, the last one in bundled files.
const TESTS: &str = "tests";

/// A check, as one YAML file describes it.
#[derive(Debug)]
pub struct Rule {
    /// Its id, which is also the file's name.
    pub id: String,
    /// What is true where it passes.
    pub title: String,
    /// How bad it is where it fails.
    pub severity: Severity,
    /// The name of the type of resource it is about.
    pub resource: &'static str,
    /// Its parameters, in their order.
    pub params: Vec<Param>,
    /// Why it matters.
    pub why: String,
    /// The signal of the resource that it wants an alarm to watch.
    pub signal: Option<String>,
    /// The controls it serves, by framework.
    pub controls: BTreeMap<String, Vec<String>>,
    /// What other tools call it, by tool.
    pub equivalents: BTreeMap<String, Vec<String>>,
    /// Where it was written.
    pub file: Arc<SourceFile>,
    /// What it asks; see [`Rule::body`].
    pub(crate) lazy: body::Lazy,
    /// Its own tests, decoded when they are run.
    pub(crate) tests: Tests,
}

/// A rule's tests before they are decoded.
#[derive(Debug)]
pub(crate) enum Tests {
    /// As the file has them.
    Parsed(Node),
    /// Still unread: those of bundled rules, which passed before the binary was made.
    InFile,
}

impl Rule {
    /// The part of the resource type's name before the dot.
    pub fn service(&self) -> &'static str {
        self.resource.split('.').next().unwrap_or(self.resource)
    }

    /// The parameters' values in their order.
    pub fn param_values(&self) -> Vec<Setting> {
        self.params
            .iter()
            .map(|param| param.value.clone())
            .collect()
    }
}
