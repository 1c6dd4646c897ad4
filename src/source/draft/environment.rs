//! Where a machine keeps API models: the directories, in the order in which they are asked.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What of the machine the search depends on; tests bring their own.
#[derive(Clone, Debug)]
pub struct Environment {
    /// `AWS_DATA_PATH`, `PATH` and `VIRTUAL_ENV`, as far as they are set.
    pub variables: BTreeMap<String, OsString>,
    /// The user's directory.
    pub home: Option<PathBuf>,
    /// Where the system's own directories (`usr`, `opt`) are found.
    pub root: PathBuf,
}

/// The variables that say where to look.
const DATA_PATH: &str = "AWS_DATA_PATH";
const PROGRAMS: &str = "PATH";
const VIRTUAL_ENV: &str = "VIRTUAL_ENV";

/// Where the AWS CLI is put by its installers, from the root.
const CLI: [&str; 4] = [
    "usr/local/aws-cli/v2/current/dist/awscli/botocore/data",
    "opt/homebrew/opt/awscli/libexec/lib/python3*/site-packages/awscli/botocore/data",
    "usr/local/opt/awscli/libexec/lib/python3*/site-packages/awscli/botocore/data",
    "usr/lib/python3*/dist-packages/awscli/botocore/data",
];
/// Where an AWS CLI keeps its models, from one of the directories above its program.
const BESIDE_AWS: [&str; 4] = [
    "awscli/botocore/data",
    "lib/python3*/site-packages/awscli/botocore/data",
    "lib/python3*/site-packages/botocore/data",
    "lib/python3*/dist-packages/botocore/data",
];
/// How many directories above the program are asked: that of `dist/aws`, the prefix of `bin/aws`.
const ABOVE_AWS: usize = 2;
/// Where a Python keeps botocore, from its prefix. The last is pyenv's, whose programs are scripts
/// that choose a Python.
const BESIDE_PYTHON: [&str; 3] = [
    "lib/python3*/site-packages/botocore/data",
    "lib/python3*/dist-packages/botocore/data",
    "versions/*/lib/python3*/site-packages/botocore/data",
];
/// Where the system keeps botocore, from the root.
const SYSTEM: [&str; 4] = [
    "usr/lib/python3*/dist-packages/botocore/data",
    "usr/lib/python3*/site-packages/botocore/data",
    "usr/local/lib/python3*/dist-packages/botocore/data",
    "usr/local/lib/python3*/site-packages/botocore/data",
];

impl Environment {
    /// What this process was started with.
    pub fn of_process() -> Self {
        let known = [DATA_PATH, PROGRAMS, VIRTUAL_ENV].into_iter();
        let set = known.filter_map(|name| Some((name.to_owned(), env::var_os(name)?)));
        Self {
            variables: set.collect(),
            home: env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            root: PathBuf::from("/"),
        }
    }

    /// Where models may be, the likeliest first; a `*` stands for any end of a name.
    pub fn places(&self) -> Vec<PathBuf> {
        let home = |below: &str| self.home.as_ref().map(|home| home.join(below));
        let listed = self.listed(DATA_PATH).into_iter();
        let mut places: Vec<PathBuf> = listed
            .map(|path| match (path.strip_prefix("~"), &self.home) {
                (Ok(below), Some(home)) => home.join(below),
                _ => path,
            })
            .collect();
        places.extend(home(".aws/models"));
        places.extend(CLI.iter().map(|below| self.root.join(below)));
        for program in self.programs("aws") {
            let above = program.ancestors().skip(1).take(ABOVE_AWS);
            places.extend(above.flat_map(|directory| joined(directory, &BESIDE_AWS)));
        }
        if let Some(prefix) = self.variables.get(VIRTUAL_ENV) {
            places.extend(joined(Path::new(prefix), &BESIDE_PYTHON[..2]));
        }
        for program in self.programs("python3") {
            if let Some(prefix) = program.ancestors().nth(2) {
                places.extend(joined(prefix, &BESIDE_PYTHON));
            }
        }
        places.extend(SYSTEM.iter().map(|below| self.root.join(below)));
        places.extend(home(".local/lib/python3*/site-packages/botocore/data"));
        each_once(places)
    }

    /// A variable that lists paths.
    fn listed(&self, name: &str) -> Vec<PathBuf> {
        let value = self.variables.get(name);
        let paths = value
            .into_iter()
            .flat_map(|value| env::split_paths(value).collect::<Vec<_>>());
        paths.filter(|path| !path.as_os_str().is_empty()).collect()
    }

    /// The program that a shell would start, as it is named and as symlinks lead to it. A virtual
    /// environment's python3 is a link out of it, so that both are asked.
    fn programs(&self, name: &str) -> Vec<PathBuf> {
        let mut named = self
            .listed(PROGRAMS)
            .into_iter()
            .map(|path| path.join(name));
        let Some(named) = named.find(|path| path.is_file()) else {
            return Vec::new();
        };
        let real = fs::canonicalize(&named).ok();
        each_once([named].into_iter().chain(real))
    }
}

fn joined<'d>(directory: &'d Path, below: &'d [&str]) -> impl Iterator<Item = PathBuf> + 'd {
    below.iter().map(|below| directory.join(below))
}

fn each_once(paths: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut once: Vec<PathBuf> = Vec::new();
    for path in paths {
        if !once.contains(&path) {
            once.push(path);
        }
    }
    once
}

/// The directories that a place stands for: of several Pythons the newest first.
pub fn expand(place: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in place {
        let pattern = part.to_str().and_then(|part| part.strip_suffix('*'));
        found = match pattern {
            Some(start) => found
                .iter()
                .flat_map(|path| starting(path, start))
                .collect(),
            None => found.into_iter().map(|path| path.join(part)).collect(),
        };
    }
    found.retain(|path| path.is_dir());
    found
}

fn starting(directory: &Path, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(start)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(numbers(name)));
    names.into_iter().map(|name| directory.join(name)).collect()
}

/// The numbers in a name, by which 3.11 comes after 3.9.
fn numbers(name: &str) -> Vec<u32> {
    let digits = name.split(|letter: char| !letter.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}
