//! The invented persons who hold an invented digital identity.

use domain::{
    CodiceFiscale,
    codice_fiscale::{self, Sex},
    identity::IdentityScheme,
};
use jiff::civil::{Date, date};

/// One invented person.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Short name in forms and tests.
    pub key: &'static str,
    /// What is special about the person, for the page.
    pub note: &'static str,
    /// Given names.
    pub name: &'static str,
    /// Surname.
    pub surname: &'static str,
    /// Sex as registered.
    pub sex: Sex,
    /// Date of birth.
    pub birth_date: Date,
    /// Cadastral code of the birthplace; with eIDAS its name.
    pub birthplace: &'static str,
    /// Province of birth; `EE` abroad.
    pub birth_county: &'static str,
    /// E-mail address.
    pub email: &'static str,
    /// Ten characters after the provider's four in a SPID code.
    pub code: &'static str,
    /// How many digits of the codice fiscale are replaced because of a namesake; none for a person without a code, who
    /// comes through eIDAS.
    pub namesakes: Option<usize>,
}

/// All of them, those of eIDAS last.
pub const PERSONS: [Person; 8] = [
    Person {
        key: "anna",
        note: "",
        name: "Anna",
        surname: "Prova",
        sex: Sex::Female,
        birth_date: date(1984, 3, 12),
        birthplace: "L049",
        birth_county: "TA",
        email: "anna.prova@posta.example",
        code: "0000000001",
        namesakes: Some(0),
    },
    Person {
        key: "luca",
        note: "",
        name: "Luca",
        surname: "Esempio",
        sex: Sex::Male,
        birth_date: date(1979, 11, 30),
        birthplace: "H501",
        birth_county: "RM",
        email: "luca.esempio@posta.example",
        code: "0000000002",
        namesakes: Some(0),
    },
    Person {
        key: "minore",
        note: "minorenne",
        name: "Marta",
        surname: "Minore",
        sex: Sex::Female,
        birth_date: date(2014, 5, 20),
        birthplace: "L049",
        birth_county: "TA",
        email: "marta.minore@posta.example",
        code: "0000000003",
        namesakes: Some(0),
    },
    Person {
        key: "estera",
        note: "nata all'estero",
        name: "Irina",
        surname: "Estera",
        sex: Sex::Female,
        birth_date: date(1990, 2, 28),
        birthplace: "Z129",
        birth_county: "EE",
        email: "irina.estera@posta.example",
        code: "0000000004",
        namesakes: Some(0),
    },
    Person {
        key: "accenti",
        note: "apostrofo e accenti",
        name: "Niccolò José",
        surname: "D'Angelò",
        sex: Sex::Male,
        birth_date: date(1987, 8, 1),
        birthplace: "D612",
        birth_county: "FI",
        email: "niccolo.dangelo@posta.example",
        code: "0000000005",
        namesakes: Some(0),
    },
    Person {
        key: "omocodia",
        note: "codice fiscale con omocodia",
        name: "Paolo",
        surname: "Doppio",
        sex: Sex::Male,
        birth_date: date(1981, 1, 1),
        birthplace: "F205",
        birth_county: "MI",
        email: "paolo.doppio@posta.example",
        code: "0000000006",
        namesakes: Some(2),
    },
    Person {
        key: "eidas",
        note: "senza codice fiscale",
        name: "Jürgen",
        surname: "Beispiel",
        sex: Sex::Male,
        birth_date: date(1985, 6, 15),
        birthplace: "Musterstadt",
        birth_county: "EE",
        email: "juergen.beispiel@posta.example",
        code: "PROVA00007",
        namesakes: None,
    },
    Person {
        key: "eidas-minore",
        note: "minorenne, senza codice fiscale",
        name: "Chloé",
        surname: "Exemple",
        sex: Sex::Female,
        birth_date: date(2013, 12, 24),
        birthplace: "Villeneuve",
        birth_county: "EE",
        email: "chloe.exemple@posta.example",
        code: "PROVA00008",
        namesakes: None,
    },
];

