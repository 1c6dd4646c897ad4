//! The house keeps its order: which room may know which, and what only one room may do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room may import only itself and those before it.
const ROOMS: [&str; 18] = [
    "diagnostic",
    "yaml",
    "fact",
    "schema",
    "snapshot",
    "expr",
    "policy",
    "source",
    "rule",
    "plan",
    "collect",
    "finding",
    "evaluate",
    "readiness",
    "remedy",
    "report",
    "project",
    "cli",
];
const LONGEST_FILE: usize = 400;
const LONGEST_MAIN: usize = 40;

struct Source {
    /// Below the crate's root: `src/rule/load.rs`.
    path: String,
    text: String,
}

impl Source {
    /// The room that the file is in; `main.rs` and `lib.rs` are in none.
    fn room(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?;
        below.split_once('/').map(|(room, _)| room)
    }

    /// How many `super` lead from the file's module out of its room.
    fn depth(&self) -> usize {
        let steps = self.path.split('/').count() - 2;
        steps + usize::from(!self.path.ends_with("/mod.rs"))
    }

    /// The text without comments, which may speak of any room.
    fn code(&self) -> String {
        let lines = self.text.lines();
        let code = lines.map(|line| line.split("//").next().unwrap_or_default());
        code.collect::<Vec<_>>().join("\n")
    }

    /// The names of rooms that the code names, through the crate's root.
    fn rooms_named(&self) -> BTreeSet<String> {
        let code = self.code();
        let mut named: BTreeSet<String> = identifiers_after(&code, "crate::").collect();
        let out = "super::".repeat(self.depth());
        // A test module inside the file is one step deeper: there the same steps end in the room.
        named.extend(identifiers_after(&code, &out).filter(|name| ROOMS.contains(&name.as_str())));
        named
    }
}

/// The identifiers that directly follow `before`.
fn identifiers_after<'c>(code: &'c str, before: &'c str) -> impl Iterator<Item = String> + 'c {
    code.match_indices(before).map(|(at, _)| {
        let rest = code[at + before.len()..].chars();
        rest.take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    })
}

/// Every Rust file below a directory of the crate.
fn sources(directory: &str) -> Vec<Source> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root, &root.join(directory), &mut found);
    assert!(!found.is_empty(), "no source below {directory}");
    found
}

fn walk(root: &Path, directory: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            walk(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below = path.strip_prefix(root).expect("below the root");
            found.push(Source {
                path: below.display().to_string(),
                text: fs::read_to_string(&path).expect("a source is text"),
            });
        }
    }
}

/// The files outside of `rooms` whose code has one of `words`.
fn outside(rooms: &[&str], words: &[&str]) -> Vec<String> {
    let of_others = |source: &Source| source.room().is_none_or(|room| !rooms.contains(&room));
    having(of_others, words)
}

fn having(chosen: impl Fn(&Source) -> bool, words: &[&str]) -> Vec<String> {
    let found = sources("src")
        .into_iter()
        .filter(chosen)
        .flat_map(|source| {
            let code = source.code();
            let had = words.iter().filter(move |word| code.contains(*word));
            let told = had.map(|word| format!("{}: {word}", source.path));
            told.collect::<Vec<_>>()
        });
    found.collect()
}

#[test]
fn every_room_has_its_place_in_the_order() {
    let lib = sources("src")
        .into_iter()
        .find(|source| source.path == "src/lib.rs")
        .expect("src/lib.rs");
    let declared: BTreeSet<String> = identifiers_after(&lib.code(), "mod ").collect();
    assert_eq!(declared, ROOMS.map(str::to_owned).into());
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        let own = place(room).unwrap_or_else(|| panic!("{room} is not in the order"));
        for named in source.rooms_named() {
            if place(&named).is_none_or(|other| other > own) {
                wrong.push(format!("{}: {named:?}", source.path));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports against the order (of several rooms, name each by itself):\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_file_is_long() {
    let mut all = sources("src");
    all.extend(sources("tests"));
    let long: Vec<String> = all
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_binary_only_parses_runs_and_exits() {
    let main = sources("src")
        .into_iter()
        .find(|source| source.path == "src/main.rs")
        .expect("src/main.rs");
    let lines = main.text.lines().count();
    assert!(lines <= LONGEST_MAIN, "src/main.rs has {lines} lines");
}

#[test]
fn only_collect_talks_to_aws() {
    let crates = [
        "aws_sdk_",
        "aws_config",
        "aws_smithy_",
        "aws_types",
        "aws_credential_types",
        "aws_runtime",
    ];
    assert_eq!(outside(&["collect"], &crates), Vec::<String>::new());
}

#[test]
fn only_expr_knows_cel() {
    assert_eq!(
        outside(&["expr"], &["cel::", "extern crate cel"]),
        Vec::<String>::new()
    );
}

/// `now` is an input: the same snapshot gives the same findings tomorrow.
#[test]
fn what_decides_reads_no_clock() {
    let pure = [
        "fact",
        "schema",
        "snapshot",
        "expr",
        "policy",
        "rule",
        "plan",
        "finding",
        "evaluate",
        "readiness",
        "remedy",
    ];
    let decides = |source: &Source| source.room().is_some_and(|room| pure.contains(&room));
    let clocks = [
        "now_utc",
        "now_local",
        "Instant",
        "SystemTime",
        "UtcDateTime::now",
    ];
    assert_eq!(having(decides, &clocks), Vec::<String>::new());
}

/// Nor does it reach for anything outside of its arguments.
#[test]
fn what_decides_does_no_input_or_output() {
    let pure = [
        "fact",
        "schema",
        "expr",
        "policy",
        "plan",
        "finding",
        "evaluate",
        "readiness",
        "remedy",
    ];
    let decides = |source: &Source| source.room().is_some_and(|room| pure.contains(&room));
    let doors = [
        "std::fs",
        "std::env",
        "TcpStream",
        "UdpSocket",
        "tokio::",
        "println!",
    ];
    assert_eq!(having(decides, &doors), Vec::<String>::new());
}
