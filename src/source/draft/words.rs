//! The words in AWS's names: `DescribeDBInstances` speaks of a `DBInstance`.

/// How the names of operations begin that read; the longest first.
const VERBS: [&str; 4] = ["BatchGet", "Describe", "List", "Get"];
/// What follows these words says which things are meant, not what they are.
const NARROWING: [&str; 6] = ["By", "For", "From", "In", "Of", "With"];

/// What an operation's name says it reads: its name without the verb.
pub fn noun(operation: &str) -> &str {
    let rest = VERBS.iter().find_map(|verb| operation.strip_prefix(verb));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(operation)
}

/// Whether an operation says that it reads.
pub fn reads(operation: &str) -> bool {
    VERBS.iter().any(|verb| operation.starts_with(verb))
}

/// Whether an operation says that it lists.
pub fn lists(operation: &str) -> bool {
    operation.starts_with("List") || operation.starts_with("BatchGet")
}

/// The name for one of the things an operation lists: `ListTargetsByRule` lists each `Target`.
pub fn one_of(operation: &str) -> String {
    let noun = noun(operation);
    let words = words(noun);
    let narrowing = words
        .iter()
        .skip(1)
        .find(|(_, word)| NARROWING.contains(word));
    let head = narrowing.map_or(noun, |(start, _)| &noun[..*start]);
    type_name(&singular(head))
}

/// A name as resource types have them: letters and digits, an upper-case letter first.
pub fn type_name(name: &str) -> String {
    let kept: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let start = kept.find(|letter: char| letter.is_ascii_alphabetic());
    let Some((first, rest)) = start.and_then(|start| kept[start..].split_at_checked(1)) else {
        return "Resource".to_owned();
    };
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// The words of a name, each with its start; a run of capitals is one word.
pub fn words(name: &str) -> Vec<(usize, &str)> {
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let starts_word = |index: usize| {
        let (_, this) = letters[index];
        let before = index.checked_sub(1).map(|before| letters[before].1);
        let after = letters.get(index + 1).map(|(_, letter)| *letter);
        before.is_none_or(|before| {
            this.is_uppercase() && (!before.is_uppercase() || after.is_some_and(char::is_lowercase))
        })
    };
    let starts: Vec<usize> = (0..letters.len())
        .filter(|index| starts_word(*index))
        .map(|index| letters[index].0)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    let ranges = starts.iter().zip(ends);
    ranges
        .map(|(start, end)| (*start, &name[*start..end]))
        .collect()
}

/// The singular of a plural: by rule, and by the words that break it.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_ascii_lowercase();
    let ends = |end: &str| lower.ends_with(end);
    let without = |letters: usize, more: &str| {
        let kept = plural.len() - letters;
        format!("{}{more}", plural.get(..kept).unwrap_or(plural))
    };
    // One word for one and many, or no plural at all.
    let same = ["ss", "us", "sis", "xis", "dis", "series", "news"];
    if !ends("s") || same.iter().any(|end| ends(end)) {
        return plural.to_owned();
    }
    if ends("ies") && plural.len() > 4 {
        return without(3, "y");
    }
    let hissing = [
        "sses", "xes", "shes", "aliases", "statuses", "buses", "viruses",
    ];
    if hissing.iter().any(|end| ends(end)) || ends("ches") && !ends("caches") {
        return without(2, "");
    }
    if ends("analyses") {
        return without(2, "is");
    }
    if ends("indices") {
        return without(4, "ex");
    }
    without(1, "")
}

/// Whether two names speak of the same: one holds the other, number and case aside.
pub fn related(left: &str, right: &str) -> bool {
    let plain = |name: &str| singular(name).to_ascii_lowercase();
    let (left, right) = (plain(left), plain(right));
    !left.is_empty() && !right.is_empty() && (left.contains(&right) || right.contains(&left))
}
