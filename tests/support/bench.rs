//! A directory in which a test writes rules and snapshots, and runs launchgate: all paths are
//! relative, so that what is printed is the same on every machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{Run, launchgate, run};

/// The directory goes away with its value.
pub struct Bench {
    dir: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory for the test's files");
        Self { dir }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file below the directory, with the directories that it lies in.
    #[must_use]
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        let parent = path.parent().expect("a file below the bench");
        fs::create_dir_all(parent).expect("a directory in the bench");
        fs::write(&path, content).expect("a file in the bench");
        self
    }

    #[must_use]
    pub fn with_directory(self, name: &str) -> Self {
        fs::create_dir_all(self.path().join(name)).expect("a directory in the bench");
        self
    }

    /// launchgate with these arguments, separated by spaces, to be run here.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = launchgate();
        command
            .current_dir(self.path())
            .args(arguments.split_whitespace());
        command
    }

    /// Runs launchgate here.
    pub fn run(&self, arguments: &str) -> Run {
        run(&mut self.command(arguments))
    }

    /// Runs launchgate here, which must refuse: exit code 2, nothing on standard output, no file
    /// made, changed or removed. Gives what it said on standard error.
    #[track_caller]
    pub fn refused(&self, arguments: &str) -> String {
        self.refuses(&mut self.command(arguments))
    }

    /// The same for a command of [`Bench::command`] with more to it.
    #[track_caller]
    pub fn refuses(&self, command: &mut Command) -> String {
        let before = self.files();
        let run = run(command).expect_code(2);
        assert_eq!(run.stdout, "", "an error goes to standard error");
        assert!(
            run.stderr.lines().count() <= 50,
            "more than a screen:\n{}",
            run.stderr
        );
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert_eq!(self.files(), before, "a refusal leaves no trace in files");
        run.stderr
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path().join(name);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()))
    }

    pub fn json(&self, name: &str) -> serde_json::Value {
        let text = self.read(name);
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name} is not JSON: {e}\n{text}"))
    }

    /// Everything below the directory: files with their content, directories without.
    pub fn files(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        self.walk(self.path(), &mut found);
        found
    }

    fn walk(&self, directory: &Path, found: &mut BTreeMap<String, Option<Vec<u8>>>) {
        for entry in fs::read_dir(directory).expect("the bench can be read") {
            let path = entry.expect("the bench can be read").path();
            let below = path.strip_prefix(self.path()).expect("below the bench");
            let name = below.display().to_string();
            if path.is_dir() {
                found.insert(name, None);
                self.walk(&path, found);
            } else {
                found.insert(name, Some(fs::read(&path).expect("a file of the bench")));
            }
        }
    }
}
