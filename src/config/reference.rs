//! The reference page of the config, in Markdown, made from the same descriptions that check it.

use super::check::longest;
use super::describe::{Field, Key, Kind};
use super::file::CONFIG;
use super::operators::{self, GROUPS, OURS};
use crate::condition::OPERATORS;
use crate::fact::{Fact, FactAbout, FactType, Update};
use crate::text::{digits, glue, list, plain};

const INTRO: &str = "# The config

Everything a bank writes for Bharosa stands in one JSON file. This page is printed by `cargo bharosa reference` from
the descriptions that also check the file; `cargo bharosa schema` prints a JSON Schema with the same words for
editors, and `cargo bharosa check FILE` says what is wrong with a file and where.

Fields in **bold** must be there. A *name* is 1 to 64 of a-z, 0-9, `-` and `_`; a *word* may have capitals too. A
*duration* is a number of seconds or a text like `40s`, `5m`, `1.5h` or `1d`. *Texts* are one text for all languages,
or an object like `{\"en\": \"Help\", \"ur\": \"مدد\"}`. A mistake costs only the rule, page, signal, calendar or
experiment it is in, and the rules that ask about that.
";

/// The whole page.
pub fn page() -> String {
    let mut page = INTRO.to_string();
    kinds("the file", &CONFIG, &mut page);
    page.push_str(
        "\n## Facts\n\nWhat conditions ask about. `*` stands for a name: of a section or form in the page, or \
         of something the config describes. A fact that is `null` is not known; a rule that needs it does not \
         fire; only `$exists`, `$type` and `null` itself ask whether it is known.\n\n| fact | type | unit | at first | changes | meaning |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for fact in Fact::ALL {
        let about = fact.about();
        let name = glue(&["`", about.name, "`"]);
        let default = glue(&["`", about.default, "`"]);
        row(
            &[&name, of_type(about.kind), unit(about.name), &default, changes(about.update), about.about],
            &mut page,
        );
    }
    page.push_str(
        "\n## Conditions\n\n`{\"page.id\": \"auto-loans\", \"page.dwell_s\": {\"$gte\": 40}}`: all lines must \
         hold. A plain value is what the fact must be; an object compares it. The language is GrowthBook's; \
         operators marked with + are additions. A condition has at most 8 levels and 64 parts (each fact and each operator is one), a list in it at \
         most 256 items, a regular expression at most 200 characters and neither look-around nor \
         back-references.\n\n| operator | facts | meaning |\n| --- | --- | --- |\n",
    );
    for (name, about) in GROUPS {
        row(&[&glue(&["`", name, "`"]), "conditions", about], &mut page);
    }
    for operator in &OPERATORS {
        let mark = if OURS.contains(&operator.name) { "` +" } else { "`" };
        let mut facts = Vec::new();
        for kind in [FactType::Text, FactType::Number, FactType::Bool, FactType::List] {
            if operator.suits(kind) {
                facts.push(of_type(kind));
            }
        }
        let about = operators::about(operator.name);
        row(&[&glue(&["`", operator.name, mark]), &list(&facts, ", "), about], &mut page);
    }
    page
}

/// What a fact is, in a sentence or two for editors.
pub fn fact(about: &FactAbout) -> String {
    let unit = unit(about.name);
    let unit = if unit.is_empty() { String::new() } else { glue(&[" In ", unit, "."]) };
    glue(&[about.about, &unit, " Changes ", changes(about.update), "."])
}

fn row(cells: &[&str], page: &mut String) {
    for cell in cells {
        page.push_str("| ");
        page.push_str(&cell.replace('|', "\\|"));
        page.push(' ');
    }
    page.push_str("|\n");
}

/// The tables of the objects in `kind`, which stands at `path`.
fn kinds(path: &str, kind: &Kind, page: &mut String) {
    match kind {
        Kind::Item(kind) | Kind::Short(kind) => kinds(path, kind, page),
        Kind::List { of, .. } => kinds(&glue(&[path, "[]"]), of, page),
        Kind::Map(_, of) => kinds(&glue(&[path, ".*"]), of, page),
        Kind::Object(fields) => table(path, "", fields, page),
        Kind::Choice(forms) => {
            for form in *forms {
                let first = form.first().map_or("", |first| first.name);
                table(path, &glue(&[" with `", first, "`"]), form, page);
            }
        }
        _ => {}
    }
}

