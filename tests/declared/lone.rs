//! A directory with one source alone. A debug build takes a third of a second to load all of them,
//! which is too long for a test with a thousand runs.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::source_file::SourceFile;

/// The source, and those that its calls need.
pub struct Lone {
    dir: TempDir,
}

impl Lone {
    /// # Errors
    /// When the file of a source cannot be read.
    pub fn of(file: &SourceFile) -> Result<Self, String> {
        let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
        let sources = dir.path().join("sources");
        fs::create_dir(&sources).map_err(|e| e.to_string())?;
        let mut ahead = vec![file.clone()];
        while let Some(next) = ahead.pop() {
            let path = sources.join(format!("{}.yaml", next.service));
            if path.exists() {
                continue;
            }
            fs::write(&path, &next.without_relations).map_err(|e| e.to_string())?;
            for service in next.needs() {
                ahead.push(SourceFile::read(&service)?);
            }
        }
        Ok(Self { dir })
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }
}
