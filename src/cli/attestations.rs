//! The attestations of a run: found and read, with the files that they give as evidence.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::args::ProjectChoice;
use super::demo;
use super::error::{CliError, color};
use super::selection::Selection;
use crate::diagnostic::{SourceFile, render_warnings};
use crate::finding::attestation::{Attestations, Day, Digests, FileState, Register, decode};
use crate::project::{ATTESTATIONS, Project, beside};

/// What people attested, and what is to be seen of their evidence.
#[derive(Debug, Default)]
pub struct Attested {
    attestations: Attestations,
    digests: Digests,
}

/// Where attestations are kept: where the flag says, the project, or beside it.
pub fn path(given: Option<&Path>, project: Option<&Project>) -> PathBuf {
    match (given, project) {
        (Some(given), _) => given.to_owned(),
        (None, Some(project)) => {
            let named = project.attestations.as_ref();
            project.path(named.map_or(ATTESTATIONS, |(named, _)| named))
        }
        (None, None) => PathBuf::from(ATTESTATIONS),
    }
}

impl Attested {
    /// Reads the attestations. Only a file that a flag names must be there: before the first
    /// attestation there is none.
    ///
    /// # Errors
    /// When the file cannot be read, or its form is wrong.
    pub fn load(
        given: Option<&Path>,
        choice: &ProjectChoice,
        project: Option<&Project>,
    ) -> Result<Self, CliError> {
        if given.is_none() && choice.demo {
            let attestations = decode(&demo::attestations()).map_err(CliError::Rules)?;
            return Ok(Self {
                attestations,
                digests: Digests::default(),
            });
        }
        if given.is_none() && choice.no_project {
            return Ok(Self::default());
        }
        let path = path(given, project);
        let Some(file) = read(&path)? else {
            return match given {
                Some(_) => Err(gone(path)),
                None => {
                    tell_absent(&path, project);
                    Ok(Self::default())
                }
            };
        };
        if given.is_none() && project.is_none() {
            eprintln!("using {}", path.display());
        }
        let attestations = decode(&file).map_err(CliError::Rules)?;
        let digests: BTreeMap<String, FileState> = attestations
            .files()
            .map(|file| (file.to_owned(), state(&beside(&path, file))))
            .collect();
        Ok(Self {
            attestations,
            digests,
        })
    }

    /// The accounts that attestations name.
    pub fn named_accounts(&self) -> impl Iterator<Item = &str> {
        let entries = self.attestations.entries.iter();
        entries.filter_map(|entry| entry.account.as_deref())
    }

    /// The attestations by the controls that they are for, on a day. What is wrong with them is told
    /// on standard error.
    pub fn register<'r>(&'r self, selection: &'r Selection, today: Day) -> Register<'r> {
        let controls = selection.set.attestable();
        let register = Register::new(controls, &self.attestations, &self.digests, today);
        eprint!("{}", render_warnings(&register.warnings, color()));
        register
    }
}

/// A file that the project names and that is not there is told, or a misspelt name would go unseen.
fn tell_absent(path: &Path, project: Option<&Project>) {
    if project.is_some_and(|project| project.attestations.is_some()) {
        eprintln!(
            "{} is not there yet, so nothing is attested: `launchgate attest` writes it",
            path.display()
        );
    }
}

fn gone(path: PathBuf) -> CliError {
    CliError::AttestationsFile {
        path,
        error: io::ErrorKind::NotFound.into(),
    }
}

/// A file of attestations, if there is one.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Option<std::sync::Arc<SourceFile>>, CliError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(SourceFile::new(path.display().to_string(), text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CliError::AttestationsFile {
            path: path.to_owned(),
            error,
        }),
    }
}

/// What is to be seen of a file that is given as evidence.
pub fn state(path: &Path) -> FileState {
    match digest(path) {
        Ok(digest) => FileState::Sha256(digest),
        Err(error) if error.kind() == io::ErrorKind::NotFound => FileState::Gone,
        Err(error) => FileState::Unreadable(error.to_string()),
    }
}

/// The SHA-256 of a regular file: a pipe would be waited for without end.
///
/// # Errors
/// When it cannot be read.
pub fn digest(path: &Path) -> io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => break,
            length => hash.update(&part[..length]),
        }
    }
    let digest = hash.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
