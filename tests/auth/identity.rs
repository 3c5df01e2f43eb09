//! The way through a digital identity: who comes back is known, finds what is theirs, and begins for a child.

use axum::http::StatusCode;
use routes::{
    Route as _,
    enrol::{CredentialDoor, DocumentKind, ForgottenPassword},
    identity::Enrolments,
    office::OfficeConfirm,
    tenant::SignOut,
};
use support::{
    app::TestApp, browser::Browser, family::Family, federation::Leaving, form::Form, inside,
    officer::Officer, people::Person, words::it,
};

#[tokio::test]
async fn a_person_signs_in_with_spid_with_cie_and_is_the_same_person() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for (slug, providers) in [("alfa", ["alfa", "cie"]), ("beta", ["beta", "cie"])] {
        for provider in providers {
            let mut browser = Browser::at(&app, slug);
            let page = browser.sign_in(provider, "anna").await;
            assert_eq!((page.status, page.path.as_str()), (StatusCode::OK, "/iscrizioni/mie"));
            assert!(page.text().to_uppercase().contains("ANNA PROVA"), "{page:?}");
        }
        let people: i64 = inside::value(&app, slug, "SELECT count(*) FROM identity").await;
        assert_eq!(people, 1, "one codice fiscale, one person");
    }
}

#[tokio::test]
async fn the_guardian_is_who_signed_in_whatever_the_page_posts() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for slug in ["alfa", "beta"] {
        let mut family = Family::signed_in(&app, slug, 1, "gamma", "anna").await;
        let proposed = family.page.form_with("[name=codice_fiscale]");
        family.send(proposed.fill("codice_fiscale", family.pupil.codice_fiscale().as_str())).await;
        assert_eq!(family.page.value("email"), "anna.prova@posta.example", "proposed, not proven");
        family.verify().await;
        family.accept_privacy().await;
        while !family.page.has("[name=guardian_surname]") {
            family.answer("next").await;
        }
        for name in ["guardian_codice_fiscale", "guardian_surname", "guardian_name"] {
            let locked = family.page.has(&format!("[name={name}][readonly]"));
            assert!(locked && !family.page.value(name).is_empty(), "{name}");
        }
        let stranger = Person::guardian(9);
        family.answers.set("guardian_surname", &["Intrusa"]);
        family.answers.set("guardian_codice_fiscale", &[stranger.codice_fiscale().as_str()]);
        family.fill_in().await;
        let text = family.page.text();
        assert!(text.contains("Prova") && !text.contains("Intrusa"), "{slug}");
        assert!(!text.contains(stranger.codice_fiscale().as_str()), "{slug}");
    }
}

#[tokio::test]
async fn the_letter_has_no_password_and_the_summary_needs_no_signature() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for (slug, provider, scheme) in [("alfa", "delta", "SPID"), ("beta", "cie", "CIE")] {
        let mut family = Family::signed_in(&app, slug, 1, provider, "anna").await;
        family.enrol_there().await;
        let letter = family.document(DocumentKind::Letter).await;
        let way_in = format!("Lei accede con la Sua identità digitale {scheme}");
        assert!(letter.contains(&way_in) && !letter.contains("Password temporanea"), "{letter}");
        let summary = family.document(DocumentKind::Summary).await;
        assert!(summary.contains(&format!("identità digitale {scheme}")), "{slug}");
        let told = [family.newest_mail().await.text, family.page.text()].concat();
        assert!(told.contains(&it("mail.application_submitted.next_identity")), "{told}");
        assert!(!told.to_lowercase().contains("password"), "{told}");
        let hashes = "SELECT count(*) FROM credential WHERE temp_nonce IS NOT NULL";
        assert_eq!(inside::value::<i64>(&app, slug, hashes).await, 0, "no password was made");
    }
}

