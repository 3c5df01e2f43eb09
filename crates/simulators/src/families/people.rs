//! Invented people, plainly so: nobody is called Prova or Esempio.

use super::{Course, Family, Home, Person};
use domain::{
    CodiceFiscale, Locale,
    codice_fiscale::{self, Sex},
};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use std::time::Duration;

const SURNAMES: [&str; 12] = [
    "Prova",
    "Esempio",
    "Finto",
    "Collaudo",
    "Campione",
    "Modello",
    "Ipotesi",
    "Fantasia",
    "Dimostra",
    "Saggio",
    "Bozzetto",
    "Inventato",
];
const WOMEN: [&str; 8] = ["Anna", "Marta", "Elena", "Irene", "Teresa", "Paola", "Lidia", "Rita"];
const MEN: [&str; 8] = ["Luca", "Paolo", "Dario", "Marco", "Sandro", "Ugo", "Vito", "Bruno"];
const GIRLS: [&str; 8] = ["Giulia", "Sofia", "Chiara", "Nora", "Viola", "Emma", "Alice", "Bianca"];
const BOYS: [&str; 8] = ["Pietro", "Elia", "Tito", "Leo", "Nino", "Andrea", "Matteo", "Oscar"];
/// Cadastral code and name.
const BIRTHPLACES: [(&str, &str); 8] = [
    ("L049", "Taranto"),
    ("A345", "L'Aquila"),
    ("A662", "Bari"),
    ("H501", "Roma"),
    ("F205", "Milano"),
    ("F839", "Napoli"),
    ("G482", "Pescara"),
    ("Z100", "Albania"),
];
/// Municipality, postal code, province.
const HOMES: [(&str, &str, &str); 4] = [
    ("Taranto", "74121", "TA"),
    ("L'Aquila", "67100", "AQ"),
    ("Bari", "70121", "BA"),
    ("Pescara", "65121", "PE"),
];
/// Pupils are born on or after this day …
const FIRST_PUPIL: Date = date(2016, 1, 1);
/// … and this many days on, so that all are of primary school age.
const PUPIL_DAYS: usize = 1_700;
const FIRST_GUARDIAN: Date = date(1978, 1, 1);
const GUARDIAN_DAYS: usize = 5_000;

/// Mixes a number beyond recognition (the finaliser of SplitMix64).
pub(super) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// Draws numbers in a row.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = mix(self.0);
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(self.0 % count).unwrap_or(0)
    }

    fn of<T: Copy>(&mut self, from: &[T], otherwise: T) -> T {
        from.get(self.below(from.len())).copied().unwrap_or(otherwise)
    }
}

/// The family with this number. Birthdays follow from the number, so that no two of a crowd share a codice fiscale.
pub(super) fn family(seed: u64, number: usize) -> Family {
    let mut dice = Dice(mix(seed).wrapping_add(u64::try_from(number).unwrap_or(0)));
    let own_seed = mix(dice.0);
    let surname = dice.of(&SURNAMES, "Prova");
    let guardian = adult(&mut dice, surname, number, None);
    let second_surname = dice.of(&SURNAMES, "Esempio");
    let second_guardian = adult(&mut dice, second_surname, number + 1, Some(other(guardian.sex)));
    let pupil = pupil(&mut dice, surname, number);
    let role = match guardian.sex {
        Sex::Female => "mother",
        Sex::Male => "father",
    };
    let street_number = dice.below(90) + 1;
    let (municipality, cap, province) = dice.of(&HOMES, ("Taranto", "74121", "TA"));
    Family {
        number,
        email: format!("famiglia-{seed}-{number}@posta.example"),
        locale: if dice.below(5) == 0 { Locale::En } else { Locale::It },
        pupil,
        guardian,
        second_guardian,
        home: Home {
            street: "Via di Prova".to_owned(),
            number: street_number.to_string(),
            cap: cap.to_owned(),
            municipality: municipality.to_owned(),
            province: province.to_owned(),
        },
        phone: format!("+39 333 0{:06}", number % 1_000_000),
        wishes: vec![("guardian_role".to_owned(), role.to_owned())],
        attaches: dice.below(2) == 0,
        downloads: true,
        pause: Duration::ZERO,
        course: Course::Send,
        seed: own_seed,
    }
}

/// The same household with another pupil, born some months apart.
pub(super) fn sibling(family: &Family) -> Family {
    let mut dice = Dice(family.seed);
    let mut pupil = pupil(&mut dice, &family.guardian.surname, family.number + 400);
    while pupil.name == family.pupil.name {
        pupil = self::pupil(&mut dice, &family.guardian.surname, family.number + 401);
    }
    Family { pupil, ..family.clone() }
}

