//! Makes the calls of a plan: lists first, then what hangs on their resources, as many at a time as
//! the [`Limits`] allow.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;

use super::batches::{Details, Owner, Wanted, batches};
use super::contexts::Contexts;
use super::declared;
use super::event::{Event, Listener};
use super::failure::Failure;
use super::fetch::{Bulk, Fetch, Listing};
use super::gather::{Gathered, place_of};
use super::limits::Limits;
use super::order::{Job, Order, Work};
use super::pages;
use super::sdk::{self};
use super::session::Session;
use super::singleton::singleton;
use crate::plan::Plan;
use crate::schema::{ApiCall, ResourceType, Scope};
use crate::snapshot::{GLOBAL, Snapshot};
use crate::source::Sources;

/// Reads what the plan says.
pub async fn collect(
    session: &Session,
    plan: &Plan,
    sources: &Sources,
    listener: Arc<Listener>,
    taken: String,
) -> Snapshot {
    let mut run = Run::new(session, plan, sources, listener);
    run.create_singletons();
    let mut order = Order::new(plan);
    loop {
        let jobs = order.next();
        if jobs.is_empty() {
            break;
        }
        run.make(jobs).await;
    }
    run.gathered.into_snapshot(
        plan,
        &session.partition,
        &session.regions,
        session.guard.sent(),
        taken,
    )
}

struct Run<'r> {
    session: &'r Session,
    plan: &'r Plan,
    sources: &'r Sources,
    fetches: HashMap<Arc<ApiCall>, Fetch>,
    contexts: Contexts<'r>,
    limits: Arc<Limits>,
    listener: Arc<Listener>,
    gathered: Gathered,
}

/// The types that one call in one place is made for.
type Group = (Arc<ApiCall>, String, Vec<Arc<ResourceType>>);

/// What a finished call brought, and for whom.
enum Outcome {
    List(Vec<Arc<ResourceType>>, Listing, String),
    Bulk(
        Vec<Arc<ResourceType>>,
        Arc<ApiCall>,
        Result<Bulk, Failure>,
        String,
    ),
    Details(Details),
}

impl<'r> Run<'r> {
    fn new(
        session: &'r Session,
        plan: &'r Plan,
        sources: &'r Sources,
        listener: Arc<Listener>,
    ) -> Self {
        let typed = sdk::sources().into_iter().flat_map(|source| source.calls);
        let declared = declared::calls(sources, plan);
        Self {
            session,
            plan,
            sources,
            fetches: typed.chain(declared).collect(),
            contexts: Contexts::new(session),
            limits: Arc::new(Limits::new()),
            listener,
            gathered: Gathered::new(&session.account),
        }
    }

    /// The resources that a type has for those of its parent, which are all known.
    fn derive(&mut self, resource_type: &ResourceType) {
        let parent = resource_type.parent.unwrap_or_default();
        self.gathered.unread_like(parent, resource_type);
        for resource in self.gathered.of(parent).to_vec() {
            let context = self.contexts.of(&resource.region);
            let derived = declared::derived(self.sources, resource_type, &context, &resource);
            if let Some(derived) = derived {
                self.gathered.add(resource_type.name, derived);
            }
        }
    }

    /// The places a type is read in: each region, or the account as such.
    fn places(&self, resource_type: &ResourceType) -> Vec<String> {
        match resource_type.scope {
            Scope::Global => vec![GLOBAL.to_owned()],
            Scope::Regional => self.session.regions.clone(),
        }
    }

    fn create_singletons(&mut self) {
        for planned in self.plan.types.values() {
            let resource_type = &planned.resource_type;
            if resource_type.list.is_some() || resource_type.is_derived() {
                continue;
            }
            for place in self.places(resource_type) {
                let context = self.contexts.of(&place);
                let declared = declared::singleton(self.sources, resource_type, &context, &place);
                let resource =
                    declared.unwrap_or_else(|| singleton(resource_type, self.session, &place));
                self.gathered.add(resource_type.name, resource);
            }
        }
    }