impl Person {
    /// The person with this short name.
    pub fn find(key: &str) -> Option<&'static Self> {
        PERSONS.iter().find(|person| person.key == key)
    }

    /// Those whom a provider of this scheme knows.
    pub fn of_scheme(scheme: IdentityScheme) -> impl Iterator<Item = &'static Self> {
        let is_foreign = scheme == IdentityScheme::Eidas;
        PERSONS.iter().filter(move |person| person.namesakes.is_none() == is_foreign)
    }

    /// The codice fiscale, computed as the registry would; none for a person of eIDAS.
    pub fn codice_fiscale(&self) -> Option<CodiceFiscale> {
        let namesakes = self.namesakes?;
        let code = CodiceFiscale::encode(codice_fiscale::Person {
            surname: self.surname,
            name: self.name,
            sex: self.sex,
            birth_date: self.birth_date,
            birthplace_code: self.birthplace,
        });
        Some(code.ok()?.with_omocodia(namesakes))
    }

    /// Value of an attribute as a provider of this scheme asserts it; `code_prefix` is the provider's four letters.
    /// None for what the person, or the scheme, does not have.
    pub fn attribute(
        &self,
        name: &str,
        scheme: IdentityScheme,
        code_prefix: &str,
    ) -> Option<String> {
        let is_cie = scheme == IdentityScheme::Cie;
        let cased = |text: &str| if is_cie { text.to_uppercase() } else { text.to_owned() };
        match name {
            "fiscalNumber" => Some(format!("TINIT-{}", self.codice_fiscale()?.as_str())),
            "name" => Some(cased(self.name)),
            "familyName" => Some(cased(self.surname)),
            "dateOfBirth" => Some(self.birth_date.to_string()),
            _ if is_cie => None,
            "spidCode" if scheme == IdentityScheme::Eidas => Some(format!("EU/IT/{}", self.code)),
            "spidCode" => Some(format!("{code_prefix}{}", self.code)),
            "gender" => Some(self.sex.code().to_owned()),
            "placeOfBirth" => Some(self.birthplace.to_owned()),
            "address" | "domicileStreetAddress" => Some("Via dell'Esempio 1".into()),
            _ if scheme == IdentityScheme::Eidas => None,
            "countyOfBirth" => Some(self.birth_county.to_owned()),
            "email" => Some(self.email.to_owned()),
            "mobilePhone" => Some(format!("+3930{}", self.code.get(2..).unwrap_or_default())),
            "domicilePostalCode" => Some("00100".into()),
            "domicileMunicipality" => Some("Comune di Prova".into()),
            "domicileProvince" => Some("RM".into()),
            "domicileNation" => Some("IT".into()),
            "digitalAddress" => Some(self.email.replace("@posta.", "@pec.")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PERSONS, Person};
    use domain::identity::IdentityScheme;

    #[test]
    fn everybody_but_those_of_eidas_has_a_codice_fiscale_that_fits() {
        for person in &PERSONS {
            let code = person.codice_fiscale();
            assert_eq!(code.is_some(), person.namesakes.is_some(), "{}", person.key);
            if let Some(code) = code {
                assert!(code.matches_name(person.surname, person.name), "{}", person.key);
                assert_eq!(Some(code.omocodia_level()), person.namesakes, "{}", person.key);
            }
        }
    }

    #[test]
    fn each_scheme_asserts_what_it_knows() {
        let anna = Person::find("anna").unwrap();
        let said = |name, scheme| anna.attribute(name, scheme, "ALFA");
        assert_eq!(said("spidCode", IdentityScheme::Spid).as_deref(), Some("ALFA0000000001"));
        assert_eq!(said("spidCode", IdentityScheme::Cie), None);
        assert_eq!(said("familyName", IdentityScheme::Cie).as_deref(), Some("PROVA"));
        assert!(said("fiscalNumber", IdentityScheme::Spid).unwrap().starts_with("TINIT-PRV"));
        let foreign = Person::find("eidas").unwrap();
        assert_eq!(foreign.attribute("fiscalNumber", IdentityScheme::Eidas, ""), None);
        assert_eq!(Person::of_scheme(IdentityScheme::Eidas).count(), 2);
        assert_eq!(Person::of_scheme(IdentityScheme::Cie).count(), 6);
    }
}
