//! Each declared source in a run without faults: made once, for all tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use super::asked::Asked;
use super::lone::Lone;
use super::moto::Motos;
use super::operation::{Call, Source, asked_of};
use super::recording::Recording;
use super::script::Script;
use super::source_file::SourceFile;
use super::stage::Stage;
use super::tool::{self, Tried};

/// The call behind every run, whether or not a source has it; without it there is no run.
pub const WHO_AM_I: &str = "sts:GetCallerIdentity";

/// One source, its test and its run.
pub struct Intact {
    pub source: Source,
    pub file: SourceFile,
    /// The source without the others.
    pub lone: Lone,
    pub script: Script,
    pub tried: Tried,
    pub recording: Recording,
    /// What moto had to say.
    pub log: String,
}

/// All declared sources.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let services = tool::declared_services().into_iter();
        let shown = services.map(|service| {
            let source = tool::show(&service);
            source.unwrap_or_else(|why| panic!("sources show {service}: {why}"))
        });
        shown.collect()
    })
}

/// The runs of all sources, or why there is none.
pub fn all() -> &'static [Result<Intact, String>] {
    static ALL: OnceLock<Vec<Result<Intact, String>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let queue = Mutex::new(sources().iter());
        let done = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..workers() {
                scope.spawn(|| {
                    let mut motos = Motos::start();
                    loop {
                        let next = queue.lock().expect("no worker panics").next();
                        let Some(source) = next else { break };
                        let intact = Intact::run(source, &mut motos);
                        let intact = intact.map_err(|why| format!("{}: {why}", source.service));
                        done.lock().expect("no worker panics").push(intact);
                    }
                });
            }
        });
        done.into_inner().expect("no worker panics")
    })
}

/// Checks each run that there is, some at a time, and fails with all that is not as it should be.
/// Those that there are not fail the golden test.
#[track_caller]
pub fn for_each(at_a_time: usize, check: impl Fn(&'static Intact) -> Vec<String> + Sync) {
    let runs = all().iter().filter_map(|run| run.as_ref().ok());
    let queue = Mutex::new(runs);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..at_a_time {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("no check panics").next();
                    let Some(run) = next else { break };
                    let told = check(run);
                    let told = told.iter().map(|why| format!("{}: {why}", run.service()));
                    wrong.lock().expect("no check panics").extend(told);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no check panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One for each core: what runs is launchgate and moto.
pub fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

impl Intact {
    fn run(source: &Source, motos: &mut Motos) -> Result<Self, String> {
        let service = &source.service;
        let script = read(&test_file(service, "yaml"))?;
        let script = Script::parse(&script).map_err(|why| format!("the test: {why}"))?;
        let file = SourceFile::read(service).map_err(|why| format!("the source: {why}"))?;

        let moto = if script.moto {
            let seed = script.seed.as_deref().unwrap_or_default();
            Some(motos.next(seed)?)
        } else {
            None
        };
        let stage = Stage::start(&script, moto.as_deref());
        let tried = tool::try_types(None, &source.types(), &script.regions, stage.url(), 1)?;
        Ok(Self {
            recording: stage.recording(),
            source: source.clone(),
            lone: Lone::of(&file)?,
            file,
            script,
            tried,
            log: motos.log(),
        })
    }

    pub fn service(&self) -> &str {
        &self.source.service
    }

    /// What a request of this source's run asks for.
    pub fn call(&self, asked: &Asked) -> Option<&'static Call> {
        asked_of(sources(), asked, self.service())
    }
}

/// `tests/sources/<service>.<extension>`
pub fn test_file(service: &str, extension: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join(format!("tests/sources/{service}.{extension}"))
}

pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}
