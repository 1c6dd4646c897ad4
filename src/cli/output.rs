//! Files that are written whole or not at all, and standard output.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
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

/// Writes files through temporary ones in the same directories, which they then become. None takes
/// its place before all are on the disk.
///
/// # Errors
/// When a directory, a file or a content cannot be written; older files stay as they were.
pub fn write_whole(files: &[(PathBuf, Vec<u8>)], access: Access) -> Result<(), CliError> {
    let guard = stop_writing();
    let staged: Vec<NamedTempFile> = files
        .iter()
        .map(|(path, content)| stage(path, access, content).map_err(failed(path)))
        .collect::<Result<_, _>>()?;
    for (file, (path, _)) in staged.into_iter().zip(files) {
        file.persist(path)
            .map_err(|error| failed(path)(error.error))?;
    }
    drop(guard);
    Ok(())
}

fn failed(path: &Path) -> impl Fn(io::Error) -> CliError {
    move |error| CliError::Write {
        path: path.to_owned(),
        error,
    }
}

fn stage(path: &Path, access: Access, content: &[u8]) -> io::Result<NamedTempFile> {
    let directory = directory_of(path);
    fs::create_dir_all(directory)?;
    let mut file = temporary(directory, access)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes sure that a file can be written later, before hours of work go into it. Directories that
/// are missing are left so: the work may fail.
///
/// # Errors
/// When it cannot.
pub fn check_writable(path: &Path) -> Result<(), CliError> {
    let guard = stop_writing();
    if path.is_dir() {
        return Err(failed(path)(io::ErrorKind::IsADirectory.into()));
    }
    let mut directories = directory_of(path).ancestors().map(or_here);
    let nearest = directories.find(|directory| directory.exists());
    let nearest = nearest.unwrap_or(Path::new("."));
    if !nearest.is_dir() {
        return Err(failed(path)(io::ErrorKind::NotADirectory.into()));
    }
    // Dropping it removes it again.
    temporary(nearest, Access::Private).map_err(failed(path))?;
    drop(guard);
    Ok(())
}

fn directory_of(path: &Path) -> &Path {
    or_here(path.parent().unwrap_or(Path::new("")))
}

fn or_here(directory: &Path) -> &Path {
    if directory.as_os_str().is_empty() {
        Path::new(".")
    } else {
        directory
    }
}

/// Made by ourselves, so that an error does not name a file that the user never heard of.
fn temporary(directory: &Path, access: Access) -> io::Result<NamedTempFile> {
    let mode = match access {
        Access::Usual => 0o666,
        Access::Private => 0o600,
    };
    let create = |path: &Path| {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(mode).open(path)
    };
    Builder::new()
        .prefix(".launchgate-")
        .make_in(directory, create)
}

/// Writes to standard output.
///
/// # Errors
/// When it is closed or full.
pub fn print(content: &[u8]) -> Result<(), CliError> {
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(content)
        .and_then(|()| out.flush())
        .map_err(CliError::stdout)
}
