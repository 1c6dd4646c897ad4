//! A real local AWS: moto, one server a test, which lives as long as its [`Moto`].

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::NamedTempFile;

use super::venv;

/// A moto server of this test's own, empty at the start.
pub struct Moto {
    url: String,
    server: Child,
    log: NamedTempFile,
}

impl Moto {
    /// Starts a server on a free port, and makes the Python environment if there is none yet.
    pub fn start() -> Self {
        let log = NamedTempFile::new().expect("a temporary file for the log of moto");
        let log_writer = log.reopen().expect("the log of moto can be opened again");
        let mut server = Command::new(venv::python())
            .arg(super::support_dir().join("serve.py"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log_writer)
            .spawn()
            .expect("the Python of the test environment runs");

        let stdout = server.stdout.take().expect("the output of moto is piped");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("the output of moto is text");
        let Ok(port) = line.trim().parse::<u16>() else {
            let _ = server.kill();
            let _ = server.wait();
            panic!("moto did not start:\n{line}{}", read(&log));
        };
        Self {
            url: format!("http://127.0.0.1:{port}"),
            server,
            log,
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What a process needs to read this server as AWS, and nothing of the machine's own AWS setup.
    pub fn env(&self) -> Vec<(String, String)> {
        aws_env(&self.url)
    }

    /// Runs `seed/<script>.py` against this server and gives what it printed.
    ///
    /// # Panics
    /// When the script fails, with what it and moto wrote to standard error.
    pub fn python(&self, script: &str, args: &[&str]) -> String {
        let path = super::support_dir()
            .join("seed")
            .join(format!("{script}.py"));
        let output = Command::new(venv::python())
            .arg(&path)
            .args(args)
            .envs(self.env())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap_or_else(|e| panic!("cannot run {}: {e}", path.display()));
        assert!(
            output.status.success(),
            "{} failed:\n{}\nmoto's log:\n{}",
            path.display(),
            String::from_utf8_lossy(&output.stderr),
            self.log(),
        );
        String::from_utf8(output.stdout).expect("a seed script prints UTF-8")
    }

    /// What moto wrote to standard error: its tracebacks, when it answered 500.
    pub fn log(&self) -> String {
        read(&self.log)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // End of input is the server's sign to go.
        drop(self.server.stdin.take());
        let _ = self.server.wait();
    }
}

/// The scrubbed AWS environment for a server (or proxy) at `url`.
pub fn aws_env(url: &str) -> Vec<(String, String)> {
    [
        ("AWS_ENDPOINT_URL", url),
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
        ("AWS_REGION", "us-east-1"),
        // The one that boto3 reads.
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn read(log: &NamedTempFile) -> String {
    // Lossy: a log is shown, not parsed.
    std::fs::read(log.path()).map_or_else(
        |e| format!("(the log cannot be read: {e})"),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    )
}
