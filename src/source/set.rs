//! All declared sources of a run, each decoded when a rule first asks for one of its types.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::decode::decode_connection;
use super::{Connection, ParamError, Params, Service, decode};
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::schema::{Lazy, Schema, interned};

/// The sources of a run by service.
#[derive(Clone, Default)]
pub struct Sources(Arc<BTreeMap<&'static str, Source>>);

/// The files of sources while they are gathered.
#[derive(Default)]
pub struct SourceSet(BTreeMap<&'static str, Source>);

struct Source {
    file: Arc<SourceFile>,
    connection: OnceLock<Option<Arc<Connection>>>,
    service: OnceLock<Result<Arc<Service>, Vec<Diagnostic>>>,
    /// Parameters set from outside.
    set: Mutex<Params>,
}

/// Why a parameter of a source cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// There is none of that name; with those that there are.
    #[error("there is no parameter `{0}`")]
    NoSuch(String, Vec<String>),
    /// It is of another type.
    #[error(transparent)]
    Value(#[from] ParamError),
}

impl SourceSet {
    /// Adds a file, which stands in for the bundle's of the same service; of two others with one
    /// name the second is a mistake.
    pub fn add(&mut self, file: &Arc<SourceFile>) -> Option<Diagnostic> {
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let service = name.strip_suffix(".yaml").unwrap_or(name);
        let source = Source {
            file: file.clone(),
            connection: OnceLock::new(),
            service: OnceLock::new(),
            set: Mutex::default(),
        };
        let before = self.0.insert(interned(service), source)?;
        if before.file.is_bundled() {
            return None;
        }
        let span = Span {
            file: file.clone(),
            range: 0..0,
        };
        let message = format!("there is another source `{service}`");
        let help = format!("{} describes it already", before.file.name);
        Some(Diagnostic::new("duplicate-id", span, message).with_help(help))
    }

    /// No more files.
    pub fn finish(self) -> Sources {
        Sources(Arc::new(self.0))
    }
}

impl Sources {
    /// The names of the services.
    pub fn services(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The file that describes a service.
    pub fn file(&self, service: &str) -> Option<&Arc<SourceFile>> {
        self.0.get(service).map(|source| &source.file)
    }

    /// A service, decoded on first use.
    ///
    /// # Errors
    /// Every mistake in its file.
    pub fn get(&self, service: &str) -> Option<Result<&Arc<Service>, &Vec<Diagnostic>>> {
        let source = self.0.get(service)?;
        let decoded = source
            .service
            .get_or_init(|| decode(&source.file, &|other| self.connection(other)).map(Arc::new));
        Some(decoded.as_ref())
    }

    /// Where the requests of a service go.
    fn connection(&self, service: &str) -> Option<Arc<Connection>> {
        let source = self.0.get(service)?;
        let connection = source
            .connection
            .get_or_init(|| decode_connection(&source.file));
        connection.clone()
    }

    /// Sets a parameter of a source.
    ///
    /// # Errors
    /// When there is none of that name, or the text is not of its type.
    pub fn set(&self, service: &str, param: &str, text: &str) -> Result<(), SetError> {
        let Some((source, Ok(decoded))) = self.0.get(service).zip(self.get(service)) else {
            return Err(SetError::NoSuch(format!("{service}.{param}"), Vec::new()));
        };
        let mut params = decoded.params.iter();
        let Some(found) = params.find(|known| known.name == param) else {
            let known = decoded
                .params
                .iter()
                .map(|known| format!("{service}.{}", known.name));
            return Err(SetError::NoSuch(
                format!("{service}.{param}"),
                known.collect(),
            ));
        };
        let mut found = found.clone();
        found.set(text)?;
        let mut set = source.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.insert(found.name, found.value);
        Ok(())
    }

    /// The parameters of a service with what was set.
    pub fn params(&self, service: &Service) -> Params {
        let defaults = service.params.iter();
        let mut params: Params = defaults
            .map(|param| (param.name.clone(), param.value.clone()))
            .collect();
        if let Some(source) = self.0.get(service.connection.service) {
            let set = source.set.lock().unwrap_or_else(PoisonError::into_inner);
            params.extend(set.clone());
        }
        params
    }

    /// The types of the services, each made when it is first asked for. Of a file with mistakes
    /// there are none: who reads files of users checks them first.
    pub fn lazy(&self) -> Vec<Lazy> {
        let lazy = self.0.keys().map(|service| {
            let (sources, service) = (self.clone(), *service);
            Lazy::new(service, move || match sources.get(service) {
                Some(Ok(service)) => {
                    let types = service.types.iter();
                    types.map(|known| known.resource_type.clone()).collect()
                }
                _ => Vec::new(),
            })
        });
        lazy.collect()
    }

    /// What is wrong in the sources' files, alone and with each other.
    pub fn check<'f>(
        &self,
        files: impl IntoIterator<Item = &'f Arc<SourceFile>>,
        schema: &Schema,
    ) -> Vec<Diagnostic> {
        let files: Vec<_> = files.into_iter().map(|file| file.name.as_str()).collect();
        let ours = self
            .0
            .iter()
            .filter(|(_, source)| files.contains(&source.file.name.as_str()));
        let mut diagnostics = Vec::new();
        for (service, source) in ours {
            match self.get(service) {
                Some(Err(mistakes)) => diagnostics.extend(mistakes.iter().cloned()),
                Some(Ok(service)) => {
                    let span = Span {
                        file: source.file.clone(),
                        range: 0..0,
                    };
                    diagnostics.extend(super::check::check(service, schema, &span));
                }
                None => {}
            }
        }
        diagnostics
    }
}
