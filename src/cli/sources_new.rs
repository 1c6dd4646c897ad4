//! `launchgate sources new`: a draft of a source file from an installed API model.

use super::args::NewArgs;
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use crate::source::draft::{Environment, draft, model};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &NewArgs) -> Result<Exit, CliError> {
    let model = model(&args.service, &Environment::of_process())?;
    let text = draft(&model, &args.operation)?;
    print(text.as_bytes())?;
    let name = model.source_name();
    eprintln!(
        "drafted from {}; save it as DIR/sources/{name}.yaml, see to what is marked TODO, then \
         `launchgate sources check DIR` and `launchgate sources try {name}.TYPE --rules DIR`",
        model.path.display()
    );
    Ok(Exit::Open)
}
