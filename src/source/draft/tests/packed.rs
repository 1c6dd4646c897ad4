//! Packed models.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::gunzip::gunzip;

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_was_packed_comes_out() {
    let text = "the quick brown lamp ".repeat(500);
    assert_eq!(gunzip(&packed(&text), text.len()).unwrap(), text.as_bytes());
}

#[test]
fn too_large_or_damaged_files_are_refused() {
    let whole = packed(&"a".repeat(100_000));
    assert!(gunzip(&whole, 99_999).is_err());
    assert!(gunzip(&whole[..whole.len() - 9], 200_000).is_err());
    assert!(gunzip(b"{}", 200_000).is_err());
    let mut damaged = whole.clone();
    let last = damaged.len() - 5;
    damaged[last] ^= 1;
    assert!(gunzip(&damaged, 200_000).is_err());
}
