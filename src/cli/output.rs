//! Files that are written whole or not at all, and standard output.

use std::fs::Permissions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::error::CliError;

/// Held while a file is on its way, so that an interrupt leaves no part of one behind.
static WRITING: Mutex<()> = Mutex::new(());

/// Waits until no file is on its way and keeps others from starting.
pub fn stop_writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As the user's umask has it.
    Usual,
    /// Only the user: snapshots hold what an account looks like inside.
    Private,
}

/// Writes a file through a temporary one in the same directory, which it then becomes.
///
/// # Errors
/// When the directory, the file or the content cannot be written; an older file stays as it was.
pub fn write_whole(path: &Path, access: Access, content: &[u8]) -> Result<(), CliError> {
    let guard = stop_writing();
    let failed = |error| CliError::Write {
        path: path.to_owned(),
        error,
    };
    let mut file = temporary(path, access).map_err(failed)?;
    file.write_all(content).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    drop(guard);
    Ok(())
}

/// Makes sure that a file can be written later, before hours of work go into it.
///
/// # Errors
/// When it cannot.
pub fn check_writable(path: &Path) -> Result<(), CliError> {
    let guard = stop_writing();
    let failed = |error| CliError::Write {
        path: path.to_owned(),
        error,
    };
    if path.is_dir() {
        return Err(failed(std::io::Error::other("it is a directory")));
    }
    // Dropping it removes it again.
    temporary(path, Access::Private).map_err(failed)?;
    drop(guard);
    Ok(())
}

fn temporary(path: &Path, access: Access) -> std::io::Result<NamedTempFile> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    std::fs::create_dir_all(&directory)?;
    let mode = match access {
        Access::Usual => 0o666,
        Access::Private => 0o600,
    };
    Builder::new()
        .prefix(".launchgate-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(directory)
}

/// Writes to standard output.
///
/// # Errors
/// When it is closed or full.
pub fn print(content: &[u8]) -> Result<(), CliError> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    out.write_all(content)
        .and_then(|()| out.flush())
        .map_err(CliError::stdout)
}
