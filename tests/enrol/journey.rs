//! The whole way of a family, as product §4 tells it: two comuni, two languages.

use regex::Regex;
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    family::Family,
    words::{en, it},
};

#[tokio::test]
async fn a_family_enrols_its_child_and_learns_number_dates_and_what_comes_next() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    assert!(family.page.text().contains("Nuova Iscrizione"));
    family.start().await;
    assert_eq!(family.page.title(), "Verifica Email");
    family.ask_for_code().await;
    assert_eq!(family.page.title(), "Inserimento Codice sicurezza");
    let code = family.mailed_code().await;
    family.type_code(&code).await;
    assert!(family.page.path.ends_with("/privacy"));
    family.accept_privacy().await;
    family.fill_in().await;
    assert!(family.page.text().contains("Invia Iscrizione"));
    family.submit().await;
    assert_eq!(family.number(), "2026/000001");
    assert_eq!(family.page.fact(&it("enrol.submitted.sent_at")).unwrap(), "15/09/2026 09:30:00");
    let due = family.page.fact(&it("enrol.submitted.answer_by")).unwrap();
    assert_eq!(due, "giovedì 15 ottobre 2026", "thirty days, as alfa promises");
    for document in [
        "il riepilogo della domanda d'iscrizione compilata",
        "il manuale informativo che spiega come utilizzare il portale e APP",
        "la lettera con le proprie credenziali d'accesso",
    ] {
        assert!(family.page.text().contains(document), "{document}");
    }
}

#[tokio::test]
async fn the_same_way_in_english_and_at_the_path_of_the_other_comune() {
    let app = TestApp::start().await;
    let browser = Browser::at_path(&app, "beta").speaking("en");
    let mut family = Family::arrive_with(browser, "beta", 2).await;
    assert_eq!(family.page.attributes("html", "lang"), ["en"]);
    family.enrol().await;
    assert_eq!(family.page.title(), en("enrol.submitted.title"));
    assert!(family.page.path.starts_with("/beta/"));
    let mails = family.mails().await;
    assert!(mails.iter().all(|mail| mail.from == "noreply@beta.example.test"));
    assert!(
        mails[1].text.contains(&format!("https://{SHARED_HOST}/beta/"))
            || mails[1].text.contains("https://beta.example.test/")
    );
}

#[tokio::test]
async fn a_family_finds_its_comune_by_name_without_accents_or_capitals() {
    let app = TestApp::start().await;
    let mut browser = Browser::at_host(&app, SHARED_HOST);
    let page = browser.follow("/?comune=BÉTA").await;
    let found = page.attributes(".result-list a", "href");
    assert_eq!(found.len(), 1);
    assert_eq!(browser.follow(&found[0]).await.path, "/beta/");
    let none = browser.follow("/?comune=zz").await;
    assert!(none.text().contains(&support::words::it_with("enrol.chooser.none", "typed", "zz")));
}

#[tokio::test]
async fn the_two_comuni_ask_different_questions() {
    let app = TestApp::start().await;
    let mut steps = Vec::new();
    for slug in ["alfa", "beta"] {
        let mut family = Family::arrive(&app, slug, 3).await;
        family.begin().await;
        family.fill_in().await;
        steps.push(family.page.texts("main section h2"));
    }
    assert_ne!(steps[0], steps[1]);
    assert!(steps[0].contains(&"Mensa di Alfa".to_owned()), "{:?}", steps[0]);
    assert!(steps[1].contains(&"ISEE".to_owned()), "{:?}", steps[1]);
}

#[tokio::test]
async fn the_chosen_language_is_remembered_and_leads_back_to_the_page() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 4).await;
    family.start().await;
    let here = family.page.path.clone();
    let form = support::form::Form::by_hand("/lingua", &[("_language", "en"), ("_return", &here)]);
    family.send(form).await;
    assert_eq!(family.page.path, here);
    assert_eq!(family.page.title(), en("enrol.email_address.title"));
    assert_eq!(family.page.attributes("html", "lang"), ["en"]);
    let code = Regex::new("[0-9]{6}").unwrap();
    family.ask_for_code().await;
    let mail = family.newest_mail().await;
    assert!(mail.subject.contains("Security code") || mail.subject.to_lowercase().contains("code"));
    assert!(code.is_match(&mail.text));
}

#[tokio::test]
async fn the_notices_words_stand_on_the_pages() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 5).await;
    assert!(family.page.text().contains(
        "Attenzione: in caso di iscrizione di più fratelli, iscrivere tutti gli utenti con lo stesso genitore/tutore."
    ));
    family.open(&routes::enrol::CredentialDoor {}).await;
    for words in [
        "Iscrizioni Anno Scolastico",
        "Iscrizione con Codice Fiscale dell'alunno",
        "Se sei un nuovo iscritto ed è il primo accesso, inserire solamente il Codice Fiscale Alunno e premere il tasto 'Sono un nuovo iscritto'.",
        "Se sei un nuovo iscritto, hai già effettuato l'iscrizione e vuoi modificare i dati, inserire il Codice Fiscale, la Password fornita durante l'iscrizione e premere il tasto 'Sono un nuovo iscritto'.",
        "Attenzione!! L'accesso da questa sezione deve essere eseguito solamente dai nuovi iscritti.",
        "Codice Fiscale Alunno",
        "Password",
        "Comune",
        "Sono un nuovo iscritto",
    ] {
        assert!(family.page.text().contains(words), "{words}");
    }
    family.start().await;
    assert!(family.page.text().contains(
        "Per proseguire con l'iscrizione è necessario verificare l'email. Inserire nel campo apposito l'indirizzo email e premere il tasto 'Invia email' per ricevere il codice di sicurezza da inserire per accedere alle iscrizioni."
    ));
    family.ask_for_code().await;
    assert!(family.page.text().contains(
        "Codice sicurezza inviato correttamente. Inserire il codice e premere il tasto Conferma per procedere con l'iscrizione."
    ));
    let code = family.mailed_code().await;
    family.type_code(&code).await;
    assert!(family.page.text().contains("Ho letto e compreso l'informativa sulla privacy"));
}
