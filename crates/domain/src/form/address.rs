//! A postal address as five fields of one question.

/// One field of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressPart {
    /// Street name.
    Street,
    /// House number; there are houses without.
    Number,
    /// Five-digit postal code.
    Cap,
    /// Municipality (or foreign state).
    Municipality,
    /// Two-letter province; known from the municipality when left empty.
    Province,
}

impl AddressPart {
    /// All parts in the order of an envelope.
    pub const ALL: [Self; 5] =
        [Self::Street, Self::Number, Self::Cap, Self::Municipality, Self::Province];

    /// The word after the dot in field names and in translation keys.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Number => "number",
            Self::Cap => "cap",
            Self::Municipality => "municipality",
            Self::Province => "province",
        }
    }

    /// Name of the input field: `residence.street`.
    pub fn field(self, question_key: &str) -> String {
        format!("{question_key}.{}", self.tag())
    }

    /// Whether a given address must have it.
    pub const fn needed(self) -> bool {
        matches!(self, Self::Street | Self::Cap | Self::Municipality)
    }

    /// The longest text in characters.
    pub const fn longest(self) -> u16 {
        match self {
            Self::Street | Self::Municipality => 100,
            Self::Number => 15,
            Self::Cap => 5,
            Self::Province => 2,
        }
    }
}

/// An address as typed; parts not typed are empty.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct RawAddress<'a> {
    /// Street name.
    pub street: &'a str,
    /// House number.
    pub number: &'a str,
    /// Postal code.
    pub cap: &'a str,
    /// Municipality or foreign state.
    pub municipality: &'a str,
    /// Province.
    pub province: &'a str,
}

impl RawAddress<'_> {
    /// Whether nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.street.is_empty()
            && self.number.is_empty()
            && self.cap.is_empty()
            && self.municipality.is_empty()
            && self.province.is_empty()
    }

    /// On one line: `Via Prova 1, 74121 Taranto (TA)`.
    pub fn line(&self) -> String {
        let first = join(self.street, self.number);
        let second = join(self.cap, self.municipality);
        let place = if self.province.is_empty() || second.contains('(') {
            second
        } else {
            join(&second, &format!("({})", self.province.to_uppercase()))
        };
        match (first.is_empty(), place.is_empty()) {
            (true, _) => place,
            (_, true) => first,
            _ => format!("{first}, {place}"),
        }
    }
}

fn join(left: &str, right: &str) -> String {
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right.to_owned(),
        (_, true) => left.to_owned(),
        _ => format!("{left} {right}"),
    }
}

#[cfg(test)]
mod tests {
    use super::RawAddress;

    #[test]
    fn prints_on_one_line_whatever_is_missing() {
        let mut address = RawAddress {
            street: "Via Prova",
            number: "1",
            cap: "74121",
            municipality: "Taranto",
            province: "ta",
        };
        assert_eq!(address.line(), "Via Prova 1, 74121 Taranto (TA)");
        address.number = "";
        address.municipality = "Taranto (TA)";
        assert_eq!(address.line(), "Via Prova, 74121 Taranto (TA)");
        address = RawAddress { municipality: "Taranto", ..RawAddress::default() };
        assert_eq!(address.line(), "Taranto");
        assert!(RawAddress::default().is_empty());
    }
}
