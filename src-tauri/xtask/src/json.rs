//! A small JSON reader, enough for what our own programs print. Numbers keep their text,
//! for nothing here calculates with a fraction.

use std::fmt::Write as _;

use crate::trouble::Trouble;

/// Deeper than anything our programs print, and shallow enough for any stack.
const MOST_DEPTH: usize = 64;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// In the order written; of a repeated name the first is found.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads exactly one value.
    pub(crate) fn parse(text: &str) -> Result<Self, Trouble> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.blanks();
        if reader.at < text.len() {
            return Err(reader.wrong("something follows the value"));
        }
        Ok(value)
    }

    /// The value at a path such as `cin7/calls/total` or `runs/0/counts`; the empty path
    /// is the value itself.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        steps.try_fold(self, |value, step| match value {
            Self::Object(fields) => fields
                .iter()
                .find(|(name, _)| name == step)
                .map(|(_, value)| value),
            Self::List(items) => items.get(step.parse::<usize>().ok()?),
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) => None,
        })
    }

    /// The text at a path, or "" where there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        match self.at(path) {
            Some(Self::Text(text) | Self::Number(text)) => text,
            Some(Self::Null | Self::Flag(_) | Self::List(_) | Self::Object(_)) | None => "",
        }
    }

    /// The whole number at a path, or 0.
    pub(crate) fn whole(&self, path: &str) -> i64 {
        self.text(path).parse().unwrap_or_default()
    }

    /// The list at a path, or an empty one.
    pub(crate) fn list(&self, path: &str) -> &[Self] {
        match self.at(path) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    /// The names and values of the object at a path, or none.
    pub(crate) fn fields(&self, path: &str) -> &[(String, Self)] {
        match self.at(path) {
            Some(Self::Object(fields)) => fields,
            _ => &[],
        }
    }
}

/// The text as a JSON string, quotation marks included.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn wrong(&self, what: &str) -> Trouble {
        Trouble::new(format!("This is not JSON: at byte {}, {what}.", self.at))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes the character if it is next, blanks before it passed over.
    fn takes(&mut self, byte: u8) -> bool {
        self.blanks();
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn value(&mut self, depth: usize) -> Result<Json, Trouble> {
        if depth > MOST_DEPTH {
            return Err(self.wrong("it is nested too deeply"));
        }
        self.blanks();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.items(depth),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => Ok(self.number()),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Json, Trouble> {
        let words = [
            ("null", Json::Null),
            ("true", Json::Flag(true)),
            ("false", Json::Flag(false)),
        ];
        for (word, value) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.wrong("no value begins like this"))
    }

    fn number(&mut self) -> Json {
        let from = self.at;
        while matches!(
            self.peek(),
            Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
        ) {
            self.at += 1;
        }
        Json::Number(self.text[from..self.at].to_owned())
    }

    fn items(&mut self, depth: usize) -> Result<Json, Trouble> {
        self.at += 1;
        let mut items = Vec::new();
        if self.takes(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(b']') {
                return Ok(Json::List(items));
            }
            if !self.takes(b',') {
                return Err(self.wrong("a list needs , or ]"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, Trouble> {
        self.at += 1;
        let mut fields = Vec::new();
        if self.takes(b'}') {
            return Ok(Json::Object(fields));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.wrong("an object needs a name"));
            }
            let name = self.string()?;
            if !self.takes(b':') {
                return Err(self.wrong("a name needs : after it"));
            }
            fields.push((name, self.value(depth + 1)?));
            if self.takes(b'}') {
                return Ok(Json::Object(fields));
            }
            if !self.takes(b',') {
                return Err(self.wrong("an object needs , or }"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Trouble> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                return Err(self.wrong("a text does not end"));
            };
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(out),
                '\\' => out.push(self.escape()?),
                c if c < ' ' => return Err(self.wrong("a text holds a control character")),
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Trouble> {
        let Some(byte) = self.peek() else {
            return Err(self.wrong("a text does not end"));
        };
        self.at += 1;
        Ok(match byte {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => char::from(byte),
            b'u' => return self.by_number(),
            _ => return Err(self.wrong("there is no such escape")),
        })
    }

    /// `\uXXXX`, or two of them that make one character.
    fn by_number(&mut self) -> Result<char, Trouble> {
        let high = self.hex()?;
        let code = if (0xD800..0xDC00).contains(&high) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let low = self.hex()?;
            if !(0xDC00..0xE000).contains(&low) {
                return Err(self.wrong("half a character stands alone"));
            }
            0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.wrong("half a character stands alone"))
    }

    fn hex(&mut self) -> Result<u32, Trouble> {
        let digits = self.text.get(self.at..self.at + 4);
        let value = digits
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        value.ok_or_else(|| self.wrong("\\u needs four digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_read_and_its_parts_are_found() {
        let text = r#" {"runs":[{"kind":"orders","counts":{"seen":12,"held":-3},"faults":[]}],
                       "next":null,"fine":true} "#;
        let json = Json::parse(text).unwrap();
        assert_eq!(json.text("runs/0/kind"), "orders");
        assert_eq!(json.whole("runs/0/counts/seen"), 12);
        assert_eq!(json.whole("runs/0/counts/held"), -3);
        assert_eq!(json.list("runs/0/faults"), &[]);
        assert_eq!(json.fields("runs/0/counts").len(), 2);
        assert_eq!(json.at("next"), Some(&Json::Null));
        assert_eq!(json.at("fine"), Some(&Json::Flag(true)));
        assert_eq!(json.at("runs/1"), None);
        assert_eq!(json.text("runs/0/nothing"), "");
    }

    #[test]
    fn numbers_keep_every_digit() {
        let json = Json::parse("[84.50, 9007199254740993, 1e-7]").unwrap();
        let texts: Vec<&str> = ["0", "1", "2"].map(|at| json.text(at)).to_vec();
        assert_eq!(texts, ["84.50", "9007199254740993", "1e-7"]);
    }

    #[test]
    fn escapes_and_characters_beyond_ascii_are_read() {
        let json = Json::parse(r#""caf\u00e9 \ud83d\ude00 \"q\" \\ \n £""#).unwrap();
        assert_eq!(json, Json::Text("café 😀 \"q\" \\ \n £".to_owned()));
    }

    #[test]
    fn what_is_quoted_reads_back_the_same() {
        for text in [
            "",
            "plain",
            "a \"b\" \\ c",
            "line\nbreak\tand \u{1}",
            "Zoë £ 😀",
        ] {
            assert_eq!(
                Json::parse(&quoted(text)).unwrap(),
                Json::Text(text.to_owned())
            );
        }
    }

    #[test]
    fn what_is_not_json_is_refused_and_never_ends_the_program() {
        let bad = [
            "",
            "{",
            "[1,",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{a:1}",
            "\"open",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\u+123\"",
            "\"\\",
            "nul",
            "1 2",
            "\"\\uéé\"",
            "[\"a\nb\"]",
        ];
        for text in bad {
            assert!(Json::parse(text).is_err(), "{text:?} was taken");
        }
        assert!(
            Json::parse(&"[".repeat(100_000)).is_err(),
            "endless nesting"
        );
    }
}
