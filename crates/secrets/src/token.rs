//! Session tokens: 256 random bits in a cookie, their hash in the database.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Entropy, entropy::random_bytes};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A token that names a session or a browser.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// A fresh token.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(Zeroizing::new(random_bytes(entropy)))
    }

    /// Reads a cookie's value; anything but 32 octets in URL-safe base64 is no token.
    pub fn parse(text: &str) -> Option<Self> {
        // Longer values are refused before they are decoded.
        let octets = (text.len() == 43).then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        octets.try_into().ok().map(|octets| Self(Zeroizing::new(octets)))
    }

    /// The value of the cookie.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_slice())
    }

    /// What the database keeps. With 256 random bits a fast hash is enough.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_slice()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;
    use crate::testing::Seeded;

    #[test]
    fn a_token_travels_as_text() {
        let entropy = Seeded::new(1);
        let token = Token::new(&entropy);
        assert_eq!(Token::parse(&token.text()).unwrap().hash(), token.hash());
        assert_ne!(Token::new(&entropy).hash(), token.hash());
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn other_texts_are_no_token() {
        let good = Token::new(&Seeded::new(1)).text();
        for bad in
            ["", &good[1..], &format!("{good}A"), &good.replace(&good[..1], "+"), &"=".repeat(43)]
        {
            assert!(Token::parse(bad).is_none());
        }
    }
}
