//! From attributes to a person.

use super::attributes::Attributes;
use crate::{
    provider::IdentityProvider,
    refusal::{
        Refusal,
        content::{
            BIRTH_DATE_MALFORMED, FAMILY_NAME_MISSING, FISCAL_NUMBER_MALFORMED,
            FISCAL_NUMBER_MISSING, NAME_MISSING, PERSON_CODE_MISSING,
        },
    },
};
use domain::{
    CodiceFiscale,
    identity::{AssuranceLevel, Identity, IdentityScheme},
};
use jiff::civil::Date;

/// The country before the code, in SPID and CIE.
const PREFIX: &str = "TINIT-";
/// Characters of a codice fiscale.
const LENGTH: usize = 16;

/// The person that the attributes describe. Whether somebody of that age may go on is for the operation to decide.
pub(super) fn from(
    attributes: &Attributes,
    level: AssuranceLevel,
    provider: &IdentityProvider,
) -> Result<Identity, Refusal> {
    let is_eidas = provider.scheme == IdentityScheme::Eidas;
    let codice_fiscale = match attributes.value("fiscalNumber")? {
        // Another country's number is none of ours; the person declares the Italian one later, and the office confirms it.
        _ if is_eidas => None,
        Some(value) => Some(codice_fiscale(value)?),
        None => return Err(FISCAL_NUMBER_MISSING),
    };
    let person_code = attributes.value("spidCode")?;
    if person_code.is_none() && is_eidas {
        return Err(PERSON_CODE_MISSING);
    }
    Ok(Identity {
        scheme: provider.scheme,
        provider: provider.entity_id.clone(),
        level,
        codice_fiscale,
        person_code: person_code.map(ToOwned::to_owned),
        name: attributes.value("name")?.ok_or(NAME_MISSING)?.to_owned(),
        surname: attributes.value("familyName")?.ok_or(FAMILY_NAME_MISSING)?.to_owned(),
        birth_date: attributes.value("dateOfBirth")?.map(birth_date).transpose()?,
        email: attributes.value("email")?.map(ToOwned::to_owned),
    })
}

/// Sixteen plain letters and digits. What a form forgives a person who types (spaces, full-width letters) no provider
/// has a reason to sign.
fn codice_fiscale(value: &str) -> Result<CodiceFiscale, Refusal> {
    let upper = value.to_ascii_uppercase();
    let code = upper.strip_prefix(PREFIX).unwrap_or(&upper);
    if code.len() != LENGTH || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(FISCAL_NUMBER_MALFORMED);
    }
    CodiceFiscale::parse(code).map_err(|_| FISCAL_NUMBER_MALFORMED)
}

/// `xs:date` without a time zone, which a date of birth does not have.
fn birth_date(value: &str) -> Result<Date, Refusal> {
    if value.len() != "1988-01-01".len() {
        return Err(BIRTH_DATE_MALFORMED);
    }
    value.parse().map_err(|_| BIRTH_DATE_MALFORMED)
}
