//! What the tests share: an invented comune, its keys, and a repeatable source of randomness.

use crate::{
    Aggregator, CertificateSubject, Mode, NewKey, ServiceProvider, SigningKey, TechnicalPartner,
    new_key,
};
use domain::Entropy;
use jiff::Timestamp;
use samael::crypto::{CertificateDer, Crypto, CryptoProvider as _};
use std::sync::{
    OnceLock,
    atomic::{AtomicU8, Ordering},
};

pub(crate) const ENTITY_ID: &str = "https://spid.comune-prova.example.it";

pub(crate) fn now() -> Timestamp {
    "2026-09-01T10:20:30.123456Z".parse().unwrap()
}

/// Every text that is free carries what XML must escape.
pub(crate) fn provider() -> ServiceProvider {
    ServiceProvider {
        entity_id: ENTITY_ID.into(),
        acs_url: "https://comune-prova.example.it/spid/acs?a=1&b=2".into(),
        slo_url: "https://comune-prova.example.it/spid/uscita".into(),
        organisation_name: "Comune di D'Àlfa & <Beta> \"x\"".into(),
        organisation_display_name: "D'Àlfa & <Beta>".into(),
        organisation_url: "https://comune-prova.example.it/".into(),
        locales: vec![domain::Locale::En, domain::Locale::It],
        codice_ipa: "c_x999".into(),
        codice_catastale: Some("X999".into()),
        province: Some("TA".into()),
        email: "scuola@comune-prova.example.it".into(),
        telephone: Some("+390990000000".into()),
        mode: Mode::Public,
        service_name: "Mensa & «trasporto»".into(),
        eidas: true,
        technical_partner: None,
    }
}

pub(crate) fn aggregator() -> Aggregator {
    Aggregator {
        entity_id_host: "accesso.gestore.example.it".into(),
        name: "Gestore <di> Prova".into(),
        codice_ipa: None,
        vat: Some("IT01234567890".into()),
        fiscal_code: Some("01234567890".into()),
        email: "spid@gestore.example.it".into(),
        telephone: None,
    }
}

pub(crate) fn aggregated() -> ServiceProvider {
    let aggregator = aggregator();
    ServiceProvider {
        entity_id: aggregator.entity_id_of("c_x999"),
        mode: Mode::PublicFullAggregator(aggregator),
        ..provider()
    }
}

pub(crate) fn partner() -> TechnicalPartner {
    TechnicalPartner {
        name: "Gestore <di> Prova".into(),
        vat: "IT01234567890".into(),
        fiscal_code: "01234567890".into(),
        nace2_code: "62.01".into(),
        codice_catastale: "G702".into(),
        province: None,
        email: "cie@gestore.example.it".into(),
        telephone: None,
    }
}

pub(crate) fn subject(provider: &ServiceProvider) -> CertificateSubject<'_> {
    CertificateSubject {
        entity_id: &provider.entity_id,
        organisation_name: &provider.organisation_name,
        common_name: &provider.organisation_display_name,
        codice_ipa: &provider.codice_ipa,
        locality: "D'Àlfa",
        country: "IT",
        mode: &provider.mode,
    }
}

pub(crate) fn signing_key(new: &NewKey) -> SigningKey {
    SigningKey::from_pem(&new.private_key_pem, &new.certificate_pem).unwrap()
}

fn made(provider: &ServiceProvider) -> SigningKey {
    signing_key(&new_key(&subject(provider), now(), 730).unwrap())
}

/// Two keys of the comune by itself; making one takes its time, so they are made once.
pub(crate) fn keys() -> &'static [SigningKey; 2] {
    static KEYS: OnceLock<[SigningKey; 2]> = OnceLock::new();
    KEYS.get_or_init(|| [made(&provider()), made(&provider())])
}

pub(crate) fn aggregator_key() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| made(&aggregated()))
}

pub(crate) fn verifies(xml: &str, key: &SigningKey) -> bool {
    let certificate = CertificateDer::from(key.certificate().der().to_vec());
    Crypto::verify_signed_xml(xml, &certificate, Some("ID")).is_ok()
}

/// Another byte at every call.
#[derive(Default)]
pub(crate) struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
