//! What a service's page tells machines: JSON-LD with the fields that AgID's model asks for.

use serde_json::{Value, json};

/// The facts of a service.
#[derive(Clone, Copy, Debug)]
pub struct Metatag<'a> {
    /// The comune's own name of the service.
    pub name: &'a str,
    /// The kind of service.
    pub service_type: &'a str,
    /// The comune.
    pub operator: &'a str,
    /// The territory.
    pub area: &'a str,
    /// Whom the service is for.
    pub audience: &'a str,
    /// Where it is asked for online.
    pub url: &'a str,
    /// The office.
    pub office: &'a str,
    /// The office's address on one line.
    pub address: &'a str,
}

/// An Italian address in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostalAddress {
    /// Street and number.
    pub street: String,
    /// Five digits.
    pub postal_code: String,
    /// Town.
    pub locality: String,
}

impl PostalAddress {
    /// Reads `Piazzale Dante 16, 74121 Taranto (TA)`. What has no postcode is all street.
    pub fn parse(line: &str) -> Self {
        let is_code = |word: &str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(at) = words.iter().rposition(|word| is_code(word)) else {
            let street = line.trim().to_owned();
            return Self { street, postal_code: String::new(), locality: String::new() };
        };
        let joined = |part: Option<&[&str]>| part.unwrap_or_default().join(" ");
        let town = joined(words.get(at + 1..));
        Self {
            street: joined(words.get(..at)).trim_end_matches([',', '-', ' ']).to_owned(),
            postal_code: words.get(at).copied().unwrap_or_default().to_owned(),
            locality: town.split(" (").next().unwrap_or_default().to_owned(),
        }
    }
}

impl Metatag<'_> {
    /// The data block's text. Nothing in it can end the block or begin a comment in it.
    pub fn json(&self) -> String {
        let mut safe = String::new();
        for character in self.value().to_string().chars() {
            match character {
                '<' => safe.push_str("\\u003c"),
                '>' => safe.push_str("\\u003e"),
                '&' => safe.push_str("\\u0026"),
                '\u{2028}' => safe.push_str("\\u2028"),
                '\u{2029}' => safe.push_str("\\u2029"),
                other => safe.push(other),
            }
        }
        safe
    }

    fn value(&self) -> Value {
        let address = PostalAddress::parse(self.address);
        json!({
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "name": self.name,
            "serviceType": self.service_type,
            "serviceOperator": { "@type": "GovernmentOrganization", "name": self.operator },
            "areaServed": { "@type": "AdministrativeArea", "name": self.area },
            "audience": { "@type": "Audience", "audienceType": self.audience },
            "availableChannel": {
                "@type": "ServiceChannel",
                "serviceUrl": self.url,
                "serviceLocation": {
                    "@type": "Place",
                    "name": self.office,
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": address.street,
                        "postalCode": address.postal_code,
                        "addressLocality": address.locality,
                    },
                },
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Metatag, PostalAddress};

    #[test]
    fn addresses_fall_into_their_parts() {
        let parts = |line: &str| {
            let address = PostalAddress::parse(line);
            [address.street, address.postal_code, address.locality]
        };
        assert_eq!(
            parts("Piazza dell'Alba 1, 67000 Montesole sull'Alba (AQ)"),
            ["Piazza dell'Alba 1", "67000", "Montesole sull'Alba"]
        );
        assert_eq!(
            parts("Piazzale Dante 16, 74121 Taranto"),
            ["Piazzale Dante 16", "74121", "Taranto"]
        );
        assert_eq!(parts(" Via Alfa "), ["Via Alfa", "", ""]);
        assert_eq!(parts(""), ["", "", ""]);
    }

    #[test]
    fn no_text_can_leave_the_data_block() {
        let evil = "</script><!--<script>&\u{2028}\"'\\";
        let metatag = Metatag {
            name: evil,
            service_type: evil,
            operator: evil,
            area: evil,
            audience: evil,
            url: evil,
            office: evil,
            address: evil,
        };
        let json = metatag.json();
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["name"], evil);
        assert_eq!(read["availableChannel"]["serviceLocation"]["name"], evil);
    }
}
