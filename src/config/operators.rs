//! What each operator asks, in a sentence for marketers, for the schema and the reference page.

/// The operators that combine conditions.
pub const GROUPS: [(&str, &str); 4] = [
    ("$and", "All of these conditions hold."),
    ("$or", "At least one of these conditions holds; an empty list holds."),
    ("$nor", "None of these conditions holds; an empty list does not hold."),
    ("$not", "The condition does not hold."),
];

/// What the operator `name` asks of a fact; empty for one that there is not.
pub fn about(name: &str) -> &'static str {
    match name {
        "$eq" => "The fact is this value.",
        "$ne" => "The fact is anything but this value.",
        "$lt" => "The fact is less than this.",
        "$lte" => "The fact is at most this.",
        "$gt" => "The fact is more than this.",
        "$gte" => "The fact is at least this.",
        "$exists" => "The fact is known (true), or not known (false).",
        "$type" => "The fact is of this type: string, number, boolean, array, object or null.",
        "$in" => "The fact is one of these values; of a list, any item is.",
        "$nin" => "The fact is none of these values; of a list, no item is.",
        "$ini" => "Like $in, and capitals do not matter.",
        "$nini" => "Like $nin, and capitals do not matter.",
        "$inGroup" => "The fact is one of the values of this group of the config.",
        "$notInGroup" => "The fact is none of the values of this group of the config.",
        "$not" => "These comparisons do not hold.",
        "$size" => "The list has so many items: a number, or comparisons of it.",
        "$elemMatch" => "At least one item of the list passes these comparisons or this condition.",
        "$all" => "For each of these the list has an item.",
        "$alli" => "Like $all, and capitals do not matter.",
        "$regex" => "The text has a part that this regular expression describes.",
        "$regexi" => "Like $regex, and capitals do not matter.",
        "$glob" => "The whole text fits this pattern, in which * stands for anything.",
        "$startsWith" => "The text begins with this.",
        "$endsWith" => "The text ends with this.",
        "$contains" => "The text has this somewhere.",
        "$veq" => "The version is this one: 1.2.3 is v1.2.3.",
        "$vne" => "The version is another one.",
        "$vlt" => "The version is before this one.",
        "$vlte" => "The version is this one or before.",
        "$vgt" => "The version is after this one.",
        "$vgte" => "The version is this one or after.",
        _ => "",
    }
}

/// Operators that GrowthBook's language does not have.
pub const OURS: [&str; 4] = ["$glob", "$startsWith", "$endsWith", "$contains"];
