//! Brotli at its highest quality, as a web server would send it when it has prepared the file beforehand.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;

/// The largest window that every browser accepts.
const WINDOW_BITS: i32 = 24;

pub fn brotli_11(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: WINDOW_BITS,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).context("cannot compress")?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "A fee is shown before it is paid. ".repeat(200);
        let packed = brotli_11(text.as_bytes()).unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        assert!(packed.len() < text.len() / 20);
    }
}
