//! One question of a form: its kind, its meaning, and what the law wants to know about it.

use super::{AddressPart, Binding, LocalisedText};
use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// One question. Keys are unique in the whole form, because they name the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "it mirrors the keys of a form file")]
pub struct Question {
    /// Name of the answer: lower-case letters, digits and underscores.
    pub key: String,
    /// What is asked for.
    pub kind: QuestionKind,
    /// What the answer means to the product, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binds: Option<Binding>,
    /// The question itself.
    pub label: LocalisedText,
    /// A hint below the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<LocalisedText>,
    /// Whether an answer is needed for sending.
    #[serde(default)]
    pub required: bool,
    /// Where a first answer may come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    /// Why it is asked (GDPR art. 5): no question is published without.
    pub purpose: LocalisedText,
    /// Who may read the answer.
    pub readers: Vec<Reader>,
    /// How long the answer is kept after the end of the service.
    pub retention: Retention,
    /// Asked only when an earlier answer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_when: Option<ShownWhen>,
    /// What can be chosen (kind `choice`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChoiceOption>,
    /// Several choices, or several files.
    #[serde(default)]
    pub multiple: bool,
    /// The types of file taken (kind `file`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<FileType>,
    /// Health, belief and the like (GDPR art. 9): never in mail, never in lists.
    #[serde(default)]
    pub sensitive: bool,
    /// Longest answer in characters (kind `text`); 100 when not given, 1000 for several lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u16>,
    /// Several lines of text (kind `text`).
    #[serde(default)]
    pub multiline: bool,
    /// A declaration: only "yes" can be sent (kind `yes_no`).
    #[serde(default)]
    pub must_be_yes: bool,
}

impl Question {
    /// Names of the input fields: the key, or one per part of an address.
    pub fn fields(&self) -> Vec<String> {
        match self.kind {
            QuestionKind::Address => {
                AddressPart::ALL.iter().map(|part| part.field(&self.key)).collect()
            }
            _ => vec![self.key.clone()],
        }
    }

    /// The longest answer in characters.
    pub fn longest(&self) -> u16 {
        self.max_length.unwrap_or(if self.multiline { 1000 } else { 100 })
    }

    /// The most files one answer may hold.
    pub const fn most_files(&self) -> usize {
        if self.multiple { 4 } else { 1 }
    }

    /// The option with this value.
    pub fn option(&self, value: &str) -> Option<&ChoiceOption> {
        self.options.iter().find(|option| option.value == value)
    }
}

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Words.
    Text,
    /// A day.
    Date,
    /// A codice fiscale.
    CodiceFiscale,
    /// One or several of the options given.
    Choice,
    /// An Italian municipality or a foreign state.
    Municipality,
    /// Street, number, CAP, municipality, province.
    Address,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// Euro and cents.
    Amount,
    /// Uploaded files.
    File,
    /// Yes or no; with `must_be_yes` a box to tick.
    YesNo,
    /// One of the tenant's schools.
    School,
    /// A class of the chosen school.
    SchoolClass,
    /// The school services asked for, among those whose window is open.
    Services,
}

impl QuestionKind {
    /// The word used in form files.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::CodiceFiscale => "codice_fiscale",
            Self::Choice => "choice",
            Self::Municipality => "municipality",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Amount => "amount",
            Self::File => "file",
            Self::YesNo => "yes_no",
            Self::School => "school",
            Self::SchoolClass => "school_class",
            Self::Services => "services",
        }
    }

    /// Whether the browser sends nothing at all when nothing is chosen.
    pub const fn is_picked(self) -> bool {
        matches!(self, Self::Choice | Self::YesNo | Self::Services)
    }
}

/// Where a first answer may come from; the family can always correct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// From the pupil's codice fiscale.
    CodiceFiscale,
    /// From the address proved by the e-mail code.
    VerifiedEmail,
}

/// Who may read an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The school office of the tenant.
    Office,
    /// The pupil's school.
    School,
    /// The kitchen.
    Kitchen,
    /// Those who drive and escort the bus.
    Transport,
}

/// A condition on an earlier answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownWhen {
    /// Key of the earlier question.
    pub question: String,
    /// The answers that make this question appear; one of them is enough.
    pub is: Vec<String>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// What is stored: lower-case letters, digits and underscores.
    pub value: String,
    /// What is shown.
    pub label: LocalisedText,
}

/// A type of file, recognised by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// PDF document.
    Pdf,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
}

impl FileType {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A period such as `P1Y`, `P6M` or `P30D` (ISO 8601).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Retention(String);

/// Not a period.
#[derive(Debug, thiserror::Error)]
#[error("not a period; write it like \"P1Y\" (years), \"P6M\" (months) or \"P30D\" (days)")]
pub struct RetentionError;

impl TryFrom<String> for Retention {
    type Error = RetentionError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let period = Self(text);
        let positive = period.span().is_some_and(jiff::Span::is_positive);
        if positive { Ok(period) } else { Err(RetentionError) }
    }
}

impl From<Retention> for String {
    fn from(period: Retention) -> Self {
        period.0
    }
}

impl Retention {
    /// The first day on which an answer of a service that ended on `end` is no longer kept.
    pub fn until(&self, end: Date) -> Option<Date> {
        end.checked_add(self.span()?).ok()
    }

    fn span(&self) -> Option<Span> {
        let dated = self.0.starts_with('P') && !self.0.contains('T');
        dated.then(|| self.0.parse().ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_count_from_the_end_of_the_service() {
        let end = Date::constant(2027, 6, 30);
        let year: Retention = serde_json::from_str("\"P1Y\"").unwrap();
        assert_eq!(year.until(end), Some(Date::constant(2028, 6, 30)));
        for wrong in ["\"1Y\"", "\"PT5H\"", "\"P0D\"", "\"-P1Y\"", "\"\""] {
            assert!(serde_json::from_str::<Retention>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn kinds_are_written_in_files_as_their_tag() {
        for kind in [QuestionKind::YesNo, QuestionKind::SchoolClass, QuestionKind::CodiceFiscale] {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.tag()));
        }
    }
}
