//! Second factor of officers: time-based codes (RFC 6238, six digits, 30 seconds, SHA-1).

use crate::compare::email_codes_match;
use domain::{EmailCode, Entropy, entropy::random_bytes};
use jiff::Timestamp;
use std::fmt;
use totp_rs::{Algorithm, TOTP};
use zeroize::Zeroizing;

/// Octets of a new secret (RFC 4226 §4 recommends 160 bits).
const SECRET_LENGTH: usize = 20;

/// Seconds a code is shown.
const STEP: u64 = 30;

/// Steps a device's clock may be early or late.
const SKEW: u64 = 1;

/// The secret shared with an officer's device; kept sealed.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<Vec<u8>>);

/// Stored octets that are no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a second-factor secret has {SECRET_LENGTH} octets")]
pub struct TotpSecretError;

impl TotpSecret {
    /// A fresh secret.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(Zeroizing::new(random_bytes::<SECRET_LENGTH>(entropy).to_vec()))
    }

    /// The secret as stored (after opening it).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TotpSecretError> {
        let right = bytes.len() == SECRET_LENGTH;
        right.then(|| Self(Zeroizing::new(bytes.to_vec()))).ok_or(TotpSecretError)
    }

    /// The octets to seal and store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret for typing into a device.
    pub fn base32(&self) -> String {
        self.generator().get_secret_base32()
    }

    /// The address behind the QR code that devices scan.
    pub fn url(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (percent_encoded(issuer), percent_encoded(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", self.base32())
    }

    /// The step whose code this is, if it lies within one step of `now` and after the last step
    /// accepted: store it, so that no code works twice.
    pub fn verify(&self, code: &str, now: Timestamp, last_step: Option<i64>) -> Option<i64> {
        let typed = EmailCode::parse(code).ok()?;
        let present = u64::try_from(now.as_second()).ok()? / STEP;
        let steps = present.saturating_sub(SKEW)..=present + SKEW;
        // Every step is computed, so that the time tells nothing about which one fits.
        let fitting: Vec<i64> = steps.filter_map(|step| self.fits(step, &typed)).collect();
        fitting.into_iter().find(|step| last_step.is_none_or(|last| *step > last))
    }

    /// The code a device shows at this instant; for enrolling devices in tests and demo.
    pub fn code_at(&self, now: Timestamp) -> String {
        self.generator().generate(u64::try_from(now.as_second()).unwrap_or_default())
    }

    fn fits(&self, step: u64, typed: &EmailCode) -> Option<i64> {
        let shown = EmailCode::parse(&self.generator().generate(step * STEP)).ok()?;
        let fits = email_codes_match(typed, &shown);
        fits.then(|| i64::try_from(step).ok()).flatten()
    }

    fn generator(&self) -> TOTP {
        TOTP::new_unchecked(Algorithm::SHA1, 6, 1, STEP, self.0.to_vec())
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::TotpSecret;
    use crate::testing::Seeded;
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, last six of eight digits.
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")]
        {
            assert_eq!(secret.code_at(at(second)), code);
            assert_eq!(secret.verify(code, at(second), None), Some(second / 30));
        }
    }

    #[test]
    fn one_step_early_or_late_is_accepted_two_are_not() {
        let secret = TotpSecret::new(&Seeded::new(1));
        let code = secret.code_at(at(900));
        assert_eq!(secret.verify(&code, at(869), None), None);
        assert_eq!(secret.verify(&code, at(870), None), Some(30));
        assert_eq!(secret.verify(&code, at(959), None), Some(30));
        assert_eq!(secret.verify(&code, at(960), None), None);
    }

    #[test]
    fn no_code_works_twice() {
        let secret = TotpSecret::new(&Seeded::new(1));
        let code = secret.code_at(at(900));
        let step = secret.verify(&code, at(900), Some(29)).unwrap();
        assert_eq!(secret.verify(&code, at(905), Some(step)), None);
        assert_eq!(secret.verify(&secret.code_at(at(870)), at(905), Some(step)), None);
        assert_eq!(secret.verify(&secret.code_at(at(930)), at(905), Some(step)), Some(31));
    }

    #[test]
    fn wrong_shapes_are_refused() {
        let secret = TotpSecret::new(&Seeded::new(1));
        for code in ["", "12345", "abcdef", "1234567"] {
            assert_eq!(secret.verify(code, at(900), None), None);
        }
        assert!(TotpSecret::from_bytes(b"short").is_err());
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }

    #[test]
    fn devices_get_an_address() {
        let secret = TotpSecret::from_bytes(b"12345678901234567890").unwrap();
        assert_eq!(
            secret.url("Comune di Montesole", "ufficio@example.it"),
            "otpauth://totp/Comune%20di%20Montesole:ufficio%40example.it\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Comune%20di%20Montesole"
        );
    }
}
