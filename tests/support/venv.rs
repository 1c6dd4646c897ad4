//! The Python environment that moto and the seed scripts run in, made once per target directory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const REQUIREMENTS: &str = include_str!("requirements.txt");

const HELP: &str =
    "The integration tests need a local AWS (moto), which runs in Python 3.11 or newer.
On Debian or Ubuntu: apt-get install python3 python3-venv
The first run also downloads the packages of tests/support/requirements.txt with pip.";

/// The environment's `python`. Made on first use, by one test process while the others wait.
///
/// # Panics
/// When Python, its venv module or a package is missing: a test that cannot run has failed.
pub fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| ensure(Path::new(env!("CARGO_TARGET_TMPDIR"))))
}

/// Runs a script of this directory in the environment and gives what it printed.
///
/// # Panics
/// When the script fails, with what it wrote to standard error.
pub fn python_script(name: &str, arguments: &[&Path]) -> String {
    let script = super::support_dir().join(name);
    let output = Command::new(python())
        .arg(&script)
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap_or_else(|e| panic!("cannot run {}: {e}", script.display()));
    assert!(
        output.status.success(),
        "{name} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("a script prints UTF-8")
}

/// The environment under `dir`, built anew when it is missing, half made, or of other requirements.
fn ensure(dir: &Path) -> PathBuf {
    fs::create_dir_all(dir).unwrap_or_else(|e| panic!("cannot create {}: {e}", dir.display()));
    let venv = dir.join("venv");
    let python = venv.join("bin/python");

    // Held until this function returns; the system lets go of it should the process die.
    let lock_path = dir.join("venv.lock");
    let lock = File::create(&lock_path)
        .unwrap_or_else(|e| panic!("cannot create {}: {e}", lock_path.display()));
    lock.lock()
        .unwrap_or_else(|e| panic!("cannot lock {}: {e}", lock_path.display()));

    // The stamp is written last, so an interrupted build has none.
    let stamp = venv.join("requirements.stamp");
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|s| s == REQUIREMENTS) {
        return python;
    }
    if venv.exists() {
        fs::remove_dir_all(&venv)
            .unwrap_or_else(|e| panic!("cannot remove {}: {e}", venv.display()));
    }
    build(&venv, &python);
    fs::write(&stamp, REQUIREMENTS)
        .unwrap_or_else(|e| panic!("cannot write {}: {e}", stamp.display()));
    python
}

fn build(venv: &Path, python: &Path) {
    let requirements = super::support_dir().join("requirements.txt");
    must_succeed(Command::new("python3").args(["-m", "venv"]).arg(venv));
    must_succeed(
        Command::new(python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--no-input", "-r"])
            .arg(requirements),
    );
}

fn must_succeed(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("cannot run {command:?}: {e}\n\n{HELP}"));
    assert!(
        output.status.success(),
        "{command:?} failed ({}):\n{}{}\n{HELP}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
}
