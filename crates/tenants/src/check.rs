//! Rules between keys, and rules that need the registers.

mod brand;
mod digital_identity;
mod identity;

pub(crate) use brand::is_logo_path;

use crate::{
    path::Part,
    problem::Problem,
    settings::{TENANT_SCHEMA, TenantSettings},
};
use domain::{
    EmailAddress, Locale, SchoolYear,
    form::{DefinitionProblem, FormDefinition, parse_phone, validate_definition},
};
use std::collections::{BTreeMap, BTreeSet};

/// A mistake at a path of the file.
pub(crate) type Mistake = (Vec<Part>, String);

/// First path segments that are the platform's own and cannot be a tenant's.
const RESERVED: [&str; 25] = [
    "accessibilita",
    "accesso",
    "api",
    "avvio",
    "cie",
    "comuni",
    "esci",
    "famiglia",
    "icona",
    "iscrizioni",
    "lingua",
    "livez",
    "metrics",
    "privacy",
    "readyz",
    "senza-rete",
    "servizi",
    "sessione-scaduta",
    "spid",
    "static",
    "stemma",
    "stile",
    "ufficio",
    "valutazione",
    "verifica",
];

/// Whether a folder's name can be a path.
pub(crate) fn slug(slug: &str) -> Option<Problem> {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let first = slug.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if !(2..=40).contains(&slug.len()) || !slug.bytes().all(word) || !first {
        let message = "a tenant's folder has 2 to 40 lower-case letters, digits and hyphens, a \
                       letter first";
        return Some(Problem::of_file(slug, message));
    }
    let reserved = RESERVED.contains(&slug);
    reserved.then(|| Problem::of_file(slug, "this name is used by the platform itself"))
}

/// Every mistake of the settings that the types cannot see.
pub(crate) fn settings(
    settings: &TenantSettings,
    forms: Option<&BTreeMap<SchoolYear, FormDefinition>>,
) -> Vec<Mistake> {
    let mut found = Vec::new();
    if settings.schema != TENANT_SCHEMA {
        found.push(at(&["schema"], format!("unknown version; this program reads {TENANT_SCHEMA}")));
    }
    found.extend(identity::mistakes(&settings.identity));
    found.extend(languages(&settings.languages.offered));
    found.extend(brand::mistakes(&settings.brand));
    found.extend(contacts(settings));
    found.extend(doors_and_terms(settings));
    found.extend(digital_identity::mistakes(settings));
    found.extend(texts(settings));
    found.extend(windows(settings, forms));
    found
}

/// Every mistake of a form, with its path.
pub(crate) fn form(form: &FormDefinition, year: SchoolYear) -> Vec<Mistake> {
    let mut found: Vec<Mistake> = validate_definition(form).into_iter().map(placed).collect();
    if form.school_year.is_some_and(|written| written != year) {
        found.push(at(&["school_year"], "differs from the file's name".to_owned()));
    }
    found
}

fn placed(problem: DefinitionProblem) -> Mistake {
    let mut path: Vec<Part> = Vec::new();
    if let Some((position, _)) = problem.step {
        path.extend(["step".into(), position.into()]);
    }
    if let Some((position, _)) = problem.question {
        path.extend(["question".into(), position.into()]);
    }
    if !problem.field.is_empty() {
        path.push(problem.field.into());
    }
    (path, problem.message)
}

pub(crate) fn at(keys: &[&str], message: String) -> Mistake {
    (keys.iter().map(|key| Part::from(*key)).collect(), message)
}

/// Longest name in characters; a mail's header takes no longer one.
const LONGEST_NAME: usize = 200;

/// A name that mails and pages show on one line.
pub(crate) fn label(path: &[&str], name: &str) -> Option<Mistake> {
    let one_line = !name.chars().any(char::is_control);
    let fine = !name.trim().is_empty() && one_line && name.chars().count() <= LONGEST_NAME;
    let message = format!("one line of 1 to {LONGEST_NAME} characters");
    (!fine).then(|| at(path, message))
}

fn languages(offered: &[Locale]) -> Vec<Mistake> {
    let distinct = offered.iter().collect::<BTreeSet<_>>().len() == offered.len();
    let good = distinct && offered.first() == Some(&Locale::It);
    let message = "Italian (\"it\") comes first and no language twice";
    if good { Vec::new() } else { vec![at(&["languages", "offered"], message.to_owned())] }
}

