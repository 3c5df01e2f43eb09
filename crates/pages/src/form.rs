//! The state of a form as a value: what was typed, what is wrong with it.

use domain::Locale;
use serde::{Serialize, Serializer, ser::SerializeStruct};
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// The fields of one form, as an enum.
pub trait FormField: Copy + Ord + 'static {
    /// All fields, in the order of the page.
    const ALL: &'static [Self];

    /// Name and id of the control.
    fn name(self) -> &'static str;

    /// Whether what was typed may be shown again; false for passwords and codes.
    fn keep(self) -> bool {
        true
    }
}

/// A sentence for the reader: a key of the locale files with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Key in the locale files.
    pub key: Cow<'static, str>,
    /// Values of its placeholders.
    pub args: BTreeMap<&'static str, String>,
}

impl Message {
    /// A sentence without placeholders.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: BTreeMap::new() }
    }

    /// A sentence whose key ends in the stable word of an enum: `errors.answer.` and `required`.
    pub fn coded(prefix: &str, code: &str) -> Self {
        Self { key: Cow::Owned(format!("{prefix}{code}")), args: BTreeMap::new() }
    }

    /// The sentence in words.
    pub fn text(&self, locale: Locale) -> String {
        let args: Vec<_> = self.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        i18n::t(locale, &self.key, &args)
    }

    /// The same sentence with one more placeholder filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.insert(name, value.to_string());
        self
    }
}

/// What was typed into a form and what is wrong with it. Templates see
/// `form.fields.<name>.{value,error}` for every field, and `form.errors` for the summary on top.
#[derive(Clone, PartialEq, Eq)]
pub struct FormState<F> {
    values: BTreeMap<F, String>,
    errors: BTreeMap<F, Message>,
    general: Vec<Message>,
}

impl<F> Default for FormState<F> {
    fn default() -> Self {
        Self { values: BTreeMap::new(), errors: BTreeMap::new(), general: Vec::new() }
    }
}

impl<F: FormField> FormState<F> {
    /// The same state with what was typed into a field. Secrets are dropped here.
    #[must_use]
    pub fn value(mut self, field: F, typed: impl Into<String>) -> Self {
        if field.keep() {
            self.values.insert(field, typed.into());
        }
        self
    }

    /// The same state with a field marked wrong.
    #[must_use]
    pub fn error(mut self, field: F, message: Message) -> Self {
        self.errors.insert(field, message);
        self
    }

    /// The same state with an error that belongs to no single field.
    #[must_use]
    pub fn general(mut self, message: Message) -> Self {
        self.general.push(message);
        self
    }

    /// Marks a field wrong.
    pub fn add_error(&mut self, field: F, message: Message) {
        self.errors.insert(field, message);
    }

    /// Whether nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty() && self.general.is_empty()
    }

    /// What was typed into a field; empty for secrets.
    pub fn typed(&self, field: F) -> &str {
        self.values.get(&field).map_or("", String::as_str)
    }
}

/// Typed text is personal: it must not reach a log through `{:?}`.
impl<F: FormField> fmt::Debug for FormState<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrong: Vec<&str> = self.errors.keys().map(|field| field.name()).collect();
        f.debug_struct("FormState")
            .field("wrong", &wrong)
            .field("general", &self.general)
            .finish_non_exhaustive()
    }
}

/// One line of the error summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorLine {
    /// Id of the control it links to.
    pub field: Option<String>,
    /// Words of the question, when the message alone does not say which it is.
    pub label: Option<String>,
    /// What is wrong and how to mend it.
    pub message: Message,
}

#[derive(Serialize)]
struct FieldView<'a> {
    value: &'a str,
    error: Option<&'a Message>,
}

impl<F: FormField> Serialize for FormState<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields: BTreeMap<&str, FieldView<'_>> = F::ALL
            .iter()
            .map(|field| {
                (
                    field.name(),
                    FieldView { value: self.typed(*field), error: self.errors.get(field) },
                )
            })
            .collect();
        let of_fields = F::ALL.iter().filter_map(|field| {
            let message = self.errors.get(field)?.clone();
            Some(ErrorLine { field: Some(field.name().to_owned()), label: None, message })
        });
        let of_form = self.general.iter().map(|message| ErrorLine {
            field: None,
            label: None,
            message: message.clone(),
        });
        let errors: Vec<ErrorLine> = of_form.chain(of_fields).collect();
        let mut state = serializer.serialize_struct("FormState", 2)?;
        state.serialize_field("fields", &fields)?;
        state.serialize_field("errors", &errors)?;
        state.end()
    }
}

/// Writes the enum of a form's fields. `secret` fields are never shown again.
macro_rules! form_fields {
    ($(#[$doc:meta])* $type:ident { $($(#[$field_doc:meta])* $field:ident = $name:literal $(: $secret:ident)?),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type { $($(#[$field_doc])* $field,)* }

        impl $crate::FormField for $type {
            const ALL: &'static [Self] = &[$(Self::$field),*];
            fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* }
            }
            fn keep(self) -> bool {
                match self { $(Self::$field => $crate::form::kept(&[$(stringify!($secret))?]),)* }
            }
        }
    };
}
pub(crate) use form_fields;

/// Whether a field without marks is shown again: all but the marked ones.
pub(crate) const fn kept(marks: &[&str]) -> bool {
    marks.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{FormState, Message};
    use crate::enrol::CredentialDoorField as Field;

    #[test]
    fn secrets_are_dropped_and_typed_text_stays_out_of_debug_output() {
        let form = FormState::default()
            .value(Field::CodiceFiscale, "SMPLCU19A01Z999X")
            .value(Field::Password, "segreta")
            .error(Field::CodiceFiscale, Message::new("errors.answer.required"));
        let json = serde_json::to_value(&form).unwrap();
        assert_eq!(json["fields"]["codice_fiscale"]["value"], "SMPLCU19A01Z999X");
        assert_eq!(json["fields"]["password"]["value"], "");
        assert_eq!(json["errors"][0]["field"], "codice_fiscale");
        assert!(!format!("{form:?}").contains("SMPL") && !form.is_valid());
    }
}
