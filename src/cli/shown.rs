//! Words of a file on a terminal.

/// Characters that are shown of a text.
const MOST: usize = 500;

/// `text` without what would move the cursor or begin a line, and cut where nobody reads on.
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (nth, letter) in text.chars().enumerate() {
        if nth == MOST {
            shown.push('…');
            break;
        }
        match letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            true => shown.extend(letter.escape_default()),
            false => shown.push(letter),
        }
    }
    shown
}
