//! The steps: answers judged on the server, errors that say how to mend, and nothing typed ever lost.

use axum::http::Method;
use domain::ids::DraftId;
use routes::{
    Route as _,
    enrol::{EmailAddress, Privacy, Status, Step, Summary},
};
use support::{app::TestApp, family::Family, form::Form, words::it};

async fn at_first_step(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    family
}

#[tokio::test]
async fn an_error_names_the_field_and_how_to_mend_it_and_keeps_everything_typed() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    let typed = [
        ("pupil_surname", "D'Angelò-Müller 王"),
        ("pupil_name", ""),
        ("pupil_birth_date", "30/02/2019"),
        ("residence.street", "Via <b>dell'Orto</b> & figli"),
        ("residence.cap", "7412"),
        ("residence.province", "XYZ"),
    ];
    let form = typed.iter().fold(family.filled(), |form, (name, value)| form.set(name, &[value]));
    let page = family.send(form.press("next")).await.clone();
    assert_eq!(page.status, 422);
    for (name, value) in typed {
        assert_eq!(page.value(name), value, "{name}");
    }
    for (name, key) in [
        ("pupil_name", "required"),
        ("pupil_birth_date", "not_a_date"),
        ("residence.cap", "bad_cap"),
        ("residence.province", "bad_province"),
    ] {
        let expected = it(&format!("errors.answer.{key}"));
        assert!(page.error(name).contains(&expected), "{name}: {:?}", page.error(name));
        assert!(page.error_links().iter().any(|(field, _)| field == name), "{name} in the summary");
        assert_eq!(page.attributes(&format!("[id='{name}']"), "aria-invalid"), ["true"], "{name}");
    }
    assert!(page.error("pupil_surname").is_empty(), "names of all alphabets are names");
    assert!(!page.html().contains("<b>dell"), "typed text is text");
    family.open(&Step { draft: family.draft(), step: "pupil".into() }).await;
    assert_eq!(family.page.value("pupil_surname"), "D'Angelò-Müller 王", "and it was saved");
}

#[tokio::test]
async fn going_back_keeps_what_was_typed_without_judging_it() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    family.answer("next").await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "12");
    family.send(form.press("back")).await;
    assert!(family.page.path.ends_with("/passo/pupil"), "{:?}", family.page);
    let draft = family.draft();
    family.open(&Step { draft, step: "guardian".into() }).await;
    assert_eq!(family.page.value("guardian_phone"), "12");
}

#[tokio::test]
async fn steps_cannot_be_skipped() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    let draft = family.draft();
    let step = |key: &str| Step { draft, step: key.into() };
    for path in [step("pupil").path(), Summary { draft }.path(), Privacy { draft }.path()] {
        let page = family.browser.open(&path).await;
        assert_eq!(page.path, EmailAddress { draft }.path(), "the address comes first");
    }
    let posted = Form::by_hand(&step("pupil").path(), &[("_revision", "0"), ("pupil_name", "X")]);
    family.send(posted).await;
    assert!(family.page.path.ends_with("/email"), "{:?}", family.page);
    let sent = Form::by_hand(&Summary { draft }.path(), &[("_revision", "0"), ("privacy", "yes")]);
    family.send(sent).await;
    assert!(!family.page.path.ends_with("/inviata"), "{:?}", family.page);
    family.open(&EmailAddress { draft }).await;
    family.verify().await;
    for path in [step("pupil").path(), Summary { draft }.path()] {
        let page = family.browser.open(&path).await;
        assert_eq!(page.path, Privacy { draft }.path(), "then the privacy notice");
    }
}

#[tokio::test]
async fn the_privacy_notice_must_be_read() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    family.verify().await;
    let form = family.page.form_with("[name=understood]");
    let page = family.send(form).await;
    assert_eq!(page.status, 422);
    assert!(!page.error("understood").is_empty());
    assert!(page.text().contains("Il titolare è il Comune di Alfa."));
}

#[tokio::test]
async fn an_incomplete_form_cannot_be_sent_and_the_summary_says_what_is_missing() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    family.answer("next").await;
    let (draft, revision) = (family.draft(), family.page.value("_revision"));
    family.open(&Summary { draft }).await;
    assert!(family.page.text().contains(&it("enrol.summary.incomplete")));
    assert!(family.page.text().contains("non indicato"), "a skipped question says so");
    assert!(!family.page.has("button.btn-success"));
    let sent = Form::by_hand(
        &Summary { draft }.path(),
        &[("_revision", &revision), ("privacy", "yes"), ("declarations", "yes")],
    );
    let page = family.send(sent).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&it("enrol.summary.incomplete")));
}

