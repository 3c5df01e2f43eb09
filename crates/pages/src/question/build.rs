//! From the questions of a form definition to what the step page shows.

use super::attributes::{autocomplete, file_type, maxlength, part_autocomplete, part_label};
use super::{
    ConditionView, FileView, OptionGroup, OptionView, PartView, QuestionView, UploadView, Widget,
};
use crate::{form::ErrorLine, words};
use domain::{
    Locale,
    form::{
        AddressPart, Answers, Binding, FieldError, FormDefinition, Journey, Question, QuestionKind,
        Step, Warning, class_groups,
    },
    school::School,
    school_service::SchoolService,
};

/// Everything a step's questions are built from.
#[derive(Clone, Copy)]
pub struct StepInput<'a> {
    /// The form.
    pub definition: &'a FormDefinition,
    /// The step on screen.
    pub step: &'a Step,
    /// What was typed so far.
    pub answers: &'a Answers,
    /// The tenant's schools.
    pub schools: &'a [School],
    /// Services whose window takes applications now.
    pub offered: &'a [SchoolService],
    /// What is wrong; empty on a first visit.
    pub errors: &'a [FieldError],
    /// What does not fit.
    pub doubts: &'a [Warning],
    /// Keys of questions whose answer comes from the digital identity.
    pub fixed: &'a [String],
    /// Language of the reader.
    pub locale: Locale,
    /// The tenant's own name of a service.
    pub service_name: &'a dyn Fn(SchoolService) -> String,
}

