//! Invented people, plainly so, with codici fiscali that are well-formed and belong to nobody's record here.

use domain::{
    CodiceFiscale,
    codice_fiscale::{Person as Data, Sex},
};
use jiff::civil::{Date, date};

/// Names and domains of everybody invented here; none may ever be logged.
pub const CANARIES: &[&str] =
    &["Prova", "Esempio", "Finta", "Inventata", "Anna", "Luca", "Giulia", "posta.example"];

/// Somebody who does not exist.
#[derive(Clone, Debug)]
pub struct Person {
    /// Given name.
    pub name: String,
    /// Surname.
    pub surname: String,
    /// As registered at birth.
    pub sex: Sex,
    /// Date of birth.
    pub birth_date: Date,
    /// Cadastral code of the birthplace.
    pub birthplace: String,
    /// E-mail address.
    pub email: String,
}

impl Person {
    /// A pupil of seven years; each number is another child.
    pub fn pupil(number: u16) -> Self {
        let days = i64::from(number % 300);
        let born = date(2019, 1, 7).checked_add(jiff::Span::new().days(days)).expect("a date");
        let boy = number.is_multiple_of(2);
        let (name, sex) = if boy { ("Luca", Sex::Male) } else { ("Giulia", Sex::Female) };
        Self::new((name, SURNAMES[usize::from(number / 300) % SURNAMES.len()]), sex, born)
    }

    /// A parent; each number is another one.
    pub fn guardian(number: u16) -> Self {
        let days = i64::from(number);
        let born = date(1985, 3, 1).checked_add(jiff::Span::new().days(days)).expect("a date");
        Self::new(("Anna", "Prova"), Sex::Female, born).with_email(&format!("anna{number}"))
    }

    fn new((name, surname): (&str, &str), sex: Sex, birth_date: Date) -> Self {
        let (name, surname) = (name.to_owned(), surname.to_owned());
        let email = format!("{}@posta.example", name.to_lowercase());
        Self { name, surname, sex, birth_date, birthplace: ROMA.to_owned(), email }
    }

    /// The same person with another mailbox.
    #[must_use]
    pub fn with_email(mut self, local_part: &str) -> Self {
        self.email = format!("{local_part}@posta.example");
        self
    }

    /// The same person born elsewhere.
    #[must_use]
    pub fn born_in(mut self, cadastral_code: &str) -> Self {
        cadastral_code.clone_into(&mut self.birthplace);
        self
    }

    /// The codice fiscale that goes with these data.
    pub fn codice_fiscale(&self) -> CodiceFiscale {
        CodiceFiscale::encode(Data {
            surname: &self.surname,
            name: &self.name,
            sex: self.sex,
            birth_date: self.birth_date,
            birthplace_code: &self.birthplace,
        })
        .expect("invented people have well-formed codici fiscali")
    }

    /// What of this person must never be logged or stand in an address of the web.
    pub fn canaries(&self) -> Vec<String> {
        let code = self.codice_fiscale().as_str().to_owned();
        vec![self.name.clone(), self.surname.clone(), self.email.clone(), code]
    }
}

const ROMA: &str = "H501";
const SURNAMES: [&str; 4] = ["Esempio", "Prova", "Finta", "Inventata"];
