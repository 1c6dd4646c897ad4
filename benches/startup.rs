//! `launchgate rules list` over the whole bundle: every rule parsed and type-checked.

mod common;

use std::process::{Command, Stdio};

fn main() {
    let run = |arguments: &[&str]| {
        let status = Command::new(env!("CARGO_BIN_EXE_launchgate"))
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("launchgate runs");
        assert!(status.success(), "launchgate {arguments:?} failed");
    };
    let bare = common::best_of(20, || run(&["--version"]));
    let list = common::best_of(20, || run(&["rules", "list"]));
    println!(
        "startup: `rules list` takes {:.1} ms, `--version` {:.1} ms",
        ms(list),
        ms(bare)
    );
}

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
