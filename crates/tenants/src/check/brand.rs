//! Rules for a tenant's logo and for the addresses that its pages lead to.

use super::{Mistake, at};
use crate::settings::Brand;

/// What is wrong with an address of the web.
pub(super) const WEB: &str = "an address begins with https:// and has no spaces";

/// Where AgID keeps the declarations made through its form.
const DECLARATIONS: &str = "https://form.agid.gov.it/";

/// Whether the path is one within the folder `brand/` of the tenant.
pub(crate) fn is_logo_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let name = path.strip_prefix("brand/").and_then(|name| name.strip_suffix(".svg"));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(plain))
}

pub(super) fn is_web(url: &str) -> bool {
    let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let clean = !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"');
    clean && host.is_some_and(|host| host.contains('.') && !host.contains('@'))
}

pub(super) fn mistakes(brand: &Brand) -> Vec<Mistake> {
    let mut found = Vec::new();
    if !is_logo_path(&brand.logo) {
        found.push(at(&["brand", "logo"], "write it like \"brand/logo.svg\"".to_owned()));
    }
    let header = brand.header_links.iter().map(|link| &link.url).enumerate();
    let footer = brand.footer_links.iter().map(|link| &link.url).enumerate();
    let keyed = header.map(|(at, url)| ("header_links", at, url));
    for (key, position, url) in keyed.chain(footer.map(|(at, url)| ("footer_links", at, url))) {
        if !is_web(url) {
            let path = vec!["brand".into(), key.into(), position.into(), "url".into()];
            found.push((path, WEB.to_owned()));
        }
    }
    for (key, url) in [
        ("legal_notes", &brand.legal_notes),
        ("faq", &brand.faq),
        ("appointment_booking", &brand.appointment_booking),
        ("report_inefficiency", &brand.report_inefficiency),
    ] {
        if url.as_ref().is_some_and(|url| !is_web(url)) {
            found.push(at(&["brand", key], WEB.to_owned()));
        }
    }
    let declared = |url: &String| is_web(url) && url.starts_with(DECLARATIONS);
    if brand.accessibility_declaration.as_ref().is_some_and(|url| !declared(url)) {
        let message =
            format!("the address that AgID gave the declaration; it begins with {DECLARATIONS}");
        found.push(at(&["brand", "accessibility_declaration"], message));
    }
    found
}
