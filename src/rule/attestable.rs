//! What a person may attest: controls of the frameworks that are loaded.

use super::{Control, Framework, RuleSet};

/// A control that a person may attest.
#[derive(Clone, Copy, Debug)]
pub struct Attestable<'r> {
    /// Its framework.
    pub framework: &'r Framework,
    /// The control.
    pub control: &'r Control,
    /// Whether nobody but a person can decide it.
    pub by_person: bool,
}

impl Attestable<'_> {
    /// `framework/control`, which is no name that a rule could have.
    pub fn name(&self) -> String {
        control_name(&self.framework.id, &self.control.id)
    }
}

/// The name of a framework's control: `framework/control`.
pub fn control_name(framework: &str, control: &str) -> String {
    format!("{framework}/{control}")
}

impl RuleSet {
    /// The controls that a person may attest, by framework and in its order.
    pub fn attestable(&self) -> Vec<Attestable<'_>> {
        let controls = self.frameworks.values().flat_map(|framework| {
            let all = framework.controls.iter();
            all.filter_map(move |control| self.attestable_control(framework, control))
        });
        controls.collect()
    }

    fn attestable_control<'r>(
        &'r self,
        framework: &'r Framework,
        control: &'r Control,
    ) -> Option<Attestable<'r>> {
        let has_rules = self.rules.values().any(|rule| {
            let served = rule.controls.get(&framework.id);
            served.is_some_and(|served| served.contains(&control.id))
        });
        let by_person = control.needs_person(has_rules);
        (by_person || control.attest.is_some()).then_some(Attestable {
            framework,
            control,
            by_person,
        })
    }
}
