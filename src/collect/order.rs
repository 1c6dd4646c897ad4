//! Which calls can be made when: a request may be made of what other calls bring.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::plan::Plan;
use crate::schema::{ApiCall, ResourceType};

/// A call to be made for the resources of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// The type's name.
    pub type_name: &'static str,
    /// The call.
    pub call: Arc<ApiCall>,
}

/// The calls of a plan that are still to be made.
pub struct Order<'p> {
    plan: &'p Plan,
    pending: BTreeSet<Job>,
    done: BTreeSet<Job>,
}

impl<'p> Order<'p> {
    /// All calls of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let jobs = plan.types.values().flat_map(|planned| {
            let calls = planned.details.keys().chain(&planned.resource_type.list);
            calls.map(|call| Job {
                type_name: planned.resource_type.name,
                call: call.clone(),
            })
        });
        Self {
            plan,
            pending: jobs.collect(),
            done: BTreeSet::new(),
        }
    }

    /// The calls that can be made now that those given before are done; none when all are.
    pub fn next(&mut self) -> Vec<Job> {
        let ready = self.pending.iter().filter(|job| self.is_ready(job));
        let mut ready: Vec<Job> = ready.cloned().collect();
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
        let of = if own.list.as_ref() == Some(&job.call) {
            match own.parent.and_then(|parent| self.plan.types.get(parent)) {
                Some(parent) => &parent.resource_type,
                None => return true,
            }
        } else {
            own
        };
        let listed = of.list.as_ref().is_none_or(|list| self.is_done(of, list));
        let needs = job.call.needs.iter().filter_map(|field| {
            let call = of.fields.get(*field)?.call.as_ref()?;
            let planned = self.plan.types.get(of.name)?;
            planned.details.contains_key(call).then_some(call)
        });
        listed && needs.into_iter().all(|call| self.is_done(of, call))
    }

    fn is_done(&self, resource_type: &ResourceType, call: &Arc<ApiCall>) -> bool {
        self.done.contains(&Job {
            type_name: resource_type.name,
            call: call.clone(),
        })
    }
}
