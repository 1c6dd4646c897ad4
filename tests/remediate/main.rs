//! `remediate`: what it writes, that names of resources stay data in it, and that what it writes
//! mends what it says.

#[path = "../support/mod.rs"]
mod support;

mod applied;
mod files;
mod hostile;
mod mistakes;
mod stub;
