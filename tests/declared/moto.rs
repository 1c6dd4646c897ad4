//! moto servers for the sources' tests: one after the other, each with a state of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::NamedTempFile;

use crate::support::python;

/// A process with moto loaded, which forks a server off for each seed: loading it for each would
/// take a second every time.
pub struct Motos {
    process: Child,
    answers: BufReader<ChildStdout>,
    log: NamedTempFile,
    /// How long the log was before the server of now.
    log_before: usize,
}

/// A traceback is shown from its end.
const LOG_SHOWN: usize = 1500;

impl Motos {
    pub fn start() -> Self {
        let log = NamedTempFile::new().expect("a temporary file for the log of moto");
        let log_writer = log.reopen().expect("the log of moto can be opened again");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/declared/serve.py");
        let mut process = Command::new(python())
            .arg(script)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            // The order of a set, which moto lists things by at times.
            .env("PYTHONHASHSEED", "0")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log_writer)
            .spawn()
            .expect("the Python of the test environment runs");
        let answers = process.stdout.take().expect("the output of moto is piped");
        Self {
            process,
            answers: BufReader::new(answers),
            log,
            log_before: 0,
        }
    }

    /// A new server, filled by this Python code, and its URL. The one before ends.
    ///
    /// # Errors
    /// When the code fails, with its traceback.
    pub fn next(&mut self, seed: &str) -> Result<String, String> {
        self.log_before = self.whole_log().len();
        let stdin = self.process.stdin.as_mut().expect("moto's input is piped");
        let told = writeln!(stdin, "{}", Value::from(seed)).and_then(|()| stdin.flush());
        let mut line = String::new();
        let heard = told.and_then(|()| self.answers.read_line(&mut line));
        let answer: Value = heard
            .map_err(|e| e.to_string())
            .and_then(|_| serde_json::from_str(&line).map_err(|e| e.to_string()))
            .map_err(|why| format!("moto is gone: {why}\n{}", self.log()))?;
        match answer["url"].as_str() {
            Some(url) => Ok(url.to_owned()),
            None => Err(format!(
                "the seed failed:\n{}",
                answer["error"].as_str().unwrap_or_default()
            )),
        }
    }

    /// The end of what the server wrote to standard error: its traceback, when it answered 500.
    pub fn log(&self) -> String {
        let log = self.whole_log();
        let start = self.log_before.max(log.len().saturating_sub(LOG_SHOWN));
        String::from_utf8_lossy(&log[start..]).into_owned()
    }

    fn whole_log(&self) -> Vec<u8> {
        std::fs::read(self.log.path()).unwrap_or_default()
    }
}

impl Drop for Motos {
    fn drop(&mut self) {
        // End of input is its sign to go.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