#[tokio::test]
async fn who_comes_back_by_another_door_finds_every_child() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::signed_in(&app, "alfa", 1, "alfa", "anna").await;
    family.enrol_there().await;
    let first = family.draft();
    let pupil = Person::pupil(2);
    let mut family = family.with_sibling(pupil, "alfa");
    family.page = family.browser.open(&Enrolments {}.path()).await;
    family.begin_there().await;
    family.answer("next").await;
    let second = family.draft();
    assert_ne!(first, second);
    // Another telephone, another card, months later; meanwhile somebody else's session tells nothing.
    let mut other = Browser::at(&app, "alfa");
    let page = other.sign_in("cie", "anna").await;
    for draft in [first, second] {
        let link = format!("a[href='/iscrizioni/{draft}/stato']");
        assert!(page.has(&link), "{draft}: {page:?}");
        assert_eq!(other.open(&format!("/iscrizioni/{draft}/stato")).await.status, 200);
    }
    let mut luca = Browser::at(&app, "alfa");
    let page = luca.sign_in("alfa", "luca").await;
    assert!(page.text().contains(&it("identity.enrolments.none")), "{}", page.text());
    assert_eq!(luca.open(&format!("/iscrizioni/{first}/stato")).await.status, 404);
}

#[tokio::test]
async fn the_same_child_twice_is_one_draft() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let family = Family::signed_in(&app, "beta", 1, "alfa", "anna").await;
    let code = family.pupil.codice_fiscale();
    let form = family.page.form_with("[name=codice_fiscale]");
    let form = form.fill("codice_fiscale", code.as_str());
    let (mut one, mut two) = (family.browser.twin(), family.browser.twin());
    let (one, two) = tokio::join!(one.post(&form), two.post(&form));
    assert_eq!(one.location(), two.location(), "two presses of one button");
    let drafts: i64 = inside::value(&app, "beta", "SELECT count(*) FROM draft").await;
    assert_eq!(drafts, 1);
}

#[tokio::test]
async fn a_mailbox_alone_does_not_open_what_an_identity_began() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::signed_in(&app, "alfa", 1, "beta", "anna").await;
    family.begin_there().await;
    let theirs = family.draft();
    let mut stranger = Family::arrive(&app, "alfa", 1).await;
    stranger.begin().await;
    assert_ne!(stranger.draft(), theirs, "same child, same address, no identity: another draft");
    let page = stranger.browser.open(&format!("/iscrizioni/{theirs}/stato")).await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn a_minor_is_told_that_a_parent_applies() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for (slug, provider, person) in
        [("alfa", "alfa", "minore"), ("beta", "cie", "minore"), ("beta", "eidas", "eidas-minore")]
    {
        let mut browser = Browser::at(&app, slug);
        let page = browser.sign_in(provider, person).await;
        assert_eq!(page.status, 403, "{slug} {provider}");
        assert!(page.text().contains(&it("identity.refused.text.minor")), "{}", page.text());
        assert!(!browser.cookies.contains_key(&format!("__Host-s_{slug}")));
        let people: i64 = inside::value(&app, slug, "SELECT count(*) FROM identity").await;
        assert_eq!(people, 0, "nothing is kept of a child");
    }
}

