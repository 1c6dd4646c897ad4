//! Makes the calls of a plan: lists first, then what hangs on their resources, each as many at a
//! time as the [`Limits`] allow.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;

use super::context::Context;
use super::event::{Event, Listener};
use super::failure::Failure;
use super::gather::{Gathered, place_of};
use super::limits::Limits;
use super::pages;
use super::sdk::source::{Bulk, Fetch, Fields, Listing};
use super::sdk::{self};
use super::session::Session;
use crate::fact::{Fact, Object, name};
use crate::plan::Plan;
use crate::schema::{ApiCall, ResourceType, Scope};
use crate::snapshot::{GLOBAL, Resource, Snapshot};

/// Reads what the plan says.
pub async fn collect(
    session: &Session,
    plan: &Plan,
    listener: Arc<Listener>,
    taken: String,
) -> Snapshot {
    let mut run = Run::new(session, plan, listener);
    run.create_singletons();
    run.list().await;
    run.list_of_parents().await;
    run.read_details().await;
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
    fetches: HashMap<Arc<ApiCall>, Fetch>,
    contexts: HashMap<Box<str>, Arc<Context>>,
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
    Detail(
        Arc<ResourceType>,
        Arc<ApiCall>,
        usize,
        Result<Fields, Failure>,
    ),
}

impl<'r> Run<'r> {
    fn new(session: &'r Session, plan: &'r Plan, listener: Arc<Listener>) -> Self {
        let sources = sdk::sources().into_iter();
        Self {
            session,
            plan,
            fetches: sources.flat_map(|source| source.calls).collect(),
            contexts: HashMap::new(),
            limits: Arc::new(Limits::new()),
            listener,
            gathered: Gathered::new(&session.account),
        }
    }

