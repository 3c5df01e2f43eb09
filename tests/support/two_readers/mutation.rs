//! Documents bent at random, the same way for the same seed.

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

/// What readers of XML have stumbled over.
const TOKENS: [&str; 44] = [
    "<!---->",
    "<!-- x -->",
    "<?x?>",
    "<![CDATA[x]]>",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x41;",
    "&#65;",
    "&#0;",
    "&lt;",
    "&x;",
    "&#xD;",
    "&#10;",
    "&#x200B;",
    "\u{200b}",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{a0}",
    "\u{e9}",
    "e\u{301}",
    "\u{1f600}",
    "\"",
    "'",
    "<",
    ">",
    "/>",
    "=",
    ":",
    "xmlns=\"urn:x\"",
    " xmlns:saml=\"urn:x\"",
    " xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
    "<a/>",
    "<saml:Audience>x</saml:Audience>",
    "<saml:AttributeValue>x</saml:AttributeValue>",
    " xml:space=\"preserve\"",
    " xml:lang=\"it\"",
    " xsi:nil=\"true\"",
    "\0",
];

/// Bends documents.
pub struct Mutator(StdRng);

impl Mutator {
    /// The same seed bends in the same ways.
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// One of the documents, bent one to three times.
    pub fn bend(&mut self, corpus: &[String]) -> String {
        let mut xml = corpus.choose(&mut self.0).cloned().unwrap_or_default();
        for _ in 0..self.0.random_range(1..=3) {
            xml = self.bend_once(&xml, corpus);
        }
        xml
    }

    fn bend_once(&mut self, xml: &str, corpus: &[String]) -> String {
        let at = self.place(xml);
        let (before, after) = xml.split_at(at);
        match self.0.random_range(0..7) {
            0..=2 => {
                let token = TOKENS.choose(&mut self.0).copied().unwrap_or_default();
                format!("{before}{token}{after}")
            }
            3 => format!(
                "{before}{}",
                after.chars().skip(self.0.random_range(1..8)).collect::<String>()
            ),
            4 => {
                let other = corpus.choose(&mut self.0).map_or("", String::as_str);
                let start = self.place(other);
                let end = (start + self.0.random_range(1..400)).min(other.len());
                let piece = other.get(start..end).unwrap_or_default();
                format!("{before}{piece}{after}")
            }
            5 => {
                let length = self.0.random_range(1..60);
                let piece: String = after.chars().take(length).collect();
                format!("{before}{piece}{after}")
            }
            _ => {
                let c = char::from(self.0.random_range(b' '..=b'~'));
                format!("{before}{c}{}", after.chars().skip(1).collect::<String>())
            }
        }
    }

    /// A place between two characters; half the time one beside a bracket, where it hurts more.
    fn place(&mut self, xml: &str) -> usize {
        let wished = self.0.random_range(0..=xml.len());
        let is_sharp = self.0.random_bool(0.5);
        let near = xml.bytes().skip(wished).position(|byte| b"<>".contains(&byte));
        let sharp = near
            .filter(|_| is_sharp)
            .map(|ahead| wished + ahead + usize::from(self.0.random_bool(0.5)));
        let mut at = sharp.unwrap_or(wished).min(xml.len());
        while !xml.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Changes that no signature sees: other quotes, blanks between attributes.
    pub fn disguise(&mut self, xml: String) -> String {
        match self.0.random_range(0..4) {
            0 => xml.replace('"', "'"),
            1 => xml.replace("\" ", "\"\n\t"),
            2 => xml.replace("\">", "\" >"),
            _ => xml,
        }
    }
}
