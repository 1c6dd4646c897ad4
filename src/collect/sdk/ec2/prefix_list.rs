//! Managed prefix lists: sets of addresses that security groups and routes name instead of writing
//! the addresses out.

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, listed, only, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::{Shape, shape, text};
use crate::collect::sdk::source::{Fetch, Fields, Future, Listing, Source, all_items, paged};
use crate::schema::{ApiCall, Field, Per, Type};
use crate::snapshot::Resource;

/// The type's name; security groups lead to it.
pub const PREFIX_LIST: &str = "ec2.ManagedPrefixList";

/// The owner of lists that AWS keeps for its services.
const AWS: &str = "AWS";

text!(types::PrefixListState);

shape! { types::ManagedPrefixList as "ManagedPrefixList" {
    PrefixListId required prefix_list_id,
    PrefixListName required prefix_list_name,
    PrefixListArn required prefix_list_arn,
    AddressFamily required address_family,
    State optional state,
    StateMessage optional state_message,
    MaxEntries optional max_entries,
    Version optional version,
    OwnerId required owner_id,
} }

shape! { types::PrefixListEntry as "PrefixListEntry" {
    Cidr required cidr,
    Description optional description,
} }

struct Calls {
    lists: Arc<ApiCall>,
    entries: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    lists: ApiCall::new("ec2:DescribeManagedPrefixLists", Per::Region),
    entries: ApiCall::new("ec2:GetManagedPrefixListEntries", Per::Resource),
});

/// The part of the EC2 source.
pub fn source() -> Source {
    let doc = "A set of addresses that security groups and routes may name; those of AWS's own services are left out.";
    let list = listed::<types::ManagedPrefixList>(PREFIX_LIST, doc, &CALLS.lists).detail(
        Field::required("Entries", Type::list(types::PrefixListEntry::ty())),
        &CALLS.entries,
    );
    Source {
        types: vec![list.build()],
        calls: vec![
            (
                CALLS.lists.clone(),
                Fetch::List(|context, _| lists(context)),
            ),
            (CALLS.entries.clone(), Fetch::Detail(entries)),
        ],
    }
}

/// AWS's own lists hold the addresses of its services, never all there are: reading a dozen of them
/// in each region would cost calls and tell nothing.
fn lists(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_managed_prefix_lists()
            .max_results(LISTS_A_PAGE);
        let mut items = paged!(request).items().send();
        let mut listing = Listing::default();
        loop {
            match items.next().await {
                None => break listing,
                Some(Ok(list)) if list.owner_id() == Some(AWS) => {}
                Some(Ok(list)) => {
                    let identity = Identity {
                        kind: "prefix-list",
                        id: list.prefix_list_id(),
                        owner: list.owner_id(),
                        tags: list.tags(),
                    };
                    listing.push(PREFIX_LIST, resource(&context, &list, identity));
                }
                Some(Err(error)) => break listing.fail(&CALLS.lists, error),
            }
        }
    })
}

/// The most that `DescribeManagedPrefixLists` gives in one page.
const LISTS_A_PAGE: i32 = 100;

fn entries(context: Arc<Context>, list: Arc<Resource>) -> Future<Result<Fields, Failure>> {
    Box::pin(async move {
        let request = context
            .ec2()
            .get_managed_prefix_list_entries()
            .prefix_list_id(&*list.id)
            .max_results(ENTRIES_A_PAGE);
        let entries: Vec<types::PrefixListEntry> = all_items!(&CALLS.entries, request)?;
        Ok(only("Entries", entries.fact()))
    })
}

/// The most that `GetManagedPrefixListEntries` gives in one page.
const ENTRIES_A_PAGE: i32 = 100;
