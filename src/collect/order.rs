//! Which calls can be made when: a request may be made of what other calls bring.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::plan::Plan;
use crate::schema::{ApiCall, Per, ResourceType};

/// What is to be done for the resources of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// The type's name.
    pub type_name: &'static str,
    /// What.
    pub work: Work,
}

/// What can be done for a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Its resources are made of the parent's.
    Derive,
    /// A call is made.
    Call(Arc<ApiCall>),
}

/// What of a plan is still to be done.
pub struct Order<'p> {
    plan: &'p Plan,
    pending: BTreeSet<Job>,
    done: BTreeSet<Job>,
}

impl<'p> Order<'p> {
    /// All that a plan asks for.
    pub fn new(plan: &'p Plan) -> Self {
        let jobs = plan.types.values().flat_map(|planned| {
            let resource_type = &planned.resource_type;
            let calls = planned.details.keys().chain(&resource_type.list);
            let derive = resource_type.is_derived().then_some(Work::Derive);
            calls
                .map(|call| Work::Call(call.clone()))
                .chain(derive)
                .map(|work| Job {
                    type_name: resource_type.name,
                    work,
                })
        });
        Self {
            plan,
            pending: jobs.collect(),
            done: BTreeSet::new(),
        }
    }

    /// What can be done now that what was given before is done; none when all is.
    pub fn next(&mut self) -> Vec<Job> {
        let ready = self.pending.iter().filter(|job| self.is_ready(job));
        // Calls that are shared wait for all the others: these may find more to ask in them.
        let (shared, mut ready): (Vec<Job>, Vec<Job>) = ready.cloned().partition(is_shared);
        if ready.is_empty() {
            ready = shared;
        }
        if ready.is_empty() {
            // The loader refuses requests that wait for each other.
            ready.extend(self.pending.iter().cloned());
        }
        for job in &ready {
            self.pending.remove(job);
        }
        self.done.extend(ready.iter().cloned());
        ready
    }

    fn is_ready(&self, job: &Job) -> bool {
        let Some(planned) = self.plan.types.get(job.type_name) else {
            return true;
        };
        let own = &planned.resource_type;
        let (of, needs) = match &job.work {
            Work::Call(call) if own.list.as_ref() != Some(call) => (own, call.needs),
            _ => match own.parent.and_then(|parent| self.plan.types.get(parent)) {
                Some(parent) => (&parent.resource_type, own.parent_needs()),
                None => return true,
            },
        };
        let mut needed = needs.iter().filter_map(|field| {
            let call = of.fields.get(*field)?.call.as_ref()?;
            let planned = self.plan.types.get(of.name)?;
            planned.details.contains_key(call).then_some(call)
        });
        self.is_there(of) && needed.all(|call| self.is_done(of, Work::Call(call.clone())))
    }

    /// Whether the resources of a type are known.
    fn is_there(&self, of: &ResourceType) -> bool {
        match &of.list {
            Some(list) => self.is_done(of, Work::Call(list.clone())),
            None => !of.is_derived() || self.is_done(of, Work::Derive),
        }
    }

    fn is_done(&self, of: &ResourceType, work: Work) -> bool {
        self.done.contains(&Job {
            type_name: of.name,
            work,
        })
    }
}

fn is_shared(job: &Job) -> bool {
    matches!(&job.work, Work::Call(call) if matches!(call.per, Per::Pool(_)))
}
