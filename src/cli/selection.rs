//! The rules of a run: loaded, checked, chosen, with their parameters set.

use std::path::Path;
use std::sync::Arc;

use super::args::Choice;
use super::error::CliError;
use crate::collect;
use crate::diagnostic::SourceFile;
use crate::plan::Plan;
use crate::rule::{self, Origin, Rule, RuleSet};
use crate::schema::Schema;

/// What a run is about.
pub struct Selection {
    /// Every resource type.
    pub schema: Schema,
    /// Every rule and framework that was loaded.
    pub set: RuleSet,
    /// The ids of the chosen rules, sorted.
    pub chosen: Vec<String>,
    /// The frameworks that were asked for.
    pub frameworks: Vec<String>,
}

impl Selection {
    /// Loads, checks and chooses.
    ///
    /// # Errors
    /// Mistakes in files, and names on the command line that nothing bears.
    pub fn load(choice: &Choice) -> Result<Self, CliError> {
        let schema = collect::schema();
        let mut files = if choice.no_bundled {
            Vec::new()
        } else {
            rule::bundled()
        };
        for directory in &choice.directories {
            files.extend(rule::directory(directory)?);
        }
        let mut set = rule::load(&files, &schema).map_err(CliError::Rules)?;
        set_params(&choice.params, &mut set)?;
        let chosen = choose(choice, &set, &schema)?;
        Ok(Self {
            schema,
            set,
            chosen,
            frameworks: choice.frameworks.clone(),
        })
    }

    /// The chosen rules.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.chosen.iter().filter_map(|id| self.set.rules.get(id))
    }

    /// The plan for the chosen rules.
    pub fn plan(&self, all_regions: bool) -> Plan {
        Plan {
            all_regions,
            ..Plan::new(self.rules(), &self.schema)
        }
    }
}

/// The files of one directory for `rules check` and `rules test`: its own rules, and of the bundle
/// only the frameworks it does not have, which its rules may name.
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
    let own: Vec<Option<String>> = files
        .iter()
        .filter(|(origin, _)| *origin == Origin::Framework)
        .map(|(_, file)| file_name(file))
        .collect();
    let lent = rule::bundled()
        .into_iter()
        .filter(|(origin, file)| *origin == Origin::Framework && !own.contains(&file_name(file)));
    files.extend(lent);
    Ok(files)
}

fn set_params(texts: &[String], set: &mut RuleSet) -> Result<(), CliError> {
    for text in texts {
        let form = || CliError::ParamForm(text.clone());
        let (path, value) = text.split_once('=').ok_or_else(form)?;
        let (id, name) = path.rsplit_once('.').ok_or_else(form)?;
        if !set.rules.contains_key(id) {
            return Err(CliError::no_such(
                "rule",
                id,
                set.rules.keys().map(String::as_str),
            ));
        }
        let Some(rule) = set.rules.get_mut(id) else {
            continue;
        };
        let names = rule
            .params
            .iter()
            .map(|param| format!("{id}.{}", param.name));
        let names: Vec<String> = names.collect();
        let Some(param) = rule.params.iter_mut().find(|param| param.name == name) else {
            return Err(CliError::no_such(
                "parameter",
                path,
                names.iter().map(String::as_str),
            ));
        };
        param.set(value).map_err(|error| CliError::Param {
            text: text.clone(),
            error,
        })?;
    }
    Ok(())
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
            let services = schema.types().map(|known| known.service());
            return Err(CliError::no_such("service", service, services));
        }
    }
    let wanted = |rule: &&Rule| {
        let serves = |framework: &String| rule.controls.contains_key(framework);
        (choice.ids.is_empty() || choice.ids.contains(&rule.id))
            && (choice.frameworks.is_empty() || choice.frameworks.iter().any(serves))
            && choice.severity.is_none_or(|least| rule.severity >= least)
            && (choice.services.is_empty() || concerns(rule, &choice.services))
    };
    Ok(set
        .rules
        .values()
        .filter(wanted)
        .map(|rule| rule.id.clone())
        .collect())
}

/// A rule about the account or a region belongs to the services whose resources it asks for.
fn concerns(rule: &Rule, services: &[String]) -> bool {
    let wanted = |service: &str| services.iter().any(|wanted| wanted == service);
    if rule.service() != "aws" {
        return wanted(rule.service());
    }
    let mut read = rule
        .reads
        .iter()
        .filter_map(|(name, _)| name.split('.').next());
    read.any(wanted)
}
