//! Where a report goes.

use std::path::{Path, PathBuf};

use super::Format;

/// Standard output as a report's path.
const STDOUT: &str = "-";

/// A report to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTarget {
    /// Its format.
    pub format: Format,
    /// Where to; `-` is standard output.
    pub path: PathBuf,
}

impl ReportTarget {
    /// Reads `format=path`.
    ///
    /// # Errors
    /// When it is of another form, or there is no such format.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (format, path) = text
            .split_once('=')
            .ok_or("write FORMAT=PATH, for example junit=reports/junit.xml")?;
        if path.is_empty() {
            return Err("the path is missing".to_owned());
        }
        Ok(Self {
            format: format.parse().map_err(|error| format!("{error}"))?,
            path: path.into(),
        })
    }

    /// Whether it goes to standard output.
    pub fn is_stdout(&self) -> bool {
        self.path == Path::new(STDOUT)
    }
}
