//! The certificate profile of SPID (technical rules, certificates of service providers): subject and extensions.

mod check;
mod der;

use crate::{
    keys::KeyError,
    metadata::{Aggregator, Mode},
};
use openssl::{
    asn1::{Asn1Object, Asn1OctetString},
    error::ErrorStack,
    x509::{
        X509Extension, X509Name, X509NameBuilder,
        extension::{BasicConstraints, KeyUsage},
    },
};

use der::{OID, SEQUENCE, UTF8, der};

pub(crate) use check::{check_certificate, subject_facts};

/// `organizationIdentifier`, which OpenSSL knows, and `uri`, which it does not, by number.
pub(crate) const ORGANISATION_IDENTIFIER: &str = "2.5.4.97";
pub(crate) const URI: &str = "2.5.4.83";
/// Policy of every certificate of the federation.
pub(crate) const POLICY_AGID: &str = "1.3.76.16.6";
/// Policy of a public service provider.
pub(crate) const POLICY_PUBLIC: &str = "1.3.76.16.4.2.1";
/// Policy of a full aggregator of public services.
pub(crate) const POLICY_FULL_AGGREGATOR: &str = "1.3.76.16.4.2.2";
const CERTIFICATE_POLICIES: &str = "2.5.29.32";
const USER_NOTICE: &str = "1.3.6.1.5.5.7.2.2";

/// Upper bounds of X.520 in characters.
const LONGEST_NAME: usize = 64;
const LONGEST_TEXT: usize = 1024;

/// Whom a certificate names.
#[derive(Clone, Copy, Debug)]
pub struct CertificateSubject<'a> {
    /// Written as `uri`: the entityID of the metadata (of an aggregator: its own).
    pub entity_id: &'a str,
    /// Official name, equal to the metadata's OrganizationName (at most 64 characters).
    pub organisation_name: &'a str,
    /// Name shown, equal to the metadata's OrganizationDisplayName (at most 64 characters).
    pub common_name: &'a str,
    /// IPA code of the comune; an aggregator's identifier comes from `mode`.
    pub codice_ipa: &'a str,
    /// Seat.
    pub locality: &'a str,
    /// Two letters, `IT`.
    pub country: &'a str,
    /// A comune by itself, or an aggregator.
    pub mode: &'a Mode,
}

impl CertificateSubject<'_> {
    /// `PA:IT-…` for public bodies, `VATIT-…` for companies (ETSI EN 319 412-1 as AgID uses it).
    fn organisation_identifier(&self) -> Option<String> {
        match self.mode {
            Mode::Public => public_identifier(self.codice_ipa),
            Mode::PublicFullAggregator(aggregator) => aggregator_identifier(aggregator),
        }
    }
}

pub(crate) fn public_identifier(codice_ipa: &str) -> Option<String> {
    let fits = (1..=16).contains(&codice_ipa.len())
        && codice_ipa.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    fits.then(|| format!("PA:IT-{codice_ipa}"))
}

pub(crate) fn aggregator_identifier(aggregator: &Aggregator) -> Option<String> {
    if let Some(codice_ipa) = &aggregator.codice_ipa {
        return public_identifier(codice_ipa);
    }
    let number = aggregator.vat.as_ref()?.strip_prefix("IT")?;
    let fits = number.len() == 11 && number.chars().all(|c| c.is_ascii_digit());
    fits.then(|| format!("VATIT-{number}"))
}

/// The distinguished name; no name of a person ever occurs in it.
pub(crate) fn subject_name(subject: &CertificateSubject<'_>) -> Result<X509Name, KeyError> {
    let identifier =
        subject.organisation_identifier().ok_or(KeyError::Subject("organisation identifier"))?;
    let mut name = X509NameBuilder::new()?;
    let entries = [
        ("C", "country", subject.country, 2),
        ("L", "locality", subject.locality, LONGEST_NAME),
        ("O", "organisation name", subject.organisation_name, LONGEST_NAME),
        (ORGANISATION_IDENTIFIER, "organisation identifier", &identifier, LONGEST_NAME),
        (URI, "entity id", subject.entity_id, LONGEST_TEXT),
        ("CN", "common name", subject.common_name, LONGEST_NAME),
    ];
    for (field, word, value, longest) in entries {
        let fits =
            (1..=longest).contains(&value.chars().count()) && !value.chars().any(char::is_control);
        if !fits {
            return Err(KeyError::Subject(word));
        }
        name.append_entry_by_text(field, value).map_err(|_| KeyError::Subject(word))?;
    }
    Ok(name.build())
}

/// The extensions of the profile: no authority, exactly the two usages, the policies with their notices.
pub(crate) fn extensions(mode: &Mode) -> Result<Vec<X509Extension>, ErrorStack> {
    Ok(vec![
        BasicConstraints::new().build()?,
        KeyUsage::new().critical().digital_signature().non_repudiation().build()?,
        policies(mode)?,
    ])
}

/// The policy a certificate of this mode carries beside AgID's own, and the text of its notice.
pub(crate) fn policy_of(mode: &Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Public => (POLICY_PUBLIC, "cert_SP_Pub"),
        Mode::PublicFullAggregator(_) => (POLICY_FULL_AGGREGATOR, "cert_AggFull_Pub"),
    }
}

/// `certificatePolicies` of RFC 5280 §4.2.1.4, written by hand: OpenSSL builds notices from configuration files alone.
fn policies(mode: &Mode) -> Result<X509Extension, ErrorStack> {
    let mut list = Vec::new();
    for (policy, notice) in [(POLICY_AGID, "agIDcert"), policy_of(mode)] {
        let notice = der(SEQUENCE, &der(UTF8, notice.as_bytes()));
        let qualifier = der(SEQUENCE, &[object(USER_NOTICE)?, notice].concat());
        let qualifiers = der(SEQUENCE, &qualifier);
        list.extend(der(SEQUENCE, &[object(policy)?, qualifiers].concat()));
    }
    let contents = Asn1OctetString::new_from_bytes(&der(SEQUENCE, &list))?;
    X509Extension::new_from_der(&*Asn1Object::from_str(CERTIFICATE_POLICIES)?, false, &contents)
}

fn object(number: &str) -> Result<Vec<u8>, ErrorStack> {
    Ok(der(OID, Asn1Object::from_str(number)?.as_slice()))
}
