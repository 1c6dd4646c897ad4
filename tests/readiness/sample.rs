//! The samples of the readiness report are what the demo writes.

use std::fs;
use std::path::PathBuf;

use crate::support::{launchgate, run};

/// Set to write the samples instead of comparing them.
const UPDATE: &str = "LAUNCHGATE_UPDATE_SAMPLES";

#[test]
fn the_samples_are_what_the_demo_writes() {
    let run = run(launchgate().args(["readiness", "--demo", "--now", "2026-01-19T09:00:00Z"]));
    let run = run.expect_code(1);
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reports/sample");
    for name in ["readiness.md", "readiness.html"] {
        let (path, now) = (samples.join(name), run.file(&format!("reports/{name}")));
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&path, now).expect("a written sample");
            continue;
        }
        let sample = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            sample == now,
            "reports/sample/{name} is not what is written now; look at the change and run the test with {UPDATE}=1"
        );
    }
}
