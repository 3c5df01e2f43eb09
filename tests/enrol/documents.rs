//! The three documents, whom they open to, and the public check of the code printed on them.

use jiff::SignedDuration;
use routes::{
    Route as _,
    enrol::{Document, DocumentFile, Step},
    tenant::DocumentCheck,
};
use support::{app::TestApp, family::Family, pdf, words::it};

async fn enrolled(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.enrol().await;
    family
}

#[tokio::test]
async fn the_three_documents_are_accessible_pdfs_to_be_saved() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    for document in DocumentFile::ALL {
        let route = Document { draft: family.draft(), document };
        let page = family.browser.open(&route.path()).await;
        assert_eq!(page.status, 200, "{document}");
        assert_eq!(page.header("content-type"), "application/pdf");
        let disposition = page.header("content-disposition");
        assert!(disposition.starts_with("attachment"), "{disposition}");
        assert!(disposition.contains(document.file_name()), "{disposition}");
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.header("content-security-policy").contains("sandbox"));
        pdf::assert_accessible(&page.bytes);
    }
}

#[tokio::test]
async fn the_summary_holds_the_answers_and_the_letter_the_credentials() {
    let app = TestApp::start().await;
    let mut family = enrolled(&app).await;
    let summary = family.document(DocumentFile::Summary).await;
    for word in ["2026/000001", "Via delle Prove", "Comune di Alfa", "Primaria Alfa Uno"] {
        assert!(summary.contains(word), "{word}: {summary}");
    }
    let letter = family.document(DocumentFile::Letter).await;
    assert!(letter.contains("Comune di Alfa"), "{letter}");
    let manual = family.document(DocumentFile::Manual).await;
    assert!(manual.contains("Mensa di Alfa"), "built from the comune's settings: {manual}");
    assert!(manual.contains("SPID") && !manual.contains("eIDAS"), "only the doors that are open");
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
    let letter = again.document(DocumentFile::Letter).await;
    assert!(!letter.contains(&password) && !letter.contains(chosen));
}

#[tokio::test]
async fn before_sending_there_are_no_documents_and_other_families_never_see_them() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let path = Document { draft, document: DocumentFile::Summary }.path();
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
