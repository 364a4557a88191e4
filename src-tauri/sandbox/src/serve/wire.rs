//! Bodies as a wire can deliver them: whole, cut off in the middle, or without end.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::Hangup;
use crate::http::Answer;

/// Endless bodies come in pieces of at least this many bytes.
const PIECE_MIN: usize = 64 * 1024;

/// A body on the wire.
pub(super) enum WireBody {
    /// All of it.
    Whole(Bytes),
    /// The first bytes of a body of a promised length, then nothing but a broken line.
    Cut(Cut),
    /// The same piece for ever.
    Endless(Bytes),
}

/// How far a body that breaks off has come.
pub(super) struct Cut {
    first: Bytes,
    promised: u64,
    rested: bool,
}

/// The answer, whole.
pub(super) fn whole(answer: Answer) -> Response<WireBody> {
    let body = WireBody::Whole(Bytes::from(answer.body));
    response(answer.status, answer.headers, body)
}

/// The answer's head and the first `bytes` of its body.
pub(super) fn cut_off(answer: Answer, bytes: usize) -> Response<WireBody> {
    let body = Bytes::from(answer.body);
    let promised = body.len() as u64;
    // At least one byte is missing, or nobody would notice.
    let first = body.slice(..bytes.min(body.len().saturating_sub(1)));
    let cut = Cut {
        first,
        promised: promised.max(1),
        rested: false,
    };
    response(answer.status, answer.headers, WireBody::Cut(cut))
}

/// The answer's body, again and again.
pub(super) fn endless(answer: Answer) -> Response<WireBody> {
    let piece = if answer.body.is_empty() {
        vec![b' ']
    } else {
        answer.body
    };
    let piece = piece.repeat(PIECE_MIN.div_ceil(piece.len()));
    response(
        answer.status,
        answer.headers,
        WireBody::Endless(Bytes::from(piece)),
    )
}

fn response(status: u16, headers: Vec<(String, String)>, body: WireBody) -> Response<WireBody> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

impl Body for WireBody {
    type Data = Bytes;
    type Error = Hangup;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Hangup>>> {
        match &mut *self {
            Self::Whole(rest) if rest.is_empty() => Poll::Ready(None),
            Self::Whole(rest) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(rest))))),
            Self::Endless(piece) => Poll::Ready(Some(Ok(Frame::data(piece.clone())))),
            Self::Cut(cut) if !cut.first.is_empty() => {
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut cut.first)))))
            }
            Self::Cut(cut) if !cut.rested => {
                // Resting once lets what was written leave before the line breaks.
                cut.rested = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Self::Cut(_) => Poll::Ready(Some(Err(Hangup))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(rest) if rest.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(rest) => SizeHint::with_exact(rest.len() as u64),
            Self::Cut(cut) => SizeHint::with_exact(cut.promised),
            Self::Endless(_) => SizeHint::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn an_endless_body_never_ends_and_promises_no_length() {
        let mut body = endless(Answer::text(200, "text/plain", "[1,")).into_body();
        assert!(body.size_hint().exact().is_none());
        for _ in 0..100 {
            let piece = body.frame().await.unwrap().unwrap().into_data().unwrap();
            assert!(piece.len() >= PIECE_MIN && piece.starts_with(b"[1,[1,"));
        }
    }

    #[tokio::test]
    async fn a_cut_body_gives_its_first_bytes_and_then_an_error() {
        let mut body = cut_off(Answer::text(200, "text/plain", "abc"), 99).into_body();
        assert_eq!(
            body.frame().await.unwrap().unwrap().into_data().unwrap(),
            "ab"
        );
        assert!(body.frame().await.unwrap().is_err());
    }
}
