//! The rules of a run: loaded, checked, chosen, with their parameters set.

use std::path::Path;
use std::sync::Arc;

use super::args::Choice;
use super::error::CliError;
use super::project;
use super::purpose::{self, Purpose};
use crate::collect;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::plan::Plan;
use crate::project::Project;
use crate::rule::{self, Attestable, Origin, Rule, RuleSet};
use crate::schema::Schema;
use crate::source::{SetError, SourceSet, Sources};

/// What a run is about.
pub struct Selection {
    /// Every declared source.
    pub sources: Sources,
    /// Every resource type.
    pub schema: Schema,
    /// Every rule and framework that was loaded.
    pub set: RuleSet,
    /// The ids of the chosen rules, sorted.
    pub chosen: Vec<String>,
    /// The frameworks that were asked for.
    pub frameworks: Vec<String>,
    /// The project file of the run.
    pub project: Option<Project>,
    /// What else was asked for.
    choice: Choice,
}

impl Selection {
    /// Loads, checks and chooses.
    ///
    /// # Errors
    /// Mistakes in files, and names on the command line that nothing bears.
    pub fn load(choice: &Choice) -> Result<Self, CliError> {
        let project = project::find(&choice.project)?;
        let choice = &project::under_flags(project.as_ref(), choice);
        let mut files = rule::bundled();
        // What rules are written in terms of stays, as the sources do.
        files.retain(|(origin, _)| !choice.no_bundled || origin.is_vocabulary());
        for directory in &choice.directories {
            files.extend(rule::directory(directory)?);
        }
        if let Some(project) = project.as_ref().filter(|_| choice.directories.is_empty()) {
            files.extend(project::rule_files(project)?);
        }
        let Gathered {
            sources,
            schema,
            diagnostics,
            ..
        } = gather_sources(&files, true);
        if !diagnostics.is_empty() {
            return Err(CliError::Rules(diagnostics));
        }
        let mut set = rule::load(&files, &schema).map_err(CliError::Rules)?;
        if let Some(project) = &project {
            project::set_up(project, choice, &mut set, &sources)?;
        }
        set_params(&choice.params, &mut set, &sources)?;
        let choice = &purpose::choice(choice, &set);
        let chosen = choose(choice, &set, &schema)?;
        Ok(Self {
            sources,
            schema,
            set,
            chosen,
            frameworks: choice.frameworks.clone(),
            project,
            choice: choice.clone(),
        })
    }

    /// The chosen rules.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.chosen.iter().filter_map(|id| self.set.rules.get(id))
    }

    /// Whether a control that a person decides was asked for: its framework was, and not just rules
    /// or a service.
    pub fn asks_for(&self, control: &Attestable<'_>) -> bool {
        let Choice {
            ids,
            services,
            severity,
            ..
        } = &self.choice;
        control.by_person
            && self.frameworks.contains(&control.framework.id)
            && ids.is_empty()
            && services.is_empty()
            && severity.is_none_or(|least| control.control.severity >= least)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && !self.choice.purposes.contains(&Purpose::Costs)
    }

    /// The plan for the chosen rules, and for what else the run shows.
    pub fn plan(&self, all_regions: bool) -> Plan {
        let mut plan = Plan {
            all_regions,
            ..Plan::new(self.rules(), &self.schema)
        };
        let purposes = &self.choice.purposes;
        purpose::add_reads(purposes, &mut plan, &self.schema);
        if purposes.contains(&Purpose::Readiness) {
            purpose::add_prices(self.rules(), &self.set, &mut plan, &self.schema);
        }
        plan
    }
}

/// Sources and the schema of all, with what is wrong in files.
pub struct Gathered {
    /// The sources.
    pub sources: Sources,
    /// Every resource type.
    pub schema: Schema,
    /// The mistakes in sources that are not the bundle's.
    pub diagnostics: Vec<Diagnostic>,
    /// How many sources are not the bundle's.
    pub own: usize,
}

/// The sources of the bundle and those among `files`, which stand in for the bundle's of the same
/// service.
pub fn gather_sources(files: &[(Origin, Arc<SourceFile>)], with_bundled: bool) -> Gathered {
    let mut set = SourceSet::default();
    let is_source = |(origin, _): &&(Origin, Arc<SourceFile>)| *origin == Origin::Source;
    if with_bundled {
        for (_, file) in rule::bundled().iter().filter(is_source) {
            set.add(file);
        }
    }
    let own = files.iter().filter(is_source).map(|(_, file)| file);
    let own: Vec<_> = own.filter(|file| !file.is_bundled()).collect();
    let mut diagnostics: Vec<Diagnostic> = own.iter().filter_map(|file| set.add(file)).collect();
    let sources = set.finish();
    let schema = collect::schema(&sources);
    diagnostics.extend(sources.check(own.iter().copied(), &schema));
    Gathered {
        sources,
        schema,
        diagnostics,
        own: own.len(),
    }
}

