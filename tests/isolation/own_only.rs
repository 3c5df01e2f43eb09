//! Two comuni full of rows, and everybody with a key of the other: nothing crosses.

use domain::{Actor, Ctx, Locale, ids::DraftId};
use routes::{
    Route as _,
    enrol::{Attachment, Document, DocumentKind, NewPassword, Status},
    office::{OfficeApplication, OfficeApplications, OfficeAttachment, OfficeConfirm},
    tenant::DocumentCheck,
};
use support::{
    app::TestApp, cast::Cast, family::Family, form::Form, officer::Officer, people::Person,
    words::it,
};

/// Three families enrolled in each comune; the same children in both.
async fn two_full_comuni(app: &TestApp) {
    for slug in ["alfa", "beta"] {
        for number in 11..=13 {
            Family::arrive(app, slug, number).await.enrol().await;
        }
    }
}

#[tokio::test]
async fn the_list_and_its_search_hold_the_own_comune_only() {
    let app = TestApp::start().await;
    two_full_comuni(&app).await;
    Family::arrive(&app, "alfa", 20).await.enrol().await;
    let mut officer = Officer::arrive(&app, "beta").await;
    assert_eq!(officer.page.texts("tbody th").len(), 3);
    let only_in_alfa = Person::pupil(20).codice_fiscale();
    let in_both = Person::pupil(11).codice_fiscale();
    for (text, found) in [(only_in_alfa.as_str(), 0), (in_both.as_str(), 1), ("esempio", 3)] {
        let form = officer.open(&OfficeApplications {}).await.form_with("[name=text]");
        officer.send(form.fill("text", text)).await;
        assert_eq!(officer.page.texts("tbody th").len(), found, "{}", text.len());
    }
}

#[tokio::test]
async fn an_officer_reaches_nothing_of_another_comune_by_its_keys() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    let (application, attachment) = (cast.application, cast.attachment);
    let mut home = Officer::create(&app, "alfa", 2).await;
    home.sign_in().await;
    let mut foreign = Officer::create(&app, "beta", 2).await;
    foreign.sign_in().await;
    let mine = foreign.shown()[0];
    assert_eq!(home.open(&OfficeApplication { application }).await.status, 200);
    assert_eq!(foreign.open(&OfficeApplication { application }).await.status, 404);
    let download = OfficeAttachment { application, attachment }.path();
    assert_eq!(home.browser.get(&download).await.status, 200);
    assert_eq!(foreign.browser.get(&download).await.status, 404);
    let mixed = OfficeAttachment { application: mine, attachment }.path();
    assert_eq!(foreign.browser.get(&mixed).await.status, 404, "not under one's own application");
    let path = OfficeConfirm { application }.path();
    let form = Form::by_hand(&path, &[("_revision", "1"), ("identity", "in_person")]);
    assert_eq!(foreign.send(form).await.status, 404, "and decides nothing");
}

#[tokio::test]
async fn a_family_reaches_nothing_of_another_comune_by_its_keys() {
    let app = TestApp::start().await;
    let cast = Cast::assemble(&app).await;
    let mut family = Family::arrive(&app, "beta", 30).await;
    family.enrol().await;
    let own = family.draft();
    let statuses = [
        Status { draft: cast.draft }.path(),
        Document { draft: cast.draft, document: DocumentKind::Letter.speaking(Locale::It) }.path(),
        Attachment { draft: cast.draft, attachment: cast.attachment }.path(),
        Attachment { draft: own, attachment: cast.attachment }.path(),
    ];
    for path in statuses {
        assert_eq!(family.browser.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(family.open(&Status { draft: own }).await.status, 200);
}

#[tokio::test]
async fn a_documents_code_is_known_to_the_comune_that_made_it() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let code = family.verification_code().await;
    for (slug, status) in [("alfa", 200), ("beta", 422)] {
        let mut visitor = Family::arrive(&app, slug, 2).await;
        let form = visitor.open(&DocumentCheck {}).await.form().fill("code", &code);
        assert_eq!(visitor.send(form).await.status, status, "{slug}");
        let unknown = visitor.page.text().contains(&it("errors.document_unknown"));
        assert_eq!(unknown, slug == "beta");
    }
}

#[tokio::test]
async fn the_same_child_and_parent_are_strangers_in_another_comune() {
    let app = TestApp::start().await;
    two_full_comuni(&app).await;
    app.clock.advance(jiff::SignedDuration::from_mins(5));
    let mut family = Family::arrive(&app, "beta", 20).await;
    family.enrol().await;
    let mut elsewhere = Family::arrive(&app, "alfa", 20).await;
    elsewhere.start().await;
    elsewhere.verify().await;
    assert!(elsewhere.page.path.ends_with("/privacy"), "a new draft: {:?}", elsewhere.page);
    assert_ne!(family.draft(), elsewhere.draft());
}

#[tokio::test]
async fn keyed_hashes_of_one_person_differ_between_comuni() {
    let app = TestApp::start().await;
    two_full_comuni(&app).await;
    let mut hashes = Vec::new();
    for slug in ["alfa", "beta"] {
        let query = "SELECT json_agg(encode(h, 'hex')) FROM (SELECT pupil_cf_hash AS h FROM draft
                      UNION SELECT email_hash FROM draft UNION SELECT guardian_cf_hash FROM credential) q";
        hashes.extend(support::inside::value::<Vec<String>>(&app, slug, query).await);
    }
    let count = hashes.len();
    hashes.sort();
    hashes.dedup();
    assert_eq!((hashes.len(), count), (18, 18), "nobody can be followed from one to the other");
}

#[tokio::test]
async fn what_one_comune_sealed_the_other_cannot_open() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let answers: String =
        support::inside::value(&app, "alfa", "SELECT encode(answers_enc, 'hex') FROM draft").await;
    let mut other = Family::arrive(&app, "beta", 2).await;
    other.begin().await;
    let stolen: DraftId = other.draft();
    let put = format!("UPDATE draft SET answers_enc = decode('{answers}', 'hex')");
    support::inside::change(&app, "beta", &put).await;
    let ctx: Ctx = app.ctx(app.tenant("beta"), Actor::Family { drafts: vec![draft, stolen] });
    let opened = operations::drafts::load(&ctx, &app.platform, stolen).await;
    assert!(matches!(opened, Err(operations::Failure::Secrets)), "{opened:?}");
    assert_eq!(other.open(&Status { draft: stolen }).await.status, 500);
}

#[tokio::test]
async fn a_password_link_of_one_comune_is_spent_at_another() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "beta", 1).await;
    family.enrol().await;
    let mail = family.newest_mail().await;
    let pattern = regex::Regex::new(r"/iscrizioni/nuova-password/(\S+)").unwrap();
    let token = pattern.captures(&mail.text).expect("beta mails a link")[1].to_owned();
    let path = NewPassword { token }.path();
    for (slug, status) in [("alfa", 410), ("beta", 200)] {
        let mut browser = support::browser::Browser::at(&app, slug);
        assert_eq!(browser.get(&path).await.status, status, "{slug}");
    }
}
