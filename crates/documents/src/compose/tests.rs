//! The documents of the comuni that ship with the product, from their own files.

use super::{Sources, guide, letter, summary};
use crate::{Audience, Body, Document, IdentityCopy, LetterPassword, Renderer, Signing};
use domain::{
    Locale, SchoolService,
    application::State,
    form::{Answers, Binding},
    password::TemporaryPassword,
    submission::{self, Letter, Submission},
};
use jiff::Timestamp;
use std::path::Path;
use tenants::{Tenant, load_dir};

fn shipped() -> Vec<Tenant> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["tenants", "tests/fixtures/tenants"]
        .into_iter()
        .flat_map(|folder| load_dir(&root.join(folder)).unwrap())
        .map(|(slug, bundle)| (slug.clone(), bundle.unwrap_or_else(|_| panic!("{slug} is broken"))))
        .map(|(_, bundle)| {
            Tenant::new("00000000-0000-7000-8000-000000000001".parse().unwrap(), 1, bundle)
        })
        .collect()
}

fn now() -> Timestamp {
    "2026-09-08T15:24:12Z".parse().unwrap()
}

fn sources(tenant: &Tenant, locale: Locale) -> Sources<'_> {
    Sources {
        tenant,
        locale,
        issued_at: now(),
        portal_url: "https://servizi.example/",
        check_url: "https://servizi.example/verifica",
    }
}

fn sent(tenant: &Tenant) -> Submission {
    let (school_year, definition) = tenant.bundle().forms.first_key_value().unwrap();
    let mut answers = Answers::new();
    for (binding, value) in [
        (Binding::PupilName, "Luca"),
        (Binding::PupilSurname, "Esempio"),
        (Binding::GuardianName, "Anna"),
        (Binding::GuardianSurname, "Prova"),
        (Binding::Services, "canteen"),
    ] {
        answers.set(definition.bound(binding).unwrap().key.clone(), value);
    }
    Submission {
        application: "00000000-0000-7000-8000-000000000002".parse().unwrap(),
        draft: "00000000-0000-7000-8000-000000000003".parse().unwrap(),
        version_id: "00000000-0000-7000-8000-000000000004".parse().unwrap(),
        version: 1,
        number: 17,
        school_year: *school_year,
        first_submitted_at: now(),
        submitted_at: now(),
        late: false,
        answer_due: jiff::civil::date(2026, 10, 8),
        state: State::Submitted,
        services: vec![(SchoolService::Canteen, State::Submitted)],
        pupil: "SMPLCU18A01L049F".parse().unwrap(),
        definition: definition.clone(),
        answers,
        locale: Locale::It,
        privacy_version: "1".into(),
        declarations_version: "1".into(),
        tenant_version: 1,
        identity: None,
        verification_code: "7K3M-Q9TX-2VHB-4RWD".into(),
    }
}

fn render(document: &Document) {
    let pdf = Renderer::new().unwrap().render(document).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn every_shipped_comune_prints_its_guide_in_each_of_its_languages() {
    for tenant in shipped() {
        let year = *tenant.bundle().forms.first_key_value().unwrap().0;
        for locale in tenant.locales() {
            let document = guide(&sources(&tenant, *locale), year);
            let Body::UserGuide(guide) = &document.body else { panic!("not a guide") };
            assert_eq!(guide.services.len(), tenant.settings().services.len());
            assert!(document.verification.is_none());
            render(&document);
        }
    }
}

#[test]
fn a_sent_version_prints_under_the_name_of_its_people() {
    for tenant in shipped() {
        let submission = sent(&tenant);
        let sources = sources(&tenant, Locale::It);
        let document = summary(&sources, &submission, &tenant, Audience::Family);
        let Body::ApplicationSummary(summary) = &document.body else { panic!("not a summary") };
        assert_eq!(summary.pupil_name, "Luca Esempio");
        assert_eq!(summary.registration_number, submission.registration());
        let values = || summary.sections.iter().flat_map(|section| &section.rows);
        assert!(values().any(|row| row.value.as_deref() == Some("Esempio")));
        assert!(values().any(|row| row.value.is_none()), "nothing was left out");
        assert!(!matches!(
            summary.signing,
            Signing::ByHand { identity_copy: IdentityCopy::Attached }
        ));
        assert_eq!(document.verification.as_ref().unwrap().code, submission.verification_code);
        render(&document);
    }
}

#[test]
fn the_letter_says_of_the_password_what_can_still_be_said_on_one_sheet() {
    for tenant in shipped() {
        let credentials = Letter {
            login_code: "40718263".into(),
            password: submission::LetterPassword::Temporary {
                password: TemporaryPassword::from_random([7; TemporaryPassword::CHARACTERS]),
                expires_at: now(),
            },
            code_kept: true,
        };
        for locale in tenant.locales() {
            let document = letter(&sources(&tenant, *locale), &sent(&tenant), &credentials);
            let Body::CredentialsLetter(letter) = &document.body else { panic!("not a letter") };
            assert_eq!(letter.guardian_name, "Anna Prova");
            assert_eq!(letter.written_on, jiff::civil::date(2026, 9, 8));
            assert!(letter.code_kept);
            assert!(matches!(letter.password, LetterPassword::Temporary { .. }));
            let renderer = Renderer::new().unwrap();
            let pages = renderer.typeset(&document, Some(tenant.logo().as_bytes())).unwrap();
            assert_eq!(pages.pages().len(), 1, "{} ({locale})", tenant.slug());
        }
    }
}
