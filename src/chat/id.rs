//! Ids for what the visitor sends: UUID version 7 (RFC 9562, section 5.7).

use crate::text::glue;
use crate::time::Moment;

/// An id unique within the session. `salt` tells apart ids made at the same moment.
pub fn uuid7(now: Moment, salt: u64) -> String {
    let random = mix(now.dice ^ mix(salt));
    let more = mix(random);
    let high = now.wall << 16 | 0x7000 | (random & 0x0fff);
    let low = 0x8000_0000_0000_0000 | (more >> 2);
    let hex = glue(&[&hex16(high), &hex16(low)]);
    [&hex[0..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..32]].join("-")
}

/// Spreads bits (the finalizer of SplitMix64), so that one random number serves for two.
fn mix(value: u64) -> u64 {
    let z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn hex16(value: u64) -> String {
    (0..16).rev().filter_map(|nibble| char::from_digit((value >> (nibble * 4) & 15) as u32, 16)).collect()
}
