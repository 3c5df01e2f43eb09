//! The «codice utente»: one for each guardian, whoever of the children comes next.

use jiff::SignedDuration;
use regex::Regex;
use routes::enrol::DocumentKind;
use support::{app::TestApp, family::Family, people::Person};

/// The code of the letter, and the letter.
async fn letter(family: &mut Family<'_>) -> (String, String) {
    let letter = family.document(DocumentKind::Letter).await;
    let pattern = Regex::new(r"Codice utente\s+([0-9 ]+)").unwrap();
    let found = pattern.captures(&letter).unwrap_or_else(|| panic!("no code: {letter}"));
    (found[1].replace(' ', ""), letter.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What the letter says of a code that the guardian has had before.
const KEPT: &str = "È il codice che ha già";

/// The same guardian, and the number of the child.
async fn with_child<'a>(app: &'a TestApp, guardian: &Person, number: u16) -> Family<'a> {
    // Codes to one address are a minute apart.
    app.clock.advance(SignedDuration::from_mins(5));
    let mut family = Family::arrive(app, "alfa", number).await;
    family.guardian = guardian.clone();
    let pupil = family.pupil.clone();
    let mut family = family.with_sibling(pupil, "alfa");
    family.enrol().await;
    family
}

#[tokio::test]
async fn the_letter_has_a_code_of_eight_digits_that_a_second_child_keeps() {
    let app = TestApp::start().await;
    let mut first = Family::arrive(&app, "alfa", 1).await;
    first.enrol().await;
    let (code, text) = letter(&mut first).await;
    assert_eq!(code.len(), 8, "{code}");
    assert!(!code.starts_with('0'), "{code}");
    assert!(!text.contains(KEPT), "{text}");
    let mut second = with_child(&app, &first.guardian, 2).await;
    let (same, text) = letter(&mut second).await;
    assert_eq!(same, code);
    assert!(text.contains(KEPT), "{text}");
}

#[tokio::test]
async fn another_guardian_has_another_code() {
    let app = TestApp::start().await;
    let mut first = Family::arrive(&app, "alfa", 1).await;
    first.enrol().await;
    let mut second = with_child(&app, &Person::guardian(2), 2).await;
    let (code, text) = letter(&mut second).await;
    assert_ne!(code, letter(&mut first).await.0);
    assert!(!text.contains(KEPT), "{text}");
}

#[tokio::test]
async fn whoever_types_a_guardians_codice_fiscale_with_another_address_gets_none_of_its_credentials()
 {
    let app = TestApp::start().await;
    let mut first = Family::arrive(&app, "alfa", 1).await;
    first.enrol().await;
    let password = first.letter_password().await;
    let elsewhere = first.guardian.clone().with_email("anna.altrove");
    let mut second = with_child(&app, &elsewhere, 2).await;
    let (code, text) = letter(&mut second).await;
    assert_ne!(code, letter(&mut first).await.0, "a codice fiscale proves nothing");
    assert!(!text.contains(KEPT) && !text.contains(&password), "{text}");
}
