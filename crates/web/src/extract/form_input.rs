//! A posted form exactly as typed; it also remembers the values for a page that has to give them back.

use crate::error::WebError;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{Extensions, header},
};
use domain::Locale;
use pages::{
    action::{self, Action},
    errors::{Problem, Resend, ResendField},
};
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Fields by name, each with all its values.
pub(crate) type Typed = BTreeMap<String, Vec<String>>;

/// Most fields of one form; a form definition has far fewer.
const MOST_FIELDS: usize = 1_000;

/// Where a form's values wait in case the answer is a refusal that must give them back.
#[derive(Clone, Default)]
pub(crate) struct TypedSlot(Arc<Mutex<Option<(Typed, bool)>>>);

impl TypedSlot {
    /// Remembers what was typed.
    pub(crate) fn keep(extensions: &Extensions, typed: &Typed, multipart: bool) {
        if let Some(slot) = extensions.get::<Self>() {
            *slot.0.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((typed.clone(), multipart));
        }
    }

    /// The values as hidden fields of a form to that address; passwords and codes are left out.
    pub(crate) fn resend(&self, href: String) -> Option<Resend> {
        let (typed, multipart) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let secret = |name: &str| name.contains("password") || name == "code" || name == "totp";
        let fields = typed
            .into_iter()
            .filter(|(name, _)| !secret(name))
            .flat_map(|(name, values)| {
                values.into_iter().map(move |value| ResendField { name: name.clone(), value })
            })
            .collect();
        Some(Resend { href, multipart, fields })
    }
}

/// A posted form.
pub(crate) struct FormInput {
    fields: Typed,
}

/// Typed text is personal.
impl fmt::Debug for FormInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FormInput({} fields)", self.fields.len())
    }
}

impl FormInput {
    pub(crate) const fn new(fields: Typed) -> Self {
        Self { fields }
    }

    /// First value of a field as typed; empty when it is missing.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// First value, trimmed.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// Whether a box is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// Which button was pressed.
    pub(crate) fn action(&self) -> Result<Action, WebError> {
        let value =
            self.fields.get(action::ACTION).and_then(|values| values.first()).map(String::as_str);
        Action::parse(value).ok_or(WebError::Problem(Problem::Unprocessable))
    }

    /// The language that the chooser sent along with what was typed, if it is one of those offered.
    pub(crate) fn language(&self, offered: &[Locale]) -> Option<Locale> {
        let chosen = self.text(action::LANGUAGE).parse().ok()?;
        offered.contains(&chosen).then_some(chosen)
    }

    /// The revision the page was made from.
    pub(crate) fn revision(&self) -> Result<i32, WebError> {
        self.text(action::REVISION).parse().map_err(|_| WebError::Problem(Problem::Unprocessable))
    }

    /// All fields.
    pub(crate) fn into_fields(self) -> Typed {
        self.fields
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }
}

impl<S: Send + Sync> FromRequest<S> for FormInput {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::UnsupportedMedia.into());
        }
        let extensions = request.extensions().clone();
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Problem::TooLarge)?;
        let fields = parse(&bytes)?;
        TypedSlot::keep(&extensions, &fields, false);
        Ok(Self { fields })
    }
}

/// Reads an urlencoded body; names and values must be UTF-8.
pub(crate) fn parse(body: &[u8]) -> Result<Typed, WebError> {
    let mut fields = Typed::new();
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    for (count, pair) in pairs.enumerate() {
        if count >= MOST_FIELDS {
            return Err(Problem::TooLarge.into());
        }
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let (name, value) = pair.split_at(at);
        let value = value.strip_prefix(b"=").unwrap_or(value);
        fields.entry(decode(name)?).or_default().push(decode(value)?);
    }
    Ok(fields)
}

fn decode(part: &[u8]) -> Result<String, WebError> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                let (high, low) = (digit(rest.next()), digit(rest.next()));
                let value =
                    high.zip(low).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                value.ok_or(Problem::BadRequest)?
            }
            other => other,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| Problem::BadRequest)?;
    Ok(text.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn names_and_values_come_as_typed_and_repeat() {
        let fields = parse(b"a=1&a=2&name=D%27Angelo+%C3%A8&empty=&flag").unwrap();
        assert_eq!(fields["a"], ["1", "2"]);
        assert_eq!(fields["name"], ["D'Angelo è"]);
        assert_eq!(fields["empty"], [""]);
        assert_eq!(fields["flag"], [""]);
    }

    #[test]
    fn broken_escapes_bad_utf8_and_floods_are_refused() {
        assert!(parse(b"a=%zz").is_err());
        assert!(parse(b"a=%C3").is_err());
        assert!(parse("a=1&".repeat(1_001).as_bytes()).is_err());
    }
}
