//! «Verifica Email»: the code, its life, its tries, and whom it belongs to.

use jiff::SignedDuration;
use routes::enrol::{EmailAddress, EmailCode};
use support::{
    app::TestApp,
    browser::Browser,
    family::Family,
    inside,
    words::{it, it_with},
};

/// A family that has been sent its code.
async fn waiting<'a>(app: &'a TestApp, slug: &str, number: u16) -> (Family<'a>, String) {
    let mut family = Family::arrive(app, slug, number).await;
    family.start().await;
    family.ask_for_code().await;
    let code = family.mailed_code().await;
    (family, code)
}

/// Another code than this one.
fn wrong(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test]
async fn the_right_code_opens_the_form() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    let page = family.type_code(&code).await;
    assert!(page.path.ends_with("/privacy"), "{page:?}");
}

#[tokio::test]
async fn a_code_may_be_typed_with_spaces_dashes_or_other_digits() {
    let app = TestApp::start().await;
    for (number, style) in [(1, 0), (2, 1), (3, 2)] {
        let (mut family, code) = waiting(&app, "alfa", number).await;
        let typed = match style {
            0 => format!(" {} {} ", &code[..3], &code[3..]),
            1 => format!("{}-{}", &code[..3], &code[3..]),
            _ => code.chars().map(|c| char::from_u32(c as u32 - 0x30 + 0xFF10).unwrap()).collect(),
        };
        assert!(family.type_code(&typed).await.path.ends_with("/privacy"), "style {style}");
    }
}

#[tokio::test]
async fn a_wrong_code_says_how_many_tries_are_left() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    for left in (0..=4).rev() {
        let page = family.type_code(&wrong(&code)).await;
        assert_eq!(page.status, 422);
        let expected = it_with("errors.code.wrong", "left", &left.to_string());
        assert!(page.error("code").contains(&expected), "{left}: {}", page.error("code"));
    }
}

#[tokio::test]
async fn after_five_wrong_tries_the_right_code_no_longer_works() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    for _ in 0..6 {
        family.type_code(&wrong(&code)).await;
    }
    let page = family.type_code(&code).await;
    assert_eq!(page.status, 422);
    assert!(page.error("code").contains(&it("errors.code.spent")), "{}", page.error("code"));
}

#[tokio::test]
async fn something_that_is_no_code_costs_no_try() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    for typed in ["", "12345", "1234567", "abcdef"] {
        let page = family.type_code(typed).await;
        assert!(page.error("code").contains(&it("errors.code.not_six_digits")), "{typed}");
    }
    assert!(family.type_code(&code).await.path.ends_with("/privacy"));
}

#[tokio::test]
async fn a_code_lives_ten_minutes() {
    let app = TestApp::start().await;
    let (mut in_time, code) = waiting(&app, "alfa", 1).await;
    app.clock.advance(SignedDuration::from_secs(10 * 60 - 1));
    assert!(in_time.type_code(&code).await.path.ends_with("/privacy"));
    let (mut late, code) = waiting(&app, "alfa", 2).await;
    app.clock.advance(SignedDuration::from_mins(10));
    let page = late.type_code(&code).await;
    assert!(page.error("code").contains(&it("errors.code.expired")), "{}", page.error("code"));
}

#[tokio::test]
async fn a_newer_code_replaces_the_older() {
    let app = TestApp::start().await;
    let (mut family, older) = waiting(&app, "alfa", 1).await;
    app.clock.advance(SignedDuration::from_secs(61));
    let form = family.page.form_with("button[value=resend]").press("resend");
    family.send(form).await;
    let newer = family.mailed_code().await;
    assert_ne!(older, newer);
    assert_eq!(family.type_code(&older).await.status, 422);
    assert!(family.type_code(&newer).await.path.ends_with("/privacy"));
}

#[tokio::test]
async fn another_code_waits_for_a_minute_and_says_how_long() {
    let app = TestApp::start().await;
    let (mut family, _) = waiting(&app, "alfa", 1).await;
    app.clock.advance(SignedDuration::from_secs(20));
    let form = family.page.form_with("button[value=resend]").press("resend");
    let page = family.send(form).await;
    assert!(page.text().contains(&it_with("errors.code.too_early", "seconds", "40")));
    assert_eq!(family.mails().await.len(), 1);
}

#[tokio::test]
async fn an_address_typed_wrong_is_corrected_in_place_without_waiting() {
    let app = TestApp::start().await;
    let (mut family, old) = waiting(&app, "alfa", 1).await;
    family.guardian = family.guardian.clone().with_email("anna.corretta");
    let draft = family.draft();
    family.open(&EmailAddress { draft }).await;
    family.ask_for_code().await;
    let code = family.mailed_code().await;
    assert_eq!(family.type_code(&old).await.status, 422, "the old address proves nothing any more");
    assert!(family.type_code(&code).await.path.ends_with("/privacy"));
}

