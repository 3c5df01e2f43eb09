//! What a family answers to the questions of alfa and beta, and of taranto, which is shipped.

use crate::{form::Form, people::Person};
use std::collections::BTreeMap;

/// Answers by name of the control.
#[derive(Clone)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// Another answer to a question.
    pub fn set(&mut self, name: &str, values: &[&str]) {
        self.0.insert(name.to_owned(), values.iter().map(ToString::to_string).collect());
    }

    /// Each control's name with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// Puts into a form what it asks for.
    #[must_use]
    pub fn fill(&self, mut form: Form) -> Form {
        for (name, values) in &self.0 {
            if form.asks(name) {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                form = form.tick(name, &values);
            }
        }
        form
    }
}

/// Answers of a family to a comune of the tests.
pub fn of(slug: &str, pupil: &Person, guardian: &Person) -> Answers {
    let mut answers = Answers(BTreeMap::new());
    for (name, value) in [
        ("pupil_surname", pupil.surname.as_str()),
        ("pupil_name", &pupil.name),
        ("residence.street", "Via delle Prove"),
        ("residence.number", "12"),
        ("residence.cap", "74121"),
        ("residence.municipality", "Taranto"),
        ("residence.province", "TA"),
        ("guardian_role", "mother"),
        ("guardian_codice_fiscale", guardian.codice_fiscale().as_str()),
        ("guardian_surname", &guardian.surname),
        ("guardian_name", &guardian.name),
        ("guardian_phone", "+39 333 0000000"),
        ("services", "canteen"),
    ] {
        answers.set(name, &[value]);
    }
    match slug {
        "alfa" => {
            for (name, value) in [
                ("school", "TAEEALFA01"),
                ("school_class", "1A"),
                ("diet", "standard"),
                ("rules_accepted", "yes"),
            ] {
                answers.set(name, &[value]);
            }
            answers.set("canteen_days", &["monday", "tuesday"]);
        }
        "beta" => {
            for (name, value) in [
                ("school", "BOEEBETA01"),
                ("school_class", "2A"),
                ("has_second_guardian", "no"),
                ("canteen_start", "01/10/2026"),
                ("isee_declared", "no"),
            ] {
                answers.set(name, &[value]);
            }
        }
        "taranto" => {
            for (name, value) in [
                ("guardian_lives_with_pupil", "yes"),
                ("has_second_guardian", "no"),
                ("school", "TAAAPROV01"),
                ("school_class", "A"),
                ("time_model", "full_time"),
                ("siblings_enrolled", "no"),
                ("diet", "standard"),
                ("rules_accepted", "yes"),
                ("shared_choice", "yes"),
            ] {
                answers.set(name, &[value]);
            }
            answers.set("canteen_days", &["monday", "friday"]);
        }
        other => panic!("nobody knows what {other} asks"),
    }
    answers
}
