//! YAML with positions: a tree whose every value knows where it was written.
//!
//! Rules, frameworks and sources are decoded from this tree by hand rather than by derived
//! deserialisers, because those stop at the first mistake; ours tells all of them.

mod decode;
mod tree;

pub use decode::{Decoder, MapReader};
pub use tree::{Key, Node, Value, parse, parse_before};
