//! The build script: lists the files under `rules/`, so that the binary carries them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(
        env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the manifest's directory"),
    );
    let rules = root.join("rules");
    println!("cargo::rerun-if-changed={}", rules.display());
    println!("cargo::rerun-if-changed=src/rule/bundle_build.rs");
    let mut files = Vec::new();
    walk(&rules, &mut files);
    files.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the output directory"));
    let mut list =
        fs::File::create(out.join("bundle.rs")).expect("the list of rules can be written");
    writeln!(list, "&[").expect("the list of rules can be written");
    for file in files {
        let name = file
            .strip_prefix(&root)
            .expect("the file is below the root")
            .display()
            .to_string();
        writeln!(
            list,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        )
        .expect("the list of rules can be written");
    }
    writeln!(list, "]").expect("the list of rules can be written");
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("rules/ can be read") {
        let path = entry.expect("rules/ can be read").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(path);
        }
    }
}
