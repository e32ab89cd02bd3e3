//! The operators on a fact: their names, what they take and which facts they suit.

use crate::fact::FactType;
use crate::value::Value;

/// What a test does. Operators that differ only in what they are given share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// A plain value where operators could stand.
    Is,
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    In,
    Nin,
    Exists,
    Type,
    Size,
    ElemMatch,
    All,
    Regex,
    Glob,
    StartsWith,
    EndsWith,
    Contains,
    /// The tests inside must not hold.
    Not,
}

/// What an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A value like the fact: any, or a number or a text.
    Same,
    Sortable,
    /// A list of values like the fact or, if that is a list, like its items.
    Values,
    /// A list of texts.
    Texts,
    /// The name of a saved group.
    Group,
    /// True or false.
    Flag,
    /// One of [`TYPES`].
    Type,
    /// Tests of the fact, of its length, of an item.
    Tests,
    Length,
    Item,
    /// A list of tests of items.
    Items,
    /// A regular expression.
    Regex,
    Text,
    Version,
}

/// An operator as people write it.
#[derive(Debug, PartialEq)]
pub struct Operator {
    pub name: &'static str,
    pub op: Op,
    pub takes: Takes,
    /// Whether capitals do not matter.
    pub folds: bool,
}

const fn row(name: &'static str, op: Op, takes: Takes) -> Operator {
    Operator { name, op, takes, folds: false }
}

const fn folding(name: &'static str, op: Op, takes: Takes) -> Operator {
    Operator { name, op, takes, folds: true }
}

/// All of them. Conditions know `$and`, `$or`, `$nor` and `$not` besides.
pub static OPERATORS: [Operator; 31] = [
    row("$eq", Op::Eq, Takes::Same),
    row("$ne", Op::Ne, Takes::Same),
    row("$lt", Op::Lt, Takes::Sortable),
    row("$lte", Op::Lte, Takes::Sortable),
    row("$gt", Op::Gt, Takes::Sortable),
    row("$gte", Op::Gte, Takes::Sortable),
    row("$exists", Op::Exists, Takes::Flag),
    row("$type", Op::Type, Takes::Type),
    row("$in", Op::In, Takes::Values),
    row("$nin", Op::Nin, Takes::Values),
    folding("$ini", Op::In, Takes::Texts),
    folding("$nini", Op::Nin, Takes::Texts),
    row("$inGroup", Op::In, Takes::Group),
    row("$notInGroup", Op::Nin, Takes::Group),
    row("$not", Op::Not, Takes::Tests),
    row("$size", Op::Size, Takes::Length),
    row("$elemMatch", Op::ElemMatch, Takes::Item),
    row("$all", Op::All, Takes::Items),
    folding("$alli", Op::All, Takes::Items),
    row("$regex", Op::Regex, Takes::Regex),
    folding("$regexi", Op::Regex, Takes::Regex),
    row("$glob", Op::Glob, Takes::Text),
    row("$startsWith", Op::StartsWith, Takes::Text),
    row("$endsWith", Op::EndsWith, Takes::Text),
    row("$contains", Op::Contains, Takes::Text),
    row("$veq", Op::Eq, Takes::Version),
    row("$vne", Op::Ne, Takes::Version),
    row("$vlt", Op::Lt, Takes::Version),
    row("$vlte", Op::Lte, Takes::Version),
    row("$vgt", Op::Gt, Takes::Version),
    row("$vgte", Op::Gte, Takes::Version),
];

/// What a plain value in the place of operators means.
pub static PLAIN: Operator = row("", Op::Is, Takes::Same);
/// The same among the items of `$alli`.
pub static PLAIN_FOLDED: Operator = folding("", Op::Is, Takes::Same);

/// Their names alone, for suggestions.
pub const NAMES: [&str; OPERATORS_LEN] = {
    let mut names = [""; OPERATORS_LEN];
    let mut index = 0;
    while index < OPERATORS_LEN {
        names[index] = OPERATORS[index].name;
        index += 1;
    }
    names
};

const OPERATORS_LEN: usize = 31;

/// What `$type` knows.
pub const TYPES: [&str; 6] = ["string", "number", "boolean", "array", "object", "null"];

impl Operator {
    /// Whether it suits facts of this type; where it does not, it could never hold or never fail.
    pub fn suits(&self, kind: FactType) -> bool {
        let list = kind == FactType::List;
        match self.takes {
            _ if kind == FactType::Any => true,
            Takes::Sortable => matches!(kind, FactType::Number | FactType::Text),
            Takes::Texts => list || kind == FactType::Text,
            Takes::Length | Takes::Item | Takes::Items => list,
            Takes::Regex | Takes::Text | Takes::Version => kind == FactType::Text,
            Takes::Same => !list,
            _ => true,
        }
    }
}

/// What a typed fact must be to be compared with this.
pub fn type_of(value: &Value) -> FactType {
    match value {
        Value::Text(_) => FactType::Text,
        Value::Number(_) => FactType::Number,
        Value::Bool(_) => FactType::Bool,
        Value::List(_) => FactType::List,
        Value::Null | Value::Map(_) => FactType::Any,
    }
}