#[tokio::test]
async fn addresses_that_could_reach_two_people_are_refused_and_kept_in_the_field() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    for typed in [
        "",
        "anna",
        "anna@prova@posta.example",
        "anna@posta.example, luca@posta.example",
        "anna@posta.example\r\nBcc: luca@posta.example",
        "anna@posta.example\nluca@posta.example",
        "\"anna\u{0}\"@posta.example",
        "Anna <anna@posta.example>",
    ] {
        let form = family.page.form_with("[name=email]").fill("email", typed);
        let page = family.send(form).await;
        assert_eq!(page.status, 422, "{typed:?}");
        assert!(!page.error("email").is_empty(), "{typed:?}");
    }
    assert!(app.sink.messages().is_empty());
    assert!(family.mails().await.is_empty());
}

#[tokio::test]
async fn an_address_gets_three_codes_an_hour_whoever_asks() {
    let app = TestApp::start().await;
    let mut sent = Vec::new();
    for number in 1..=4 {
        let mut family = Family::arrive(&app, "alfa", number).await;
        family.guardian = family.guardian.clone().with_email("anna.comune");
        family.start().await;
        sent.push(family.ask_for_code().await.status.as_u16());
    }
    assert_eq!(sent, [200, 200, 200, 429]);
    app.work().await;
    assert_eq!(app.sink.messages().len(), 3);
    app.clock.advance(SignedDuration::from_mins(61));
    let mut family = Family::arrive(&app, "alfa", 5).await;
    family.guardian = family.guardian.clone().with_email("anna.comune");
    family.start().await;
    assert_eq!(family.ask_for_code().await.status, 200);
}

/// The proven addresses of alfa, and the drafts that sessions open.
async fn proofs(app: &TestApp) -> (i64, i64, i64) {
    let proven = "SELECT count(*) FROM audit_event WHERE verb = 'email_verified'";
    (
        inside::value(app, "alfa", proven).await,
        inside::count(app, "alfa", "session").await,
        inside::count(app, "alfa", "session_draft").await,
    )
}

#[tokio::test]
async fn a_code_sent_twice_by_a_double_click_goes_on_without_an_error_and_proves_nothing_more() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    let typed = family.page.form_with("[name=code]").press("next");
    family.send(typed.clone().fill("code", &code)).await;
    let before = proofs(&app).await;
    assert_eq!(before.0, 1);
    for digits in [code.clone(), wrong(&code)] {
        let page = family.send(typed.clone().fill("code", &digits)).await;
        assert!(page.path.ends_with("/privacy"), "{page:?}");
        assert_eq!(proofs(&app).await, before, "neither a proof nor a way in");
    }
}

#[tokio::test]
async fn a_used_code_opens_nothing_for_a_browser_that_did_not_ask_for_it() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    let typed = family.page.form_with("[name=code]").fill("code", &code).press("next");
    family.type_code(&code).await;
    let before = proofs(&app).await;
    let mut nobody = Browser::at(&app, "alfa");
    let page = nobody.send(typed.clone()).await;
    assert_eq!(page.status, 401);
    assert!(nobody.cookies.is_empty(), "no session");
    assert_eq!(proofs(&app).await, before);
    let mut other = Family::arrive(&app, "alfa", 2).await;
    other.start().await;
    assert_eq!(other.send(typed).await.status, 404);
}

#[tokio::test]
async fn a_code_sent_twice_by_who_comes_back_leads_both_times_to_what_was_there() {
    let app = TestApp::start().await;
    Family::arrive(&app, "alfa", 1).await.begin().await;
    app.clock.advance(SignedDuration::from_mins(2));
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    let typed = family.page.form_with("[name=code]").fill("code", &code).press("next");
    for time in ["first", "second"] {
        let page = family.send(typed.clone()).await;
        assert!(page.path.ends_with("/stato"), "{time}: {page:?}");
    }
}

#[tokio::test]
async fn a_used_code_does_not_work_for_another_draft_or_another_comune() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    family.type_code(&code).await;
    for slug in ["alfa", "beta"] {
        let mut other = Family::arrive(&app, slug, 2).await;
        other.guardian = family.guardian.clone();
        other.start().await;
        app.clock.advance(SignedDuration::from_mins(1));
        other.ask_for_code().await;
        if other.mailed_code().await != code {
            assert_eq!(other.type_code(&code).await.status, 422, "{slug}");
        }
    }
}

#[tokio::test]
async fn another_comunes_draft_is_not_found_and_its_code_is_not_consumed() {
    let app = TestApp::start().await;
    let (mut family, code) = waiting(&app, "alfa", 1).await;
    let draft = family.draft();
    let mut stranger = Family::arrive(&app, "beta", 2).await;
    stranger.start().await;
    for _ in 0..7 {
        let path = routes::Route::path(&EmailCode { draft });
        let form = support::form::Form::by_hand(&path, &[("code", &wrong(&code))]);
        assert_eq!(stranger.send(form).await.status, 404);
    }
    assert!(family.type_code(&code).await.path.ends_with("/privacy"), "no try was lost");
}

#[tokio::test]
async fn the_code_page_helps_phones_to_fill_in_the_code() {
    let app = TestApp::start().await;
    let (family, _) = waiting(&app, "alfa", 1).await;
    assert_eq!(family.page.attributes("[name=code]", "autocomplete"), ["one-time-code"]);
    assert_eq!(family.page.attributes("[name=code]", "inputmode"), ["numeric"]);
}
