//! What the federations refuse, found before it is sent to them.

use super::{Mistake, at, brand::is_web};
use crate::settings::{DigitalIdentity, KeysOf, SpidMode, TenantSettings};
use domain::{EmailAddress, identity::AssuranceLevel, municipality};
use std::borrow::Cow;

/// Longest name in a certificate (X.520, upper bound of organizationName).
const LONGEST_NAME: usize = 64;
/// Longest entityID (SAML metadata, §2.2.1).
const LONGEST_ENTITY_ID: usize = 1024;

/// Every mistake of `[digital_identity]`, and of the doors that need it.
pub(super) fn mistakes(settings: &TenantSettings) -> Vec<Mistake> {
    let doors = settings.doors;
    let Some(identity) = &settings.digital_identity else {
        let message = "a door of SPID, CIE or eIDAS is open: it is needed";
        let closed = !(doors.spid || doors.cie || doors.eidas);
        return if closed {
            Vec::new()
        } else {
            vec![at(&["digital_identity"], message.to_owned())]
        };
    };
    let rules = door_rules(settings, identity).into_iter().chain(value_rules(settings, identity));
    rules
        .filter(|(holds, _, _)| !holds)
        .map(|(_, path, message)| at(&path, message.into_owned()))
        .collect()
}

/// Whether a rule holds, where, and what it says.
type Rule = (bool, [&'static str; 2], Cow<'static, str>);

/// What each door needs.
fn door_rules(settings: &TenantSettings, identity: &DigitalIdentity) -> Vec<Rule> {
    let doors = settings.doors;
    let seat = identity.seat.as_ref().or(settings.identity.codice_catastale.as_ref());
    let section = |key| ["digital_identity", key];
    vec![
        (
            !doors.eidas || doors.spid,
            ["doors", "eidas"],
            "needs the door of SPID: eIDAS uses its metadata".into(),
        ),
        (
            !doors.spid || identity.spid_entity_id.is_some(),
            section("spid_entity_id"),
            "the door of SPID is open: it is needed".into(),
        ),
        (
            !doors.cie || identity.cie_entity_id.is_some(),
            section("cie_entity_id"),
            "the door of CIE is open: it is needed".into(),
        ),
        (
            settings.identity.codice_ipa.is_some(),
            ["identity", "codice_ipa"],
            "needed by SPID and CIE".into(),
        ),
        (
            identity.cie_entity_id.is_none() || seat.is_some(),
            section("seat"),
            "needed by CIE where [identity] has no codice_catastale: the cadastral code of the municipality where the \
             body has its seat, like \"L049\""
                .into(),
        ),
        (
            settings.identity.name.chars().count() <= LONGEST_NAME,
            ["identity", "name"],
            "at most 64 characters: it stands in the certificate of SPID and CIE".into(),
        ),
        (
            (identity.mode == SpidMode::PubAgFull) == (identity.keys == KeysOf::Operator),
            section("keys"),
            "\"operator\" with mode \"pub_ag_full\", \"tenant\" with mode \"public\"".into(),
        ),
    ]
}

/// What each value must look like.
fn value_rules(settings: &TenantSettings, identity: &DigitalIdentity) -> Vec<Rule> {
    let section = |key| ["digital_identity", key];
    let address = "an address like \"https://spid.comune.example.it\": https, no port, no query";
    let is_good = |id: &Option<String>| id.as_ref().is_none_or(|id| is_entity_id(id));
    let (spid, cie) = (&identity.spid_entity_id, &identity.cie_entity_id);
    let known =
        |code: &String| municipality::find_by_code(code, None).is_some_and(|place| !place.foreign);
    let ending = settings.identity.codice_ipa.as_ref().map(|code| format!("/pub-ag-full/{code}"));
    let ending = ending.unwrap_or_default();
    let is_aggregated = identity.mode == SpidMode::PubAgFull;
    vec![
        (is_good(spid), section("spid_entity_id"), address.into()),
        (is_good(cie), section("cie_entity_id"), address.into()),
        (
            spid.is_none() || spid != cie,
            section("cie_entity_id"),
            "differs from the one of SPID".into(),
        ),
        (
            !is_aggregated || spid.as_ref().is_none_or(|id| id.ends_with(&ending)),
            section("spid_entity_id"),
            format!("as aggregated body it ends with \"{ending}\"").into(),
        ),
        (
            identity.seat.as_ref().is_none_or(known),
            section("seat"),
            "no municipality has this cadastral code".into(),
        ),
        (identity.level >= AssuranceLevel::L2, section("level"), "2 or 3".into()),
        (
            is_federation_email(&identity.email),
            section("email"),
            "an address of letters, digits, dot, hyphen and underscore".into(),
        ),
        (
            identity.telephone.as_deref().is_none_or(is_telephone),
            section("telephone"),
            "like \"+390994581111\": +39 and digits without spaces".into(),
        ),
    ]
}

fn is_entity_id(id: &str) -> bool {
    let authority = id.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let plain = !id.contains(['?', '#', '&', '<', '>']) && id.len() <= LONGEST_ENTITY_ID;
    is_web(id) && plain && authority.is_some_and(|authority| !authority.contains(':'))
}

/// The federations' own checks know fewer characters than e-mail does.
fn is_federation_email(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    EmailAddress::parse(address).is_ok() && local.chars().all(known)
}

fn is_telephone(number: &str) -> bool {
    let digits = number.strip_prefix("+39").unwrap_or_default();
    (5..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_entity_id, is_federation_email, is_telephone};

    #[test]
    fn what_the_federations_refuse_is_found() {
        assert!(is_entity_id("https://spid.comune.example.it"));
        assert!(is_entity_id("https://aggregatore.example.it/pub-ag-full/c_l049"));
        for bad in [
            "http://a.example.it",
            "https://a.example.it:8443",
            "https://a.example.it/?x=1",
            "https://a",
        ] {
            assert!(!is_entity_id(bad), "{bad}");
        }
        assert!(is_federation_email("scuola.spid@comune.example.it"));
        assert!(!is_federation_email("scuola+spid@comune.example.it"));
        assert!(is_telephone("+390994581111") && !is_telephone("+39 099 4581111"));
    }
}
