//! Where the requests of a service go, as the model's endpoint rules have it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::DraftError;
use super::model::{Model, Operation};
use super::rules::{Endpoint, PARTITIONS, Partition, endpoint};

/// The label of hosts that begin with the account's id.
const ACCOUNT_LABEL: &str = "{AccountId}.";
/// An account for the rules of services that want one.
const SOME_ACCOUNT: &str = "123456789012";
/// What operations on buckets say for the sake of directory buckets, of which a draft knows nothing.
const OF_DIRECTORY_BUCKETS: &str = "UseS3ExpressControlEndpoint";

/// Where requests go.
#[derive(Debug, Default, PartialEq)]
pub struct Place {
    /// The first part of the host.
    pub prefix: String,
    /// The one region of a global service, by partition.
    pub regions: BTreeMap<&'static str, String>,
    /// The host by partition where it is not the usual one.
    pub hosts: BTreeMap<&'static str, String>,
    /// Whether the account's id comes before the host.
    pub account_prefix: bool,
    /// The URL that rules make, where it cannot be said in a source.
    pub unusual: Option<String>,
}

/// Where the requests of an operation go.
///
/// # Errors
/// When it is another host for each resource.
pub fn place(model: &Model, name: &str, operation: &Operation) -> Result<Place, DraftError> {
    let mut place = by_rules(model, operation);
    let before = operation.endpoint.as_ref();
    match before.and_then(|host| host.host_prefix.as_deref()) {
        None => {}
        Some(ACCOUNT_LABEL) => place.account_prefix = true,
        Some(fixed) if !fixed.contains('{') => {
            place.prefix.insert_str(0, fixed);
            for host in place.hosts.values_mut() {
                host.insert_str(0, fixed);
            }
        }
        Some(labelled) => {
            return Err(DraftError::Host {
                operation: name.to_owned(),
                label: labelled.trim_matches(['{', '}', '.', '-']).to_owned(),
            });
        }
    }
    Ok(place)
}

/// Where the rules send requests; by the endpoint prefix where they tell nothing.
fn by_rules(model: &Model, operation: &Operation) -> Place {
    let mut place = Place {
        prefix: model.description.metadata.endpoint_prefix.clone(),
        ..Place::default()
    };
    let Some(rules) = &model.endpoint_rules else {
        return place;
    };
    let given = given(operation);
    for partition in &PARTITIONS {
        let ask = |region| endpoint(rules, partition, region, &given);
        let [region, other] = partition.regions;
        let Some(found) = ask(region) else {
            continue;
        };
        if ask(other).as_ref() == Some(&found) {
            place.add_global(&found, partition);
        } else if partition.name == "aws" {
            place.set_regional(&found, partition, region);
        }
        // Elsewhere it is global only where it is so in the largest partition.
        if place.regions.is_empty() {
            break;
        }
    }
    place
}

/// What the rules are told besides the region.
fn given(operation: &Operation) -> Vec<(&str, Value)> {
    let said = operation.static_context_params.iter();
    let said = said.filter(|(name, _)| *name != OF_DIRECTORY_BUCKETS);
    let mut given: Vec<(&str, Value)> = said
        .map(|(name, param)| (name.as_str(), param.value.clone()))
        .collect();
    if given.iter().any(|(name, _)| *name == "RequiresAccountId") {
        given.push(("AccountId", SOME_ACCOUNT.into()));
    }
    given
}

impl Place {
    /// A service with a host of its own in each region.
    fn set_regional(&mut self, found: &Endpoint, partition: &Partition, region: &str) {
        match self
            .host(found)
            .and_then(|host| usual(&host, region, partition).map(str::to_owned))
        {
            Some(prefix) => self.prefix = prefix,
            None => self.unusual = Some(found.url.replace(region, "<region>")),
        }
    }

    /// A service with one host for all regions: its own region is the one that is signed for, or
    /// the one in its name.
    fn add_global(&mut self, found: &Endpoint, partition: &Partition) {
        let first = partition.name == "aws";
        let host = self.host(found);
        let named = host.as_deref().and_then(region_in);
        let region = found.signing_region.clone().or(named);
        let (Some(host), Some(region)) = (host, region) else {
            if first {
                self.unusual = Some(found.url.clone());
            }
            return;
        };
        match usual(&host, &region, partition) {
            Some(prefix) if first => self.prefix = prefix.to_owned(),
            Some(prefix) if prefix == self.prefix => {}
            _ => {
                self.hosts.insert(partition.name, host);
            }
        }
        self.regions.insert(partition.name, region);
    }

    /// The host of a URL that is nothing but a host, without the account before it.
    fn host(&mut self, found: &Endpoint) -> Option<String> {
        let host = found.url.strip_prefix("https://")?;
        let after = host.strip_prefix(SOME_ACCOUNT);
        let after = after.and_then(|host| host.strip_prefix('.'));
        self.account_prefix |= after.is_some();
        let host = after.unwrap_or(host);
        (!host.contains('/')).then(|| host.to_owned())
    }
}

/// The prefix of a host of the usual form in that region.
fn usual<'h>(host: &'h str, region: &str, partition: &Partition) -> Option<&'h str> {
    host.strip_suffix(partition.suffix)?
        .strip_suffix('.')?
        .strip_suffix(region)?
        .strip_suffix('.')
}

/// The region in the name of a host.
fn region_in(host: &str) -> Option<String> {
    let mut labels = host.split('.');
    let found = labels.find(|label| looks_like_region(label));
    found.map(str::to_owned)
}

/// `us-gov-west-1`: lower-case words, then a number.
fn looks_like_region(label: &str) -> bool {
    let mut parts = label.rsplit('-');
    let number = parts.next().unwrap_or_default();
    let words: Vec<&str> = parts.collect();
    let is_word =
        |word: &&str| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase());
    words.len() >= 2
        && words.iter().all(is_word)
        && !number.is_empty()
        && number.bytes().all(|letter| letter.is_ascii_digit())
}
