//! What expressions may use beside the language's own functions: functions that are written as data,
//! and list prices.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::check::{Parsed, Place, tree};
use crate::diagnostic::{Diagnostic, SourceFile};

/// Functions and prices by name.
#[derive(Default)]
pub struct Library {
    functions: BTreeMap<String, Declared>,
    prices: BTreeMap<String, Arc<Price>>,
}

/// A function that is written as data. It is checked anew where it is called, with the types of
/// that call's arguments, so that one function serves alarms and composite alarms alike.
pub struct Declared {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub doc: String,
    /// The names of its arguments.
    pub params: Vec<String>,
    /// What it says, and where that is written.
    pub body: Place,
    tree: OnceLock<Result<Parsed, Vec<Diagnostic>>>,
}

/// The list price of something by region, in USD.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Its name in expressions.
    pub name: String,
    /// What one costs that much: `hour`, `GB`, `GB-month`.
    pub unit: String,
    /// Where a snapshot may hold the present price.
    pub live: Option<LivePrice>,
    /// The price by region at the time of the table.
    pub table: BTreeMap<String, f64>,
}

/// The products of the Price List among which a price is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivePrice {
    /// Their resource type.
    pub resource_type: String,
    /// The end of the product's `usagetype`, whose beginning names the region.
    pub usage_type: String,
}

impl Declared {
    /// A function of that name.
    pub fn new(name: String, doc: String, params: Vec<String>, body: Place) -> Self {
        Self {
            name,
            doc,
            params,
            body,
            tree: OnceLock::new(),
        }
    }

    /// Its syntax tree, parsed when it is first called.
    pub(super) fn tree(&self) -> Result<&Parsed, &Vec<Diagnostic>> {
        let tree = self.tree.get_or_init(|| tree(&self.body));
        tree.as_ref()
    }
}

impl Library {
    /// A library of these functions and prices.
    pub fn new(
        functions: impl IntoIterator<Item = Declared>,
        prices: impl IntoIterator<Item = Price>,
    ) -> Self {
        let functions = functions.into_iter();
        let prices = prices.into_iter();
        Self {
            functions: functions
                .map(|function| (function.name.clone(), function))
                .collect(),
            prices: prices
                .map(|price| (price.name.clone(), Arc::new(price)))
                .collect(),
        }
    }

    /// The mistakes in the syntax of the functions of some files: all that can be checked before they
    /// are called.
    pub fn check(&self, wanted: impl Fn(&SourceFile) -> bool) -> Vec<Diagnostic> {
        let functions = self.functions.values();
        let wanted = functions.filter(|function| wanted(function.body.file()));
        let mistakes = wanted.filter_map(|function| function.tree().err());
        mistakes.flatten().cloned().collect()
    }

    /// The function of that name.
    pub fn function(&self, name: &str) -> Option<&Declared> {
        self.functions.get(name)
    }

    /// All functions.
    pub fn functions(&self) -> impl Iterator<Item = &Declared> {
        self.functions.values()
    }

    /// The names of all functions.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }

    /// The price of that name.
    pub fn price(&self, name: &str) -> Option<&Arc<Price>> {
        self.prices.get(name)
    }

    /// All prices.
    pub fn prices(&self) -> impl Iterator<Item = &Arc<Price>> {
        self.prices.values()
    }
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.functions.keys()).finish()
    }
}
