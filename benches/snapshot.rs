//! A snapshot of 100,000 resources: time to load it, and the memory that takes at its highest.

mod common;

use std::hint::black_box;

use launchgate::snapshot;
use mimalloc::MiMalloc;

/// The one that the binary uses.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const RESOURCES: usize = 100_000;

fn main() {
    // A process of its own loads it, so that making the file does not count.
    let mut arguments = std::env::args();
    if let Some(path) = arguments.find(|argument| argument.ends_with(".json")) {
        let mut loaded = None;
        let took = common::best_of(3, || {
            drop(loaded.take());
            let text = std::fs::read(&path).expect("the snapshot file");
            loaded = Some(snapshot::read(&text).expect("a whole snapshot"));
        });
        black_box(loaded);
        println!(
            "snapshot: {RESOURCES} resources load in {:.2} s",
            took.as_secs_f64()
        );
        println!("snapshot: {} MiB of memory at the highest", peak_memory());
        return;
    }
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("snapshot.json");
    let mut text = Vec::new();
    snapshot::write(&common::snapshot(RESOURCES), &mut text).expect("memory takes everything");
    std::fs::write(&path, &text).expect("the temporary directory takes a file");
    println!("snapshot: {} MiB of JSON", text.len() / (1 << 20));
    let program = std::env::current_exe().expect("the bench's own path");
    let status = std::process::Command::new(program)
        .arg(&path)
        .status()
        .expect("the bench runs again");
    assert!(status.success(), "loading failed");
}

/// The highest resident memory of this process in MiB, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.map_or_else(|| "?".to_owned(), |kib| (kib / 1024).to_string())
}