fn table(path: &str, with: &str, fields: &[Field], page: &mut String) {
    let title = if path == "the file" { "The file".to_string() } else { glue(&["`", path, "`", with]) };
    page.push_str(&glue(&[
        "\n## ",
        &title,
        "\n\n| field | holds | left out | meaning |\n| --- | --- | --- | --- |\n",
    ]));
    for field in fields {
        let mark = if field.required { "**" } else { "" };
        let name = glue(&[mark, "`", field.name, "`", mark]);
        let code = |text: &str| if text.is_empty() { String::new() } else { glue(&["`", text, "`"]) };
        let example = match field.words.example {
            "" => String::new(),
            example => glue(&[" Example: `", example, "`"]),
        };
        row(
            &[&name, &holds(&field.kind), &code(field.words.default), &glue(&[field.words.about, &example])],
            page,
        );
    }
    for field in fields {
        let below = if path == "the file" { field.name.to_string() } else { glue(&[path, ".", field.name]) };
        kinds(&below, &field.kind, page);
    }
}

/// What a kind of value is, in words.
fn holds(kind: &Kind) -> String {
    let range = |what: &str, min: &i32, max: &i32| {
        glue(&[what, " from ", &plain(f64::from(*min)), " to ", &plain(f64::from(*max))])
    };
    let at_most =
        |what: &str, max: &usize| glue(&[what, " of at most ", &digits(*max as u64), " characters"]);
    match kind {
        Kind::Number { min: 1, max: 1 } => "1".to_string(),
        Kind::Number { min, max } => range("number", min, max),
        Kind::Whole { min, max } => range("whole number", min, max),
        Kind::Duration(max) => glue(&["duration of at most `", &longest(*max), "`"]),
        Kind::Text(max) => at_most("text", max),
        Kind::Filled(max) => at_most("text, not empty,", max),
        Kind::List { of, min, max } => {
            let count = if *min == 0 { "at most".to_string() } else { glue(&[&digits(*min as u64), " to"]) };
            glue(&["list of ", &count, " ", &digits(*max as u64), ": ", &holds(of)])
        }
        Kind::Map(Key::Date, of) => glue(&["object, by date: ", &holds(of)]),
        Kind::Map(Key::Word, of) => glue(&["object, by word: ", &holds(of)]),
        Kind::Map(_, of) => glue(&["object, by name: ", &holds(of)]),
        Kind::Short(long) => glue(&["text, or ", &holds(long)]),
        Kind::Item(of) => holds(of),
        Kind::OneOf(words) => glue(&["`", &list(words, "`, `"), "`"]),
        kind => match kind {
            Kind::Texts => "texts",
            Kind::Name => "name",
            Kind::Word => "word",
            Kind::Link => "path, or https, mailto or tel address",
            Kind::Socket => "path, or wss, ws, https or http address",
            Kind::Color => "colour",
            Kind::Zone => "time zone",
            Kind::Hours => "hours like `09:00-17:30`",
            Kind::Date => "date like `2026-12-25`",
            Kind::Scalar => "text, number, true or false",
            Kind::Condition => "condition on facts",
            Kind::Where => "condition on what goes with the event",
            _ => "object",
        }
        .to_string(),
    }
}

fn of_type(kind: FactType) -> &'static str {
    match kind {
        FactType::Text => "text",
        FactType::Number => "number",
        FactType::Bool => "true or false",
        FactType::List => "list",
        FactType::Any => "as declared",
    }
}

/// Facts carry their unit in their names.
fn unit(name: &str) -> &'static str {
    match name {
        "time.hour" => "hours",
        "visitor.days_since" => "days",
        name if name.ends_with("_s") => "seconds",
        name if name.ends_with("_pct") => "percent",
        _ => "",
    }
}

fn changes(update: Update) -> &'static str {
    match update {
        Update::Fixed => "never on one page",
        Update::Navigation => "with the page",
        Update::Event => "when something happens",
        Update::Clock => "with time",
        Update::Minute => "with the minute",
        Update::Pushed => "when the bank says so",
    }
}
