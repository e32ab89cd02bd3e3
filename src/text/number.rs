//! Numbers as texts and back, as JavaScript has them. The library's ways cost 4 KB and more over the wire.

use super::digits;

/// A number as JavaScript writes it, which is also how JSON does: `7`, `0.25`, `-1.5e-9`.
///
/// What has at most 15 digits reads back as the same number; beyond that the last digits may be off, and from
/// 1e18 on (JavaScript: 1e21) an exponent is used.
pub fn number(number: f64) -> String {
    let mut size = number.abs();
    if !size.is_finite() {
        return String::from(if number < 0.0 {
            "-Infinity"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "NaN"
        });
    }
    let mut exponent = 0;
    if size >= 1e18 {
        // The largest number, rounded to fifteen digits, would be larger than any.
        let whole = size.min(1.797_693_134_862_31e308);
        while size >= 10.0 {
            exponent += 1;
            size = shifted(whole, -exponent);
        }
    } else if size < 1e-6 && size > 0.0 {
        let whole = size;
        while size < 1.0 {
            exponent -= 1;
            size = shifted(whole, -exponent);
        }
    }
    if exponent != 0 {
        // Shifting has blurred what is beyond the fifteenth digit.
        size = (size * 1e14 + 0.5).trunc() / 1e14;
    }
    // The fewest decimals that read back as this number.
    let mut decimals = 0u32;
    let all = loop {
        let scaled = size * power(decimals);
        // From 2^52 on there are no halves to round.
        let whole = (if scaled < 4e15 { scaled + 0.5 } else { scaled }) as u64;
        if scaled > 1e17 || decimals == 22 || whole as f64 / power(decimals) == size {
            break digits(whole);
        }
        decimals += 1;
    };
    let mut text = String::from(if number < 0.0 { "-" } else { "" });
    let decimals = decimals as usize;
    // How many digits follow; there is one at least before the point.
    for after in (0..all.len().max(decimals + 1)).rev() {
        let digit = all.as_bytes().get(all.len().wrapping_sub(after + 1));
        text.push(char::from(*digit.unwrap_or(&b'0')));
        if after == decimals && after > 0 {
            text.push('.');
        }
    }
    if exponent != 0 {
        text.push_str(if exponent > 0 { "e+" } else { "e-" });
        text.push_str(&digits(u64::from(exponent.unsigned_abs())));
    }
    text
}

/// The number a text stands for, as JavaScript's `Number()` reads it: blanks around it do not matter, a text
/// without anything else is 0, and NaN when it is none.
///
/// Exact for at most 15 digits and exponents up to 22; otherwise the last digit may be off.
pub fn to_number(text: &str) -> f64 {
    let bytes = trim(text).as_bytes();
    let (negative, rest) = match bytes {
        [] => return 0.0,
        [b'0', b'x' | b'X', rest @ ..] => return whole(rest, 16),
        [b'0', b'o' | b'O', rest @ ..] => return whole(rest, 8),
        [b'0', b'b' | b'B', rest @ ..] => return whole(rest, 2),
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let size = if rest == b"Infinity" { f64::INFINITY } else { decimal(rest) };
    if negative { -size } else { size }
}

/// Digits with a point and an exponent, without a sign.
pub fn decimal(text: &[u8]) -> f64 {
    let mut rest = text;
    let (mut mantissa, mut scale) = (0u64, 0i32);
    let (mut digits, mut point) = (false, false);
    while let [byte, tail @ ..] = rest {
        match byte {
            b'0'..=b'9' => {
                digits = true;
                // Beyond 18 digits only the size matters.
                let kept = mantissa < 100_000_000_000_000_000;
                if kept {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                }
                scale += i32::from(!kept) - i32::from(point);
            }
            b'.' if !point => point = true,
            b'e' | b'E' => {
                let (down, tail) = match tail {
                    [b'-', tail @ ..] => (true, tail),
                    [b'+', tail @ ..] => (false, tail),
                    tail => (false, tail),
                };
                let exponent = whole(tail, 10);
                if exponent.is_nan() {
                    return exponent;
                }
                let exponent = exponent.min(1e6) as i32;
                scale += if down { -exponent } else { exponent };
                break;
            }
            _ => return f64::NAN,
        }
        rest = tail;
    }
    if digits { shifted(mantissa as f64, scale) } else { f64::NAN }
}

/// `number` times ten to the power of `places`. Exact while both are exact, else as near as multiplying comes.
fn shifted(mut number: f64, mut places: i32) -> f64 {
    // Powers up to this are exact; each step rounds once. Nothing is left, or too much, after a few of them.
    for _ in 0..20 {
        if places == 0 {
            break;
        }
        let step = places.clamp(-22, 22);
        places -= step;
        if step < 0 {
            number /= power(step.unsigned_abs());
        } else {
            number *= power(step.unsigned_abs());
        }
    }
    number
}

/// Digits of a whole number and nothing else.
fn whole(text: &[u8], radix: u32) -> f64 {
    let mut number = if text.is_empty() { f64::NAN } else { 0.0 };
    for byte in text {
        match char::from(*byte).to_digit(radix) {
            Some(digit) => number = number * f64::from(radix) + f64::from(digit),
            None => return f64::NAN,
        }
    }
    number
}

/// Ten to the power of `exponent`, which is exact up to 22.
fn power(exponent: u32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent {
        power *= 10.0;
    }
    power
}

/// Without blanks at both ends.
fn trim(text: &str) -> &str {
    let mut rest = text.chars();
    loop {
        let shorter = rest.clone();
        if !rest.next().is_some_and(blank) {
            rest = shorter;
            break;
        }
    }
    loop {
        let text = rest.as_str();
        if !rest.next_back().is_some_and(blank) {
            return text;
        }
    }
}

fn blank(letter: char) -> bool {
    let code = letter as u32;
    SPACES.iter().any(|(first, last)| *first <= code && code <= *last)
}

/// What JavaScript takes for blank, as ranges of UTF-16 units in growing order.
pub const SPACES: [(u32, u32); 10] = [
    (9, 13),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