    fn context(&mut self, region: &str) -> Arc<Context> {
        // What is global is asked for through the first region, any will do.
        let region = if region == GLOBAL {
            &self.session.regions[0]
        } else {
            region
        };
        let session = self.session;
        self.contexts
            .entry(region.into())
            .or_insert_with(|| Arc::new(session.context(region)))
            .clone()
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
            if resource_type.list.is_some() {
                continue;
            }
            for place in self.places(resource_type) {
                let resource = singleton(resource_type, self.session, &place);
                self.gathered.add(resource_type.name, resource);
            }
        }
    }

    async fn list(&mut self) {
        let listed = self.plan.types.values().filter_map(|planned| {
            let resource_type = &planned.resource_type;
            let call = resource_type
                .list
                .as_ref()
                .filter(|_| resource_type.parent.is_none())?;
            Some((call.clone(), resource_type.clone()))
        });
        let groups = self.grouped(listed.collect());
        let mut tasks = Tasks::new(self);
        for (call, place, types) in groups {
            let Some(Fetch::List(fetch)) = tasks.run.fetches.get(&call).copied() else {
                tasks.unwired(&call, types, &place);
                continue;
            };
            let context = tasks.run.context(&place);
            let wanted = types
                .iter()
                .map(|resource_type| resource_type.name)
                .collect();
            let made = call.clone();
            tasks.spawn(made, place.clone(), None, async move {
                Outcome::List(types, fetch(context, wanted).await, place)
            });
        }
        tasks.finish().await;
    }

    /// Types that are listed for each resource of another type.
    async fn list_of_parents(&mut self) {
        let children = self.plan.types.values().filter_map(|planned| {
            let resource_type = planned.resource_type.clone();
            Some((
                resource_type.list.clone()?,
                resource_type.parent?,
                resource_type,
            ))
        });
        let children: Vec<_> = children.collect();
        for (_, parent, child) in &children {
            self.gathered.unread_like(parent, child);
        }
        let mut tasks = Tasks::new(self);
        for (call, parent, child) in children {
            let Some(Fetch::ListOf(fetch)) = tasks.run.fetches.get(&call).copied() else {
                tasks.unwired(&call, vec![child], GLOBAL);
                continue;
            };
            for resource in tasks.run.gathered.of(parent).to_vec() {
                let place = resource.region.to_string();
                let context = tasks.run.context(&place);
                let (types, about) = (vec![child.clone()], resource.id.clone());
                tasks.spawn(call.clone(), place.clone(), Some(about), async move {
                    Outcome::List(types, fetch(context, Arc::new(resource)).await, place)
                });
            }
        }
        tasks.finish().await;
    }

    async fn read_details(&mut self) {
        let details = self.plan.types.values().flat_map(|planned| {
            let resource_type = &planned.resource_type;
            planned
                .details
                .keys()
                .map(|call| (call.clone(), resource_type.clone()))
        });
        let (bulks, details): (Vec<_>, Vec<_>) = details
            .collect::<Vec<_>>()
            .into_iter()
            .partition(|(call, _)| matches!(self.fetches.get(call), Some(Fetch::Bulk(_))));
        let groups = self.grouped(bulks);
        let mut tasks = Tasks::new(self);
        for group in groups {
            tasks.start_bulk(group);
        }
        for (call, resource_type) in details {
            tasks.start_details(&call, &resource_type);
        }
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
                Outcome::Detail(_, _, _, outcome) => (0, outcome.as_ref().err().cloned()),
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

    /// A call for all resources of some types in one place, unless there are none.
    fn start_bulk(&mut self, (call, place, types): Group) {
        let there = types.iter().any(|resource_type| {
            let resources = self.run.gathered.of(resource_type.name);
            let region = place_of(resource_type, &place);
            resources.iter().any(|resource| &*resource.region == region)
        });
        if let (Some(Fetch::Bulk(fetch)), true) = (self.run.fetches.get(&call).copied(), there) {
            let context = self.run.context(&place);
            self.spawn(call.clone(), place.clone(), None, async move {
                Outcome::Bulk(types, call, fetch(context).await, place)
            });
        }
    }

    /// A call for each resource of a type.
    fn start_details(&mut self, call: &Arc<ApiCall>, resource_type: &Arc<ResourceType>) {
        let resources = self.run.gathered.of(resource_type.name).to_vec();
        let fetch = self.run.fetches.get(call).copied();
        for (position, resource) in resources.into_iter().enumerate() {
            let Some(Fetch::Detail(fetch)) = fetch else {
                let failure = Err(unwired(call));
                let gathered = &mut self.run.gathered;
                gathered.detailed(resource_type, call, position, failure);
                continue;
            };
            let context = self.run.context(&resource.region);
            let place = resource.region.to_string();
            let about = Some(resource.id.clone());
            let (made, of) = (call.clone(), resource_type.clone());
            self.spawn(call.clone(), place, about, async move {
                Outcome::Detail(of, made, position, fetch(context, Arc::new(resource)).await)
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
            Ok(Outcome::Detail(resource_type, call, position, outcome)) => {
                gathered.detailed(&resource_type, &call, position, outcome);
            }
            // A panic in a source is a defect; going on without its facts would be a lie.
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

/// The one resource of a type that needs no list call.
fn singleton(resource_type: &ResourceType, session: &Session, place: &str) -> Resource {
    let Session {
        account, partition, ..
    } = session;
    let (id, arn) = match resource_type.name {
        "aws.Account" => (
            account.clone(),
            format!("arn:{partition}:iam::{account}:root"),
        ),
        "aws.Region" => (
            place.to_owned(),
            format!("arn:{partition}:account::{account}:region/{place}"),
        ),
        "iam.RootUser" => (
            "root".to_owned(),
            format!("arn:{partition}:iam::{account}:root"),
        ),
        other => {
            let service = resource_type.service();
            let region = if place == GLOBAL { "" } else { place };
            (
                other.to_owned(),
                format!("arn:{partition}:{service}:{region}:{account}:settings"),
            )
        }
    };
    // None of them can be tagged, which is no reason for their tags to be unknown.
    let mut fields = Object::new(vec![(name("tags"), Fact::Object(Object::default()))]);
    if resource_type.name == "aws.Region" {
        fields.insert(name("RegionName"), Fact::string(place));
    }
    Resource {
        id: id.into(),
        arn: arn.into(),
        account: account.as_str().into(),
        region: place.into(),
        fields,
    }
}