#[tokio::test]
async fn a_change_from_the_summary_returns_to_it() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    family.fill_in().await;
    let change = family.page.attributes("main .summary-head a", "href");
    assert_eq!(change.len(), 5, "one link for each section");
    family.page = family.browser.follow(&change[1]).await;
    let form = family.page.form_with("[name=_revision]").fill("guardian_phone", "+39 333 1111111");
    family.send(form.press("next")).await;
    assert!(family.page.path.ends_with("/riepilogo"), "{:?}", family.page);
    assert!(family.page.text().contains("1111111"));
}

#[tokio::test]
async fn fields_that_the_form_does_not_have_change_nothing() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    let foreign = DraftId::from(uuid::Uuid::nil()).to_string();
    let form = family.filled();
    let form = [
        ("state", "4"),
        ("tenant", "beta"),
        ("school_year", "2030"),
        ("price", "0"),
        ("number", "1"),
        ("draft", foreign.as_str()),
        ("answers", "{}"),
        ("pupil_codice_fiscale_hash", "x"),
    ]
    .into_iter()
    .fold(form, |form, (name, value)| form.set(name, &[value, value]));
    family.send(form.press("next")).await;
    family.fill_in().await;
    family.submit().await;
    assert_eq!(family.number(), "2026/000001");
    family.open(&Status { draft: family.draft() }).await;
    assert_eq!(family.page.fact("Stato iscrizione").unwrap(), "Inviata");
}

#[tokio::test]
async fn the_codice_fiscale_of_the_door_cannot_be_exchanged_for_another_childs() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    let other = support::people::Person::pupil(77).codice_fiscale();
    let form = family.filled().set("pupil_codice_fiscale", &[other.as_str()]).press("next");
    let page = family.send(form).await;
    assert_eq!(page.status, 422);
    assert!(page.error("pupil_codice_fiscale").contains(&it("errors.answer.not_the_pupil")));
    family.open_summary().await;
    assert!(!family.page.has("button.btn-success"), "it cannot be sent like this");
}

#[tokio::test]
async fn questions_that_are_not_asked_need_no_answer_and_are_not_sent() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "beta", 1).await;
    family.answers.set("has_second_guardian", &["yes"]);
    family.answers.set("second_guardian_surname", &["Esempio"]);
    family.answers.set("second_guardian_name", &["Luca"]);
    let second = support::people::Person::guardian(900).codice_fiscale();
    family.answers.set("second_guardian_codice_fiscale", &[second.as_str()]);
    family.begin().await;
    family.fill_in().await;
    assert!(family.page.text().contains(second.as_str()));
    let draft = family.draft();
    family.open(&Step { draft, step: "family".into() }).await;
    family.answers.set("has_second_guardian", &["no"]);
    family.answer("next").await;
    family.open_summary().await;
    assert!(!family.page.text().contains(second.as_str()), "what is not asked is not sent");
}

#[tokio::test]
async fn the_steps_show_where_one_is() {
    let app = TestApp::start().await;
    let family = at_first_step(&app).await;
    assert_eq!(family.page.texts("[aria-current=step]").len(), 1);
    let shown = family.page.texts(".steppers-index").concat();
    assert!(shown.contains('2') && shown.contains('6'), "step 2 of 6: {shown}");
}

#[tokio::test]
async fn typing_is_kept_while_it_goes_on() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    let form = family.filled().fill("pupil_name", "Giul").press("autosave");
    let kept = family.browser.post(&form).await;
    assert_eq!(kept.status, 200);
    let kept: serde_json::Value = serde_json::from_slice(&kept.bytes).unwrap();
    assert!(kept["revision"].as_i64().unwrap() > 0);
    let stale = family.browser.post(&form.clone().fill("pupil_name", "Giuli")).await;
    assert_eq!(stale.status, 409, "an older page does not overwrite a newer one");
    family.browser.cookies.clear();
    assert_eq!(family.browser.post(&form).await.status, 401);
}

#[tokio::test]
async fn strange_methods_and_bodies_are_refused_early() {
    let app = TestApp::start().await;
    let mut family = at_first_step(&app).await;
    let path = family.page.path.clone();
    for (method, status) in
        [(Method::PUT, 405), (Method::DELETE, 405), (Method::PATCH, 405), (Method::OPTIONS, 405)]
    {
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        let page = family.browser.request(method.clone(), &path, headers, Vec::new()).await;
        assert_eq!(page.status, status, "{method}");
    }
    for (kind, body, status) in [
        ("text/plain", "pupil_name=X", 415),
        ("application/json", "{}", 415),
        ("application/x-www-form-urlencoded", "_revision=%zz", 400),
        ("application/x-www-form-urlencoded", "_revision=abc", 422),
        ("application/x-www-form-urlencoded", "_action=drop&_revision=1", 422),
    ] {
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("content-type", kind.parse().unwrap());
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        let body = body.as_bytes().to_vec();
        let page = family.browser.request(Method::POST, &path, headers, body).await;
        assert_eq!(page.status, status, "{kind}");
        assert!(page.is_html(), "a refusal is a page");
    }
}
