//! The binary: parse, run, exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Parsing some hundred rules is mostly small allocations; this allocator halves their cost.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    launchgate::cli::main()
}
