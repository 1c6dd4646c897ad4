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

mod answer;
mod call;
mod command;
mod exchange;
mod faults;
mod moto;
mod pages;
mod pages_table;
mod proxy;
mod venv;
mod xml;

use std::path::PathBuf;

pub use call::Call;
pub use command::{Run, launchgate, run, scrubbed};
pub use faults::{Fault, Faults};
pub use moto::{Moto, aws_env};
pub use proxy::Proxy;
pub use venv::python;

/// This directory: the scripts beside the Rust files.
fn support_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/support")
}
