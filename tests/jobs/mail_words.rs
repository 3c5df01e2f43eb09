//! What mails say and how: text and HTML, in the family's language, from its comune, and nothing of the child.

use domain::Locale;
use simulators::smtp::ReceivedMail;
use support::{
    app::TestApp,
    browser::Browser,
    family::Family,
    officer::Officer,
    words::{en, it},
};

/// Everything the product ever mails to a family: code, draft, receipt, link, refusal, receipt, confirmation.
async fn all_mails(app: &TestApp, slug: &str, language: &str) -> (Vec<ReceivedMail>, Vec<String>) {
    let browser = Browser::at(app, slug).speaking(language);
    let mut family = Family::arrive_with(browser, slug, 1).await;
    family.begin().await;
    family.answer("save").await;
    let draft = family.draft();
    let first = if slug == "alfa" { "pupil" } else { "person" };
    family.open(&routes::enrol::Step { draft, step: first.into() }).await;
    family.fill_in().await;
    family.submit().await;
    app.done().await;
    let form = family.open(&routes::enrol::ForgottenPassword {}).await.form();
    let code = family.pupil.codice_fiscale().as_str().to_owned();
    let form = form.fill("codice_fiscale", &code).fill("email", &family.guardian.email);
    family.send(form).await;
    app.done().await;
    let mut officer = Officer::arrive(app, slug).await;
    let application = officer.shown()[0];
    officer.refuse(application, "Manca il documento.").await;
    app.done().await;
    family.open(&routes::enrol::Step { draft, step: first.into() }).await;
    let form = family.filled().fill("residence.number", "13").press("next");
    family.send(form).await;
    family.open_summary().await;
    family.submit().await;
    officer.confirm(application).await;
    let mut secrets = family.pupil.canaries();
    // The guardian bears the same names as some pupils; her code and address are hers to read.
    secrets.push("Via delle Prove".to_owned());
    (family.mails().await, secrets)
}

const STEMS: [&str; 7] = [
    "email_code",
    "draft_saved",
    "application_submitted",
    "password_link",
    "application_refused",
    "application_submitted",
    "application_confirmed",
];

#[tokio::test]
async fn every_mail_is_text_and_html_from_the_comune_in_the_familys_language() {
    for (slug, language, locale) in
        [("alfa", "it", Locale::It), ("alfa", "en", Locale::En), ("beta", "en-GB", Locale::En)]
    {
        let app = TestApp::start().await;
        let (mails, _) = all_mails(&app, slug, language).await;
        assert_eq!(mails.len(), STEMS.len(), "{slug} {language}");
        let name = app.platform.tenants.by_slug(slug).unwrap().name().to_owned();
        for (mail, stem) in mails.iter().zip(STEMS) {
            let subject = i18n::t(
                locale,
                &format!("mail.{stem}.subject"),
                &[("tenant", &name), ("registration", "2026/000001")],
            );
            assert_eq!(mail.subject, subject, "{slug} {language}");
            let greeting = i18n::t(locale, "mail.layout.greeting", &[]);
            assert!(mail.text.starts_with(&greeting), "{stem}: {}", mail.text);
            assert!(mail.html.contains(&greeting) && mail.html.contains("<html"), "{stem}");
            assert!(mail.html.contains(&format!("lang=\"{}\"", locale.tag())), "{stem}");
            assert_eq!(mail.header("Content-Language").as_deref(), Some(locale.tag()));
            assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
            assert_eq!(mail.from, format!("noreply@{slug}.example.test"), "{stem}");
            assert_eq!(mail.to.len(), 1);
        }
    }
}

#[tokio::test]
async fn no_mail_says_anything_of_the_child() {
    for slug in ["alfa", "beta"] {
        let app = TestApp::start().await;
        let (mails, secrets) = all_mails(&app, slug, "it").await;
        assert_eq!(mails.len(), STEMS.len());
        for mail in mails {
            for word in &secrets {
                let word = word.to_lowercase();
                for part in [&mail.subject, &mail.text, &mail.html] {
                    assert!(!part.to_lowercase().contains(&word), "{}", mail.subject);
                }
            }
            for attached in &mail.attachments {
                assert!(["riepilogo.pdf", "lettera.pdf"].contains(&attached.name.as_str()));
            }
        }
    }
}

#[tokio::test]
async fn only_the_receipt_has_documents_and_a_comune_may_want_a_link_for_the_letter() {
    for (slug, expected) in
        [("alfa", vec!["riepilogo.pdf", "lettera.pdf"]), ("beta", vec!["riepilogo.pdf"])]
    {
        let app = TestApp::start().await;
        let (mails, _) = all_mails(&app, slug, "it").await;
        for (mail, stem) in mails.iter().zip(STEMS) {
            let names: Vec<&str> = mail.attachments.iter().map(|file| file.name.as_str()).collect();
            let wanted = if stem == "application_submitted" { expected.clone() } else { vec![] };
            assert_eq!(names, wanted, "{slug} {stem}");
            assert!(mail.attachments.iter().all(|file| file.media_type == "application/pdf"));
        }
        let link = mails[2].text.contains("/iscrizioni/nuova-password/");
        assert_eq!(link, slug == "beta", "a single-use link in the letter's place");
    }
}

#[tokio::test]
async fn the_mailed_summary_leaves_sensitive_answers_out() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mail = family.newest_mail().await;
    let mailed = support::pdf::text(&mail.attachments[0].bytes);
    let shown = family.document(routes::enrol::DocumentKind::Summary).await;
    assert!(shown.contains("Menù standard"), "the family's own download has it: {shown}");
    assert!(!mailed.contains("Menù standard"), "{mailed}");
    assert!(mailed.contains("2026/000001"));
}

#[tokio::test]
async fn answers_go_where_the_comune_wants_them() {
    let app = TestApp::start().await;
    for (slug, reply_to) in [("alfa", None), ("beta", Some("sportello@beta.example.test"))] {
        app.sink.clear();
        let mut family = Family::arrive(&app, slug, 1).await;
        family.start().await;
        family.ask_for_code().await;
        let mail = family.newest_mail().await;
        assert_eq!(mail.header("Reply-To").as_deref(), reply_to);
        let name = if slug == "alfa" { "Comune di Alfa" } else { "Sportello Beta" };
        assert!(mail.shown_from.starts_with(name), "{}", mail.shown_from);
    }
}

#[tokio::test]
async fn a_family_that_changes_its_language_gets_the_next_mail_in_it() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    family.verify().await;
    let code = family.newest_mail().await;
    assert!(code.text.contains(&it("mail.email_code.not_you")));
    let form = support::form::Form::by_hand("/lingua", &[("_language", "en"), ("_return", "/")]);
    let privacy = family.page.path.clone();
    family.send(form).await;
    family.page = family.browser.follow(&privacy).await;
    family.accept_privacy().await;
    family.answer("save").await;
    let saved = family.newest_mail().await;
    assert!(saved.text.contains(&en("mail.draft_saved.how")), "{}", saved.text);
}
