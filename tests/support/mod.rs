//! What the integration tests share: a local AWS, a proxy that watches and breaks the wire, and the
//! built binary in a clean environment.
//!
//! ```ignore
//! mod support;
//! let moto = support::Moto::start();
//! moto.python("startup", &[]);
//! let proxy = support::Proxy::start(moto.url(), support::Faults::none().split_pages());
//! proxy.set("iam:ListAccessKeys", support::Fault::AccessDenied);
//! let run = support::run(support::launchgate().arg("audit").envs(proxy.env()));
//! ```

// Each test binary compiles this module and uses a part of it.
#![allow(dead_code, unused_imports)]

pub mod answer;
mod bench;
pub mod call;
mod command;
mod exchange;
mod faults;
mod findings;
pub mod forward;
pub mod launch;
mod moto;
mod moto_gaps;
pub mod nasty;
pub mod outgoing;
mod pages;
mod pages_table;
mod plan;
mod proxy;
mod rule_dir;
pub mod samples;
mod script;
mod seeded;
pub mod server;
mod typed;
mod venv;
pub mod xml;

use std::path::PathBuf;

pub use bench::Bench;
pub use call::Call;
pub use command::{Run, launchgate, run, scrubbed};
pub use faults::{Fault, Faults};
pub use findings::{Finding, Findings, Key, without_clocks};
pub use moto::{Moto, aws_env};
pub use pages_table::is_paginated;
pub use plan::{Planned, plan};
pub use proxy::Proxy;
pub use rule_dir::{RuleDir, of_service as rules_of_service};
pub use script::Reply;
pub use seeded::seeded;
pub use typed::typed_rules;
pub use venv::{python, python_script};

/// This directory: the scripts beside the Rust files.
fn support_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/support")
}
