//! "Did you mean": the nearest name to a mistyped one.

/// More candidates than this are not listed when none is near.
const LISTED_AT_MOST: usize = 12;
/// How alike two names must be, from 0 to 1, to be worth suggesting.
const NEAR: f64 = 0.75;

/// The candidate most like `wrong`, if any is near enough to be meant.
pub fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lowered = wrong.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(&lowered, &candidate.to_lowercase());
            (candidate, likeness)
        })
        .filter(|(_, likeness)| *likeness >= NEAR)
        .max_by(|left, right| left.1.total_cmp(&right.1))
        .map(|(candidate, _)| candidate)
}

/// What to say of a mistyped name: the nearest one, or all of them where they are few.
pub fn suggestion<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let mut all: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = did_you_mean(wrong, all.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    all.sort_unstable();
    all.dedup();
    if all.is_empty() || all.len() > LISTED_AT_MOST {
        return None;
    }
    Some(format!("one of: {}", all.join(", ")))
}
