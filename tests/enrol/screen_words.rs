//! The words that families know from the notices stand on the buttons, letter by letter.

use routes::enrol::{CredentialDoor, EmailAddress, Status};
use support::{app::TestApp, family::Family, page::Page};

/// What can be pressed on a page; the unseen button that takes the Enter key is none of it.
fn buttons(page: &Page) -> Vec<String> {
    page.texts("main a.btn, main button:not(.visually-hidden)")
}

fn assert_pressable(page: &Page, words: &[&str]) {
    let buttons = buttons(page);
    for word in words {
        assert!(buttons.iter().any(|known| known == word), "«{word}» on {page:?}: {buttons:?}");
    }
}

#[tokio::test]
async fn the_way_to_the_form_is_pressed_with_the_notices_words() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    assert_pressable(&family.page, &["Nuova Iscrizione"]);
    family.open(&CredentialDoor {}).await;
    assert_pressable(&family.page, &["Sono un nuovo iscritto"]);
    family.start().await;
    assert_eq!(family.page.title(), "Verifica Email");
    assert_pressable(&family.page, &["Invia email"]);
    family.ask_for_code().await;
    assert_eq!(family.page.title(), "Inserimento Codice sicurezza");
    let label = family.page.texts("main label[for=code]").concat();
    assert!(label.starts_with("Codice sicurezza"), "{label}");
    assert_pressable(&family.page, &["Conferma"]);
    let draft = family.draft();
    family.open(&EmailAddress { draft }).await;
    let label = family.page.texts("main label[for=email]").concat();
    assert!(label.starts_with("Email"), "{label}");
}

#[tokio::test]
async fn every_step_offers_the_draft_and_the_last_one_the_summary() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let mut onward = Vec::new();
    while !family.page.path.ends_with("/riepilogo") {
        assert_pressable(&family.page, &["Salva Bozza"]);
        onward.extend(family.page.texts(".step-buttons [value=next]"));
        family.answer("next").await;
    }
    let (last, before) = onward.split_last().expect("there are steps");
    assert_eq!(last, "Vai al riepilogo iscrizione");
    assert!(before.len() > 2 && before.iter().all(|word| word == "Avanti"), "{before:?}");
    assert_pressable(&family.page, &["Modifica Iscrizione", "Invia Iscrizione"]);
    let draft = family.draft();
    family.submit().await;
    family.open(&Status { draft }).await;
    assert_pressable(&family.page, &["Modifica Iscrizione", "Vai al riepilogo iscrizione"]);
}

#[tokio::test]
async fn the_password_of_the_letter_leads_to_cambio_password() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    let password = family.letter_password().await;
    let mut later = Family::arrive(&app, "alfa", 1).await;
    later.sign_in(&password).await;
    assert_eq!(later.page.title(), "Cambio Password");
}
