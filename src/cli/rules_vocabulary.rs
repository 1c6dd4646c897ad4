//! `launchgate rules vocabulary`: what rules may use that is neither theirs nor the language's.

use serde_json::{Value, json};

use super::args::{Choice, ListFormat};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::rules::json_of_param;
use super::selection::Selection;
use super::table::aligned;
use crate::expr::{Declared, Price};
use crate::rule::Vocabulary;

/// Lists shared parameters, functions and prices.
///
/// # Errors
/// See [`CliError`].
pub fn list(format: ListFormat, choice: &Choice) -> Result<Exit, CliError> {
    let selection = Selection::load(choice)?;
    let vocabulary = &selection.set.vocabulary;
    let text = match format {
        ListFormat::Json => format!("{:#}\n", json_of(vocabulary)),
        ListFormat::Text => text_of(vocabulary),
    };
    print(text.as_bytes())?;
    Ok(Exit::Open)
}

fn json_of(vocabulary: &Vocabulary) -> Value {
    let with_kind = |kind: &str, mut value: Value| {
        value["kind"] = json!(kind);
        value
    };
    let params = vocabulary.shared.iter();
    let params = params.map(|shared| with_kind("param", json_of_param(&shared.param)));
    let functions = vocabulary.library.functions().map(|function| {
        let Declared {
            name, doc, params, ..
        } = function;
        with_kind(
            "function",
            json!({ "name": name, "params": params, "help": doc }),
        )
    });
    let prices = vocabulary.library.prices().map(|price| {
        let Price {
            name, unit, table, ..
        } = &**price;
        let dated = &vocabulary.prices_dated;
        with_kind(
            "price",
            json!({ "name": name, "unit": unit, "dated": dated, "usd": table }),
        )
    });
    params.chain(functions).chain(prices).collect()
}

fn text_of(vocabulary: &Vocabulary) -> String {
    let params = vocabulary.shared.iter().map(|shared| {
        let param = &shared.param;
        let value = match param.shown() {
            Value::Null => "not set".to_owned(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        let name = format!("params.{}", param.name);
        vec![name, param.ty.to_string(), value, param.help.clone()]
    });
    let functions = vocabulary.library.functions().map(|function| {
        let call = format!("{}({})", function.name, function.params.join(", "));
        vec![call, function.doc.clone()]
    });
    let prices = vocabulary.library.prices().map(|price| {
        let regions = match price.table.len() {
            1 => "1 region".to_owned(),
            count => format!("{count} regions"),
        };
        let call = format!("price({:?}, region)", price.name);
        vec![call, format!("USD per {}", price.unit), regions]
    });
    let dated = vocabulary.prices_dated.as_deref().unwrap_or("no day");
    [
        (
            "shared parameters".to_owned(),
            aligned(&params.collect::<Vec<_>>()),
        ),
        (
            "functions".to_owned(),
            aligned(&functions.collect::<Vec<_>>()),
        ),
        (
            format!("list prices of {dated}"),
            aligned(&prices.collect::<Vec<_>>()),
        ),
    ]
    .into_iter()
    .map(|(title, table)| format!("{title}\n{}", indented(&table)))
    .collect::<Vec<_>>()
    .join("\n")
}

fn indented(table: &str) -> String {
    table.lines().map(|line| format!("  {line}\n")).collect()
}
