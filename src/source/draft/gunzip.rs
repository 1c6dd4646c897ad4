//! Packed models, as newer releases of botocore bring them.

use std::io::{self, Read};

use flate2::read::GzDecoder;

/// Unpacks a file.
///
/// # Errors
/// When it is not packed by gzip, is damaged, or comes to more than `largest` bytes.
pub fn gunzip(packed: &[u8], largest: usize) -> io::Result<Vec<u8>> {
    let limit = u64::try_from(largest).unwrap_or(u64::MAX);
    let mut unpacked = Vec::new();
    GzDecoder::new(packed)
        .take(limit.saturating_add(1))
        .read_to_end(&mut unpacked)?;
    if unpacked.len() > largest {
        let message = format!("it unpacks to more than {largest} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(unpacked)
}
