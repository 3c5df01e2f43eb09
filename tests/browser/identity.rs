//! With SPID and CIE in a browser: out to the provider and back, from the start page to the three documents.

use crate::browser::{
    chromium::{Seat, visit},
    federations::Federations,
    journey::{self, Household, fill_in, open_documents, tick_boxes},
    office,
    visitor::Visitor,
};
use domain::Locale;
use std::collections::HashSet;
use thirtyfour::prelude::*;

const MINE: &str = "/iscrizioni/mie";

/// The address that the provider of SPID hands over; that of CIE has none.
const ANNA: &str = "anna.prova@posta.example";

async fn value(visitor: &Visitor<'_>, name: &str) -> String {
    let control = visitor.element(&format!("main [name='{name}']")).await;
    control.value().await.expect("a control").unwrap_or_default()
}

/// From «Le tue domande» to the first step of the form.
async fn begin(visitor: &mut Visitor<'_>, family: &Household, email: &str) {
    visitor.arrive(MINE).await;
    visitor.look("mine-empty").await;
    visitor.write("codice_fiscale", family.pupil.codice_fiscale().as_str()).await;
    visitor.press("enrol.credential_door.button").await;
    visitor.arrive("/email").await;
    if value(visitor, "email").await.is_empty() {
        visitor.write("email", email).await;
    }
    assert_eq!(value(visitor, "email").await, email);
    visitor.look("email").await;
    journey::verify_email(visitor, email, true).await;
}

/// The summary sent, and the three documents in the language of the seat.
async fn send(visitor: &mut Visitor<'_>, family: &Household, scheme: &str) {
    fill_in(visitor, family, true).await;
    visitor.look("summary").await;
    tick_boxes(visitor).await;
    visitor.press("enrol.summary.send").await;
    visitor.arrive("/inviata").await;
    visitor.look("submitted").await;
    assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
    let texts = open_documents(visitor).await;
    let [summary, guide, letter, ..] = texts.as_slice() else { panic!("three documents") };
    let signed = visitor.said("documents.application_summary.signed_digitally", scheme);
    assert!(joined(summary).contains(&joined(&signed)), "signed with {scheme}");
    let button = visitor.words("documents.user_guide.back_identity_open");
    assert!(joined(guide).contains(&joined(&button)), "the way back");
    let none = visitor.said("documents.credentials_letter.no_password", scheme);
    assert!(joined(letter).contains(&joined(&none)), "no password");
}

/// Lines break where they like.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Signs out, and later opens «Accedi».
async fn come_back(visitor: &Visitor<'_>) {
    visitor.press_at(".sign-out").await;
    visitor.open("/").await;
    assert_eq!(visitor.count(".sign-out").await, 0, "nobody is signed in");
    visitor.press("identity.access.title").await;
}

/// Consents as Anna; the draft begun before is there, whichever door she came by.
async fn find_draft(visitor: &Visitor<'_>, family: &Household) {
    visitor.decide("anna", "acconsento").await;
    visitor.arrive(MINE).await;
    assert_eq!(visitor.count(".enrolment-card").await, 1);
    assert!(visitor.text(".enrolment-card").await.contains(&family.pupil.surname));
}

impl Visitor<'_> {
    /// Words that name a scheme.
    fn said(&self, key: &str, scheme: &str) -> String {
        i18n::t(self.seat.language, key, &[("scheme", scheme)])
    }
}

#[tokio::test]
async fn a_family_enrols_with_spid_from_the_start_page_to_the_documents() {
    let federations = Federations::open().await;
    visit(&federations.portal, Seat::desk("alfa", Locale::It), async |visitor| {
        visitor.chapter = "spid-";
        let family = Household::of(&federations.portal, "alfa");
        visitor.open("/").await;
        visitor.look("start").await;
        visitor.open_list().await;
        visitor.look("list").await;
        visitor.leave_for("Identità Gamma").await;
        visitor.decide("anna", "acconsento").await;
        begin(visitor, &family, ANNA).await;
        send(visitor, &family, "SPID").await;
    })
    .await;
}

