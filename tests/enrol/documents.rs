//! The three documents, whom they open to, and the public check of the code printed on them.

use domain::Locale;
use jiff::SignedDuration;
use routes::{
    Route as _,
    enrol::{Document, DocumentKind, Step},
    tenant::DocumentCheck,
};
use support::{
    app::TestApp,
    browser::Browser,
    family::Family,
    pdf,
    words::{en, it},
};

async fn enrolled(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.enrol().await;
    family
}

#[tokio::test]
async fn the_three_documents_are_accessible_pdfs_to_be_saved() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    for document in DocumentKind::ALL.map(|kind| kind.speaking(Locale::It)) {
        let route = Document { draft: family.draft(), document };
        let page = family.browser.open(&route.path()).await;
        assert_eq!(page.status, 200, "{document}");
        assert_eq!(page.header("content-type"), "application/pdf");
        let disposition = page.header("content-disposition");
        assert!(disposition.starts_with("attachment"), "{disposition}");
        assert!(disposition.contains(&document.to_string()), "{disposition}");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.header("content-security-policy").contains("sandbox"));
        pdf::assert_accessible(&page.bytes);
    }
}

#[tokio::test]
async fn the_summary_holds_the_answers_and_the_letter_the_credentials() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    let summary = family.document(DocumentKind::Summary).await;
    for word in ["2026/000001", "Via delle Prove", "Comune di Alfa", "Primaria Alfa Uno"] {
        assert!(summary.contains(word), "{word}: {summary}");
    }
    let letter = family.document(DocumentKind::Letter).await;
    assert!(letter.contains("Comune di Alfa"), "{letter}");
    let manual = family.document(DocumentKind::Manual).await;
    assert!(manual.contains("Mensa di Alfa"), "built from the comune's settings: {manual}");
    assert!(manual.contains("SPID") && !manual.contains("eIDAS"), "only the doors that are open");
}

#[tokio::test]
async fn a_family_that_reads_another_language_gets_the_binding_text_beside_the_translation() {
    let app = TestApp::start().await;
    for (slug, language) in [("alfa", "en"), ("beta", "en-GB")] {
        let browser = Browser::at(&app, slug).speaking(language);
        let mut family = Family::arrive_with(browser, slug, 1).await;
        family.enrol().await;
        let files = family.page.attributes("a[href$='.pdf']", "href");
        for stem in ["riepilogo", "manuale", "lettera"] {
            for name in [format!("{stem}-en.pdf"), format!("{stem}.pdf")] {
                assert!(files.iter().any(|href| href.ends_with(&name)), "{name}: {files:?}");
            }
        }
        assert!(family.page.text().contains(&en("enrol.documents.italian_counts")));
        let (sheet, copy) = (
            family.document(DocumentKind::Summary).await,
            family.document_in(Locale::En, DocumentKind::Summary).await,
        );
        assert!(sheet.contains(&it("documents.application_summary.signature_line")), "{sheet}");
        assert!(!copy.contains(&en("documents.application_summary.signature_line")), "{copy}");
        let copy = copy.split_whitespace().collect::<Vec<_>>().join(" ");
        for key in ["signature_why", "signature_on_italian"] {
            let words = en(&format!("documents.application_summary.{key}"));
            assert!(copy.contains(&words), "{key}: {copy}");
        }
        let path = Document {
            draft: family.draft(),
            document: DocumentKind::Summary.speaking(Locale::Uk),
        };
        assert_eq!(family.browser.open(&path.path()).await.status, 404, "not offered here");
        let mail = family.newest_mail().await;
        let names: Vec<&str> = mail.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(&names[..2], ["riepilogo.pdf", "riepilogo-en.pdf"]);
        assert!(mail.text.contains(&en("mail.application_submitted.summary_italian")));
    }
}

#[tokio::test]
async fn once_a_password_was_chosen_the_letter_shows_the_user_code_only() {
    let app = TestApp::start().await;
    let family = enrolled(&app).await;
    let password = family.letter_password().await;
    let mut again = Family::arrive(&app, "alfa", 1).await;
    again.sign_in(&password).await;
    let form = again.page.form_with("input[type=password]");
    let names = form.controls().to_vec();
    let chosen = "cavallo lampada nuvola";
    app.logs.watch_words([chosen.to_owned()]);
    again.send(form.fill(&names[0], chosen).fill(&names[1], chosen)).await;
    let letter = again.document(DocumentKind::Letter).await;
    assert!(!letter.contains(&password) && !letter.contains(chosen));
}

#[tokio::test]
async fn before_sending_there_are_no_documents_and_other_families_never_see_them() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let path = Document { draft, document: DocumentKind::Summary.speaking(Locale::It) }.path();
    assert_eq!(family.browser.open(&path).await.status, 404);
    family.fill_in().await;
    family.submit().await;
    assert_eq!(family.browser.open(&path).await.status, 200);
    let mut stranger = Family::arrive(&app, "alfa", 2).await;
    assert_eq!(stranger.browser.open(&path).await.status, 401);
    stranger.begin().await;
    assert_eq!(stranger.browser.open(&path).await.status, 404);
    let unknown = path.replace("riepilogo.pdf", "altro.pdf");
    assert_eq!(family.browser.open(&unknown).await.status, 404);
}

#[tokio::test]
async fn anybody_can_check_a_document_and_learns_nothing_personal() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    let code = family.verification_code().await;
    let mut anybody = Family::arrive(&app, "alfa", 9).await;
    for typed in [code.clone(), code.to_lowercase(), code.replace('-', " ")] {
        let page = check(&mut anybody, &typed).await;
        assert_eq!(page.status, 200, "{typed}");
        assert!(page.text().contains("2026/000001"));
        for word in [&family.pupil.name, &family.pupil.surname, &family.guardian.email] {
            assert!(!page.text().contains(word.as_str()));
        }
    }
    let page = check(&mut anybody, "AAAA-BBBB-CCCC-DDDD").await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("errors.document_unknown")));
    let mut elsewhere = Family::arrive(&app, "beta", 9).await;
    assert_eq!(check(&mut elsewhere, &code).await.status, 422, "another comune made none");
}

#[tokio::test]
async fn a_document_of_an_older_version_says_so() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    let old = family.verification_code().await;
    let draft = family.draft();
    app.clock.advance(SignedDuration::from_mins(10));
    family.open(&Step { draft, step: "guardian".into() }).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 4444444");
    family.send(form.press("next")).await;
    family.open_summary().await;
    family.submit().await;
    assert!(check(&mut family, &old).await.text().contains(&it("enrol.document_check.replaced")));
}

async fn check<'p>(family: &'p mut Family<'_>, code: &str) -> &'p support::page::Page {
    let form = family.open(&DocumentCheck {}).await.form_with("[name=code]").fill("code", code);
    family.send(form).await
}