#[tokio::test]
async fn the_office_is_not_asked_who_came_with_spid_but_confirms_a_declared_code() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for (provider, person, asks) in [("alfa", "anna", false), ("eidas", "eidas", true)] {
        let mut family = Family::arrive(&app, "beta", u16::from(asks)).await;
        family.page = family.browser.sign_in(provider, person).await;
        family.enrol_there().await;
        let number = family.number();
        let mut officer = Officer::create(&app, "beta", u16::from(asks) + 1).await;
        officer.sign_in().await;
        let application = officer.numbered(&number).await;
        let page = officer.read(application).await;
        assert_eq!(
            page.text().contains(&it("office.identity_box.declared_code")),
            asks,
            "{provider}"
        );
        let page = officer.open(&OfficeConfirm { application }).await;
        assert_eq!(page.has("[name=identity]"), asks, "{provider}");
        if asks {
            // Nobody can put the provider's word into the form.
            let form = page.form_with("[name=identity]").set("identity", &["digital_identity"]);
            assert_eq!(officer.send(form).await.status, 422);
            officer.confirm(application).await;
        } else {
            let form = page.form_with("[name=_revision]");
            officer.send(form).await;
        }
        let said = it("office.application.confirmed");
        assert!(officer.page.text().contains(&said), "{provider}: {:?}", officer.page);
    }
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_signing_out_ends_it() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let (before, left) = (family.browser.cookies["__Host-s_alfa"].clone(), family.draft());
    family.browser.sign_in("alfa", "luca").await;
    let after = family.browser.cookies["__Host-s_alfa"].clone();
    assert_ne!(before, after, "a new id at each sign-in");
    assert_eq!(family.browser.open(&format!("/iscrizioni/{left}/stato")).await.status, 404);
    let page = family.browser.open(&Enrolments {}.path()).await;
    assert!(page.has("form[action='/esci'] button"), "the way out is visible");
    family.browser.send(Form::by_hand(&SignOut {}.path(), &[])).await;
    let page = family.browser.open(&Enrolments {}.path()).await;
    assert_eq!(page.status, 401, "{page:?}");
    family.browser.cookies.insert("__Host-s_alfa".into(), after);
    assert_eq!(family.browser.open(&Enrolments {}.path()).await.status, 401, "ended on the server");
}

#[tokio::test]
async fn who_is_signed_in_and_uses_the_credential_door_stays_signed_in() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::signed_in(&app, "alfa", 1, "alfa", "anna").await;
    let code = family.pupil.codice_fiscale();
    family.start_as(code.as_str()).await;
    assert!(family.page.path.ends_with("/email"));
    let page = family.browser.open(&Enrolments {}.path()).await;
    assert_eq!(page.status, 200);
    assert_eq!(CredentialDoor {}.path(), "/iscrizioni/nuova");
}

#[tokio::test]
async fn a_pupils_code_that_is_none_is_explained_and_kept() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::signed_in(&app, "alfa", 1, "alfa", "anna").await;
    let form = Form::by_hand(&Enrolments {}.path(), &[("codice_fiscale", "ABC")]);
    let page = family.send(form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.value("codice_fiscale"), "ABC");
    assert!(!page.error("codice_fiscale").is_empty());
}

#[tokio::test]
async fn leaving_and_never_coming_back_leaves_nothing() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    Leaving::by(&mut browser, "alfa").await;
    assert_eq!(inside::count(&app, "alfa", "login_request").await, 1);
    app.clock.advance(jiff::SignedDuration::from_hours(49));
    let ctx = app.ctx(app.tenant("alfa"), domain::Actor::Platform);
    operations::retention::expire(&ctx, &app.platform).await.unwrap();
    assert_eq!(inside::count(&app, "alfa", "login_request").await, 0);
    assert_eq!(inside::count(&app, "alfa", "login_message").await, 0);
}

#[tokio::test]
async fn neither_mailbox_nor_password_opens_what_an_identity_has_sent() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut family = Family::signed_in(&app, "alfa", 1, "alfa", "anna").await;
    family.enrol_there().await;
    let mut stranger = Browser::at(&app, "alfa");
    let form = stranger.open(&ForgottenPassword {}.path()).await.form_with("[name=email]");
    let form = form.fill("codice_fiscale", family.pupil.codice_fiscale().as_str());
    stranger.send(form.fill("email", &family.guardian.email)).await;
    app.work().await;
    assert_eq!(inside::count(&app, "alfa", "password_link").await, 0);
    let receipt = family.newest_mail().await;
    assert!(receipt.text.contains("/accesso"), "back by the door they came: {}", receipt.text);
}

#[tokio::test]
async fn two_tabs_that_left_for_the_provider_both_come_back() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut browser = Browser::at(&app, "beta");
    let first = Leaving::by(&mut browser, "alfa").await;
    let second = Leaving::by(&mut browser, "beta").await;
    for leaving in [&first, &second] {
        let xml = leaving.signed(&leaving.answer(&app, "anna"));
        let page = leaving.bring(&mut browser, &xml).await;
        assert_eq!((page.status.as_u16(), page.path.as_str()), (200, "/iscrizioni/mie"));
    }
}
