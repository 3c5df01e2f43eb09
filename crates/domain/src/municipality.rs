//! Birthplaces and places of residence: comuni of today and of the past, and foreign states.
//!
//! Data: `data/belfiore.csv` (origin and licence in `data/README.md`), read once on first use.

mod register;
mod search;

pub use search::{Scope, find_by_name, search};

use jiff::civil::Date;
use register::REGISTER;
use serde::Serialize;

/// A comune or a foreign state under one of its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Cadastral code: L049, Z330.
    pub code: &'static str,
    /// Italian name.
    pub name: &'static str,
    /// Second official language of a comune, English name of a state; often empty.
    pub other_name: &'static str,
    /// Sigla of the province; EE for a foreign state.
    pub province: &'static str,
    /// Whether it is a foreign state.
    pub foreign: bool,
}

impl Place {
    /// Name as shown and accepted in fields: "Taranto (TA)", "Romania".
    pub fn label(&self) -> String {
        if self.foreign { self.name.into() } else { format!("{} ({})", self.name, self.province) }
    }
}

/// Whether a comune or state ever had this code.
pub fn is_known(code: &str) -> bool {
    REGISTER.rows_of(code).next().is_some()
}

/// The place of a code, under the name it had on a day; without a day, or when no name is
/// recorded for it, the present name or the last one.
pub fn find_by_code(code: &str, on: Option<Date>) -> Option<Place> {
    let rows = || REGISTER.rows_of(code);
    on.and_then(|day| rows().find(|row| row.holds_on(day)))
        .or_else(|| rows().find(|row| row.active))
        .or_else(|| rows().last())
        .map(|row| row.place)
}

/// Name of a province of today from its sigla in capitals.
pub fn province_name(sigla: &str) -> Option<&'static str> {
    register::PROVINCES.iter().find(|(known, _)| *known == sigla).map(|(_, name)| *name)
}

/// The provinces of today, sigla and name, sorted by sigla.
pub fn provinces() -> &'static [(&'static str, &'static str)] {
    &register::PROVINCES
}

#[cfg(test)]
mod tests {
    use super::{Scope, find_by_code, find_by_name, is_known, province_name, provinces, search};
    use jiff::civil::date;

    fn names(query: &str, scope: Scope) -> Vec<String> {
        search(query, scope, 8).iter().map(super::Place::label).collect()
    }

    #[test]
    fn codes_give_the_name_of_the_day() {
        let name = |code, on| find_by_code(code, on).unwrap().label();
        assert_eq!(name("L049", None), "Taranto (TA)");
        assert_eq!(name("A001", Some(date(1900, 1, 1))), "Abano (PD)");
        assert_eq!(name("A001", Some(date(2020, 1, 1))), "Abano Terme (PD)");
        assert_eq!(name("A001", Some(date(1700, 1, 1))), "Abano Terme (PD)");
        assert_eq!(name("A009", None), "Abbazia (FU)");
        assert_eq!(name("Z129", Some(date(2016, 9, 30))), "Romania");
        assert!(find_by_code("Z129", None).unwrap().foreign);
        assert!(find_by_code("A000", None).is_none());
        assert!(is_known("Z118") && !is_known("") && !is_known("l049"));
    }

    #[test]
    fn search_prefers_the_start_of_the_name_then_words() {
        assert_eq!(names("taranto", Scope::Residence), ["Taranto (TA)"]);
        assert_eq!(names("ROMA", Scope::Residence)[0], "Roma (RM)");
        let words = names("martino valle", Scope::Residence);
        assert_eq!(words, ["San Martino Valle Caudina (AV)"]);
        assert_eq!(names("l aquila", Scope::Residence), Vec::<String>::new());
        assert_eq!(names("laquila", Scope::Residence), ["L'Aquila (AQ)"]);
        assert_eq!(names("Forli", Scope::Residence)[0], "Forlì (FC)");
        assert_eq!(names("Bozen", Scope::Residence), ["Bolzano (BZ)"]);
        assert_eq!(search("san", Scope::Residence, 3).len(), 3);
    }

    #[test]
    fn residence_knows_neither_states_nor_ceased_comuni() {
        assert_eq!(names("albania", Scope::Birthplace), ["Albania"]);
        assert_eq!(names("Germany", Scope::Birthplace)[0], "Germania");
        assert!(names("albania", Scope::Residence).is_empty());
        assert!(names("Abbazia", Scope::Birthplace).contains(&"Abbazia (FU)".into()));
        assert!(!names("Abbazia", Scope::Residence).contains(&"Abbazia (FU)".into()));
    }

    #[test]
    fn a_code_is_offered_once() {
        let codes: Vec<_> = search("abb", Scope::Birthplace, 200).iter().map(|p| p.code).collect();
        let mut unique = codes.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), codes.len());
    }

    #[test]
    fn typed_names_and_labels_are_found() {
        let codes = |text| -> Vec<_> {
            find_by_name(text, Scope::Residence).iter().map(|place| place.code).collect()
        };
        assert_eq!(codes("taranto"), ["L049"]);
        assert_eq!(codes("Taranto (TA)"), ["L049"]);
        assert_eq!(codes("San Teodoro"), ["I328", "I329"]);
        assert_eq!(codes("San Teodoro (ME)"), ["I328"]);
        assert!(codes("").is_empty() && codes("Tarant").is_empty());
    }

    #[test]
    fn provinces_have_names() {
        assert_eq!(province_name("TA"), Some("Taranto"));
        assert_eq!(province_name("EE"), None);
        assert_eq!(provinces().len(), 107);
    }
}
