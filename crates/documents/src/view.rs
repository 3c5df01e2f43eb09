//! The data that templates read: everything in words, nothing left to decide.

use crate::{Body, Document, Letterhead, OfficeContacts, Verification, words::Words};
use domain::Locale;
use serde_json::{Value, json};

/// The whole document as templates read it.
pub(crate) fn view(document: &Document, words: Words, qr: bool, logo: bool) -> Value {
    let letterhead = &document.letterhead;
    let title = words.say(match &document.body {
        Body::ApplicationSummary(_) => "documents.application_summary.title",
        Body::UserGuide(_) => "documents.user_guide.title",
        Body::CredentialsLetter(_) => "documents.credentials_letter.title",
    });
    let running = match &document.body {
        Body::ApplicationSummary(summary) => summary.running_title(words),
        Body::UserGuide(_) | Body::CredentialsLetter(_) => title.clone(),
    };
    let body = match &document.body {
        Body::ApplicationSummary(summary) => summary.view(words),
        Body::UserGuide(guide) => guide.view(words, &letterhead.tenant_name),
        Body::CredentialsLetter(letter) => {
            letter.view(words, &letterhead.place, &letterhead.office.name)
        }
    };
    json!({
        "lang": lang(document.locale).0,
        "region": lang(document.locale).1,
        "dir": document.locale.direction(),
        "title": title,
        "running": running,
        "page": words.with("documents.shared.page", &[("page", "{page}"), ("pages", "{pages}")]),
        "issued": words.with("documents.shared.issued",
            &[("time", &i18n::date_time(document.issued_at))]),
        "courtesy": courtesy(words),
        "colon": words.say("documents.shared.colon"),
        "comma": words.comma(),
        "replaced": Value::Null,
        "letterhead": letterhead_view(letterhead, words, logo),
        "verification": document.verification.as_ref().map(|v| verification(v, words, qr)),
        "body": body,
    })
}

/// Language and region as typst and PDF know them: a script, as in `zh-Hans`, is told by the region that writes it.
const fn lang(locale: Locale) -> (&'static str, Option<&'static str>) {
    match locale {
        Locale::ZhHans => ("zh", Some("CN")),
        other => (other.tag(), None),
    }
}

/// Says that some characters of this document could not be printed.
pub(crate) fn add_replacement_note(view: &mut Value, words: Words) {
    if let Some(note) = view.get_mut("replaced") {
        *note = Value::String(words.say("documents.shared.replaced"));
    }
}

fn courtesy(words: Words) -> Option<String> {
    (!words.binding()).then(|| words.say("documents.shared.courtesy"))
}

fn letterhead_view(letterhead: &Letterhead, words: Words, logo: bool) -> Value {
    let alt = words.with("documents.shared.logo", &[("tenant", &letterhead.tenant_name)]);
    json!({
        "tenant_name": letterhead.tenant_name,
        "province": letterhead.province,
        "colour": String::from(letterhead.brand_colour),
        "logo_alt": logo.then_some(alt),
        "department": letterhead.department,
        "office": letterhead.office.name,
        "contacts": contacts(&letterhead.office, words),
    })
}

/// Lines of contact, each with the links that can be followed; `labelled` where a reader could
/// not tell what a line is without its label.
fn contacts(office: &OfficeContacts, words: Words) -> Vec<Value> {
    let line = |key, items: Vec<Value>, labelled: bool| {
        (!items.is_empty())
            .then(|| json!({ "label": words.say(key), "items": items, "labelled": labelled }))
    };
    let plain = |text: &String| json!({ "text": text, "href": Value::Null });
    // A number stays on one line.
    let number = |text: &String| json!({ "text": text.replace(' ', "\u{a0}"), "href": telephone_link(text) });
    let mail = |text: &String| json!({ "text": text, "href": format!("mailto:{text}") });
    let site = |text: &String| json!({ "text": text, "href": text });
    [
        line("documents.shared.address", office.address.iter().map(plain).collect(), false),
        line("documents.shared.telephone", office.telephones.iter().map(number).collect(), true),
        line("documents.shared.email", office.email.iter().map(mail).collect(), false),
        line("documents.shared.pec", office.pec.iter().map(mail).collect(), true),
        line("documents.shared.website", office.website.iter().map(site).collect(), false),
        line(
            "documents.shared.opening_hours",
            office.opening_hours.iter().map(plain).collect(),
            true,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A `tel:` address where the text is one plain number.
fn telephone_link(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let plain = digits.strip_prefix('+').unwrap_or(&digits);
    let dialled =
        (5..=15).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit());
    dialled.then(|| format!("tel:{digits}"))
}

fn verification(verification: &Verification, words: Words, qr: bool) -> Value {
    json!({
        "title": words.say("documents.shared.verification_title"),
        "text": words.say("documents.shared.verification_text"),
        "code_label": words.say("documents.shared.verification_code"),
        "code": verification.code,
        "url": verification.check_url,
        "qr_alt": qr.then(|| words.with("documents.shared.qr", &[("url", &verification.check_url)])),
    })
}

#[cfg(test)]
mod tests {
    use super::telephone_link;

    #[test]
    fn only_one_plain_number_is_a_link() {
        assert_eq!(telephone_link("+39 099 4581342"), Some("tel:+390994581342".to_owned()));
        assert_eq!(telephone_link("099 4581342/921/904"), None);
        assert_eq!(telephone_link("interno 12"), None);
    }
}
