//! Where rule files come from: the bundle inside the binary, and directories.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::SourceFile;

/// The files under `rules/` at the time of the build, by their path.
static BUNDLE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundle.rs"));

/// What a file describes, told by its folder or its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A rule.
    Rule,
    /// A framework (`frameworks/`).
    Framework,
    /// A declared source (`sources/`).
    Source,
    /// Functions (`functions/`).
    Functions,
    /// Parameters that rules share (`params.yaml`).
    Params,
    /// List prices (`prices.yaml`).
    Prices,
}

impl Origin {
    /// Whether rules are written in terms of what such a file declares.
    pub fn is_vocabulary(self) -> bool {
        matches!(self, Origin::Functions | Origin::Params | Origin::Prices)
    }
}

/// Why a directory of rules cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system refused.
    #[error("{path}: {error}")]
    Io {
        /// What was read.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Nothing in it ends in `.yaml`.
    #[error("{0}: there is no .yaml file in this directory")]
    Empty(PathBuf),
    /// A file that YAML calls by its other name would be skipped in silence.
    #[error("{0}: rule files end in .yaml; rename this one")]
    OtherExtension(PathBuf),
}

/// The bundled files.
pub fn bundled() -> Vec<(Origin, Arc<SourceFile>)> {
    BUNDLE
        .iter()
        .map(|(path, text)| (origin(Path::new(path)), SourceFile::bundled(path, *text)))
        .collect()
}

/// The files below a directory, in the order of their paths. A file's path may be given as well.
///
/// # Errors
/// When something cannot be read, or there is nothing to read.
pub fn directory(root: &Path) -> Result<Vec<(Origin, Arc<SourceFile>)>, ReadError> {
    let mut paths = Vec::new();
    walk(root, &mut paths)?;
    if paths.is_empty() {
        return Err(ReadError::Empty(root.to_owned()));
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).map_err(|error| io(&path, error))?;
            let below = path.strip_prefix(root).unwrap_or(&path);
            Ok((
                origin(below),
                SourceFile::new(path.display().to_string(), text),
            ))
        })
        .collect()
}

fn walk(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let metadata = fs::metadata(path).map_err(|error| io(path, error))?;
    if metadata.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| io(path, error))? {
            let entry = entry.map_err(|error| io(path, error))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden {
                walk(&entry.path(), found)?;
            }
        }
        return Ok(());
    }
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("yaml") => found.push(path.to_owned()),
        Some("yml") => return Err(ReadError::OtherExtension(path.to_owned())),
        _ => {}
    }
    Ok(())
}

fn io(path: &Path, error: std::io::Error) -> ReadError {
    ReadError::Io {
        path: path.to_owned(),
        error,
    }
}

fn origin(path: &Path) -> Origin {
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    match folder {
        Some("frameworks") => Origin::Framework,
        Some("sources") => Origin::Source,
        Some("functions") => Origin::Functions,
        _ => match path.file_name().and_then(|name| name.to_str()) {
            Some("params.yaml") => Origin::Params,
            Some("prices.yaml") => Origin::Prices,
            _ => Origin::Rule,
        },
    }
}
