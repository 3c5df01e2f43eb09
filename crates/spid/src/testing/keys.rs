//! Keys made once per run.

use crate::provider::Certificate;
use openssl::{
    asn1::Asn1Time,
    hash::MessageDigest,
    pkey::{PKey, Private},
    rsa::Rsa,
    x509::{X509, X509NameBuilder},
};
use std::sync::OnceLock;

/// A key with its certificate.
pub(crate) struct Key {
    pub(crate) private: PKey<Private>,
    pub(crate) private_der: Vec<u8>,
    pub(crate) certificate: Certificate,
}

/// The provider's key.
pub(crate) fn provider_key() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| make(2048))
}

/// Somebody else's key, or the provider's second one.
pub(crate) fn other_key() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| make(2048))
}

/// A key that is too short.
pub(crate) fn weak_key() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| make(1024))
}

fn make(bits: u32) -> Key {
    let private = PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "Prova ID").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_pubkey(&private).unwrap();
    // Long expired, which is no reason to refuse: the registry vouches for the key.
    builder.set_not_before(&Asn1Time::from_unix(1_577_836_800).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(1_609_459_200).unwrap()).unwrap();
    builder.sign(&private, MessageDigest::sha256()).unwrap();
    let certificate = Certificate::from_der(builder.build().to_der().unwrap()).unwrap();
    Key { private_der: private.private_key_to_der().unwrap(), private, certificate }
}
