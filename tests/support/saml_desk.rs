//! One pending request, and what the product knows of the provider it went to: answers are judged here past HTTP.

use crate::{
    entropy::SeededEntropy,
    federation::{base64, provider},
};
use domain::identity::{AssuranceLevel, IdentityScheme};
use jiff::{SignedDuration, Timestamp};
use simulators::identity_provider::{
    Answer, AuthnRequest, Ground, Person, Provider, Signing,
    answer::Assertion,
    signer::{SignOptions, SigningKey},
};
use spid::{Certificate, Expected, IdentityProvider, Refusal, Verified};

/// Our address for answers.
pub const ACS: &str = "https://comune.example.test/spid/acs";
/// Our entityID.
pub const ENTITY_ID: &str = "https://spid.comune.example.test";
const REQUEST_ID: &str = "_0123456789abcdef0123456789abcdef";
const NOW: &str = "2026-09-15T07:30:00Z";

/// The place where an answer is judged.
pub struct Desk {
    /// Who was asked.
    pub provider: &'static Provider,
    /// What is known of it.
    pub known: IdentityProvider,
    /// What was asked.
    pub request: AuthnRequest,
    /// The least level asked for.
    pub level: AssuranceLevel,
    /// When the answer comes; the request was made at that very moment.
    pub now: Timestamp,
    entropy: SeededEntropy,
}

impl Desk {
    /// A request of level 2 to one of the invented providers.
    pub fn of(slug: &str) -> Self {
        let provider = provider(slug);
        let request = AuthnRequest {
            id: Some(REQUEST_ID.to_owned()),
            issuer: Some(ENTITY_ID.to_owned()),
            ..AuthnRequest::default()
        };
        Self {
            provider,
            known: known(provider, &provider.keys),
            request,
            level: AssuranceLevel::L2,
            now: NOW.parse().expect("an instant"),
            entropy: SeededEntropy::new(3),
        }
    }

    /// The same where the provider has other keys.
    #[must_use]
    pub fn knowing(self, keys: &[SigningKey]) -> Self {
        Self { known: known(self.provider, keys), ..self }
    }

    /// The right answer about a person.
    pub fn answer(&self, person: &str) -> Answer {
        let wanted: &[&str] = match self.provider.scheme {
            IdentityScheme::Eidas => &["spidCode", "name", "familyName", "dateOfBirth"],
            _ => &["spidCode", "fiscalNumber", "name", "familyName", "dateOfBirth", "email"],
        };
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        let person = Person::find(person).expect("an invented person");
        Answer::success(&self.ground(), person, self.level, &wanted)
    }

    /// What answers are made from.
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            provider: self.provider,
            request: &self.request,
            acs: ACS,
            now: self.now,
            entropy: &self.entropy,
        }
    }

    /// The provider's key.
    pub fn key(&self) -> &'static SigningKey {
        self.provider.key().expect("a key")
    }

    /// Signed with the provider's key, in the prescribed way.
    pub fn signed(&self, answer: &Answer, signing: Signing) -> String {
        answer.signed(self.key(), signing, &SignOptions::default()).expect("signed")
    }

    /// Both signed, otherwise than prescribed.
    pub fn signed_with(&self, answer: &Answer, options: &SignOptions) -> String {
        answer.signed(self.key(), Signing::BOTH, options).expect("signed")
    }

    /// The product's judgement of a document.
    pub fn judge(&self, xml: &str) -> Result<Verified, Refusal> {
        self.judge_form(&base64(xml))
    }

    /// The product's judgement of a form field.
    pub fn judge_form(&self, value: &str) -> Result<Verified, Refusal> {
        let opened = spid::open_response(value)?;
        let expected = Expected {
            request_id: REQUEST_ID,
            issued_at: NOW.parse().expect("an instant"),
            now: self.now,
            acs_url: ACS,
            entity_id: ENTITY_ID,
            provider: &self.known,
            level: self.level,
        };
        spid::validate(&opened, &expected)
    }

    /// The code of the refusal, or `accepted`.
    pub fn code(&self, xml: &str) -> &'static str {
        self.judge(xml).map_or_else(|refusal| refusal.code(), |_| "accepted")
    }

    /// The moment of the request, moved by seconds, as messages write it.
    pub fn at(&self, seconds: i64) -> String {
        let instant = self.now + SignedDuration::from_secs(seconds);
        format!("{instant:.3}")
    }
}

/// The assertion of an answer that has one.
pub fn assertion(answer: &mut Answer) -> &mut Assertion {
    answer.assertion.as_mut().expect("an assertion")
}

fn known(provider: &Provider, keys: &[SigningKey]) -> IdentityProvider {
    let certificate = |key: &SigningKey| {
        Certificate::from_der(key.certificate_der().expect("bytes")).expect("a certificate")
    };
    IdentityProvider {
        entity_id: provider.entity_id.clone(),
        scheme: provider.scheme,
        display_name: provider.display_name.clone(),
        sso_redirect: Some(provider.sso()),
        sso_post: None,
        slo_redirect: None,
        slo_post: None,
        slo_redirect_response: None,
        slo_post_response: None,
        signing_certificates: keys.iter().map(certificate).collect(),
        logo: None,
        requires_signed_response: false,
    }
}
