//! Lists whose pages never end: a service that gives a token it gave before would send the same
//! pages again and again. The SDK's paginators end such a list as if it were complete, which would
//! hide what is missing. So each is told `stop_on_duplicate_token(false)`, and it is here that a
//! page is not asked for a second time, which fails the list.

use std::cell::RefCell;
use std::collections::HashSet;

/// What a list is said to suffer from that does not end.
pub const REPEATED: &str = "the service gave the token of a page that it had given before";

/// A page that was asked for before.
#[derive(Debug, thiserror::Error)]
#[error("{REPEATED}")]
pub struct Repeated;

tokio::task_local! {
    /// The requests for pages after the first, in the fetch under way.
    static ASKED: RefCell<HashSet<Vec<u8>>>;
}

/// Lets each page be asked for once while `work` is under way.
pub async fn each_once<T>(work: impl Future<Output = T>) -> T {
    ASKED.scope(RefCell::default(), work).await
}

/// Notes a request.
///
/// # Errors
/// When it is for a page that was asked for in this fetch before.
pub fn ask(operation: &str, body: &[u8]) -> Result<(), Repeated> {
    if !has_token(body) {
        return Ok(());
    }
    let request = [operation.as_bytes(), b" ", body].concat();
    let new = ASKED.try_with(|asked| asked.borrow_mut().insert(request));
    // Outside of a fetch nothing is paged through.
    if new.unwrap_or(true) {
        Ok(())
    } else {
        Err(Repeated)
    }
}

/// Whether a request's body holds a token, which services call `Marker`, `NextToken`, `nextToken`.
/// A body that holds such a word for another reason is no harm: only credential reports are asked
/// for again with the same request, and theirs is without any parameter.
fn has_token(body: &[u8]) -> bool {
    let body = body.to_ascii_lowercase();
    let words: [&[u8]; 2] = [b"marker", b"token"];
    words
        .iter()
        .any(|word| body.windows(word.len()).any(|window| window == *word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_is_asked_for_once_in_a_fetch_and_again_in_the_next() {
        let ask_all = async {
            ["", "", "&Marker=a", "&Marker=b", "&Marker=a"]
                .map(|token| ask("rds:List", format!("Action=List{token}").as_bytes()).is_ok())
        };
        assert_eq!(each_once(ask_all).await, [true, true, true, true, false]);
        let next = async { ask("rds:List", b"Action=List&Marker=a").is_ok() };
        assert!(each_once(next).await);
    }

    #[tokio::test]
    async fn lists_with_the_same_token_are_told_apart() {
        let asked = async {
            let budgets = [
                r#"{"Name":"a","NextToken":"1"}"#,
                r#"{"Name":"b","NextToken":"1"}"#,
            ];
            let bodies = budgets.map(|body| ask("budgets:List", body.as_bytes()).is_ok());
            [
                bodies[0],
                bodies[1],
                ask("budgets:Get", budgets[0].as_bytes()).is_ok(),
            ]
        };
        assert_eq!(each_once(asked).await, [true; 3]);
    }
}
