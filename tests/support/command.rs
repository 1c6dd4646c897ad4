//! Running the built `launchgate` the way a shell would, with nothing of this machine's environment.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

/// A run that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// What a run left behind. The directory goes away with it.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    dir: TempDir,
}

impl Run {
    /// The fresh directory the run was given as working directory (unless the command had its own).
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// A file the run wrote, by its path below [`Run::dir`].
    pub fn file(&self, name: &str) -> String {
        let path = self.dir().join(name);
        std::fs::read_to_string(&path)
            .unwrap_or_else(|e| panic!("cannot read {}: {e}\n{}", path.display(), self.output()))
    }

    /// Checks the exit code, and shows everything printed when it is another.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code; {}", self.output());
        self
    }

    fn output(&self) -> String {
        format!(
            "--- standard output\n{}\n--- standard error\n{}",
            self.stdout, self.stderr
        )
    }
}

/// The binary with a scrubbed environment: no AWS settings, no colour, no home but an empty one.
pub fn launchgate() -> Command {
    scrubbed(Path::new(env!("CARGO_BIN_EXE_launchgate")))
}

/// Any program in the environment that [`launchgate`] gives.
pub fn scrubbed(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("NO_COLOR", "1");
    // LLVM_PROFILE_FILE: coverage of the binary is lost without it.
    for name in ["PATH", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // `run` gives a directory of its own; this is for a command started in another way.
    command.env("HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Runs the command to its end (or to the limit, when it is killed), in a fresh directory which is its home too.
pub fn run(command: &mut Command) -> Run {
    let dir = tempfile::tempdir().expect("a temporary directory to run in");
    if command.get_current_dir().is_none() {
        command.current_dir(dir.path());
    }
    let home = dir.path().join(".home");
    std::fs::create_dir(&home).expect("a home in the temporary directory");
    command.env("HOME", home);

    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("cannot run {command:?}: {e}"));
    let output = output_within_limit(child);
    let text = |bytes: Vec<u8>, which: &str| {
        String::from_utf8(bytes).unwrap_or_else(|e| panic!("standard {which} is not UTF-8: {e}"))
    };
    Run {
        code: output
            .status
            .code()
            .unwrap_or_else(|| panic!("{command:?} was ended by a signal: {}", output.status)),
        stdout: text(output.stdout, "output"),
        stderr: text(output.stderr, "error"),
        dir,
    }
}

fn output_within_limit(child: Child) -> Output {
    let pid = child.id().to_string();
    let (ended, end) = mpsc::channel::<()>();
    let watchdog = std::thread::spawn(move || {
        if end.recv_timeout(LIMIT) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-KILL", &pid]).status();
        }
    });
    let output = child.wait_with_output().expect("a child can be waited for");
    drop(ended);
    let _ = watchdog.join();
    output
}
