//! Where a report goes.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{Format, UnknownFormat};

/// Standard output as a report's path.
const STDOUT: &str = "-";

/// A report to write, in one of the formats that its kind has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTarget<F = Format> {
    /// Its format.
    pub format: F,
    /// Where to; `-` is standard output.
    pub path: PathBuf,
}

impl<F: FromStr<Err = UnknownFormat>> ReportTarget<F> {
    /// Reads `format=path`.
    ///
    /// # Errors
    /// When it is of another form, or there is no such format.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (format, path) = text
            .split_once('=')
            .ok_or("write FORMAT=PATH, for example markdown=reports/report.md")?;
        if path.is_empty() {
            return Err("the path is missing".to_owned());
        }
        Ok(Self {
            format: format.parse().map_err(|error| format!("{error}"))?,
            path: path.into(),
        })
    }
}

impl<F> ReportTarget<F> {
    /// Whether it goes to standard output.
    pub fn is_stdout(&self) -> bool {
        self.path == Path::new(STDOUT)
    }
}
