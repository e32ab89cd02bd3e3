//! Mistakes with their paths, in sentences for whoever writes configs.

use super::mistake::{Class, ConfigError};
use super::near::closest;
use crate::text::{digits, glue, list, plain};

/// Mistakes collected on the way down, with the path walked so far.
#[derive(Debug, Default)]
pub struct Report {
    errors: Vec<ConfigError>,
    path: String,
    steps: Vec<String>,
    types: Types,
}

/// Who knows the type of the fact that is being compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Types {
    /// Everybody: it is the same in every config.
    #[default]
    Fixed,
    /// The config declares it, so that no JSON Schema knows it.
    Declared,
    /// Nobody: the config should have declared it, which has been told.
    Missing,
}

impl Report {
    /// How many mistakes there are.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, ConfigError> {
        self.errors.iter()
    }

    /// The path walked so far, a step each.
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// Notes a mistake that a JSON Schema sees too.
    pub fn add(&mut self, problem: impl Into<String>) {
        self.push(problem.into(), None, Class::Structure);
    }

    /// The same, with the sentence in parts.
    pub fn wrong(&mut self, parts: &[&str]) {
        self.push(glue(parts), None, Class::Structure);
    }

    /// The same, with a sentence that is put together only when it is needed.
    pub fn put(&mut self, problem: impl FnOnce() -> String) {
        self.add(problem());
    }

    /// Notes a mistake that shows only in what the value means.
    pub fn meaning(&mut self, parts: &[&str]) {
        self.push(glue(parts), None, Class::Meaning);
    }

    /// Notes that there are `found` of something, which is more than `max`.
    pub fn at_most(&mut self, max: usize, found: usize, what: &str) {
        let (less, max) = (digits((found - max.min(found)) as u64), digits(max as u64));
        let found = digits(found as u64);
        // Rules beyond the limit are lost alone; what else is too long is lost as a whole.
        let (what, advice) = match self.path.as_str() {
            "rules" => ("rules", "; what comes later is left out, so put rules together with $or and $in"),
            _ => (what, ""),
        };
        let parts = ["must have at most ", &max, " ", what, ", and has ", &found, ": ", &less, " too many"];
        self.wrong(&[&glue(&parts), advice]);
    }

    /// Notes that there are fewer than `min` of something.
    pub fn at_least(&mut self, min: usize, what: &str) {
        self.wrong(&["must have at least ", &digits(min as u64), " ", what]);
    }

    /// Notes that a number is not from `min` to `max`; `what` is for example "a whole number ".
    pub fn outside(&mut self, what: &str, min: f64, max: f64) {
        match min == max {
            true => self.wrong(&["must be ", &plain(min)]),
            false => self.wrong(&["must be ", what, "from ", &plain(min), " to ", &plain(max)]),
        }
    }

    /// Notes that `what` was expected here.
    pub fn expected(&mut self, what: &str, found: &str) {
        self.wrong(&["expected ", what, ", found ", found]);
    }

    /// Notes that `word` is none of the words known here, and which one was probably meant.
    pub fn unknown(&mut self, noun: &str, word: &str, known: &[&str]) {
        let between_facts = noun == "operator" && known.first() == Some(&"$and");
        if between_facts && closest(word, known).is_none() {
            let inside = "; comparisons stand inside of a fact, like {\"page.dwell_s\": {\"$gte\": 40}}";
            return self.wrong(&["between facts stands one of: ", &choice(known), inside]);
        }
        self.near(&["unknown ", noun], word, known, Class::Structure);
    }

    /// The same with words that are put together only when they are needed.
    pub fn unknown_among(&mut self, noun: &str, word: &str, known: impl FnOnce() -> Vec<String>) {
        let known = known();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.unknown(noun, word, &known);
    }

    /// Notes that the config has no `word` at `place`, and which one was probably meant.
    pub fn absent(&mut self, word: &str, place: &str, known: impl FnOnce() -> Vec<String>) {
        let known = known();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.near(&[THERE_IS_NO, word, "\" in `", place, "`"], word, &known, Class::Meaning);
        if let Some(error) = self.errors.last_mut() {
            error.absent = Some((place.to_string(), word.to_string()));
        }
    }

    /// Notes what `parts` say about `word`, and which of the words known here was probably meant.
    pub fn near_meaning(&mut self, parts: &[&str], word: &str, known: &[String]) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.near(parts, word, &known, Class::Meaning);
    }

    /// Says who knows the type of the fact whose comparisons follow.
    pub fn types(&mut self, types: Types) {
        self.types = types;
    }

    /// Notes that a fact's type and what it is compared with do not go together.
    pub fn mistyped(&mut self, what: &str, found: &str) {
        let problem = glue(&["expected ", what, ", found ", found]);
        match self.of_several().filter(|_| found == "a list") {
            Some(meant) => self.typing(
                glue(&[&problem, "; to ask for one of several, write {\"", meant, "\": […]}"]),
                meant,
            ),
            None => self.typing(problem, ""),
        }
    }

    /// The operator that takes a list in the place of what the path ends with: a fact or a comparison with one value.
    fn of_several(&self) -> Option<&'static str> {
        let mut steps = self.steps.iter().rev();
        match steps.next()?.as_str() {
            "$eq" => Some("$in"),
            "$ne" => Some("$nin"),
            last => {
                let compares = last.starts_with('$') || last.parse::<usize>().is_ok();
                let sets = steps.next().is_some_and(|before| before == "set");
                (!compares && !sets).then_some("$in")
            }
        }
    }

    /// Notes that facts of this type are not compared like that.
    pub fn unsuited(&mut self) {
        self.typing("does not suit a fact of this type".to_string(), "");
    }

    fn typing(&mut self, problem: String, meant: &str) {
        let meant = (!meant.is_empty()).then(|| meant.to_string());
        match self.types {
            Types::Fixed => self.push(problem, meant, Class::Structure),
            Types::Declared => self.push(problem, meant, Class::Meaning),
            Types::Missing => {}
        }
    }

    /// Goes one member down; [`Self::leave`] with the result goes back up.
    #[must_use]
    pub fn enter(&mut self, key: &str) -> usize {
        let mark = self.path.len();
        if mark > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        self.steps.push(key.to_string());
        mark
    }

    /// Goes one item down.
    #[must_use]
    pub fn enter_nth(&mut self, index: usize) -> usize {
        let mark = self.path.len();
        let index = digits(index as u64);
        self.path.push_str(&glue(&["[", &index, "]"]));
        self.steps.push(index);
        mark
    }

    pub fn leave(&mut self, mark: usize) {
        self.path.truncate(mark);
        self.steps.pop();
    }

    fn near(&mut self, parts: &[&str], word: &str, known: &[&str], class: Class) {
        let meant = closest(word, known).map(str::to_string);
        let mut problem = glue(parts);
        if let Some(meant) = &meant {
            problem.push_str(&glue(&[", did you mean \"", meant, "\"?"]));
        }
        let all = choice(known);
        // Of words the likely one is often not the only one that would do.
        if meant.is_none() && !all.is_empty() {
            let of_config = parts.first() == Some(&THERE_IS_NO);
            problem.push_str(&glue(&[if of_config { "; it has: " } else { "; it must be one of: " }, &all]));
        } else if known.len() > 1 && !all.is_empty() && matches!(parts, ["unknown ", "word" | "type"]) {
            problem.push_str(&glue(&[" It must be one of: ", &all]));
        }
        self.push(problem, meant, class);
    }

    fn push(&mut self, problem: String, meant: Option<String>, class: Class) {
        let (path, steps) = (self.path.clone(), self.steps.clone());
        self.errors.push(ConfigError { path, steps, problem, meant, class, absent: None });
    }
}

/// Begins a sentence about something that the config may well get.
const THERE_IS_NO: &str = "there is no \"";
/// Words that are few enough to be listed.
const FEW: usize = 12;

/// All there is to choose from, where that is little.
fn choice(known: &[&str]) -> String {
    let words: Vec<&str> = known.iter().copied().filter(|word| !word.is_empty()).collect();
    if words.len() > FEW { String::new() } else { list(&words, ", ") }
}
