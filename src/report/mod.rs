//! Reports: each format is written from one [`Report`](crate::finding::Report), in a file of its own.
//!
//! Names, tags and messages come from the audited account, so anybody who may name a resource there
//! writes into these files. Every format therefore takes them through [`text`], which leaves nothing
//! that a reader's terminal, browser or CI server would act on.

mod group;
pub mod json;
pub mod junit;
pub mod markdown;
mod page;
pub mod readiness;
pub mod remediation;
pub mod spending;
mod target;
pub mod terminal;
mod text;
mod verdict;

pub use target::ReportTarget;

#[cfg(test)]
mod testing;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::diagnostic::did_you_mean;
use crate::finding::Report;

/// A format that a report is written to a file in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// JUnit XML, for CI servers.
    Junit,
    /// Markdown, for people; made to fit a GitHub job summary.
    Markdown,
    /// `launchgate.findings/1`, for other tools.
    Json,
}

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file or pipe did not take it.
    #[error("could not write the report: {0}")]
    Io(#[from] io::Error),
    /// Serialisation to JSON failed.
    #[error("could not write the report as json: {0}")]
    Json(#[from] serde_json::Error),
    /// The JUnit document could not be made.
    #[error("could not write the report as junit: {0}")]
    Junit(#[from] junit_report::Error),
    /// The JUnit document could not be completed.
    #[error("could not complete the junit report: {0}")]
    Xml(#[from] quick_xml::Error),
    /// Serialisation to YAML failed.
    #[error("could not write yaml: {0}")]
    Yaml(#[from] serde_saphyr::ser::Error),
    /// The run's start is no RFC 3339 timestamp.
    #[error("the run's start `{started}` is no rfc 3339 timestamp: {source}")]
    Started {
        /// What it is instead.
        started: String,
        /// What is wrong with it.
        source: time::error::Parse,
    },
}

/// A name that no format has.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown report format `{name}`; {help}")]
pub struct UnknownFormat {
    name: String,
    help: String,
}

impl UnknownFormat {
    fn new(wrong: &str, known: &[&str]) -> Self {
        Self {
            name: wrong.to_owned(),
            help: match did_you_mean(wrong, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of: {}", known.join(", ")),
            },
        }
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Junit, Format::Markdown, Format::Json];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Junit => "junit",
            Format::Markdown => "markdown",
            Format::Json => "json",
        }
    }

    /// Writes the report in this format.
    ///
    /// # Errors
    /// When `out` does not take it, or the format cannot hold it.
    pub fn write(self, report: &Report, out: &mut dyn Write) -> Result<(), ReportError> {
        match self {
            Format::Junit => junit::write(report, out),
            Format::Markdown => markdown::write(report, out),
            Format::Json => json::write(report, out),
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
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| UnknownFormat::new(name, &Self::ALL.map(Format::name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
    }

    #[test]
    fn an_unknown_format_is_told_with_what_there_is() {
        let told = |name: &str| name.parse::<Format>().map_err(|error| error.to_string());
        assert_eq!(
            told("jnuit"),
            Err("unknown report format `jnuit`; did you mean `junit`?".to_owned())
        );
        assert_eq!(
            told("pdf"),
            Err("unknown report format `pdf`; one of: junit, markdown, json".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::other("no space left"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for format in Format::ALL {
            assert!(
                format.write(&testing::odd_report(), &mut Full).is_err(),
                "{format}"
            );
        }
    }
}
