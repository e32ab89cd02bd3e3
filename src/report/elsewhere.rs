//! Words of other systems, and what says the same here.

/// Each row: words from elsewhere, without capitals and signs, and the words of ours that may be meant.
const ROWS: &[(&str, &str)] = &[
    // Operators.
    ("like ilike wildcard", "$glob"),
    ("match matches rlike pattern", "$regex"),
    ("includes include substring has search", "$contains"),
    ("beginswith prefix", "$startsWith"),
    ("suffix", "$endsWith"),
    ("equals equal is same", "$eq"),
    ("notequals notequal neq isnot", "$ne"),
    ("notin noneof", "$nin"),
    ("oneof anyof any", "$in"),
    ("greaterthan morethan above after", "$gt"),
    ("lessthan below before", "$lt"),
    ("atleast min between", "$gte"),
    ("atmost max", "$lte"),
    ("len length count", "$size"),
    ("every", "$all"),
    ("isset defined known isnull null empty", "$exists"),
    // Facts.
    ("url uri href location pathname path pageurl", "page.path match link"),
    ("page pagename pagetitle title", "page.id name label text"),
    ("dwell dwelltime timeonpage readingtime seconds", "page.dwell_s"),
    ("scroll scrolldepth", "page.scroll_pct"),
    ("pageviews pagesviewed", "session.pages page.views"),
    ("device devicetype", "visitor.device"),
    ("language lang locale", "visitor.language"),
    ("referrer referer", "session.referrer"),
    ("hour timeofday", "time.hour"),
    ("weekday day dayofweek", "time.weekday"),
    ("returning isreturning isnew", "visitor.returning"),
    ("visits sessions", "visitor.visits"),
    ("exitintent mouseleave", "behaviour.exit_intents"),
    ("rageclick rageclicks", "behaviour.rage_clicks"),
    // Fields.
    ("condition conditions if trigger triggers on where", "when"),
    ("action actions do", "then"),
    ("message body content", "text say"),
    ("buttons options answers", "replies"),
    ("timezone tz", "zone"),
    ("pattern patterns selector css", "match"),
    ("throttle frequency limit", "cap"),
    ("wait", "delay"),
    ("server endpoint websocket", "backend"),
    ("variations", "variants"),
    ("split allocation", "weights"),
    ("traffic", "coverage"),
    ("window period", "within"),
    ("hours schedule", "weekly"),
    // Values.
    ("left bottomleft", "start"),
    ("right bottomright", "end"),
    ("str string varchar", "text"),
    ("int integer float double", "number"),
    ("array", "list"),
    ("text", "string"),
    ("list", "array"),
    ("undefined none", "null"),
    ("mobile smartphone", "phone"),
    ("pc laptop computer", "desktop"),
    ("call tel", "phone"),
    ("meeting", "appointment"),
    ("panel widget window", "chat"),
];

/// Signs, which have no letters.
const SIGNS: &[(&str, &str)] = &[
    ("= == ===", "$eq"),
    ("!= !== <>", "$ne"),
    (">", "$gt"),
    ("<", "$lt"),
    (">=", "$gte"),
    ("<=", "$lte"),
    ("&&", "$and"),
    ("||", "$or"),
    ("!", "$not"),
];

/// What may be meant by `word`, of which `bare` is without capitals and signs; the likeliest first.
pub fn elsewhere(word: &str, bare: &str) -> impl Iterator<Item = &'static str> {
    let (rows, word) = if bare.is_empty() { (SIGNS, word) } else { (ROWS, bare) };
    let fits = move |words: &str| words.split(' ').any(|known| known == word);
    let found: Vec<&str> = rows.iter().filter(|(words, _)| fits(words)).map(|(_, meant)| *meant).collect();
    found.into_iter().flat_map(|meant| meant.split(' '))
}
