//! Damage to configs: small changes such as people make, and odd ones such as nobody expects.

use crate::dice::Dice;
use crate::json::json;
use bharosa::value::Value;

/// What is done to a config, by name.
pub const TRICKS: [&str; 12] = [
    "drop a member",
    "rename a member",
    "add a member",
    "copy an item",
    "empty a list or object",
    "another type",
    "another number",
    "a long text",
    "an odd text",
    "another word",
    "another operator",
    "a nested condition",
];

/// A way down into a value: members by name, items by number.
pub type Path = Vec<String>;

/// A copy of `good` with one to three changes, and which tricks were played where.
pub fn damaged(good: &Value, dice: &mut Dice) -> (Value, Vec<(usize, Path)>) {
    let mut value = good.clone();
    let mut played = Vec::new();
    for _ in 0..*dice.pick(&[1, 1, 1, 2, 3]) {
        let trick = dice.below(TRICKS.len());
        // Not every trick can be played everywhere: some places are tried.
        for _ in 0..200 {
            let mut path = Path::new();
            let mut count = dice.below(size(&value));
            let place = nth(&mut value, &mut count, &mut path);
            // Conditions are where most can go wrong.
            let inside = path.iter().any(|step| step == "when" || step == "where");
            if (trick < 10 || inside) && play(place, trick, dice) {
                played.push((trick, path));
                break;
            }
        }
    }
    (value, played)
}

/// How many values there are in `value`, itself included.
pub fn size(value: &Value) -> usize {
    1 + value.list().iter().chain(value.entries().iter().map(|(_, value)| value)).map(size).sum::<usize>()
}

