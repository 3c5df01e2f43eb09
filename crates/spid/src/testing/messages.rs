//! The messages of an invented provider, unsigned.

use domain::{
    CodiceFiscale,
    codice_fiscale::{Person, Sex},
};
use jiff::civil::date;

pub(crate) const PROVIDER: &str = "https://idp.prova.example";
pub(crate) const ENTITY_ID: &str = "https://comune.prova.example/spid";
pub(crate) const ACS: &str = "https://comune.prova.example/spid/acs";
pub(crate) const LOGOUT: &str = "https://comune.prova.example/spid/uscita";
pub(crate) const REQUEST: &str = "_request";
pub(crate) const ISSUED_AT: &str = "2026-09-15T08:00:00.250Z";
pub(crate) const NOW: &str = "2026-09-15T08:01:00Z";

/// The codice fiscale of the invented person.
pub(crate) fn fiscal_number() -> String {
    let anna = Person {
        surname: "Prova",
        name: "Anna",
        birth_date: date(1988, 1, 1),
        sex: Sex::Female,
        birthplace_code: "L049",
    };
    CodiceFiscale::encode(anna).unwrap().as_str().to_owned()
}

/// An answer that fits, with places for both signatures.
pub(crate) fn response() -> String {
    format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" IssueInstant="2026-09-15T08:00:00Z" Destination="{ACS}" InResponseTo="{REQUEST}">
<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{PROVIDER}</saml:Issuer><!--response-->
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{}</samlp:Response>"#,
        assertion()
    )
}

fn assertion() -> String {
    let names = [
        ("spidCode", "PROV0123456789"),
        ("fiscalNumber", &format!("TINIT-{}", fiscal_number())),
        ("name", "Anna"),
        ("familyName", "Prova"),
        ("dateOfBirth", "1988-01-01"),
        ("email", "anna@prova.example"),
    ];
    let attributes: String = names
        .map(|(name, value)| {
            format!(
                "<saml:Attribute Name=\"{name}\"><saml:AttributeValue xsi:type=\"xs:string\">{value}</saml:AttributeValue></saml:Attribute>\n"
            )
        })
        .concat();
    format!(
        r#"<saml:Assertion xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_assertion" Version="2.0" IssueInstant="2026-09-15T08:00:00.1Z">
<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{PROVIDER}</saml:Issuer><!--assertion-->
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient" NameQualifier="{PROVIDER}">_transient</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="{ACS}" InResponseTo="{REQUEST}" NotOnOrAfter="2026-09-15T08:05:00Z"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="2026-09-15T08:00:00Z" NotOnOrAfter="2026-09-15T08:06:00Z"><saml:AudienceRestriction><saml:Audience>{ENTITY_ID}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="2026-09-15T08:00:00Z" SessionIndex="_session"><saml:AuthnContext><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"#
    )
}

/// A request to sign out that fits, with a place for a signature.
pub(crate) fn logout_request() -> String {
    format!(
        r#"<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_logout" Version="2.0" IssueInstant="2026-09-15T08:00:00Z" Destination="{LOGOUT}"><saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{PROVIDER}</saml:Issuer><!--logout--><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">_transient</saml:NameID><samlp:SessionIndex>_session</samlp:SessionIndex></samlp:LogoutRequest>"#
    )
}
