//! An answer on its way out: whole, or cut off in the middle.

use std::pin::Pin;
use std::task::{Context, Poll};

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::Response;
use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::answer::Answer;

pub type Outgoing = Response<BoxBody<Bytes, CutShort>>;

pub fn whole(answer: Answer) -> Outgoing {
    let body = Full::new(answer.body)
        .map_err(|never| match never {})
        .boxed();
    Response::from_parts(answer.head, body)
}

/// Half of the answer, then the connection closes.
pub fn half(answer: Answer) -> Outgoing {
    Response::from_parts(
        answer.head,
        Half {
            whole: answer.body,
            step: 0,
        }
        .boxed(),
    )
}

/// A body that promises all of its length, gives half, and fails.
struct Half {
    whole: Bytes,
    step: u8,
}

#[derive(Debug)]
pub struct CutShort;

impl std::fmt::Display for CutShort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the answer was cut short on purpose")
    }
}

impl std::error::Error for CutShort {}

impl Body for Half {
    type Data = Bytes;
    type Error = CutShort;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutShort>>> {
        self.step += 1;
        match self.step {
            1 => Poll::Ready(Some(Ok(Frame::data(
                self.whole.slice(..self.whole.len() / 2),
            )))),
            // Lets hyper send the first half before it learns of the failure.
            2 => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(Some(Err(CutShort))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.whole.len() as u64)
    }
}