/// The home in a municipality, if it is one of those known here.
pub(super) fn home_in(name: &str) -> Option<(&'static str, &'static str, &'static str)> {
    HOMES.into_iter().find(|(municipality, ..)| municipality.eq_ignore_ascii_case(name))
}

const fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}

fn pupil(dice: &mut Dice, surname: &str, number: usize) -> Person {
    let sex = if dice.below(2) == 0 { Sex::Female } else { Sex::Male };
    let name = match sex {
        Sex::Female => dice.of(&GIRLS, "Giulia"),
        Sex::Male => dice.of(&BOYS, "Pietro"),
    };
    person(dice, (name, surname), sex, born(FIRST_PUPIL, number, PUPIL_DAYS))
}

fn adult(dice: &mut Dice, surname: &str, number: usize, sex: Option<Sex>) -> Person {
    let drawn = if dice.below(2) == 0 { Sex::Female } else { Sex::Male };
    let sex = sex.unwrap_or(drawn);
    let name = match sex {
        Sex::Female => dice.of(&WOMEN, "Anna"),
        Sex::Male => dice.of(&MEN, "Luca"),
    };
    person(dice, (name, surname), sex, born(FIRST_GUARDIAN, number, GUARDIAN_DAYS))
}

/// A day that differs from that of every nearby number; steps of 37 days look less like a list.
fn born(first: Date, number: usize, days: usize) -> Date {
    let day = i64::try_from((number * 37) % days).unwrap_or(0);
    first.checked_add(day.days()).unwrap_or(first)
}

fn person(dice: &mut Dice, (name, surname): (&str, &str), sex: Sex, birth_date: Date) -> Person {
    let start = dice.below(BIRTHPLACES.len());
    let places = BIRTHPLACES.iter().cycle().skip(start).take(BIRTHPLACES.len());
    // Every place of the list is in the register; the loop is there because a code may be refused in principle.
    let found = places.copied().find_map(|(code, place)| {
        let facts =
            codice_fiscale::Person { surname, name, sex, birth_date, birthplace_code: code };
        CodiceFiscale::encode(facts).ok().map(|code| (code, place))
    });
    let (codice_fiscale, birthplace) =
        found.unwrap_or_else(|| unreachable!("the register has these places"));
    Person {
        surname: surname.to_owned(),
        name: name.to_owned(),
        sex,
        birth_date,
        birthplace: birthplace.to_owned(),
        codice_fiscale,
    }
}

#[cfg(test)]
mod tests {
    use super::{BIRTHPLACES, HOMES, family, sibling};
    use domain::municipality::{Scope, find_by_name};
    use std::collections::BTreeSet;

    #[test]
    fn a_crowd_shares_neither_codes_nor_addresses() {
        let crowd: Vec<_> = (0..1_000).map(|number| family(7, number)).collect();
        let pupils: BTreeSet<_> = crowd.iter().map(|f| f.pupil.codice_fiscale.clone()).collect();
        let guardians: BTreeSet<_> =
            crowd.iter().map(|f| f.guardian.codice_fiscale.clone()).collect();
        let addresses: BTreeSet<_> = crowd.iter().map(|f| &f.email).collect();
        assert_eq!((pupils.len(), guardians.len(), addresses.len()), (1_000, 1_000, 1_000));
    }

    #[test]
    fn the_same_seed_gives_the_same_family() {
        let code = |seed| family(seed, 3).pupil.codice_fiscale;
        assert_eq!(code(1), code(1));
        assert_ne!(code(1), code(2));
    }

    #[test]
    fn a_sibling_has_another_code_and_the_same_guardian() {
        let family = family(1, 3);
        let sibling = sibling(&family);
        assert_ne!(sibling.pupil.codice_fiscale, family.pupil.codice_fiscale);
        assert_eq!(sibling.guardian.codice_fiscale, family.guardian.codice_fiscale);
        assert_eq!(sibling.email, family.email);
    }

    #[test]
    fn places_are_in_the_register() {
        for (_, name) in BIRTHPLACES {
            assert!(!find_by_name(name, Scope::Birthplace).is_empty(), "{name}");
        }
        for (name, _, province) in HOMES {
            let found = find_by_name(name, Scope::Residence);
            assert!(found.iter().any(|place| place.province == province), "{name}");
        }
    }
}
