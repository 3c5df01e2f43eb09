//! Whether a certificate keeps the profile.

use super::{
    ORGANISATION_IDENTIFIER, POLICY_AGID, URI,
    der::{BOOLEAN, CONTEXT_3, OCTETS, OID, SEQUENCE, Values, inside},
};
use crate::{Certificate, Problem};
use jiff::Timestamp;
use openssl::{
    asn1::Asn1Object,
    nid::Nid,
    x509::{X509, X509NameRef, X509Ref},
};

/// `digitalSignature` and `nonRepudiation` as a BIT STRING with six unused bits.
const KEY_USAGE_VALUE: [u8; 4] = [0x03, 0x02, 0x06, 0xc0];
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const KEY_USAGE: &str = "2.5.29.15";
const CERTIFICATE_POLICIES: &str = "2.5.29.32";
/// Subject fields that would name a person: name, surname, given name, initials, pseudonym.
const PERSONAL: [&str; 5] = ["2.5.4.41", "2.5.4.4", "2.5.4.42", "2.5.4.43", "2.5.4.65"];
/// Country, locality, organisation, common name, and the two that are compared with the metadata.
const MANDATORY: [&str; 6] =
    ["2.5.4.6", "2.5.4.7", "2.5.4.10", "2.5.4.3", ORGANISATION_IDENTIFIER, URI];

/// What of a certificate's subject has to agree with the metadata.
#[derive(Debug, Default)]
pub(crate) struct SubjectFacts {
    pub(crate) organisation_name: Option<String>,
    pub(crate) common_name: Option<String>,
    pub(crate) organisation_identifier: Option<String>,
    pub(crate) uri: Option<String>,
}

/// The fields to be compared.
pub(crate) fn subject_facts(certificate: &Certificate) -> SubjectFacts {
    let Ok(x509) = X509::from_der(certificate.der()) else {
        return SubjectFacts::default();
    };
    let field = |number| field(x509.subject_name(), number);
    SubjectFacts {
        organisation_name: field("2.5.4.10"),
        common_name: field("2.5.4.3"),
        organisation_identifier: field(ORGANISATION_IDENTIFIER),
        uri: field(URI),
    }
}

/// Everything in the certificate that the profile forbids or misses; `policy` is the second policy demanded, none for
/// CIE, which asks only for a strong key and a subject without a person.
pub(crate) fn check_certificate(
    certificate: &Certificate,
    policy: Option<&str>,
    now: Timestamp,
) -> Vec<Problem> {
    let Ok(x509) = X509::from_der(certificate.der()) else {
        return vec![Problem::new("certificate_unreadable", "")];
    };
    let mut problems = strength(&x509);
    if certificate.not_after().is_none_or(|end| end <= now) {
        problems.push(Problem::new("certificate_expired", ""));
    }
    for number in PERSONAL {
        if field(x509.subject_name(), number).is_some() {
            problems.push(Problem::new("certificate_names_person", number));
        }
    }
    if let Some(policy) = policy {
        for number in MANDATORY {
            if field(x509.subject_name(), number).is_none_or(|value| value.is_empty()) {
                problems.push(Problem::new("certificate_subject_missing", number));
            }
        }
        problems.extend(extensions(certificate.der(), policy));
    }
    problems
}

fn strength(x509: &X509Ref) -> Vec<Problem> {
    let mut problems = Vec::new();
    let bits = x509.public_key().and_then(|key| key.rsa()).map(|rsa| rsa.n().num_bits());
    if !matches!(bits, Ok(2048 | 3072 | 4096)) {
        problems.push(Problem::new("certificate_key", "RSA 2048, 3072, 4096"));
    }
    let digest = x509.signature_algorithm().object().nid();
    if ![Nid::SHA256WITHRSAENCRYPTION, Nid::SHA512WITHRSAENCRYPTION].contains(&digest) {
        problems.push(Problem::new("certificate_digest", "SHA-256, SHA-512"));
    }
    problems
}

fn extensions(certificate: &[u8], policy: &str) -> Vec<Problem> {
    let found = read_extensions(certificate).unwrap_or_default();
    let named = |number: &str| {
        let object = Asn1Object::from_str(number).ok()?;
        found.iter().find(|extension| extension.object == object.as_slice())
    };
    let mut problems = Vec::new();
    let no_authority =
        |value: &[u8]| value == [SEQUENCE, 0] || value == [SEQUENCE, 3, BOOLEAN, 1, 0];
    if !named(BASIC_CONSTRAINTS).is_some_and(|found| !found.critical && no_authority(found.value)) {
        problems.push(Problem::new("certificate_basic_constraints", ""));
    }
    if !named(KEY_USAGE).is_some_and(|found| found.critical && found.value == KEY_USAGE_VALUE) {
        problems.push(Problem::new("certificate_key_usage", ""));
    }
    let listed = named(CERTIFICATE_POLICIES).filter(|found| !found.critical);
    for number in [POLICY_AGID, policy] {
        if !listed.is_some_and(|extension| has_policy(extension.value, number)) {
            problems.push(Problem::new("certificate_policy", number));
        }
    }
    problems
}

fn has_policy(extension: &[u8], number: &str) -> bool {
    let (Some(list), Ok(object)) = (inside(SEQUENCE, extension), Asn1Object::from_str(number))
    else {
        return false;
    };
    Values(list).any(|(_, policy)| inside(OID, policy) == Some(object.as_slice()))
}

struct Extension<'a> {
    object: &'a [u8],
    critical: bool,
    value: &'a [u8],
}

/// The extensions of RFC 5280 §4.1: the OpenSSL bindings show only a few of them, and not whether they are critical.
fn read_extensions(certificate: &[u8]) -> Option<Vec<Extension<'_>>> {
    let to_be_signed = inside(SEQUENCE, inside(SEQUENCE, certificate)?)?;
    let tagged = Values(to_be_signed).find(|value| value.0 == CONTEXT_3)?.1;
    let read = |(_, extension)| {
        let mut values = Values(extension);
        let object = values.next().filter(|value| value.0 == OID)?.1;
        let mut next = values.next()?;
        let critical = next.0 == BOOLEAN && next.1 == [0xff];
        if next.0 == BOOLEAN {
            next = values.next()?;
        }
        let value = (next.0 == OCTETS).then_some(next.1)?;
        Some(Extension { object, critical, value })
    };
    Values(inside(SEQUENCE, tagged)?).map(read).collect()
}

fn field(name: &X509NameRef, number: &str) -> Option<String> {
    let object = Asn1Object::from_str(number).ok()?.to_string();
    let entry = name.entries().find(|entry| entry.object().to_string() == object)?;
    entry.data().to_string().ok()
}