/// The value that comes `count` after this one, counted down into each before the next.
pub fn nth<'v>(value: &'v mut Value, count: &mut usize, path: &mut Path) -> &'v mut Value {
    if *count == 0 {
        return value;
    }
    *count -= 1;
    let below: Vec<(String, &'v mut Value)> = match value {
        Value::List(items) => items.iter_mut().enumerate().map(|(n, item)| (n.to_string(), item)).collect(),
        Value::Map(entries) => entries.iter_mut().map(|(key, value)| (key.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in below {
        let within = size(value);
        if *count < within {
            path.push(step);
            return nth(value, count, path);
        }
        *count -= within;
    }
    unreachable!("the count is below the size")
}

/// The value at `path`.
pub fn at<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Value {
    let [step, rest @ ..] = path else { return value };
    match value {
        Value::List(items) => at(&mut items[step.parse::<usize>().unwrap()], rest),
        Value::Map(entries) => at(&mut entries.iter_mut().find(|(key, _)| key == step).unwrap().1, rest),
        _ => unreachable!("the path was found in it"),
    }
}

/// Changes one value in one of the ways that can be played on it.
pub fn change(target: &mut Value, dice: &mut Dice) {
    while !play(target, dice.below(10), dice) {}
}

fn play(target: &mut Value, trick: usize, dice: &mut Dice) -> bool {
    match (TRICKS[trick], target) {
        ("drop a member", Value::Map(entries)) if !entries.is_empty() => {
            entries.remove(dice.below(entries.len()));
        }
        ("drop a member", Value::List(items)) if !items.is_empty() => {
            items.remove(dice.below(items.len()));
        }
        ("rename a member", Value::Map(entries)) if !entries.is_empty() => {
            let at = dice.below(entries.len());
            let name = key(dice, &entries[at].0);
            if entries.iter().any(|(known, _)| *known == name) {
                return false;
            }
            entries[at].0 = name.into();
        }
        ("add a member", Value::Map(entries)) => {
            let name = key(dice, "new");
            if entries.iter().any(|(known, _)| *known == name) {
                return false;
            }
            entries.push((name.into(), anything(dice, 2)));
        }
        ("copy an item", Value::List(items)) if !items.is_empty() => {
            let item = items[dice.below(items.len())].clone();
            let times = *dice.pick(&[1, 2, 5, 12, 260, 1001]);
            // Long lists only of small items, so that the test stays quick.
            let times = if matches!(item, Value::Map(_) | Value::List(_)) { times.min(12) } else { times };
            items.extend(std::iter::repeat_n(item, times));
        }
        ("copy an item", Value::Map(entries)) if !entries.is_empty() => {
            let (name, value) = entries[dice.below(entries.len())].clone();
            let name = name.to_string() + "-2";
            if entries.iter().any(|(known, _)| *known == name) {
                return false;
            }
            entries.push((name.into(), value));
        }
        ("empty a list or object", Value::List(items)) => items.clear(),
        ("empty a list or object", Value::Map(entries)) => entries.clear(),
        ("another type", target) => *target = anything(dice, 2),
        ("another number", Value::Number(number)) => *number = self::number(dice, *number),
        ("a long text", Value::Text(text)) => {
            let length = *dice.pick(&[63, 64, 65, 200, 201, 499, 500, 501, 2000, 2001]);
            *text = (*dice.pick(&["x", "é", "💬", "ش"])).repeat(length).into();
        }
        ("an odd text", Value::Text(text)) => *text = odd(dice, text).into(),
        ("another word", Value::Text(text)) => *text = word(dice, WORDS).into(),
        ("another operator", Value::Map(entries)) if entries.iter().any(|(key, _)| key.starts_with('$')) => {
            entries[0].0 = word(dice, OPERATORS).into();
            entries.truncate(1);
        }
        ("a nested condition", target @ Value::Map(_)) => {
            let inner = std::mem::take(target);
            *target = match dice.below(5) {
                0 => Value::Map(vec![("$not".into(), inner)]),
                1 => Value::Map(vec![("$or".into(), Value::List(vec![inner]))]),
                2 => Value::Map(vec![("$nor".into(), Value::List(vec![inner.clone(), inner]))]),
                3 => Value::Map(vec![("$and".into(), inner)]),
                _ => json(
                    &CONDITIONS[dice.below(CONDITIONS.len())].replace('#', &bharosa::json::write(&inner)),
                ),
            };
        }
        _ => return false,
    }
    true
}

/// A name that could stand there, nearly could, or could not.
fn key(dice: &mut Dice, name: &str) -> String {
    match dice.below(6) {
        0 => name.to_uppercase(),
        1 => format!("{name}s"),
        2 => name.chars().skip(1).collect(),
        3 => odd(dice, name),
        _ => word(dice, KEYS).to_string(),
    }
}

fn number(dice: &mut Dice, number: f64) -> f64 {
    match dice.below(5) {
        0 => -number,
        1 => number + 1.0,
        2 => number / 2.0,
        3 => number * 1000.0,
        _ => *dice.pick(&[0.0, 1.0, -1.0, 0.5, 1000.0, 1001.0, 3600.5, 1e15, -1e15, 1e300]),
    }
}

fn odd(dice: &mut Dice, text: &str) -> String {
    match dice.below(8) {
        0 => String::new(),
        1 => format!("{text}\n"),
        2 => format!("{text}\u{0}"),
        3 => format!("\u{202e}{text}"),
        4 => text.replace(['a', 'e', '0'], "ا"),
        5 => format!("{text} "),
        6 => text.to_uppercase(),
        _ => "٤\u{2028}💬".to_string(),
    }
}

fn anything(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 4 } else { 7 }) {
        0 => Value::Null,
        1 => dice.one_in(2).into(),
        2 => Value::Number(number(dice, 7.0)),
        3 => word(dice, WORDS).into(),
        4 => Value::List((0..dice.below(4)).map(|_| anything(dice, depth - 1)).collect()),
        5 => json(CONDITIONS[dice.below(CONDITIONS.len())].replace('#', "{}").as_str()),
        _ => {
            let mut entries: Vec<(bharosa::text::Piece, Value)> = Vec::new();
            for _ in 0..dice.below(4) {
                let name = word(dice, KEYS);
                if !entries.iter().any(|(known, _)| *known == name) {
                    entries.push((name.into(), anything(dice, depth - 1)));
                }
            }
            Value::Map(entries)
        }
    }
}

