//! The head of a draft: what the service is called, how it is spoken to, and where.

use std::collections::BTreeMap;

use super::DraftError;
use super::model::{Model, Operation};
use super::place::{Place, place};
use super::wire::Wire;
use super::yaml::{Flow, Yaml};

/// Services whose IAM actions begin with another name than their signatures are for.
const IAM: [(&str, &str); 2] = [("monitoring", "cloudwatch"), ("tagging", "tag")];

/// How a service is spoken to, and where.
#[derive(Debug)]
pub struct Head {
    /// Its name in launchgate.
    pub service: String,
    /// AWS's name for it.
    pub title: String,
    /// The protocol.
    pub wire: Wire,
    /// Where requests go.
    pub place: Place,
    /// The service that signatures are for.
    pub signing: String,
    /// The service that IAM actions are of.
    pub iam: String,
}

impl Head {
    /// The head for one operation of a service.
    ///
    /// # Errors
    /// When it is spoken to in a way that declared sources cannot.
    pub fn of(model: &Model, name: &str, operation: &Operation) -> Result<Self, DraftError> {
        let metadata = &model.description.metadata;
        let wire = Wire::of(model)?;
        let place = place(model, name, operation)?;
        let signing = metadata.signing_name.clone();
        let signing = signing.unwrap_or_else(|| metadata.endpoint_prefix.clone());
        let iam = IAM.iter().find(|(signed, _)| *signed == signing);
        let title = metadata.service_full_name.clone();
        Ok(Self {
            service: model.source_name(),
            title: title.unwrap_or_else(|| model.service.clone()),
            wire,
            place,
            iam: iam.map_or_else(|| signing.clone(), |(_, iam)| (*iam).to_owned()),
            signing,
        })
    }

    /// Whether the service is one for all regions.
    pub fn is_global(&self) -> bool {
        !self.place.regions.is_empty()
    }

    /// Writes it.
    pub fn write(&self, model: &Model, yaml: &mut Yaml) {
        let metadata = &model.description.metadata;
        let id = metadata.service_id.as_deref();
        yaml.text("service", &self.service);
        yaml.text("title", &self.title);
        yaml.text("id", id.unwrap_or(&model.service));
        yaml.text("protocol", self.wire.name());
        match self.wire {
            Wire::Query => yaml.text("version", &metadata.api_version),
            Wire::Json10 | Wire::Json11 => {
                yaml.text(
                    "target",
                    metadata.target_prefix.as_deref().unwrap_or_default(),
                );
            }
            Wire::RestJson | Wire::RestXml => {}
        }
        self.write_place(yaml);
        if self.signing != self.place.prefix {
            yaml.text("signing", &self.signing);
        }
        if self.iam != self.signing {
            yaml.text("iam", &self.iam);
        }
        if !self.is_global() {
            yaml.comment("Where some regions lack the service: unavailable: [EndpointNotFound]");
        }
    }

    fn write_place(&self, yaml: &mut Yaml) {
        let Place {
            prefix,
            regions,
            hosts,
            account_prefix,
            unusual,
        } = &self.place;
        if let Some(host) = unusual {
            yaml.comment(&format!(
                "TODO: requests go to {host}, which cannot be said here"
            ));
        }
        let by_partition = |map: &BTreeMap<&str, String>| {
            let entries = map
                .iter()
                .map(|(name, text)| ((*name).to_owned(), Flow::text(text)));
            Flow::Map(entries.collect())
        };
        let mut entries = vec![("prefix".to_owned(), Flow::text(prefix))];
        for (key, map) in [("regions", regions), ("hosts", hosts)] {
            if !map.is_empty() {
                entries.push((key.to_owned(), by_partition(map)));
            }
        }
        if *account_prefix {
            let value = Flow::Plain("true".to_owned());
            entries.push(("account_prefix".to_owned(), value));
        }
        if entries.len() > 1 {
            yaml.entry("endpoint", &Flow::Map(entries), "");
        } else if *prefix != self.service {
            yaml.text("endpoint", prefix);
        }
    }
}