    /// Makes calls that do not wait for each other.
    async fn make(&mut self, jobs: Vec<Job>) {
        let (mut lists, mut bulks, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut batched = Vec::new();
        for Job { type_name, work } in jobs {
            let Some(planned) = self.plan.types.get(type_name) else {
                continue;
            };
            let resource_type = planned.resource_type.clone();
            let call = match work {
                Work::Call(call) => call,
                Work::Derive => {
                    self.derive(&resource_type);
                    continue;
                }
            };
            let listed = resource_type.list.as_ref() == Some(&call);
            match (listed, resource_type.parent, self.fetches.get(&call)) {
                (true, None, _) => lists.push((call, resource_type)),
                (false, _, Some(Fetch::Bulk(_))) => bulks.push((call, resource_type)),
                (false, _, Some(Fetch::Declared(made))) if made.batch_size().is_some() => {
                    let made = made.clone();
                    batched.push(Wanted {
                        call,
                        resource_type,
                        made,
                    });
                }
                (_, parent, _) => others.push((call, resource_type, parent.filter(|_| listed))),
            }
        }
        let (lists, bulks) = (self.grouped(lists), self.grouped(bulks));
        let mut tasks = Tasks::new(self);
        for group in lists {
            tasks.start_list(group);
        }
        for group in bulks {
            tasks.start_bulk(group);
        }
        for (call, resource_type, parent) in others {
            match parent {
                Some(parent) => tasks.start_list_of(&call, parent, &resource_type),
                None => tasks.start_details(&call, &resource_type),
            }
        }
        tasks.start_batches(&batched);
        tasks.finish().await;
    }

    /// One group for each call and place, so that a call that serves several types is made once.
    fn grouped(&self, calls: Vec<(Arc<ApiCall>, Arc<ResourceType>)>) -> Vec<Group> {
        let mut groups: BTreeMap<(Arc<ApiCall>, String), Vec<Arc<ResourceType>>> = BTreeMap::new();
        for (call, resource_type) in calls {
            for place in self.places(&resource_type) {
                groups
                    .entry((call.clone(), place))
                    .or_default()
                    .push(resource_type.clone());
            }
        }
        groups
            .into_iter()
            .map(|((call, place), types)| (call, place, types))
            .collect()
    }
}

/// A call that the schema promises and no function makes: said, never passed over.
fn unwired(call: &ApiCall) -> Failure {
    Failure::new(
        call,
        "NotImplemented",
        "this launchgate has no code for the call",
    )
}

/// The calls under way.
struct Tasks<'t, 'r> {
    run: &'t mut Run<'r>,
    set: JoinSet<Outcome>,
}

impl<'t, 'r> Tasks<'t, 'r> {
    fn new(run: &'t mut Run<'r>) -> Self {
        Self {
            run,
            set: JoinSet::new(),
        }
    }

    /// Starts a call; it waits for its place by itself, so that a busy service holds up no other.
    fn spawn(
        &mut self,
        call: Arc<ApiCall>,
        region: String,
        resource: Option<Box<str>>,
        work: impl Future<Output = Outcome> + Send + 'static,
    ) {
        (self.run.listener)(Event::Planned(1));
        let limits = self.run.limits.clone();
        let listener = self.run.listener.clone();
        self.set.spawn(pages::each_once(async move {
            let _place = limits.place(call.service(), &region).await;
            let started = Instant::now();
            let outcome = work.await;
            let (resources, failure) = match &outcome {
                Outcome::List(_, listing, _) => (listing.resources.len(), listing.failure.clone()),
                Outcome::Bulk(_, _, outcome, _) => (0, outcome.as_ref().err().cloned()),
                Outcome::Details(outcomes) => {
                    let mut failures = outcomes.iter().filter_map(|(_, each)| each.as_ref().err());
                    (0, failures.next().cloned())
                }
            };
            listener(Event::Ended {
                operation: call.operation,
                region: region.into(),
                resource,
                resources,
                took: started.elapsed(),
                failure,
            });
            outcome
        }));
    }

    /// A call that lists the resources of some types in one place.
    fn start_list(&mut self, (call, place, types): Group) {
        let context = self.run.contexts.of(&place);
        let listing = match self.run.fetches.get(&call).cloned() {
            Some(Fetch::List(fetch)) => {
                let wanted = types.iter().map(|known| known.name).collect();
                fetch(context, wanted)
            }
            Some(Fetch::Declared(made)) if made.is_list() => made.list(context, None),
            _ => return self.unwired(&call, types, &place),
        };
        self.spawn(call, place.clone(), None, async move {
            Outcome::List(types, listing.await, place)
        });
    }