/// The files of one directory for `rules check` and `rules test`: its own rules, and of the bundle
/// only the frameworks, functions, parameters and prices it does not have, which its rules may name.
///
/// # Errors
/// When the directory cannot be read.
pub fn files_to_check(
    directory: Option<&Path>,
) -> Result<Vec<(Origin, Arc<SourceFile>)>, CliError> {
    let Some(directory) = directory else {
        return Ok(rule::bundled());
    };
    let mut files = rule::directory(directory)?;
    let file_name = |file: &SourceFile| file.name.rsplit('/').next().map(str::to_owned);
    let own: Vec<(Origin, Option<String>)> = files
        .iter()
        .map(|(origin, file)| (*origin, file_name(file)))
        .collect();
    let lent = rule::bundled().into_iter().filter(|(origin, file)| {
        let lendable = *origin == Origin::Framework || origin.is_vocabulary();
        lendable && !own.contains(&(*origin, file_name(file)))
    });
    files.extend(lent);
    Ok(files)
}

fn set_params(texts: &[String], set: &mut RuleSet, sources: &Sources) -> Result<(), CliError> {
    texts
        .iter()
        .try_for_each(|text| set_param(text, set, sources))
}

/// Sets the parameter that a text such as `rule.name=value` names.
///
/// # Errors
/// When there is none of that name, or the value is not of its type.
pub fn set_param(text: &str, set: &mut RuleSet, sources: &Sources) -> Result<(), CliError> {
    let form = || CliError::ParamForm(text.to_owned());
    let (path, value) = text.split_once('=').ok_or_else(form)?;
    let Some((id, name)) = path.rsplit_once('.') else {
        return set_shared_param(path, value, text, set, sources);
    };
    if !set.rules.contains_key(id) && sources.file(id).is_some() {
        return set_source_param(sources, id, name, value, text);
    }
    let rules: Vec<String> = set.rules.keys().cloned().collect();
    let Some(rule) = set.rules.get_mut(id) else {
        return Err(CliError::no_such(
            "rule",
            id,
            rules.iter().map(String::as_str),
        ));
    };
    let names = rule
        .params
        .iter()
        .map(|param| format!("{id}.{}", param.name));
    let names: Vec<String> = names.collect();
    let Some(param) = rule.params.iter_mut().find(|param| param.name == name) else {
        let names = names.iter().map(String::as_str);
        return Err(CliError::no_such("parameter", path, names));
    };
    param.set(value).map_err(|error| CliError::Param {
        text: text.to_owned(),
        error,
    })
}

/// Sets a parameter that rules share, and those of sources that go with it.
fn set_shared_param(
    name: &str,
    value: &str,
    text: &str,
    set: &mut RuleSet,
    sources: &Sources,
) -> Result<(), CliError> {
    match set.set_shared(name, value) {
        Some(Ok(())) => {}
        Some(Err(error)) => {
            let text = text.to_owned();
            return Err(CliError::Param { text, error });
        }
        None => {
            let names: Vec<&str> = set.vocabulary.shared.names().collect();
            return Err(CliError::no_such("shared parameter", name, names));
        }
    }
    let shared = set.vocabulary.shared.get(name);
    let of_sources = shared.map_or(&[][..], |shared| &shared.sources);
    for (service, name) in of_sources.iter().filter_map(|path| path.split_once('.')) {
        set_source_param(sources, service, name, value, text)?;
    }
    Ok(())
}

/// Sets a parameter of a source.
///
/// # Errors
/// When there is none of that name, or the value is not of its type.
pub fn set_source_param(
    sources: &Sources,
    service: &str,
    name: &str,
    value: &str,
    text: &str,
) -> Result<(), CliError> {
    sources
        .set(service, name, value)
        .map_err(|error| match error {
            SetError::NoSuch(path, known) => {
                CliError::no_such("parameter", &path, known.iter().map(String::as_str))
            }
            SetError::Value(error) => CliError::SourceParam {
                text: text.to_owned(),
                error,
            },
        })
}

fn choose(choice: &Choice, set: &RuleSet, schema: &Schema) -> Result<Vec<String>, CliError> {
    for id in &choice.ids {
        if !set.rules.contains_key(id) {
            return Err(CliError::no_such(
                "rule",
                id,
                set.rules.keys().map(String::as_str),
            ));
        }
    }
    for id in &choice.frameworks {
        if !set.frameworks.contains_key(id) {
            return Err(CliError::no_such(
                "framework",
                id,
                set.frameworks.keys().map(String::as_str),
            ));
        }
    }
    for service in &choice.services {
        if !schema.has_service(service) {
            let services = schema.services();
            return Err(CliError::no_such("service", service, services));
        }
    }
    if !purpose::has_rules(&choice.purposes) {
        return Ok(Vec::new());
    }
    let wanted = |rule: &&Rule| {
        let serves = |framework: &String| rule.controls.contains_key(framework);
        (choice.ids.is_empty() || choice.ids.contains(&rule.id))
            && (choice.frameworks.is_empty() || choice.frameworks.iter().any(serves))
            && choice.severity.is_none_or(|least| rule.severity >= least)
            && (choice.services.is_empty() || concerns(rule, &choice.services, schema))
    };
    Ok(set
        .rules
        .values()
        .filter(wanted)
        .map(|rule| rule.id.clone())
        .collect())
}

/// A rule about the account or a region belongs to the services whose resources it asks for.
fn concerns(rule: &Rule, services: &[String], schema: &Schema) -> bool {
    let wanted = |service: &str| services.iter().any(|wanted| wanted == service);
    if rule.service() != "aws" {
        return wanted(rule.service());
    }
    let mut read = rule
        .body(schema)
        .reads
        .iter()
        .filter_map(|(name, _)| name.split('.').next());
    read.any(wanted)
}
