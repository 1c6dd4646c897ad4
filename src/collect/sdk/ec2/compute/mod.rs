//! Instances.

mod shapes;

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, PAGE, listed, resource};
use crate::collect::context::Context;
use crate::collect::sdk::source::{Fetch, Future, Listing, Source, paged};
use crate::schema::{ApiCall, Per};

const INSTANCE: &str = "ec2.Instance";

/// The operation.
static INSTANCES: LazyLock<Arc<ApiCall>> =
    LazyLock::new(|| ApiCall::new("ec2:DescribeInstances", Per::Region));

/// This part of the source.
pub fn source() -> Source {
    let instance = listed::<types::Instance>(
        INSTANCE,
        "A virtual machine in any state; a terminated one is listed for about an hour.",
        &INSTANCES,
    );
    Source {
        types: vec![instance.build()],
        calls: vec![(
            INSTANCES.clone(),
            Fetch::List(|context, _| instances(context)),
        )],
    }
}

/// Instances come inside reservations, of which only the owner is of use. An account may hide
/// what AWS manages in it from its listings; it is asked for all the same.
fn instances(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let mut listing = Listing::default();
        let request = context
            .ec2()
            .describe_instances()
            .include_managed_resources(true)
            .max_results(PAGE);
        let mut reservations = paged!(request).items().send();
        while let Some(reservation) = reservations.next().await {
            let reservation = match reservation {
                Ok(reservation) => reservation,
                Err(error) => return listing.fail(&INSTANCES, error),
            };
            for instance in reservation.instances() {
                let identity = Identity {
                    kind: "instance",
                    id: instance.instance_id(),
                    owner: reservation.owner_id(),
                    tags: instance.tags(),
                };
                listing.push(INSTANCE, resource(&context, instance, identity));
            }
        }
        listing
    })
}
