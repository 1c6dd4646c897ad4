//! The project file of a run: found, checked against what was loaded, and under the flags.

use std::path::Path;
use std::sync::Arc;

use super::args::{Account, Choice, ProjectChoice};
use super::demo;
use super::error::CliError;
use super::selection::set_param;
use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::finding::Gate;
use crate::project::{self, FILE, Project, Regions};
use crate::rule::{self, Origin, RuleSet, Severity};
use crate::source::Sources;

/// What a user who knows YAML's other extension may have called it.
const OTHER_NAME: &str = "launchgate.yml";

/// The project file that was chosen, or the one in the working directory.
///
/// # Errors
/// When it cannot be read, and every mistake in it.
pub fn find(choice: &ProjectChoice) -> Result<Option<Project>, CliError> {
    let default = Path::new(FILE);
    if choice.demo {
        return project::decode(&demo::project())
            .map(Some)
            .map_err(CliError::Rules);
    }
    let path = match &choice.project {
        Some(path) => path.as_path(),
        None if choice.no_project => return Ok(None),
        None if default.symlink_metadata().is_ok() => default,
        None => {
            if Path::new(OTHER_NAME).exists() {
                eprintln!("{OTHER_NAME} is not read: the project file is called {FILE}");
            }
            return Ok(None);
        }
    };
    let text = std::fs::read_to_string(path).map_err(|error| CliError::ProjectFile {
        path: path.to_owned(),
        error,
    })?;
    if choice.project.is_none() {
        eprintln!("using {FILE}");
    }
    let file = SourceFile::new(path.display().to_string(), text);
    project::decode(&file).map(Some).map_err(CliError::Rules)
}

/// The choice with what the project says where no flag does. Whoever names rules means those, of
/// whatever framework.
pub fn under_flags(project: Option<&Project>, choice: &Choice) -> Choice {
    let mut choice = choice.clone();
    if let Some(project) = project
        && choice.frameworks.is_empty()
        && choice.ids.is_empty()
    {
        let names = project.frameworks.iter().map(|(name, _)| name.clone());
        choice.frameworks = names.collect();
    }
    choice
}

/// The rules of the directories that the project names.
///
/// # Errors
/// When one cannot be read.
pub fn rule_files(project: &Project) -> Result<Vec<(Origin, Arc<SourceFile>)>, CliError> {
    let mut files = Vec::new();
    let mut mistakes = Vec::new();
    for (directory, span) in &project.rules {
        match rule::directory(&project.path(directory)) {
            Ok(found) => files.extend(found),
            Err(error) => {
                let message = format!("failed to read rules: {error}");
                mistakes.push(Diagnostic::new("rules", span.clone(), message));
            }
        }
    }
    told(mistakes).map(|()| files)
}

/// Sets the project's parameters and checks the names that it gives.
///
/// # Errors
/// Every name that nothing bears, and every value of another type.
pub fn set_up(
    project: &Project,
    choice: &Choice,
    set: &mut RuleSet,
    sources: &Sources,
) -> Result<(), CliError> {
    let mut mistakes = Vec::new();
    // Those that flags stand in for may well be of rules that are left out.
    let chosen = |(name, _): &&(String, Span)| choice.frameworks.contains(name);
    for (name, span) in project.frameworks.iter().filter(chosen) {
        if !set.frameworks.contains_key(name) {
            let message = format!("there is no framework `{name}`");
            let names = set.frameworks.keys().map(String::as_str);
            let diagnostic = Diagnostic::new("unknown-framework", span.clone(), message);
            mistakes.push(diagnostic.suggest(name, names));
        }
    }
    for setting in &project.params {
        let text = format!("{}={}", setting.name, setting.value);
        if let Err(error) = set_param(&text, set, sources) {
            mistakes.push(of_setting(error, setting));
        }
    }
    told(mistakes)
}

/// What is wrong with a parameter, told in the file.
fn of_setting(error: CliError, setting: &project::Setting) -> Diagnostic {
    let at_name = setting.name_at.clone();
    match error {
        CliError::NoSuch { what, name, hint } => {
            let message = format!("there is no {what} `{name}`");
            let diagnostic = Diagnostic::new("unknown-param", at_name, message);
            match hint.strip_prefix("; ") {
                Some(hint) => diagnostic.with_help(hint),
                None => diagnostic,
            }
        }
        CliError::ParamForm(_) => {
            let message = format!("there is no parameter `{}`", setting.name);
            Diagnostic::new("unknown-param", at_name, message)
                .with_help("a rule's parameter is written as rule.name: value")
        }
        CliError::Param { error, .. } => wrong(setting, error.to_string()),
        CliError::SourceParam { error, .. } => wrong(setting, error.to_string()),
        other => wrong(setting, other.to_string()),
    }
}

fn wrong(setting: &project::Setting, why: String) -> Diagnostic {
    let message = format!("`{}`: {why}", setting.name);
    Diagnostic::new("wrong-type", setting.value_at.clone(), message)
}

fn told(mistakes: Vec<Diagnostic>) -> Result<(), CliError> {
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(CliError::Rules(mistakes))
    }
}

/// The account to read, with what the project says where no flag does.
pub fn account(project: Option<&Project>, given: &Account) -> Account {
    let mut account = given.clone();
    let Some(project) = project else {
        return account;
    };
    account.allowed.clone_from(&project.accounts);
    account.profile = account.profile.or_else(|| project.profile.clone());
    if account.regions.is_empty() && !account.all_regions {
        match &project.regions {
            Some(Regions::All) => account.all_regions = true,
            Some(Regions::These(regions)) => account.regions.clone_from(regions),
            None => {}
        }
    }
    account
}

/// Whether every region is planned for.
pub fn all_regions(project: Option<&Project>, given: bool) -> bool {
    given || project.is_some_and(|project| project.regions == Some(Regions::All))
}

/// The gate, with what the project says where no flag does.
pub fn gate(
    project: Option<&Project>,
    fail_on: Option<Severity>,
    allow_unknown: Option<bool>,
) -> Gate {
    let usual = Gate::default();
    let of_project = project.and_then(|project| project.fail_on);
    let let_through = project.and_then(|project| project.allow_unknown);
    Gate {
        fail_on: fail_on.or(of_project).unwrap_or(usual.fail_on),
        allow_unknown: allow_unknown.or(let_through).unwrap_or(usual.allow_unknown),
    }
}

/// Makes sure that the project lets these accounts be looked at.
///
/// # Errors
/// When it lists accounts, and not all of these.
pub fn check_accounts<'a>(
    project: Option<&Project>,
    accounts: impl IntoIterator<Item = &'a str>,
) -> Result<(), CliError> {
    let allowed = project.map_or(&[][..], |project| &project.accounts);
    let stranger = |account: &&str| !allowed.iter().any(|known| known == account);
    match accounts.into_iter().find(stranger) {
        Some(account) if !allowed.is_empty() => Err(CliError::OtherAccount {
            account: account.to_owned(),
            allowed: allowed.join(", "),
        }),
        _ => Ok(()),
    }
}
