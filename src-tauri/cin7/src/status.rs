//! How Cin7 says no. A rate refusal comes in four shapes and is known by its sentence,
//! never by its status alone (observed); errors come as a list or as a single object.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use vendor::{Fault, ReadStatus, Response, retry_after};

/// In every rate refusal, whatever its status (observed).
const LIMIT_SENTENCE: &str = "calls per 60 seconds";

/// How long to wait when a refusal does not say: Cin7 counts over 60 s.
const DEFAULT_WAIT: Duration = Duration::from_mins(1);

/// Longest text of Cin7's kept in a message, characters.
const LONGEST_TEXT: usize = 500;

/// Reads Cin7's refusals.
#[derive(Debug)]
pub(crate) struct Cin7Status;

impl ReadStatus for Cin7Status {
    fn refusal(&self, answer: &Response, write: bool, now: DateTime<Utc>) -> Option<Fault> {
        let body = String::from_utf8_lossy(&answer.body);
        let limited = body.to_ascii_lowercase().contains(LIMIT_SENTENCE) || answer.status == 429;
        // A bare 503 is taken for the limit too, since the older refusal is a 503; but it
        // proves nothing about a write.
        if limited || (answer.status == 503 && !write) {
            let wait = answer
                .header("retry-after")
                .and_then(|text| retry_after::read(text, now));
            let message = words(answer, &body);
            return Some(Fault::Busy {
                wait: wait.unwrap_or(DEFAULT_WAIT),
                message,
            });
        }
        match answer.status {
            401 | 403 => Some(Fault::SignIn(words(answer, &body))),
            400..=499 => refused(answer, &body),
            _ => None,
        }
    }
}

/// A 4xx in Cin7's own words. A page of somebody else's (a proxy, say) is no refusal.
fn refused(answer: &Response, body: &str) -> Option<Fault> {
    let errors = errors(&answer.body);
    let plain = answer
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("text/plain"));
    // A method that is not served did nothing, whoever says so.
    if errors.is_empty() && !plain && answer.status != 405 {
        return None;
    }
    let code = errors
        .first()
        .map(|error| error.code.clone())
        .unwrap_or_default();
    Some(Fault::Refused {
        status: answer.status,
        code,
        message: words(answer, body),
    })
}

struct ErrorText {
    code: String,
    text: String,
}

/// All errors of a body, which is a list of them or a single one.
fn errors(body: &[u8]) -> Vec<ErrorText> {
    let list = match serde_json::from_slice(body) {
        Ok(Value::Array(list)) => list,
        Ok(single) => vec![single],
        Err(_) => Vec::new(),
    };
    list.iter()
        .filter_map(|error| {
            let text = error_text(error)?;
            let code = match error.get("ErrorCode") {
                Some(Value::String(code)) => code.clone(),
                Some(Value::Number(code)) => code.to_string(),
                _ => String::new(),
            };
            Some(ErrorText {
                code,
                text: text.to_owned(),
            })
        })
        .collect()
}

/// The words of one error.
pub(crate) fn error_text(error: &Value) -> Option<&str> {
    ["Exception", "Message", "ErrorMessage"]
        .iter()
        .find_map(|name| error.get(name)?.as_str())
}

/// Cin7's words, without the wrapping, on one line.
fn words(answer: &Response, body: &str) -> String {
    let texts: Vec<String> = errors(&answer.body)
        .into_iter()
        .map(|error| error.text)
        .collect();
    let text = if texts.is_empty() {
        body.to_owned()
    } else {
        texts.join("; ")
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return format!("status {} without a word", answer.status);
    }
    line.chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_TEXT)
        .collect()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use chrono::TimeZone;
    use expect_test::{Expect, expect};

    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        Response {
            status,
            headers: headers
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    fn check(answer: &Response, write: bool, expect: &Expect) {
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
        let shown = Cin7Status
            .refusal(answer, write, now)
            .map_or("not a refusal".to_owned(), |fault| fault.to_string());
        expect.assert_eq(&shown);
    }

    const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
    const TEXT: (&str, &str) = ("content-type", "text/plain; charset=utf-8");
    const HTML: (&str, &str) = ("content-type", "text/html");
    const LIMIT: &str = "You have reached 60 calls per 60 seconds API limit.";
    const LIMIT_LIST: &str =
        r#"[{"ErrorCode":400,"Exception":"You have reached 60 calls per 60 seconds API limit."}]"#;

    #[test]
    fn the_limit_is_known_in_each_of_its_shapes() {
        let with_wait = answer(429, &[TEXT, ("retry-after", "31 Seconds")], LIMIT);
        check(
            &with_wait,
            true,
            &expect!["asked to wait 31 s: You have reached 60 calls per 60 seconds API limit."],
        );
        for (status, body) in [
            (503, LIMIT_LIST),
            (400, LIMIT_LIST),
            (403, LIMIT),
            (429, ""),
        ] {
            let fault = Cin7Status
                .refusal(&answer(status, &[JSON], body), true, DateTime::UNIX_EPOCH)
                .unwrap();
            assert!(
                matches!(&fault, Fault::Busy { wait, .. } if *wait == DEFAULT_WAIT),
                "{status}: {fault:?}"
            );
        }
    }

    #[test]
    fn a_bare_503_is_a_wait_for_a_question_and_proves_nothing_about_a_write() {
        let bare = answer(503, &[HTML], "");
        check(
            &bare,
            false,
            &expect!["asked to wait 60 s: status 503 without a word"],
        );
        check(&bare, true, &expect!["not a refusal"]);
    }

    #[test]
    fn wrong_keys_are_told_in_cin7s_words() {
        let wrong = answer(403, &[TEXT], "Incorrect credentials!");
        check(
            &wrong,
            false,
            &expect!["the credentials were refused: Incorrect credentials!"],
        );
    }

    #[test]
    fn errors_are_read_from_a_list_and_from_a_single_object() {
        let list = r#"[{"ErrorCode":400,"Exception":"Price is\nmissing"},{"ErrorCode":"400","Exception":"SKU is missing"}]"#;
        check(
            &answer(400, &[JSON], list),
            true,
            &expect!["refused (400 400): Price is missing; SKU is missing"],
        );
        check(
            &answer(
                404,
                &[JSON],
                r#"{"ErrorCode":404,"Exception":"Sale not found."}"#,
            ),
            false,
            &expect!["refused (404 404): Sale not found."],
        );
    }

    #[test]
    fn a_method_that_is_not_served_is_a_refusal_in_whatever_form_it_comes() {
        check(
            &answer(405, &[HTML], "<h1>Method not allowed</h1>"),
            true,
            &expect!["refused (405 ): <h1>Method not allowed</h1>"],
        );
        check(
            &answer(405, &[], ""),
            true,
            &expect!["refused (405 ): status 405 without a word"],
        );
    }

    #[test]
    fn a_page_with_a_4xx_and_a_server_fault_are_no_refusals() {
        check(
            &answer(404, &[HTML], "<html>Not found</html>"),
            false,
            &expect!["not a refusal"],
        );
        check(
            &answer(500, &[HTML], "<html>Oops</html>"),
            true,
            &expect!["not a refusal"],
        );
    }
}
