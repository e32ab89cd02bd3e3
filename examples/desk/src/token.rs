//! Tokens that name a customer: `customer.expiry.mac`. The bank's server makes them, the desk believes them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::limits::NAME_CHARS;

/// What a token that holds says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub customer: String,
    /// The moment from which it holds no more, in milliseconds since 1970.
    pub until: u64,
}

/// Writes a token that holds until `expiry`, in seconds since 1970.
pub fn token(secret: &str, customer: &str, expiry: u64) -> String {
    let said = format!("{customer}.{expiry}");
    // HMAC takes keys of every length, so there is always one; a token without it would not be believed.
    let mac = mac(secret, &said).map(|mac| mac.finalize().into_bytes()).unwrap_or_default();
    let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{said}.{hex}")
}

/// Reads a token, or says why it does not hold. Whether it is genuine is looked at first, so that a forged one is
/// told nothing.
pub fn identity(secret: &str, token: &str, now: u64) -> Result<Identity, &'static str> {
    let forged = "it is not a token of this bank";
    let (said, shown) = token.rsplit_once('.').ok_or(forged)?;
    // Compared as bytes and in constant time: how long it takes tells nothing about the right one.
    let genuine =
        mac(secret, said).zip(bytes(shown)).is_some_and(|(mac, shown)| mac.verify_slice(&shown).is_ok());
    let (customer, expiry) = said.rsplit_once('.').filter(|_| genuine).ok_or(forged)?;
    if !(1..=NAME_CHARS).contains(&customer.chars().count()) {
        return Err("the customer's name must have 1 to 80 characters");
    }
    let expiry: u64 = expiry.parse().map_err(|_| "its expiry is not a number of seconds")?;
    let until = expiry.saturating_mul(1_000);
    match until > now {
        true => Ok(Identity { customer: customer.to_owned(), until }),
        false => Err("it has expired; fetch a fresh one"),
    }
}

fn mac(secret: &str, said: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(said.as_bytes());
    Some(mac)
}

/// Reads hexadecimal digits, two a byte.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.bytes().map(digit).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}

/// Lower case only: one token is written in one way.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of the demo bank";

    #[test]
    fn the_documents_example_is_genuine() {
        let written = token(SECRET, "c-4711", 1_795_306_500);
        let mac = "36835877a10d1969a75b6e88387d6a640265dd5e1c8d98942399957468550f92";
        assert_eq!(written, format!("c-4711.1795306500.{mac}"));
        let expected = Identity { customer: "c-4711".to_owned(), until: 1_795_306_500_000 };
        assert_eq!(identity(SECRET, &written, 1_795_306_499_999), Ok(expected));
        assert_eq!(identity(SECRET, &written, 1_795_306_500_000), Err("it has expired; fetch a fresh one"));
    }

    #[test]
    fn customers_may_have_dots_and_any_letters() {
        for customer in ["sana.malik@bank.example", "ثنا", "a b", "1"] {
            let known = identity(SECRET, &token(SECRET, customer, 100), 0);
            assert_eq!(known.map(|one| one.customer), Ok(customer.to_owned()));
        }
    }

    #[test]
    fn what_is_forged_is_told_nothing() {
        let right = token(SECRET, "sana", 100);
        let (said, mac) = right.rsplit_once('.').expect("a mac");
        let forged = [
            String::new(),
            "..".to_owned(),
            said.to_owned(),
            format!("{said}."),
            format!("omar.100.{mac}"),
            format!("sana.101.{mac}"),
            format!("{said}.{}", mac.to_uppercase()),
            format!("{right}00"),
            right.replace('.', "-"),
            right.get(..right.len() - 2).unwrap_or_default().to_owned(),
            token("another secret", "sana", 100),
            token(SECRET, "sana", 100).replacen("sana", "sanä", 1),
        ];
        for token in forged {
            assert_eq!(identity(SECRET, &token, 0), Err("it is not a token of this bank"), "{token}");
        }
        assert!(identity(SECRET, &token(SECRET, "", 100), 0).is_err());
        assert!(identity(SECRET, &token(SECRET, &"x".repeat(81), 100), 0).is_err());
    }
}
