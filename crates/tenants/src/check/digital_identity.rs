//! What the federations refuse, found before it is sent to them.

use super::{Mistake, at, is_web};
use crate::settings::{SpidMode, TenantSettings};
use domain::{EmailAddress, identity::AssuranceLevel, municipality};

/// Longest entityID (SAML metadata, §2.2.1).
const LONGEST_ENTITY_ID: usize = 1024;

/// Every mistake of `[digital_identity]`, and of the doors that need it.
pub(super) fn mistakes(settings: &TenantSettings) -> Vec<Mistake> {
    let doors = settings.doors;
    let mut found = Vec::new();
    let Some(identity) = &settings.digital_identity else {
        if doors.spid || doors.cie || doors.eidas {
            let message = "a door of SPID, CIE or eIDAS is open: it is needed";
            found.push(at(&["digital_identity"], message.to_owned()));
        }
        return found;
    };
    let mut unless = |holds: bool, path: &[&str], message: &str| {
        if !holds {
            found.push(at(path, message.to_owned()));
        }
    };
    unless(
        !doors.eidas || doors.spid,
        &["doors", "eidas"],
        "needs the door of SPID: eIDAS uses its metadata",
    );
    unless(
        !doors.spid || identity.spid_entity_id.is_some(),
        &["digital_identity", "spid_entity_id"],
        "the door of SPID is open: it is needed",
    );
    unless(
        !doors.cie || identity.cie_entity_id.is_some(),
        &["digital_identity", "cie_entity_id"],
        "the door of CIE is open: it is needed",
    );
    unless(
        settings.identity.codice_ipa.is_some(),
        &["identity", "codice_ipa"],
        "needed by SPID and CIE",
    );
    let seat = identity.seat.as_ref().or(settings.identity.codice_catastale.as_ref());
    unless(
        !doors.cie || seat.is_some(),
        &["digital_identity", "seat"],
        "needed by CIE where the body has no cadastral code of its own",
    );
    let known =
        |code: &String| municipality::find_by_code(code, None).is_some_and(|place| !place.foreign);
    unless(
        identity.seat.as_ref().is_none_or(known),
        &["digital_identity", "seat"],
        "no municipality has this cadastral code",
    );
    for (key, id) in
        [("spid_entity_id", &identity.spid_entity_id), ("cie_entity_id", &identity.cie_entity_id)]
    {
        let good = id.as_ref().is_none_or(|id| is_entity_id(id));
        unless(
            good,
            &["digital_identity", key],
            "an address like \"https://spid.comune.example.it\": https, no port, no query",
        );
    }
    unless(
        identity.spid_entity_id.is_none() || identity.spid_entity_id != identity.cie_entity_id,
        &["digital_identity", "cie_entity_id"],
        "differs from the one of SPID",
    );
    if identity.mode == SpidMode::PubAgFull
        && let (Some(id), Some(code)) = (&identity.spid_entity_id, &settings.identity.codice_ipa)
    {
        let ending = format!("/pub-ag-full/{code}");
        unless(
            id.ends_with(&ending),
            &["digital_identity", "spid_entity_id"],
            &format!("as aggregated body it ends with \"{ending}\""),
        );
    }
    unless(identity.level >= AssuranceLevel::L2, &["digital_identity", "level"], "2 or 3");
    unless(
        is_federation_email(&identity.email),
        &["digital_identity", "email"],
        "an address of letters, digits, dot, hyphen and underscore",
    );
    let telephone = identity.telephone.as_deref().is_none_or(is_telephone);
    unless(
        telephone,
        &["digital_identity", "telephone"],
        "like \"+390994581111\": +39 and digits without spaces",
    );
    found
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
