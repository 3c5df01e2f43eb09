//! One-time secrets, derived from the tenant's code key, a row and its nonce; never stored.

use crate::TenantKeys;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Entropy,
    email_code::{self, EmailCode},
    entropy::random_bytes,
    password::TemporaryPassword,
    readable_code,
};
use uuid::Uuid;

/// Octets of the nonce that a row keeps until the secret is used.
const NONCE: usize = 16;

/// Characters of a document's verification code: 80 bits.
const VERIFICATION_CHARACTERS: usize = 16;

/// Numbers below this are a whole number of times all codes: no code is likelier than another.
const FAIR: u32 = u32::MAX / email_code::COUNT * email_code::COUNT;

impl TenantKeys {
    /// A nonce for a row; erasing it erases the secret.
    pub fn nonce(entropy: &dyn Entropy) -> Vec<u8> {
        random_bytes::<NONCE>(entropy).to_vec()
    }

    /// The six digits mailed for this row and nonce, all equally likely.
    pub fn email_code(&self, row: Uuid, nonce: &[u8]) -> EmailCode {
        let mut round = 0_u32;
        loop {
            if let Some(code) = self.fair_code(row, nonce, round) {
                return code;
            }
            round = round.wrapping_add(1);
        }
    }

    fn fair_code(&self, row: Uuid, nonce: &[u8], round: u32) -> Option<EmailCode> {
        let hash = self.derive("email_code", row, &[nonce, &round.to_be_bytes()]);
        let (words, _) = hash.as_chunks::<4>();
        let fair = words.iter().map(|word| u32::from_be_bytes(*word)).find(|word| *word < FAIR)?;
        EmailCode::from_number(fair % email_code::COUNT)
    }

    /// The temporary password of this row and nonce: one hundred bits.
    pub fn temporary_password(&self, row: Uuid, nonce: &[u8]) -> TemporaryPassword {
        let hash = self.derive("temporary_password", row, &[nonce]);
        TemporaryPassword::from_random(first(hash))
    }

    /// The token of a single-use link for this row and nonce: 256 bits, safe in a URL.
    pub fn link_token(&self, row: Uuid, nonce: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("link_token", row, &[nonce]))
    }

    /// The code printed on a document of this row, by which anybody can check it: 80 bits.
    pub fn verification_code(&self, row: Uuid) -> String {
        let hash = self.derive("verification_code", row, &[]);
        readable_code::write(&first::<VERIFICATION_CHARACTERS>(hash))
    }

    /// The canonical form of a typed verification code, if it can be one.
    pub fn read_verification_code(typed: &str) -> Option<String> {
        readable_code::normalise(typed, VERIFICATION_CHARACTERS)
    }

    fn derive(&self, purpose: &str, row: Uuid, rest: &[&[u8]]) -> [u8; 32] {
        let mut parts = vec![b"derived".as_slice(), purpose.as_bytes(), row.as_bytes()];
        parts.extend_from_slice(rest);
        self.code.hash(&parts)
    }
}

/// The first octets of a hash.
fn first<const N: usize>(hash: [u8; 32]) -> [u8; N] {
    let mut octets = hash.into_iter();
    std::array::from_fn(|_| octets.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::FAIR;
    use crate::{
        TenantKeys,
        testing::{Seeded, keys},
    };
    use std::collections::HashSet;
    use uuid::Uuid;

    const ROW: Uuid = Uuid::from_u128(7);

    #[test]
    fn a_secret_is_derived_again_from_row_and_nonce() {
        let mine = keys(1);
        let nonce = TenantKeys::nonce(&Seeded::new(5));
        assert_eq!(nonce.len(), 16);
        let all = |keys: &TenantKeys, row: Uuid, nonce: &[u8]| {
            [
                keys.email_code(row, nonce).as_str().to_owned(),
                keys.temporary_password(row, nonce).as_str().to_owned(),
                keys.link_token(row, nonce),
            ]
        };
        let secrets = all(&mine, ROW, &nonce);
        assert_eq!(secrets, all(&mine, ROW, &nonce));
        let others = [
            all(&mine, Uuid::from_u128(8), &nonce),
            all(&mine, ROW, b"another"),
            all(&keys(2), ROW, &nonce),
        ];
        for other in others {
            assert!(secrets.iter().zip(&other).all(|(secret, other)| secret != other));
        }
    }

    #[test]
    fn secrets_have_their_shapes() {
        let mine = keys(1);
        assert_eq!(mine.email_code(ROW, b"n").as_str().len(), 6);
        assert_eq!(mine.temporary_password(ROW, b"n").as_str().len(), 24);
        assert_eq!(mine.link_token(ROW, b"n").len(), 43);
        let code = mine.verification_code(ROW);
        assert_eq!(code.len(), 19);
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(TenantKeys::read_verification_code(&typed), Some(code));
        assert_eq!(TenantKeys::read_verification_code("K7QF-2MXP"), None);
    }

    #[test]
    fn codes_spread_evenly() {
        assert_eq!(FAIR, 4_294_000_000);
        let mine = keys(1);
        let mut digits = [[0_u32; 10]; 6];
        let mut seen = HashSet::new();
        for number in 0..20_000_u32 {
            let code = mine.email_code(ROW, &number.to_be_bytes());
            for (place, digit) in code.as_str().bytes().enumerate() {
                digits[place][usize::from(digit - b'0')] += 1;
            }
            seen.insert(code.as_str().to_owned());
        }
        assert!(digits.iter().flatten().all(|count| (1_800..2_200).contains(count)), "{digits:?}");
        assert!(seen.len() > 19_600, "{}", seen.len());
    }
}