/// One of the words between the bars.
fn word<'w>(dice: &mut Dice, words: &'w str) -> &'w str {
    let words: Vec<&str> = words.split('|').collect();
    words[dice.below(words.len())]
}

const WORDS: &str = "text|number|boolean|list|chat|phone|branch|end|start|loans|rates|/rates*|40s|5m|1.5h|400d|\
    09:00-17:00|24:00-09:00|22:00-02:00|2026-02-30|2026-12-25|2026-13-01|Asia/Karachi|#0b5d4b|\
    #xyzxyz|https://x.example|//x.example|tel:+1|mailto:a@b|wss://x|javascript:x|(a|a{1,3}|(?=a)|\
    string|array|en|UPPER|a b|#abcdef|UTC|";

const KEYS: &str = "id|name|when|then|cap|page|session|visitor|cooldown|delay|priority|match|text|replies|say|open|\
    route|fees|ask|offer|set|emit|count|sequence|since|where|within|event|weekly|mon|2026-12-25|\
    2026-2-5|$eq|$gtt|$or|page.id|page.dwell_s|section.x.visible_s|section.x.visible|\
    attributes.segment|attributes.none|attributes.products|calendar.none.open|queue.loans.open";

const OPERATORS: &str = "$eq|$ne|$lt|$lte|$gt|$gte|$exists|$type|$in|$nin|$ini|$nini|$inGroup|$notInGroup|$not|$size|\
    $elemMatch|$all|$alli|$regex|$regexi|$glob|$startsWith|$endsWith|$contains|$veq|$vne|$vlt|$vlte|\
    $vgt|$vgte|$regx|$|$and|$or|$nor";

/// Conditions and comparisons to put in place of others; `#` is what stood there.
const CONDITIONS: [&str; 24] = [
    r##"{"$not": {"$not": #}}"##,
    r#"{"page.id": {"$eq": null}}"#,
    r#"{"page.views": {"$in": [1, null, "x"]}}"#,
    r#"{"page.views": {}}"#,
    r#"{"page.views": {"$type": "nothing"}}"#,
    r#"{"page.views": {"$exists": null, "$gt": null}}"#,
    r#"{"page.path": {"$glob": null, "$startsWith": "/a"}}"#,
    r#"{"page.path": {"$contains": 5}}"#,
    r#"{"visitor.returning": {"$lt": true}}"#,
    r#"{"visitor.returning": {"$in": [true, null]}}"#,
    r#"{"attributes.segment": {"a": 1}}"#,
    r#"{"attributes.segment": {"$eq": {"a": 1}, "$in": [{}]}}"#,
    r#"{"attributes.products": {"$size": {"$gt": 1}, "$regex": 5}}"#,
    r#"{"attributes.products": {"$size": {"a": 1}}}"#,
    r#"{"attributes.none": {"$gtt": 1}}"#,
    r#"{"attributes.none": {"$elemMatch": {"a.b": {"$gt": 1}, "$or": [{}]}}}"#,
    r#"{"attributes.tags": {"$elemMatch": {"$or": [{"a": 1}]}}}"#,
    r#"{"attributes.tags": {"$elemMatch": {"$or": 5, "x": 1}}}"#,
    r#"{"attributes.tags": {"$all": [{"$gt": 1}, {"a": {"$x": 1}}, {"$x": 1}]}}"#,
    r#"{"attributes.tags": {"$elemMatch": {"$glob": 5}}}"#,
    r#"{"signals.none": {"$veq": 5, "$glob": 5}}"#,
    r#"{"a": {"$gt": 1, "b": 2}, "$and": [{"c": {"$gt": 1}}]}"#,
    r#"{"a": {"$gtt": 1}}"#,
    r##"{"$or": [#, {"$nor": [#]}]}"##,
];
