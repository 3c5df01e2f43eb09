//! What a family typed, raw, so that nothing typed is ever lost.

use super::{AddressPart, Binding, FormDefinition, Question, QuestionKind, RawAddress, Step};
use crate::ids::AttachmentId;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Raw answers by field name. Personal data: `Debug` shows how many there are, not what they say.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answers({} fields)", self.0.len())
    }
}

impl Answers {
    /// No answers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing was ever typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of a field, trimmed; `None` when blank.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.all(field).iter().map(|value| value.trim()).find(|value| !value.is_empty())
    }

    /// The first value exactly as typed, for showing it again; empty when there is none.
    pub fn raw(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field, as typed.
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether a field holds this very value.
    pub fn holds(&self, field: &str, value: &str) -> bool {
        self.all(field).iter().any(|held| held == value)
    }

    /// Replaces a field by one value.
    pub fn set(&mut self, field: impl Into<String>, value: impl Into<String>) {
        self.0.insert(field.into(), vec![value.into()]);
    }

    /// Replaces a field by several values; none removes it.
    pub fn set_all(&mut self, field: impl Into<String>, values: Vec<String>) {
        let field = field.into();
        if values.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, values);
        }
    }

    /// Forgets a field.
    pub fn remove(&mut self, field: &str) {
        self.0.remove(field);
    }

    /// Fields with their values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(field, values)| (field.as_str(), values.as_slice()))
    }

    /// Takes over what a page posted for one step. Names that the step does not ask are ignored,
    /// and so are files, which arrive by another way. A field that the page did not show keeps its
    /// value; a visible choice with nothing picked is emptied.
    pub fn take_step(
        &mut self,
        step: &Step,
        posted: &BTreeMap<String, Vec<String>>,
        visible: &[&Question],
    ) {
        let asked = step.questions.iter().filter(|question| question.kind != QuestionKind::File);
        for question in asked {
            for field in question.fields() {
                match posted.get(&field) {
                    Some(values) => self.set_all(field, kept(question, values)),
                    None if question.kind.is_picked() && visible.contains(&question) => {
                        self.remove(&field);
                    }
                    None => {}
                }
            }
        }
    }

    /// The answer that carries a meaning, trimmed. For an address use [`Answers::address`].
    /// Ask it of [`super::Journey::visible_answers`] when hidden answers must not count.
    pub fn bound(&self, definition: &FormDefinition, binding: Binding) -> Option<&str> {
        self.get(&definition.bound(binding)?.key)
    }

    /// The address of a question, as typed.
    pub fn address(&self, question_key: &str) -> RawAddress<'_> {
        let part = |part: AddressPart| self.get(&part.field(question_key)).unwrap_or_default();
        RawAddress {
            street: part(AddressPart::Street),
            number: part(AddressPart::Number),
            cap: part(AddressPart::Cap),
            municipality: part(AddressPart::Municipality),
            province: part(AddressPart::Province),
        }
    }

    /// The files attached to a question.
    pub fn files(&self, question_key: &str) -> Vec<AttachedFile> {
        self.all(question_key).iter().filter_map(|value| AttachedFile::parse(value)).collect()
    }

    /// Adds a stored file to a question.
    pub fn attach(&mut self, question_key: &str, file: &AttachedFile) {
        self.0.entry(question_key.to_owned()).or_default().push(file.answer());
    }

    /// Removes a stored file from a question; whether it was there.
    pub fn detach(&mut self, question_key: &str, id: AttachmentId) -> bool {
        let before = self.all(question_key).len();
        let left: Vec<String> = self
            .all(question_key)
            .iter()
            .filter(|value| AttachedFile::parse(value).is_none_or(|file| file.id != id))
            .cloned()
            .collect();
        let removed = left.len() < before;
        self.set_all(question_key, left);
        removed
    }
}

/// Several values only where several are asked for; hidden inputs that stand for "none" go.
fn kept(question: &Question, values: &[String]) -> Vec<String> {
    let several = question.kind == QuestionKind::Services
        || (question.kind == QuestionKind::Choice && question.multiple);
    if !several {
        return values.iter().take(1).cloned().collect();
    }
    let mut kept: Vec<String> = Vec::new();
    for value in values.iter().filter(|value| !value.is_empty()) {
        if !kept.contains(value) {
            kept.push(value.clone());
        }
    }
    kept
}

