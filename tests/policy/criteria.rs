//! The criteria that AgID's model sets for the digital services of a comune, as far as they show over HTTP. Fonts and
//! styles are seen in `browser/criteria.rs`.

mod person;

use routes::{
    Route as _,
    enrol::{CredentialDoor, Summary},
    tenant::{Accessibility, DocumentCheck, PrivacyNotice, Service, Start},
};
use support::{app::TestApp, browser::Browser, family::Family, form::Form, page::Page, words::it};

const CANTEEN: Service = Service { service: domain::SchoolService::Canteen };

/// A family walks from the privacy notice to the summary; every page on the way is looked at.
async fn walk<'a>(app: &'a TestApp, slug: &str, mut look: impl FnMut(&Page)) -> Family<'a> {
    let mut family = Family::arrive(app, slug, 1).await;
    family.start().await;
    family.verify().await;
    look(&family.page);
    family.accept_privacy().await;
    let mut steps = 0;
    while family.page.path.contains("/passo/") {
        look(&family.page);
        steps += 1;
        family.answer("next").await;
    }
    assert!(steps > 2 && family.page.path.ends_with("/riepilogo"), "{:?}", family.page);
    family
}

#[tokio::test]
async fn c_se_1_1_every_service_is_reached_by_digital_identity_from_its_page() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut browser = Browser::at(&app, "beta");
    let start = browser.open(&Start {}.path()).await;
    for link in start.attributes(".window-card h3 a", "href") {
        let page = browser.get(&link).await;
        let access = page.attributes("[data-element=service-online-access]", "href");
        assert_eq!(access, ["/#doors"], "{link}");
    }
    assert!(start.has("#doors"));
    assert!(start.has(".door-spid a.provider-link") && start.has(".door-cie a"), "{start:?}");
}

#[tokio::test]
async fn c_se_1_4_a_summary_in_words_stands_after_all_steps_and_right_before_sending() {
    let app = TestApp::start().await;
    let mut sends = Vec::new();
    let mut family =
        walk(&app, "alfa", |page| sends.push(page.text().contains(&it("enrol.summary.send"))))
            .await;
    assert!(sends.iter().all(|sends| !sends), "nothing is sent from a step");
    let text = family.page.text();
    for word in [family.pupil.surname.as_str(), "Primaria Alfa Uno", "Mensa di Alfa"] {
        assert!(text.contains(word), "the summary says everything");
    }
    assert!(text.contains(&it("enrol.summary.check")) && text.contains(&it("enrol.summary.send")));
    assert!(!family.page.has("main a[download], main a[href$='.pdf']"), "in words, not as a file");
    family.submit().await;
    assert!(family.page.path.ends_with("/inviata"), "sending comes right after it");
}

#[tokio::test]
async fn c_se_1_6_a_draft_can_be_saved_on_every_page_of_the_way() {
    let app = TestApp::start().await;
    for slug in ["alfa", "beta"] {
        let mut without = Vec::new();
        walk(&app, slug, |page| {
            if !page
                .texts("button[name=_action][value=save]")
                .contains(&it("enrol.step.save_draft"))
            {
                without.push(page.path.clone());
            }
        })
        .await;
        assert!(without.is_empty(), "{without:?}");
    }
}

#[tokio::test]
async fn c_se_1_7_the_end_asks_how_easy_it_was_in_the_words_of_the_criterion() {
    let app = TestApp::start().await;
    let mut family = walk(&app, "alfa", |_| ()).await;
    family.submit().await;
    let end = family.page.clone();
    let title = end.texts("[data-element=feedback] [data-element=feedback-title]");
    assert_eq!(title, ["Quanto è stato facile usare questo servizio?"]);
    for number in 1..=5 {
        assert!(end.has(&format!("input[type=radio][data-element=feedback-rate-{number}]")));
    }
    let hard = [
        "A volte le indicazioni non erano chiare",
        "A volte le indicazioni non erano complete",
        "A volte non capivo se stavo procedendo correttamente",
        "Ho avuto problemi tecnici",
        "Altro",
    ];
    let liked = [
        "Le indicazioni erano chiare",
        "Le indicazioni erano complete",
        "Capivo sempre che stavo procedendo correttamente",
        "Non ho avuto problemi tecnici",
        "Altro",
    ];
    for (stars, side, question, answers) in [
        ("1", "negative", "Dove hai incontrato le maggiori difficoltà?", hard),
        ("3", "negative", "Dove hai incontrato le maggiori difficoltà?", hard),
        ("4", "positive", "Quali sono stati gli aspetti che hai preferito?", liked),
        ("5", "positive", "Quali sono stati gli aspetti che hai preferito?", liked),
    ] {
        let form = end.form_with("[name=stars]").set("stars", &[stars]);
        let page = family.browser.send(form).await;
        let within =
            format!("[data-element=feedback-rating-{side}] [data-element=feedback-rating-");
        assert_eq!(page.texts(&format!("{within}question]")), [question], "{stars}");
        assert_eq!(page.texts(&format!("{within}answer]")), answers, "{stars}");
        assert!(page.has("[data-element=feedback-input-text] [maxlength='200']"), "{stars}");
    }
    let service = Browser::at(&app, "alfa").open(&CANTEEN.path()).await;
    let title = service.texts("[data-element=feedback-title]");
    assert_eq!(title, ["Quanto sono chiare le informazioni su questa pagina?"]);
}

