//! The readiness report: each format is written from one [`Readiness`].

pub mod html;
pub mod json;
pub mod markdown;
pub mod terminal;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use super::{ReportError, UnknownFormat};
use crate::finding::Subject;
use crate::readiness::{Costs, Readiness};

/// A format that the readiness report is written to a file in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One HTML file that needs nothing else.
    Html,
    /// Markdown, made to fit GitHub.
    Markdown,
    /// `launchgate.readiness/1`, for other tools.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Html, Format::Markdown, Format::Json];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Markdown => "markdown",
            Format::Json => "json",
        }
    }

    /// Writes the report in this format.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write(self, readiness: &Readiness, out: &mut dyn Write) -> Result<(), ReportError> {
        match self {
            Format::Html => html::write(readiness, out),
            Format::Markdown => markdown::write(readiness, out),
            Format::Json => json::write(readiness, out),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat::new(name, &Self::ALL.map(Format::name)))
    }
}

/// What people call a resource, with its region where that says more.
fn named(resource: &Subject) -> String {
    if resource.id == resource.resource_type {
        return "account".to_owned();
    }
    let name = match &resource.name {
        Some(name) if *name != resource.id => format!("{} ({name})", resource.id),
        _ => resource.id.clone(),
    };
    match resource.region.as_str() {
        "global" => name,
        region if region == resource.id => name,
        region if resource.id == "*" => format!("all of {region}"),
        region => format!("{name}, {region}"),
    }
}

/// The dearest services, and all the others.
fn top_services(costs: &Costs, most: usize) -> (Vec<&str>, Vec<&str>) {
    let names: Vec<&str> = costs
        .services
        .iter()
        .map(|service| service.service.as_str())
        .collect();
    // One left over is shown as itself, not as "others".
    let shown = if names.len() == most + 1 {
        names.len()
    } else {
        most.min(names.len())
    };
    let rest = names[shown..].to_vec();
    (names[..shown].to_vec(), rest)
}