/// A stored file as it stands in an answer: `<id>/<name as uploaded>`.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// The stored attachment.
    pub id: AttachmentId,
    /// The file's name as uploaded; often personal, so `Debug` hides it.
    pub name: String,
}

impl fmt::Debug for AttachedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AttachedFile({})", self.id)
    }
}

impl AttachedFile {
    /// The value kept in the answers.
    pub fn answer(&self) -> String {
        format!("{}/{}", self.id, self.name)
    }

    fn parse(value: &str) -> Option<Self> {
        let (id, name) = value.split_once('/')?;
        Some(Self { id: id.parse().ok()?, name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::tests::{full_form, posted};
    use uuid::Uuid;

    #[test]
    fn debug_shows_nothing_typed() {
        let mut answers = Answers::new();
        answers.set("pupil_name", "Luca");
        assert_eq!(format!("{answers:?}"), "Answers(1 fields)");
    }

    #[test]
    fn keeps_what_was_typed_and_reads_it_trimmed() {
        let mut answers = Answers::new();
        answers.set("pupil_name", "  Luca ");
        assert_eq!(
            (answers.raw("pupil_name"), answers.get("pupil_name")),
            ("  Luca ", Some("Luca"))
        );
        answers.set("pupil_name", "   ");
        assert_eq!(answers.get("pupil_name"), None);
    }

    #[test]
    fn takes_only_what_the_step_asks_and_never_files() {
        let form = full_form();
        let step = form.step("canteen").unwrap();
        let visible: Vec<&Question> = step.questions.iter().collect();
        let mut answers = Answers::new();
        answers.set("days", "mon");
        let page = posted(&[("diet", "health"), ("certificate", "x/y"), ("status", "confirmed")]);
        answers.take_step(step, &page, &visible);
        assert_eq!(answers.get("diet"), Some("health"));
        assert_eq!(answers.get("certificate"), None);
        assert_eq!(answers.get("status"), None);
        assert!(answers.all("days").is_empty(), "a visible choice with nothing picked is emptied");
    }

    #[test]
    fn keeps_choices_of_questions_that_were_not_shown() {
        let form = full_form();
        let step = form.step("canteen").unwrap();
        let mut answers = Answers::new();
        answers.set("days", "mon");
        answers.take_step(step, &posted(&[("diet", "standard")]), &[]);
        assert_eq!(answers.get("days"), Some("mon"));
    }

    #[test]
    fn repeated_values_count_once_and_single_answers_stay_single() {
        let form = full_form();
        let step = form.step("canteen").unwrap();
        let mut answers = Answers::new();
        let page = posted(&[("days", "mon"), ("days", "mon"), ("diet", "a"), ("diet", "b")]);
        answers.take_step(step, &page, &[]);
        assert_eq!(answers.all("days"), ["mon"]);
        assert_eq!(answers.all("diet"), ["a"]);
    }

    #[test]
    fn files_are_attached_and_detached_by_id() {
        let mut answers = Answers::new();
        let file = AttachedFile { id: Uuid::from_u128(7).into(), name: "a/b.pdf".to_owned() };
        answers.attach("certificate", &file);
        assert_eq!(answers.files("certificate"), std::slice::from_ref(&file));
        assert!(!answers.detach("certificate", Uuid::from_u128(8).into()));
        assert!(answers.detach("certificate", file.id));
        assert!(answers.is_empty());
        assert!(!format!("{file:?}").contains("pdf"));
    }

    #[test]
    fn finds_answers_by_meaning() {
        let form = full_form();
        let mut answers = Answers::new();
        answers.set("pupil_surname", " Esempio");
        answers.set("home.street", "Via Prova");
        assert_eq!(answers.bound(&form, Binding::PupilSurname), Some("Esempio"));
        assert_eq!(answers.bound(&form, Binding::EmergencyPhone), None);
        assert_eq!(answers.address("home").line(), "Via Prova");
    }
}
