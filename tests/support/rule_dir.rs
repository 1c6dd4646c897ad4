//! A directory with a few of the bundled rules. A debug build takes a second to load all of them,
//! which is too long for a test with hundreds of runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::command::launchgate;

/// Copies of some bundled rules, beside all frameworks.
pub struct RuleDir {
    dir: TempDir,
}

impl RuleDir {
    /// # Panics
    /// When a rule is not where its id says (`rules/<service>/<id>.yaml`).
    #[track_caller]
    pub fn of<'r>(rules: impl IntoIterator<Item = &'r str>) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory for rules");
        let bundled = bundled();
        copy_all(&bundled.join("frameworks"), &dir.path().join("frameworks"));
        for rule in rules {
            let file = format!("{rule}.yaml");
            let (service, _) = rule.split_once('-').unwrap_or((rule, ""));
            copy(&bundled.join(service).join(&file), &dir.path().join(&file));
        }
        Self { dir }
    }

    /// `launchgate SUBCOMMAND` over these rules alone.
    pub fn launchgate(&self, subcommand: &str) -> Command {
        let mut command = launchgate();
        command.args([subcommand, "--no-bundled", "--rules"]);
        command.arg(self.dir.path());
        command.args(super::typed::PARAMS);
        command
    }
}

/// The ids of the bundled rules over a service's resources that read typed sources only.
pub fn of_service(service: &str) -> Vec<String> {
    let typed = super::typed::typed_rules();
    let files = entries(&bundled().join(service));
    let ids = files.iter().filter_map(|file| file.file_stem()?.to_str());
    ids.filter(|id| typed.contains(id))
        .map(str::to_owned)
        .collect()
}

fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap_or_else(|e| panic!("cannot create {}: {e}", to.display()));
    for file in entries(from) {
        copy(&file, &to.join(file.file_name().unwrap_or_default()));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap_or_else(|e| panic!("cannot copy {}: {e}", from.display()));
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(dir).unwrap_or_else(|e| panic!("cannot list {}: {e}", dir.display()));
    listed
        .map(|entry| entry.expect("a directory's entries can be read").path())
        .collect()
}