fn contacts(settings: &TenantSettings) -> Vec<Mistake> {
    let contacts = &settings.contacts;
    let mut found = Vec::new();
    let mail = |address: &str| EmailAddress::parse(address).is_ok();
    if contacts.phones.is_empty() {
        found.push(at(&["contacts", "phones"], "at least one number".to_owned()));
    }
    for (position, phone) in contacts.phones.iter().enumerate() {
        if parse_phone(phone).is_none() {
            let path = vec!["contacts".into(), "phones".into(), position.into()];
            found.push((path, "one whole number each, like \"+39 099 4581342\"".to_owned()));
        }
    }
    let not_mail = || "not an e-mail address".to_owned();
    if contacts.email.as_deref().is_some_and(|address| !mail(address)) {
        found.push(at(&["contacts", "email"], not_mail()));
    }
    if !mail(&contacts.pec) {
        found.push(at(&["contacts", "pec"], not_mail()));
    }
    if !brand::is_web(&contacts.website) {
        found.push(at(&["contacts", "website"], brand::WEB.to_owned()));
    }
    found.extend(label(&["mail", "name"], &settings.mail.name));
    if !mail(&settings.mail.address) {
        found.push(at(&["mail", "address"], not_mail()));
    }
    if settings.mail.reply_to.as_deref().is_some_and(|address| !mail(address)) {
        found.push(at(&["mail", "reply_to"], not_mail()));
    }
    found
}

fn doors_and_terms(settings: &TenantSettings) -> Vec<Mistake> {
    let doors = settings.doors;
    let mut found = Vec::new();
    if !(doors.password_access || doors.spid || doors.cie || doors.eidas) {
        found.push(at(&["doors"], "at least one door is open".to_owned()));
    }
    let terms = settings.terms;
    for (key, value, most) in [
        ("answer_days", terms.answer_days, 180),
        ("draft_days", terms.draft_days, 365),
        ("minutes_needed", terms.minutes_needed, 240),
    ] {
        if !(1..=most).contains(&value) {
            found.push(at(&["terms", key], format!("from 1 to {most}")));
        }
    }
    found
}

/// What is recorded with an application needs a version and something to record.
fn texts(settings: &TenantSettings) -> Vec<Mistake> {
    let (notice, declarations) = (&settings.privacy_notice, &settings.declarations);
    let version = |version: &str| !version.trim().is_empty() && version.len() <= 40;
    [
        (version(&notice.version), ["privacy_notice", "version"], "1 to 40 characters"),
        (!notice.paragraphs.is_empty(), ["privacy_notice", "paragraphs"], "at least one paragraph"),
        (version(&declarations.version), ["declarations", "version"], "1 to 40 characters"),
        (!declarations.texts.is_empty(), ["declarations", "texts"], "at least one declaration"),
    ]
    .into_iter()
    .filter(|(good, _, _)| !good)
    .map(|(_, path, message)| at(&path, message.to_owned()))
    .collect()
}

fn windows(
    settings: &TenantSettings,
    forms: Option<&BTreeMap<SchoolYear, FormDefinition>>,
) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut services = BTreeSet::new();
    for (position, service) in settings.services.iter().enumerate() {
        if !services.insert(service.school_service) {
            let path = vec!["service".into(), position.into(), "school_service".into()];
            found.push((path, "another service is of the same kind".to_owned()));
        }
    }
    let mut seen = BTreeSet::new();
    for (position, settings) in settings.windows.iter().enumerate() {
        let window = settings.window();
        let mut mistake = |key: &str, message: &str| {
            let path = vec!["window".into(), position.into(), key.into()];
            found.push((path, message.to_owned()));
        };
        if !services.contains(&window.school_service) {
            mistake("school_service", "no [[service]] offers it");
        }
        if window.closes_at.is_some_and(|closes_at| closes_at <= window.opens_at) {
            mistake("closes_at", "the window closes before it opens");
        }
        if !seen.insert((window.school_year, window.school_service, window.kind)) {
            mistake("kind", "another window is of the same year, service and kind");
        }
        if forms.is_some_and(|forms| !forms.contains_key(&window.school_year)) {
            mistake("school_year", "the folder forms/ has no form of this school year");
        }
    }
    found
}
