//! An invented family and what it would answer.

use super::{Course, people};
use domain::{CodiceFiscale, Locale, codice_fiscale::Sex};
use jiff::civil::Date;
use std::{fmt, time::Duration};

/// One person of a family.
#[derive(Clone)]
pub struct Person {
    /// Surname.
    pub surname: String,
    /// Given name.
    pub name: String,
    /// Sex as registered.
    pub sex: Sex,
    /// Day of birth.
    pub birth_date: Date,
    /// Name of the birthplace, as the register has it.
    pub birthplace: String,
    /// The code that follows from all this.
    pub codice_fiscale: CodiceFiscale,
}

/// Where a family lives.
#[derive(Clone)]
pub struct Home {
    /// Street.
    pub street: String,
    /// House number.
    pub number: String,
    /// Postal code.
    pub cap: String,
    /// Municipality.
    pub municipality: String,
    /// Province.
    pub province: String,
}

/// One pupil with a guardian, and what they answer.
#[derive(Clone)]
pub struct Family {
    /// Number within its crowd.
    pub number: usize,
    /// Address that gets the mails.
    pub email: String,
    /// Language of the browser.
    pub locale: Locale,
    /// The pupil.
    pub pupil: Person,
    /// Who applies.
    pub guardian: Person,
    /// The other guardian, where the form asks.
    pub second_guardian: Person,
    /// Residence of all.
    pub home: Home,
    /// Telephone.
    pub phone: String,
    /// Answers they insist on: name of the control, and value or beginning of the label. The rest falls by the seed.
    pub wishes: Vec<(String, String)>,
    /// Whether files are added also where they are not required.
    pub attaches: bool,
    /// Whether the three documents are downloaded at the end.
    pub downloads: bool,
    /// How long they think before the next page: half of this to one and a half times.
    pub pause: Duration,
    /// What they have in mind.
    pub course: Course,
    /// From which everything that is left to chance follows.
    pub seed: u64,
}

impl Family {
    /// The family with this number of a crowd; the same for the same seed.
    pub fn invented(seed: u64, number: usize) -> Self {
        people::family(seed, number)
    }

    /// The same household with another pupil.
    #[must_use]
    pub fn sibling(&self) -> Self {
        people::sibling(self)
    }

    /// The same family with an answer it insists on.
    #[must_use]
    pub fn wishing(mut self, control: &str, value: &str) -> Self {
        self.wishes.retain(|(known, _)| known != control);
        self.wishes.push((control.to_owned(), value.to_owned()));
        self
    }

    /// What they insist on for a control.
    pub(super) fn wish(&self, control: &str) -> Option<&str> {
        let found = self.wishes.iter().find(|(known, _)| known == control);
        found.map(|(_, value)| value.as_str())
    }

    /// A number below `count` for a control: always the same for the same family and control.
    pub(super) fn pick(&self, control: &str, count: usize) -> usize {
        let mixed =
            control.bytes().fold(self.seed, |mixed, byte| people::mix(mixed ^ u64::from(byte)));
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(mixed % count).unwrap_or(0)
    }
}

/// Nobody is real, but tests print no names nevertheless.
impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Family({})", self.number)
    }
}
