//! Finds the API model of a service on this machine and reads it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::DraftError;
use super::environment::{Environment, expand};
use super::gunzip::gunzip;
use super::model::{Model, Paginators, name_in_rules};
use crate::diagnostic::suggestion;

/// The file that makes a directory a model's.
const DESCRIPTION: &str = "service-2.json";
const PAGINATORS: &str = "paginators-1.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
/// No model comes near it; the largest has 4 MB.
const LARGEST: usize = 256 << 20;
/// Services that the AWS CLI gives another name than botocore.
const CLI_NAMES: [(&str, &str); 3] = [
    ("configservice", "config"),
    ("deploy", "codedeploy"),
    ("s3api", "s3"),
];

/// Finds and reads the newest model of a service, named as the AWS CLI or botocore names it.
///
/// # Errors
/// When no installation is found or none has the service, or its files cannot be read.
pub fn model(service: &str, environment: &Environment) -> Result<Model, DraftError> {
    let places = environment.places();
    let mut known = Vec::new();
    for data in places.iter().flat_map(|place| expand(place)) {
        let services = services(&data);
        if let Some(found) = named(service, &services) {
            return read(&data.join(found), found);
        }
        known.extend(services);
    }
    if known.is_empty() {
        return Err(DraftError::NoModels { places });
    }
    let hint = suggestion(service, known.iter().map(String::as_str));
    Err(DraftError::NoService {
        service: service.to_owned(),
        hint: hint.map_or_else(String::new, |hint| format!("; {hint}")),
    })
}

/// The services that a data directory has a model of. A place may hold none, as `~/.aws/models`
/// may, or be somebody else's: then the next one is asked.
fn services(data: &Path) -> Vec<String> {
    let entries = fs::read_dir(data).into_iter().flatten().flatten();
    let described = entries.filter(|entry| newest(&entry.path()).is_some());
    let names = described.filter_map(|entry| entry.file_name().into_string().ok());
    let mut services: Vec<String> = names.collect();
    services.sort();
    services
}

/// The service that is meant, among those there are: by its own name, the AWS CLI's, or the one
/// that launchgate's sources give it.
fn named<'s>(service: &str, services: &'s [String]) -> Option<&'s str> {
    let renamed = CLI_NAMES.iter().find(|(cli, _)| *cli == service);
    let wanted = renamed.map_or(service, |(_, botocore)| botocore);
    let exact = services.iter().find(|known| *known == wanted);
    let alike = || {
        let wanted = name_in_rules(wanted);
        services.iter().find(|known| name_in_rules(known) == wanted)
    };
    exact.or_else(alike).map(String::as_str)
}

/// The directory of the newest API version, whose name is its date.
fn newest(service: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(service).ok()?.flatten();
    let versions = entries.map(|entry| entry.path());
    versions
        .filter(|version| existing(version, DESCRIPTION).is_some())
        .max()
}

/// A file of a model, which newer releases pack.
fn existing(version: &Path, name: &str) -> Option<PathBuf> {
    let candidates = [version.join(name), version.join(format!("{name}.gz"))];
    candidates.into_iter().find(|path| path.is_file())
}

fn read(directory: &Path, service: &str) -> Result<Model, DraftError> {
    let gone = || unreadable(directory, io::ErrorKind::NotFound.into());
    let version = newest(directory).ok_or_else(gone)?;
    let path = existing(&version, DESCRIPTION).ok_or_else(gone)?;
    let paginators = existing(&version, PAGINATORS);
    let paginators: Option<Paginators> = paginators.map(|path| json(&path)).transpose()?;
    let rules = existing(&version, ENDPOINT_RULES);
    Ok(Model {
        service: service.to_owned(),
        description: json(&path)?,
        paginators: paginators.map_or_else(Default::default, |file| file.pagination),
        endpoint_rules: rules.map(|path| json(&path)).transpose()?,
        path,
    })
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, DraftError> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, error))?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let bytes = if packed {
        gunzip(&bytes, LARGEST).map_err(|error| DraftError::Packed {
            path: path.to_owned(),
            error,
        })?
    } else {
        bytes
    };
    serde_json::from_slice(&bytes).map_err(|error| DraftError::NoModel {
        path: path.to_owned(),
        error,
    })
}

fn unreadable(path: &Path, error: io::Error) -> DraftError {
    DraftError::Unreadable {
        path: path.to_owned(),
        error,
    }
}
