//! What every footer leads to: accessibility, privacy, and the pages of the comune's own site.

use routes::{
    Route as _,
    tenant::{Accessibility, PrivacyNotice, Start},
};
use support::{app::TestApp, browser::Browser, words::it};

#[tokio::test]
async fn the_accessibility_page_says_what_holds_and_whom_to_tell_about_a_barrier() {
    let app = TestApp::start().await;
    let page = Browser::at(&app, "alfa").open(&Accessibility {}.path()).await;
    let text = page.text();
    for key in ["conformance_text", "limit_readers", "defender_text"] {
        assert!(text.contains(&it(&format!("site.accessibility.{key}"))), "{key}");
    }
    for word in ["Comune di Alfa", "scuola@alfa.example.test", "+39 099 0000001", "WCAG 2.1"] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains(&it("site.accessibility.declared")), "alfa has declared nothing yet");
}

#[tokio::test]
async fn the_declaration_of_the_comune_is_linked_where_there_is_one() {
    let app = TestApp::start().await;
    let page = Browser::at(&app, "beta").open(&Accessibility {}.path()).await;
    let declaration = "https://form.agid.gov.it/view/beta";
    let links = page.attributes("main a", "href");
    assert!(links.iter().any(|link| link == declaration), "{links:?}");
    let footer = page.attributes("footer [data-element=accessibility-link]", "href");
    assert_eq!(footer, [declaration]);
    assert!(page.has("footer a[href='/accessibilita']"), "our own page is linked as well");
    let alfa = Browser::at(&app, "alfa").open(&Start {}.path()).await;
    let footer = alfa.attributes("footer [data-element=accessibility-link]", "href");
    assert_eq!(footer, ["/accessibilita"]);
}

#[tokio::test]
async fn the_privacy_notice_is_there_for_whoever_has_not_begun() {
    let app = TestApp::start().await;
    let page = Browser::at(&app, "alfa").open(&PrivacyNotice {}.path()).await;
    assert_eq!(page.title(), "Informativa di Alfa");
    assert!(page.text().contains("Il titolare è il Comune di Alfa."));
    assert!(page.text().contains(&it("site.privacy.cookies_text")));
    let other = Browser::at(&app, "beta").open(&PrivacyNotice {}.path()).await;
    assert!(!other.text().contains("Comune di Alfa"));
}

#[tokio::test]
async fn links_that_a_comune_does_not_give_are_not_shown() {
    let app = TestApp::start().await;
    let hooks = ["faq", "appointment-booking", "report-inefficiency", "legal-notes"];
    let alfa = Browser::at(&app, "alfa").open(&Start {}.path()).await;
    let beta = Browser::at(&app, "beta").open(&Start {}.path()).await;
    for hook in hooks {
        let element = format!("footer [data-element={hook}]");
        assert!(!alfa.has(&element), "{hook}");
        assert_eq!(
            beta.attributes(&element, "href"),
            [format!("https://www.beta.example.test/{hook}")]
        );
    }
    for hook in ["management", "news", "all-services", "live"] {
        assert!(
            beta.has(&format!("[data-element=main-navigation] [data-element={hook}]")),
            "{hook}"
        );
    }
}