#[tokio::test]
async fn c_se_1_8_steps_are_seen_until_the_end_and_lead_back() {
    let app = TestApp::start().await;
    let mut seen = 0;
    let mut check = |page: &Page| {
        assert_eq!(page.texts(".steppers li.active").len(), 1, "{page:?}");
        assert_eq!(page.attributes(".steppers li.confirmed a", "href").len(), seen, "{page:?}");
        assert!(seen == 0 || page.has("[name=_action][value=back], .step-buttons a"), "{page:?}");
        seen += 1;
    };
    let mut family = walk(&app, "alfa", &mut check).await;
    check(&family.page);
    let back = family.page.attributes(".steppers li.confirmed a", "href");
    for link in back {
        assert_eq!(family.browser.get(&link).await.status, 200, "{link}");
    }
    let draft = family.draft();
    assert_eq!(family.open(&Summary { draft }).await.status, 200, "nothing was lost");
}

#[tokio::test]
async fn c_se_1_10_the_end_says_number_day_and_a_term_no_longer_than_the_services_page_promises() {
    let app = TestApp::start().await;
    let promised = Browser::at(&app, "alfa").open(&CANTEEN.path()).await.text();
    assert!(promised.contains("L'ufficio risponde entro 30 giorni"), "{promised}");
    let mut family = walk(&app, "alfa", |_| ()).await;
    family.submit().await;
    let fact = |key| family.page.fact(&it(key)).unwrap_or_default();
    assert_eq!(fact("enrol.submitted.number"), "2026/000001");
    assert!(fact("enrol.submitted.sent_at").starts_with("15/09/2026"));
    assert_eq!(fact("enrol.submitted.answer_by"), "giovedì 15 ottobre 2026", "thirty days later");
}

#[tokio::test]
async fn c_se_2_2_an_appointment_can_be_booked_from_every_page_of_the_way() {
    let app = TestApp::start().await;
    let mut links = Vec::new();
    let mut family = walk(&app, "beta", |page| {
        links.extend(page.attributes("[data-element=appointment-booking]", "href"));
    })
    .await;
    family.submit().await;
    links.extend(family.page.attributes("[data-element=appointment-booking]", "href"));
    assert!(links.len() > 4, "{links:?}");
    let booking = "https://www.beta.example.test/appointment-booking";
    assert!(links.iter().all(|link| link == booking), "{links:?}");
}

#[tokio::test]
async fn c_se_3_1_cookies_and_files_come_from_the_comunes_own_host_only() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let mut foreign = Vec::new();
    for path in [Start {}.path(), CredentialDoor {}.path(), CANTEEN.path(), Accessibility {}.path()]
    {
        let page = browser.get(&path).await;
        let cookies = page.headers.get_all("set-cookie").iter();
        for cookie in cookies.filter_map(|cookie| cookie.to_str().ok()) {
            let own = cookie.starts_with("__Host-") && !cookie.to_lowercase().contains("domain=");
            assert!(own, "{path}: {cookie}");
        }
        for (element, name) in
            [("script[src]", "src"), ("link[href]", "href"), ("img", "src"), ("iframe", "src")]
        {
            let files = page.attributes(element, name).into_iter();
            foreign.extend(files.filter(|file| !file.starts_with('/') && file != "data:,"));
        }
    }
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[tokio::test]
async fn c_se_3_2_and_3_3_every_page_leads_to_the_declaration_and_the_privacy_notice() {
    let app = TestApp::start().await;
    let mut wrong = Vec::new();
    let mut check = |page: &Page| {
        let declaration = page.attributes("footer [data-element=accessibility-link]", "href");
        let privacy = page.attributes("footer [data-element=privacy-policy-link]", "href");
        if declaration != ["https://form.agid.gov.it/view/beta"] || privacy != ["/privacy"] {
            wrong.push((page.path.clone(), declaration, privacy));
        }
    };
    walk(&app, "beta", &mut check).await;
    let mut browser = Browser::at(&app, "beta");
    for path in [Start {}.path(), PrivacyNotice {}.path(), CANTEEN.path(), "/servizi/x".to_owned()]
    {
        check(&browser.get(&path).await);
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[tokio::test]
async fn a_breadcrumb_leads_from_the_comunes_site_to_every_page() {
    let app = TestApp::start().await;
    let mut check = |page: &Page| {
        let links = page.attributes("nav.breadcrumb-container a", "href");
        let expected =
            ["https://www.beta.example.test", "https://www.beta.example.test/servizi", "/"];
        let up = if page.path == "/" { &expected[..2] } else { &expected[..] };
        assert_eq!(links, up, "{page:?}");
        assert_eq!(page.texts(".breadcrumb [aria-current=page]").len(), 1, "{page:?}");
    };
    let mut family = walk(&app, "beta", &mut check).await;
    check(&family.page);
    family.submit().await;
    check(&family.page);
    let mut browser = Browser::at(&app, "beta");
    for path in [Start {}.path(), CANTEEN.path(), DocumentCheck {}.path(), Accessibility {}.path()]
    {
        check(&browser.get(&path).await);
    }
    let refused = Form::by_hand(&CredentialDoor {}.path(), &[]);
    check(&browser.post(&refused).await);
}
