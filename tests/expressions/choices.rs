//! A list of choices, by which facts and expressions are made: proptest shortens it to shrink them.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

pub struct Choices<'c> {
    bytes: &'c [u8],
    at: usize,
}

impl<'c> Choices<'c> {
    pub fn new(bytes: &'c [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number below `count`; zero once the list has come to its end.
    pub fn below(&mut self, count: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(byte) % count
    }

    /// One of the options; the first once the list has come to its end.
    pub fn of<T: Clone>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())].clone()
    }

    /// Whether the one out of `count` cases is met.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }
}

/// Up to so many choices.
pub fn choices(at_most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..at_most)
}

/// Does the work where there is stack for it: the `cel` crate's parser needs much.
pub fn with_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(256 * 1024 * 1024)
        .spawn(work)
        .expect("a thread starts");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}
