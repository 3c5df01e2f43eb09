//! The credential door: which codici fiscali it takes, and what it never tells.

use domain::{
    CodiceFiscale,
    codice_fiscale::{Person as Data, Sex},
};
use jiff::civil::date;
use routes::enrol::CredentialDoor;
use support::{
    app::TestApp,
    browser::Browser,
    family::Family,
    form::Form,
    page::Page,
    words::{it, it_with},
};

#[tokio::test]
async fn a_wrong_codice_fiscale_is_explained_and_stays_in_its_field() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let right = family.pupil.codice_fiscale().as_str().to_owned();
    let last = right.chars().last().unwrap();
    let other = if last == 'A' { 'B' } else { 'A' };
    for (typed, key, number) in [
        (String::new(), "empty", ""),
        (right[..15].to_owned(), "wrong_length", "15"),
        (format!("{}!", &right[..15]), "bad_character", "16"),
        (format!("1{}", &right[1..]), "bad_form", "1"),
        (format!("{}A00{}", &right[..8], &right[11..]), "bad_date", ""),
        (format!("{}B31{}", &right[..8], &right[11..]), "bad_date", ""),
        (format!("{}Z999{last}", &right[..11]), "unknown_birthplace", ""),
        (format!("{}{other}", &right[..15]), "wrong_control_letter", ""),
    ] {
        let key = format!("errors.answer.codice_fiscale_{key}");
        let expected = it_with(&key, "number", number);
        let page = family.start_as(&typed).await;
        assert_eq!(page.status, 422, "{key}");
        assert_eq!(page.value("codice_fiscale"), typed, "{key}: what was typed stays");
        let shown = page.error("codice_fiscale");
        assert!(shown.contains(&expected), "{key}: {expected:?}, not {shown:?}");
        assert_eq!(page.error_links()[0].0, "codice_fiscale", "the summary leads to the field");
    }
}

#[tokio::test]
async fn lower_case_spaces_omocodia_and_foreign_birthplaces_are_taken() {
    let app = TestApp::start().await;
    let foreign = |surname, name, place| {
        let birth_date = date(2018, 5, 9);
        let data = Data { surname, name, sex: Sex::Female, birth_date, birthplace_code: place };
        CodiceFiscale::encode(data).unwrap()
    };
    let plain = foreign("Inventata", "Giulia", "L049");
    let text = plain.as_str();
    let spaced = format!(" {} {} {} {} ", &text[..6], &text[6..11], &text[11..15], &text[15..]);
    for typed in [
        text.to_lowercase(),
        spaced,
        plain.with_omocodia(1).as_str().to_owned(),
        plain.with_omocodia(7).as_str().to_owned(),
        foreign("Esempio", "Giulia", "Z330").as_str().to_owned(),
        foreign("Esempio", "Giulia", "Z129").as_str().to_owned(),
    ] {
        let mut family = Family::arrive(&app, "alfa", 1).await;
        let page = family.start_as(&typed).await;
        assert!(page.path.ends_with("/email"), "{page:?}");
    }
}

#[tokio::test]
async fn birthplace_sex_and_birth_date_come_from_the_codice_fiscale_for_confirmation() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.pupil = family.pupil.clone().born_in("Z330");
    family.begin().await;
    assert_eq!(family.page.value("pupil_birthplace"), "Marocco");
    assert_eq!(family.page.value("pupil_birth_date"), "08/01/2019");
    assert_eq!(family.page.value("pupil_sex"), "f");
}

#[tokio::test]
async fn whether_a_codice_fiscale_is_known_does_not_show() {
    let app = TestApp::start().await;
    let mut known = Family::arrive(&app, "alfa", 1).await;
    known.enrol().await;
    let mut unknown = Family::arrive(&app, "alfa", 2).await;
    let known_start = start(&mut Family::arrive(&app, "alfa", 1).await).await;
    let unknown_start = start(&mut unknown).await;
    assert_eq!(known_start.status, unknown_start.status);
    assert_eq!(headers(&known_start), headers(&unknown_start));
    assert_eq!(without_ids(known_start.location().unwrap()), "/iscrizioni/{id}/email");
    assert_eq!(without_ids(unknown_start.location().unwrap()), "/iscrizioni/{id}/email");

    let mut with_known = Family::arrive(&app, "alfa", 1).await;
    let mut with_unknown = Family::arrive(&app, "alfa", 2).await;
    let known = with_known.sign_in("una password sbagliata").await.clone();
    let unknown = with_unknown.sign_in("una password sbagliata").await.clone();
    assert_eq!((known.status, unknown.status), (422.try_into().unwrap(), 422.try_into().unwrap()));
    let neutral = |page: &Page, family: &Family<'_>| {
        page.html().replace(family.pupil.codice_fiscale().as_str(), "CODICE")
    };
    assert_eq!(neutral(&known, &with_known), neutral(&unknown, &with_unknown), "the same bytes");
    assert!(known.text().contains(&it("errors.credentials.wrong")));
}

#[tokio::test]
async fn a_password_is_tried_a_few_times_only_and_a_stranger_cannot_lock_the_parent_out() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let mut statuses = Vec::new();
    let mut stranger = Family::arrive(&app, "alfa", 1).await;
    for _ in 0..12 {
        statuses.push(stranger.sign_in("tentativo a caso").await.status.as_u16());
    }
    assert_eq!(statuses[0], 422);
    assert_eq!(*statuses.last().unwrap(), 429, "{statuses:?}");
    assert!(!stranger.page.header("retry-after").is_empty());
    // The parent's other way in does not depend on the password.
    let mut parent = Family::arrive(&app, "alfa", 1).await;
    app.clock.advance(jiff::SignedDuration::from_mins(2));
    parent.start().await;
    parent.verify().await;
    assert!(parent.page.path.ends_with("/stato"), "{:?}", parent.page);
}

#[tokio::test]
async fn one_browser_begins_for_twenty_children_a_day_and_no_more() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let mut statuses = Vec::new();
    for number in 100..122 {
        let code = support::people::Person::pupil(number).codice_fiscale();
        statuses.push(family.start_as(code.as_str()).await.status.as_u16());
    }
    assert!(statuses[..20].iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(statuses[20..], [429, 429]);
}

#[tokio::test]
async fn a_closed_door_is_neither_shown_nor_open() {
    let app = TestApp::start().await;
    let mut bundle = TestApp::bundle("alfa");
    bundle.settings.doors.password_access = false;
    app.apply("alfa", &bundle).await;
    let mut browser = Browser::at(&app, "alfa");
    let page = browser.open("/").await;
    assert!(!page.has("a[href='/iscrizioni/nuova']"));
    assert_eq!(browser.open("/iscrizioni/nuova").await.status, 404);
    let form = Form::by_hand("/iscrizioni/nuova", &[("codice_fiscale", "x")]);
    assert_eq!(browser.send(form).await.status, 404);
}

async fn start(family: &mut Family<'_>) -> Page {
    let code = family.pupil.codice_fiscale().as_str().to_owned();
    let form = family.open(&CredentialDoor {}).await.form().fill("codice_fiscale", &code);
    family.browser.post(&form).await
}

fn headers(page: &Page) -> Vec<String> {
    let mut names: Vec<String> = page.headers.keys().map(ToString::to_string).collect();
    names.sort();
    names
}

fn without_ids(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.parse::<uuid::Uuid>() {
        Ok(_) => "{id}",
        Err(_) => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}
