//! Turns an answer that moto gives whole into pages of one item, in the service's own words.

use std::ops::Range;

use serde_json::Value;

use super::call::{Protocol, decode, form_pairs};
use super::pages_table::Paginated;
use super::xml;

/// A request for the whole list, and the token that the client sent with it.
pub(super) struct Unpaged {
    pub body: String,
    pub token: Option<String>,
}

/// Takes token and page size out of a request's body.
pub(super) fn unpage(spec: &Paginated, protocol: Protocol, body: &str) -> Result<Unpaged, String> {
    let (token_in, size_in) = (spec.wording.token_in, spec.wording.size_in);
    if protocol == Protocol::AwsJson {
        let mut request: Value = serde_json::from_str(body).map_err(|e| e.to_string())?;
        let members = request
            .as_object_mut()
            .ok_or("a request that is no JSON object")?;
        members.remove(size_in);
        let token = members
            .remove(token_in)
            .and_then(|t| t.as_str().map(str::to_owned));
        return Ok(Unpaged {
            body: request.to_string(),
            token,
        });
    }
    let mut token = None;
    let mut kept = Vec::new();
    for (key, value) in form_pairs(body) {
        if key == token_in {
            token = Some(decode(value));
        } else if key != size_in {
            kept.push(format!("{key}={value}"));
        }
    }
    Ok(Unpaged {
        body: kept.join("&"),
        token,
    })
}

/// The token of page `number`, with characters that must be encoded on their way back.
pub(super) fn token(number: usize) -> String {
    format!("page/{number}+==")
}

pub(super) fn page_number(token: &str) -> Option<usize> {
    token
        .strip_prefix("page/")?
        .strip_suffix("+==")?
        .parse()
        .ok()
}

/// A whole list, taken apart.
pub(super) enum Pages {
    Xml(XmlPages),
    Json(JsonPages),
}

impl Pages {
    /// # Errors
    /// When the answer is not what `spec` says, or is itself a page of moto's.
    pub fn split(spec: &Paginated, protocol: Protocol, whole: &str) -> Result<Self, String> {
        match protocol {
            Protocol::AwsJson => JsonPages::split(spec, whole).map(Self::Json),
            _ => XmlPages::split(spec, whole).map(Self::Xml),
        }
    }

    /// How many pages there are: an empty list still has one.
    pub fn count(&self) -> usize {
        let items = match self {
            Self::Xml(pages) => pages.items.len(),
            Self::Json(pages) => pages.items.len(),
        };
        items.max(1)
    }

    /// The page, which promises another if there is a token for it.
    pub fn page(&self, number: usize, next: Option<&str>) -> String {
        match self {
            Self::Xml(pages) => pages.page(number, next),
            Self::Json(pages) => pages.page(number, next),
        }
    }
}

/// The answer without its items, and each item with its place in that.
pub(super) struct XmlPages {
    envelope: String,
    items: Vec<(usize, String)>,
    /// Where in the envelope the token belongs.
    result_end: usize,
    token_out: &'static str,
    more_out: Option<&'static str>,
}

impl XmlPages {
    fn split(spec: &Paginated, whole: &str) -> Result<Self, String> {
        let wording = spec.wording;
        let mut result = only(xml::children(whole, 0..whole.len())?)?;
        if wording.result_wrapper {
            let name = format!("{}Result", spec.operation);
            let inside = xml::children(whole, result.inner.clone())?;
            result = xml::named(&inside, &name)
                .ok_or(format!("no <{name}>"))?
                .clone();
        }
        if result.inner.end == result.outer.end {
            return Err(format!("<{}/> has no room for a token", result.name));
        }

        let members = xml::children(whole, result.inner.clone())?;
        let mut items: Vec<Range<usize>> = Vec::new();
        for list in spec.lists {
            if let Some(list) = xml::named(&members, list) {
                items.extend(
                    xml::children(whole, list.inner.clone())?
                        .into_iter()
                        .map(|e| e.outer),
                );
            }
        }
        let mut cuts = items.clone();
        for name in [Some(wording.token_out), wording.more_out]
            .into_iter()
            .flatten()
        {
            if let Some(element) = xml::named(&members, name) {
                if name == wording.token_out && !whole[element.inner.clone()].is_empty() {
                    return Err("moto answered with a page of its own".to_owned());
                }
                cuts.push(element.outer.clone());
            }
        }
        cuts.sort_by_key(|cut| cut.start);

        let mut envelope = String::new();
        let mut done = 0;
        let mut places = Vec::new();
        for cut in cuts {
            envelope.push_str(&whole[done..cut.start]);
            places.push((cut.start, envelope.len()));
            done = cut.end;
        }
        let result_end = envelope.len() + (result.inner.end - done);
        envelope.push_str(&whole[done..]);

        let place = |start| {
            places
                .iter()
                .find_map(|&(cut, place)| (cut == start).then_some(place))
                .ok_or("an item that was not cut out")
        };
        // In the order of `lists`, which need not be the order in the text.
        let items = items
            .into_iter()
            .map(|item| Ok((place(item.start)?, whole[item].to_owned())))
            .collect::<Result<_, String>>()?;
        Ok(Self {
            envelope,
            items,
            result_end,
            token_out: wording.token_out,
            more_out: wording.more_out,
        })
    }

    fn page(&self, number: usize, next: Option<&str>) -> String {
        let mut tail = String::new();
        if let Some(more) = self.more_out {
            tail.push_str(&format!("<{more}>{}</{more}>", next.is_some()));
        }
        if let Some(next) = next {
            let name = self.token_out;
            tail.push_str(&format!(
                "<{name}>{}</{name}>",
                quick_xml::escape::escape(next)
            ));
        }
        let (place, item) = self
            .items
            .get(number)
            .map_or((self.result_end, ""), |(place, item)| {
                (*place, item.as_str())
            });
        let (before, rest) = self.envelope.split_at(place);
        let (between, after) = rest.split_at(self.result_end - place);
        [before, item, between, &tail, after].concat()
    }
}

fn only(mut elements: Vec<xml::Element>) -> Result<xml::Element, String> {
    match (elements.pop(), elements.is_empty()) {
        (Some(element), true) => Ok(element),
        _ => Err("not one outermost element".to_owned()),
    }
}

/// The answer with its lists empty, and each item with the list it belongs in.
pub(super) struct JsonPages {
    envelope: Value,
    items: Vec<(&'static str, Value)>,
    token_out: &'static str,
}

impl JsonPages {
    fn split(spec: &Paginated, whole: &str) -> Result<Self, String> {
        let mut envelope: Value = serde_json::from_str(whole).map_err(|e| e.to_string())?;
        let members = envelope
            .as_object_mut()
            .ok_or("an answer that is no JSON object")?;
        let token_out = spec.wording.token_out;
        if members.remove(token_out).is_some_and(|t| !t.is_null()) {
            return Err("moto answered with a page of its own".to_owned());
        }
        let mut items = Vec::new();
        for &list in spec.lists {
            if let Some(Value::Array(found)) = members.get_mut(list) {
                items.extend(found.drain(..).map(|item| (list, item)));
            }
        }
        Ok(Self {
            envelope,
            items,
            token_out,
        })
    }

    fn page(&self, number: usize, next: Option<&str>) -> String {
        let mut page = self.envelope.clone();
        if let Some((list, item)) = self.items.get(number) {
            page[*list] = Value::Array(vec![item.clone()]);
        }
        if let Some(next) = next {
            page[self.token_out] = Value::from(next);
        }
        page.to_string()
    }
}
