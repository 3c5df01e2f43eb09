//! The table of anomalies: every number leads to a page in the person's language that says what happened and what to do.

use super::{is_signed_in, last_outcome, open_doors};
use axum::http::StatusCode;
use simulators::identity_provider::{ErrorCode, Signing, signer::SignOptions};
use support::{
    browser::Browser,
    federation::Leaving,
    inside,
    words::{en, it, it_with},
};

const REASONS: [(u8, &str); 18] = [
    (8, "technical"),
    (9, "technical"),
    (11, "technical"),
    (12, "technical"),
    (13, "technical"),
    (14, "technical"),
    (15, "technical"),
    (16, "technical"),
    (17, "technical"),
    (18, "technical"),
    (19, "wrong_credentials"),
    (20, "level_missing"),
    (21, "timed_out"),
    (22, "consent_denied"),
    (23, "suspended"),
    (24, "technical"),
    (25, "cancelled"),
    (30, "kind_not_allowed"),
];

#[tokio::test]
async fn every_number_has_its_page_signed_or_not() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    assert_eq!(REASONS.len(), ErrorCode::ALL.len());
    for (position, (number, reason)) in REASONS.into_iter().enumerate() {
        let left = Leaving::by(&mut browser, "alfa").await;
        let answer = left.error(&app, number);
        let signing = if position % 2 == 0 { Signing::NONE } else { Signing::RESPONSE };
        let key = left.provider.key().unwrap();
        let xml = answer.signed(key, signing, &SignOptions::default()).unwrap();
        let page = left.bring(&mut browser, &xml).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{number}");
        let text = page.text();
        for part in ["text", "advice"] {
            let words = it_with(&format!("identity.refused.{part}.{reason}"), "scheme", "SPID");
            assert!(text.contains(&words), "{number}: {words}");
        }
        assert!(text.contains(&format!("SPID {number}")), "{number}");
        let retry = page.attributes("main a.btn-primary", "href");
        assert!(retry.iter().any(|href| href.starts_with("/spid/accesso?")), "{number}: {retry:?}");
        assert!(!is_signed_in(&browser, "alfa"));
        assert_eq!(last_outcome(&app, "alfa").await, "provider_error");
        let known = format!("audit_event WHERE details->>'provider_error' = '{number}'");
        assert_eq!(inside::count(&app, "alfa", &known).await, 1, "{number}");
    }
}

#[tokio::test]
async fn the_page_speaks_the_persons_language_and_cie_has_its_own_words() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa").speaking("en-GB,en;q=0.9");
    let left = Leaving::by(&mut browser, "alfa").await;
    let page = left.bring(&mut browser, &left.error(&app, 25).to_xml()).await;
    assert!(page.text().contains(&en("identity.refused.text.cancelled")));
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "cie").await;
    let page = left.bring(&mut browser, &left.error(&app, 23).to_xml()).await;
    assert!(page.text().contains(&it("identity.refused.text.card_revoked")));
    assert!(page.text().contains("CIE 23"));
}

#[tokio::test]
async fn of_a_provider_s_own_words_nothing_is_shown() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    for message in ["ErrorCode nr99", "ErrorCode nr25 <b>x</b>", "Chiama il numero 800000000", ""] {
        let left = Leaving::by(&mut browser, "alfa").await;
        let mut answer = left.error(&app, 25);
        answer.status.as_mut().unwrap().message = Some(message.into());
        let page = left.bring(&mut browser, &answer.to_xml()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text().contains(&it("identity.refused.text.technical")), "{message}");
        assert!(!page.text().contains("800000000") && !page.text().contains("nr99"));
    }
}
