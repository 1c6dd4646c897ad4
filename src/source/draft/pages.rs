//! How the pages of an answer follow each other.

use super::answer::Members;
use super::model::{Description, Kind, Model, Operation, Paginator, Shape};
use super::wire::wire_name;

/// What tokens are called in answers, in lower case, with and without the first word.
const NEXT: &str = "next";
const TOKENS: [&str; 5] = [
    "token",
    "marker",
    "pagetoken",
    "paginationtoken",
    "continuationtoken",
];
/// What flags are called that say whether more follows.
const FLAGS: [&str; 2] = ["istruncated", "truncated"];

/// How the pages of an answer follow each other.
pub struct Pages {
    /// The tokens' paths in an answer.
    pub tokens: Vec<String>,
    /// The members of the request that take them.
    pub inputs: Vec<String>,
    /// The path of a flag that says whether more follows.
    pub more: Option<String>,
}

/// How pages follow each other; `None` where the answer comes at once. The error is a name that
/// leads nowhere.
pub fn pages<'m>(
    model: &'m Model,
    name: &str,
    operation: &'m Operation,
    members: &Members<'m>,
) -> Option<Result<Pages, String>> {
    let input = operation.input.as_ref();
    let input = input.and_then(|input| model.description.shape(input));
    let paginator = model.paginators.get(name);
    match paginator.filter(|paginator| !paginator.output_token.all().is_empty()) {
        Some(paginator) => Some(told(&model.description, input, paginator, members)),
        None => guessed(&model.description, input, members),
    }
}

/// As a paginator tells it.
fn told<'m>(
    model: &'m Description,
    input: Option<&Shape>,
    paginator: &Paginator,
    members: &Members<'m>,
) -> Result<Pages, String> {
    let follow = |path: &String| match members.walk(model, path) {
        Some((path, ..)) => Ok(path),
        None => Err(path.clone()),
    };
    let sent = |name: &String| {
        let member = input.and_then(|input| input.members.get(name));
        let member = member.ok_or_else(|| name.clone())?;
        Ok::<_, String>(wire_name(model, name, member).to_owned())
    };
    let tokens = paginator.output_token.all().iter().map(follow);
    let inputs = paginator.input_token.all().iter().map(sent);
    let pages = Pages {
        tokens: tokens.collect::<Result<_, _>>()?,
        inputs: inputs.collect::<Result<_, _>>()?,
        more: paginator.more_results.as_ref().map(follow).transpose()?,
    };
    if pages.tokens.len() != pages.inputs.len() {
        return Err("tokens that do not pair".to_owned());
    }
    Ok(pages)
}

/// As the names tell it: many an operation has pages and no paginator, and a list that ends after
/// its first page would end in silence.
fn guessed(
    model: &Description,
    input: Option<&Shape>,
    members: &Members,
) -> Option<Result<Pages, String>> {
    let of_kind = |kind: Kind, named: &dyn Fn(&str) -> bool| {
        let mut all = members.shape.members.0.iter();
        all.find(|(name, member)| {
            let shape = model.shape(member);
            member.location.is_none()
                && shape.is_some_and(|shape| shape.kind == kind)
                && named(&name.to_ascii_lowercase())
        })
    };
    let is_token = |name: &str| TOKENS.contains(&without_next(name));
    let is_flag = |name: &str| FLAGS.contains(&name);
    let (token, member) = of_kind(Kind::String, &is_token)?;
    let flag = of_kind(Kind::Boolean, &is_flag);
    // `NextMarker` is sent as `Marker`, `NextToken` as it is.
    let lower = token.to_ascii_lowercase();
    let taken = |wanted: &str| {
        let mut all = input.into_iter().flat_map(|input| &input.members.0);
        all.find(|(name, _)| name.eq_ignore_ascii_case(wanted))
    };
    let Some((sent, sent_member)) = taken(&lower).or_else(|| taken(without_next(&lower))) else {
        // A token that no request takes belongs to something else.
        return flag.map(|_| Err(token.clone()));
    };
    Some(Ok(Pages {
        tokens: vec![wire_name(model, token, member).to_owned()],
        inputs: vec![wire_name(model, sent, sent_member).to_owned()],
        more: flag.map(|(name, member)| wire_name(model, name, member).to_owned()),
    }))
}

fn without_next(name: &str) -> &str {
    name.strip_prefix(NEXT).unwrap_or(name)
}