#[tokio::test]
async fn a_family_enrols_with_cie_and_finds_its_draft_with_spid_too() {
    let federations = Federations::open().await;
    visit(&federations.portal, Seat::telephone("beta", Locale::En), async |visitor| {
        visitor.chapter = "cie-";
        let family = Household::of(&federations.portal, "beta");
        visitor.open("/").await;
        visitor.look("start").await;
        visitor.leave_with_cie().await;
        visitor.decide("anna", "acconsento").await;
        begin(visitor, &family, &family.guardian.email).await;
        visitor.answer(&family.answers).await;
        visitor.press("enrol.step.save_draft").await;
        visitor.look("draft-saved").await;
        let text = visitor.text("main .alert").await;
        assert!(text.contains("1 December 2026"), "the bus takes late applications: {text}");
        come_back(visitor).await;
        visitor.look("access").await;
        visitor.open_list().await;
        visitor.leave_for("Identità Alfa").await;
        find_draft(visitor, &family).await;
        visitor.look("mine").await;
        come_back(visitor).await;
        visitor.leave_with_cie().await;
        find_draft(visitor, &family).await;
        visitor.press("identity.enrolments.resume").await;
        visitor.look("resumed").await;
        visitor.press("enrol.draft_saved.continue").await;
        send(visitor, &family, "CIE").await;
    })
    .await;
}

#[tokio::test]
async fn a_person_of_another_member_state_enrols_and_declares_the_code() {
    let federations = Federations::open().await;
    visit(&federations.portal, Seat::telephone("beta", Locale::En), async |visitor| {
        visitor.chapter = "eidas-";
        let family = Household::of(&federations.portal, "beta");
        visitor.open("/").await;
        visitor.element(".door-eidas a").await.click().await.expect("it can be pressed");
        visitor.at_provider().await;
        visitor.decide("eidas", "acconsento").await;
        begin(visitor, &family, &family.guardian.email).await;
        fill_in(visitor, &family, true).await;
        visitor.look("summary").await;
        tick_boxes(visitor).await;
        visitor.press("enrol.summary.send").await;
        visitor.arrive("/inviata").await;
        open_documents(visitor).await;
        visitor.press_at(".sign-out").await;
        office::confirm_the_only_application(visitor).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_cancels_is_told_why_and_can_try_again() {
    let federations = Federations::open().await;
    visit(&federations.portal, Seat::telephone("alfa", Locale::It), async |visitor| {
        visitor.chapter = "refused-";
        visitor.open("/").await;
        visitor.open_list().await;
        visitor.leave_for("Identità Delta").await;
        for (person, action, reason) in [
            ("anna", "annulla", "cancelled"),
            ("anna", "non-acconsento", "consent_denied"),
            ("minore", "acconsento", "minor"),
        ] {
            visitor.decide(person, action).await;
            assert_eq!(visitor.title().await, visitor.said("identity.refused.title", "SPID"));
            let words = visitor.words(&format!("identity.refused.text.{reason}"));
            assert!(visitor.text("main").await.contains(&words), "{reason}");
            visitor.look(reason).await;
            let retry = visitor.element("main .btn-primary").await;
            retry.click().await.expect("it can be pressed");
            visitor.at_provider().await;
        }
        visitor.decide("luca", "acconsento").await;
        visitor.arrive(MINE).await;
        assert!(visitor.text("main").await.contains("Luca Esempio"));
    })
    .await;
}

#[tokio::test]
async fn without_scripts_a_person_comes_in_with_spid() {
    let federations = Federations::open().await;
    let seat = Seat::telephone("beta", Locale::It).without_scripts();
    visit(&federations.portal, seat, async |visitor| {
        visitor.chapter = "spid-";
        visitor.open("/").await;
        visitor.open_list().await;
        visitor.look("list").await;
        visitor.leave_for("Identità Beta").await;
        visitor.decide("anna", "acconsento").await;
        visitor.arrive(MINE).await;
        visitor.look("mine").await;
        assert!(visitor.text("main").await.contains("Anna Prova"));
    })
    .await;
}

#[tokio::test]
async fn the_list_of_providers_closes_with_esc_and_is_shuffled_at_every_load() {
    let federations = Federations::open().await;
    visit(&federations.portal, Seat::desk("beta", Locale::It), async |visitor| {
        visitor.open("/").await;
        let summary = visitor.element(".door-spid summary").await;
        summary.send_keys(Key::Enter + "").await.expect("a key");
        assert_eq!(visitor.count(".door-spid[open]").await, 1, "the keyboard opens it");
        let link = visitor.element(".provider-link").await;
        link.send_keys(Key::Escape + "").await.expect("a key");
        assert_eq!(visitor.count(".door-spid[open]").await, 0, "Esc closes it");
        let focused = visitor.driver.active_element().await.expect("something has the focus");
        assert_eq!(focused.tag_name().await.expect("a tag"), "summary");
        let mut orders = HashSet::new();
        for _ in 0..8 {
            visitor.open("/").await;
            let order = visitor.providers().await;
            assert_eq!(order.iter().collect::<HashSet<_>>().len(), 4, "{order:?}");
            orders.insert(order);
        }
        assert!(orders.len() > 1, "always {orders:?}");
    })
    .await;
}
