//! A text on its way into XML.

use std::fmt::Write as _;

/// What stands between two tags or two quotes. Made from a text it is escaped; raw, it is written as it is, comments,
/// entities and forgeries included.
#[derive(Clone, PartialEq, Eq)]
pub struct Value(String);

impl Value {
    /// Written as it is.
    pub fn raw(xml: impl Into<String>) -> Self {
        Self(xml.into())
    }

    /// As it is written.
    pub fn as_xml(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(escape(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(escape(&text))
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// A text that is safe between tags and between quotes, in XML and in HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            other => escaped.push(other),
        }
    }
    escaped
}