    /// A call for each resource of the parent, which lists those of a type that belong to it.
    fn start_list_of(&mut self, call: &Arc<ApiCall>, parent: &str, child: &Arc<ResourceType>) {
        self.run.gathered.unread_like(parent, child);
        for resource in self.run.gathered.of(parent).to_vec() {
            let place = resource.region.to_string();
            let context = self.run.contexts.of(&place);
            let about = resource.id.clone();
            let types = vec![child.clone()];
            let resource = Arc::new(resource);
            let listing = match self.run.fetches.get(call).cloned() {
                Some(Fetch::ListOf(fetch)) => fetch(context, resource),
                Some(Fetch::Declared(made)) if made.is_list() => made.list(context, Some(resource)),
                _ => return self.unwired(call, types, GLOBAL),
            };
            self.spawn(call.clone(), place.clone(), Some(about), async move {
                Outcome::List(types, listing.await, place)
            });
        }
    }

    /// A call for all resources of some types in one place, unless there are none.
    fn start_bulk(&mut self, (call, place, types): Group) {
        let there = types.iter().any(|resource_type| {
            let resources = self.run.gathered.of(resource_type.name);
            let region = place_of(resource_type, &place);
            resources.iter().any(|resource| &*resource.region == region)
        });
        if let (Some(Fetch::Bulk(fetch)), true) = (self.run.fetches.get(&call).cloned(), there) {
            let context = self.run.contexts.of(&place);
            self.spawn(call.clone(), place.clone(), None, async move {
                Outcome::Bulk(types, call, fetch(context).await, place)
            });
        }
    }

    /// A call for each resource of a type.
    fn start_details(&mut self, call: &Arc<ApiCall>, resource_type: &Arc<ResourceType>) {
        let resources = self.run.gathered.of(resource_type.name).to_vec();
        let fetch = self.run.fetches.get(call).cloned();
        for (position, resource) in resources.into_iter().enumerate() {
            let context = self.run.contexts.of(&resource.region);
            let place = resource.region.to_string();
            let about = Some(resource.id.clone());
            let resource = Arc::new(resource);
            let detail = match fetch.clone() {
                Some(Fetch::Detail(fetch)) => fetch(context, resource),
                Some(Fetch::Declared(made)) => made.detail(context, resource),
                _ => {
                    let failure = Err(unwired(call));
                    let gathered = &mut self.run.gathered;
                    gathered.detailed(resource_type, call, position, failure);
                    continue;
                }
            };
            let owner = Owner {
                resource_type: resource_type.clone(),
                call: call.clone(),
                position,
            };
            self.spawn(call.clone(), place, about, async move {
                Outcome::Details(vec![(owner, detail.await)])
            });
        }
    }

    /// Calls that are each about many resources, of whatever types.
    fn start_batches(&mut self, wanted: &[Wanted]) {
        let run = &mut *self.run;
        let made = batches(wanted, &run.gathered, |region| run.contexts.of(region));
        for batch in made {
            let Some(call) = batch.owners.first().map(|owner| owner.call.clone()) else {
                continue;
            };
            self.spawn(call, batch.region.clone(), None, async move {
                let brought = declared::read_batch(&batch.context, &batch.queries).await;
                Outcome::Details(batch.owners.into_iter().zip(brought).collect())
            });
        }
    }

    fn unwired(&mut self, call: &ApiCall, types: Vec<Arc<ResourceType>>, place: &str) {
        let listing = Listing {
            failure: Some(unwired(call)),
            ..Listing::default()
        };
        self.run.gathered.listed(&types, listing, place);
    }

    async fn finish(mut self) {
        while let Some(ended) = self.set.join_next().await {
            self.take(ended);
        }
    }

    fn take(&mut self, ended: Result<Outcome, tokio::task::JoinError>) {
        let gathered = &mut self.run.gathered;
        match ended {
            Ok(Outcome::List(types, listing, place)) => gathered.listed(&types, listing, &place),
            Ok(Outcome::Bulk(types, call, outcome, place)) => {
                gathered.bulked(&types, &call, outcome, &place)
            }
            Ok(Outcome::Details(outcomes)) => {
                for (of, outcome) in outcomes {
                    gathered.detailed(&of.resource_type, &of.call, of.position, outcome);
                }
            }
            // A panic in a source is a defect; going on without its facts would be a lie.
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}