impl StepInput<'_> {
    /// The questions of the step, also those whose condition does not hold yet: the script hides
    /// them, and without scripts their condition stands beside them. A question that depends on a
    /// hidden one, or on an earlier step, is left out while it is not asked.
    pub fn questions(&self) -> Vec<QuestionView> {
        self.step
            .questions
            .iter()
            .filter(|question| self.on_page(question))
            .map(|q| self.view(q))
            .collect()
    }

    /// Lines of the error summary, in the order of the fields.
    pub fn error_lines(&self) -> Vec<ErrorLine> {
        let line = |error: &FieldError| ErrorLine {
            field: Some(error.field.clone()),
            label: self.label(&error.field),
            message: words::field_error(error.kind),
        };
        self.errors.iter().map(line).collect()
    }

    /// What a field is called; a part of an address is called by both names.
    fn label(&self, field: &str) -> Option<String> {
        let (key, tag) = field.split_once('.').unwrap_or((field, ""));
        let label = self.definition.question(key)?.label.get(self.locale);
        let part = AddressPart::ALL.into_iter().find(|part| part.tag() == tag);
        Some(part.map_or_else(
            || label.to_owned(),
            |part| format!("{label}, {}", i18n::t(self.locale, part_label(part), &[])),
        ))
    }

    /// Whether the form must be sent as multipart.
    pub fn has_files(&self) -> bool {
        self.step.questions.iter().any(|question| question.kind == QuestionKind::File)
    }

    fn on_page(&self, question: &Question) -> bool {
        let here = |key: &str| self.step.questions.iter().any(|other| other.key == key);
        let shown =
            |key: &str| Journey::new(self.definition, self.answers, self.offered).shows(key);
        shown(&question.key)
            || question.shown_when.as_ref().is_some_and(|c| here(&c.question) && shown(&c.question))
    }

    fn view(&self, question: &Question) -> QuestionView {
        let error = self.errors.iter().find(|error| error.field == question.key);
        let doubt = self.doubts.iter().find(|doubt| doubt.field == question.key);
        let widget = self.widget(question);
        let fixed = self.fixed.contains(&question.key) && widget.can_be_locked();
        // The code from the door names the draft: changing it would be another enrolment.
        let started = question.binds == Some(Binding::PupilCodiceFiscale);
        QuestionView {
            field: question.key.clone(),
            widget,
            label: question.label.get(self.locale).to_owned(),
            help: self.help(question, fixed, started),
            purpose: question.purpose.get(self.locale).to_owned(),
            required: question.required || question.must_be_yes,
            locked: fixed || started,
            value: self.answers.raw(&question.key).to_owned(),
            options: self.options(question),
            groups: self.groups(question),
            parts: self.parts(question),
            upload: (widget == Widget::Files).then(|| self.upload(question)),
            maxlength: maxlength(question),
            autocomplete: autocomplete(question),
            error: error.map(|error| words::field_error(error.kind)),
            doubt: doubt.map(|doubt| words::doubt(doubt.kind)),
            condition: self.condition(question),
        }
    }

    fn help(&self, question: &Question, fixed: bool, started: bool) -> String {
        match (&question.help, fixed, started) {
            (_, true, _) => i18n::t(self.locale, "enrol.step.fixed_help", &[]),
            (_, _, true) => i18n::t(self.locale, "enrol.step.locked_help", &[]),
            (Some(help), _, _) => help.get(self.locale).to_owned(),
            (None, ..) => String::new(),
        }
    }

    fn widget(&self, question: &Question) -> Widget {
        match question.kind {
            QuestionKind::Text if question.multiline => Widget::Textarea,
            QuestionKind::Text => Widget::Text,
            QuestionKind::Date => Widget::Date,
            QuestionKind::CodiceFiscale => Widget::CodiceFiscale,
            QuestionKind::Municipality => Widget::Municipality,
            QuestionKind::Address => Widget::Address,
            QuestionKind::Phone => Widget::Phone,
            QuestionKind::Email => Widget::Email,
            QuestionKind::Amount => Widget::Amount,
            QuestionKind::File => Widget::Files,
            QuestionKind::YesNo if question.must_be_yes => Widget::Tick,
            QuestionKind::YesNo => Widget::Radios,
            QuestionKind::Services => Widget::Boxes,
            QuestionKind::Choice if question.multiple => Widget::Boxes,
            QuestionKind::Choice if question.options.len() <= 5 => Widget::Radios,
            QuestionKind::School if self.schools.len() <= 5 => Widget::Radios,
            // Where no school publishes its classes, the family types the class.
            QuestionKind::SchoolClass if self.classes().is_empty() => Widget::Text,
            QuestionKind::Choice | QuestionKind::School | QuestionKind::SchoolClass => {
                Widget::Select
            }
        }
    }

    fn option(&self, question: &Question, value: &str, label: String) -> OptionView {
        let selected = self.answers.holds(&question.key, value);
        OptionView { value: value.to_owned(), label, selected, note: String::new() }
    }

    fn options(&self, question: &Question) -> Vec<OptionView> {
        match question.kind {
            QuestionKind::YesNo => vec![
                self.option(question, "yes", i18n::t(self.locale, "shared.yes", &[])),
                self.option(question, "no", i18n::t(self.locale, "shared.not_yes", &[])),
            ],
            QuestionKind::Services => {
                let services = self.offered.iter();
                services.map(|s| self.option(question, s.tag(), (self.service_name)(*s))).collect()
            }
            QuestionKind::School => self.school_options(question),
            QuestionKind::Choice => {
                let options = question.options.iter();
                options
                    .map(|o| self.option(question, &o.value, o.label.get(self.locale).to_owned()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn school_options(&self, question: &Question) -> Vec<OptionView> {
        let option = |school: &School| OptionView {
            note: school.address.clone(),
            ..self.option(question, &school.code, school.name.clone())
        };
        self.schools.iter().map(option).collect()
    }

    fn groups(&self, question: &Question) -> Vec<OptionGroup> {
        if question.kind == QuestionKind::SchoolClass {
            return self
                .classes()
                .into_iter()
                .map(|(label, classes)| self.class_group(question, label, classes))
                .collect();
        }
        vec![OptionGroup { label: String::new(), options: self.options(question) }]
    }

    fn class_group(&self, question: &Question, label: String, classes: &[String]) -> OptionGroup {
        let options =
            classes.iter().map(|class| self.option(question, class, class.clone())).collect();
        OptionGroup { label, options }
    }

    fn classes(&self) -> Vec<(String, &[String])> {
        let asked =
            self.definition.questions().find(|(_, question)| question.kind == QuestionKind::School);
        let chosen = asked.and_then(|(_, question)| self.answers.get(&question.key));
        let groups = class_groups(self.schools, chosen);
        groups.into_iter().map(|group| (group.school.name.clone(), group.classes)).collect()
    }

    fn parts(&self, question: &Question) -> Vec<PartView> {
        if question.kind != QuestionKind::Address {
            return Vec::new();
        }
        let view = |part: AddressPart| {
            let field = part.field(&question.key);
            let error = self.errors.iter().find(|error| error.field == field);
            PartView {
                value: self.answers.raw(&field).to_owned(),
                error: error.map(|error| words::field_error(error.kind)),
                field,
                part: part.tag(),
                label: part_label(part),
                required: question.required && part.needed(),
                maxlength: part.longest(),
                autocomplete: part_autocomplete(part),
            }
        };
        AddressPart::ALL.into_iter().map(view).collect()
    }

    fn upload(&self, question: &Question) -> UploadView {
        let files = self.answers.files(&question.key);
        let full = files.len() >= question.most_files();
        let view = |file: domain::form::AttachedFile| FileView {
            id: file.id.to_string(),
            name: file.name,
        };
        UploadView {
            files: files.into_iter().map(view).collect(),
            accept: question
                .accept
                .iter()
                .map(|kind| kind.media_type())
                .collect::<Vec<_>>()
                .join(","),
            accept_words: question
                .accept
                .iter()
                .map(|kind| file_type(*kind))
                .collect::<Vec<_>>()
                .join(", "),
            most: question.most_files(),
            full,
        }
    }

    fn condition(&self, question: &Question) -> Option<ConditionView> {
        let condition = question.shown_when.as_ref()?;
        let asked = self.definition.question(&condition.question)?;
        // A condition on an earlier step cannot change on this page.
        self.step.questions.iter().find(|other| other.key == asked.key)?;
        let words: Vec<String> =
            condition.is.iter().map(|value| self.answer_words(asked, value)).collect();
        Some(ConditionView {
            field: condition.question.clone(),
            is: condition.is.join(" "),
            holds: Journey::new(self.definition, self.answers, self.offered).shows(&question.key),
            words: format!("{}: {}", asked.label.get(self.locale), words.join(", ")),
        })
    }

    fn answer_words(&self, asked: &Question, value: &str) -> String {
        let options = self.options(asked);
        options
            .into_iter()
            .find(|option| option.value == value)
            .map_or_else(|| value.to_owned(), |o| o.label)
    }
}
