//! The comuni that we ship: each shows its own face in each of its languages, and its whole form can be walked.

use domain::{Clock as _, Locale, form::Step};
use simulators::families::{Family as Walker, Reached, walk};
use std::collections::BTreeSet;
use support::{app::TestApp, browser::Browser, family::Family, loopback::Loopback};
use tenants::Tenant;

const SHIPPED: [&str; 2] = ["taranto", "montesole"];

fn steps(app: &TestApp, tenant: &Tenant) -> Vec<Step> {
    let year = tenant.shown_year(app.clock.now()).expect("a window is open or announced");
    tenant.form(year).expect("a form for the year").steps.clone()
}

/// Start page, style sheet, logo, and the door up to the first step of the form.
async fn arrive(app: &TestApp, slug: &str, locale: Locale, number: u16) {
    let tenant = app.platform.tenants.by_slug(slug).expect("a shipped tenant");
    let browser = Browser::at_path(app, slug).speaking(locale.tag());
    // It answers no question here, so it knows the answers of another comune.
    let mut family = Family::arrive_with(browser, "alfa", number).await;
    let start = &family.page;
    assert!(start.text().contains(tenant.name()), "{slug} {locale:?} says whose page it is");
    assert_eq!(start.attributes("html", "lang"), [locale.tag()]);
    let (style, logo) = (
        start.attributes("link[href*='/stile.css']", "href"),
        start.attributes("img[src*='/stemma']", "src"),
    );
    let style = family.browser.get(&style[0]).await;
    assert!(style.html().contains(&tenant.settings().brand.colour.to_string()), "{slug}");
    assert_eq!(family.browser.get(&logo[0]).await.bytes, tenant.logo().as_bytes());
    family.begin().await;
    let steps = steps(app, &tenant);
    let first = steps[0].title.get(locale).to_owned();
    assert!(family.page.path.ends_with(&format!("/passo/{}", steps[0].key)), "{:?}", family.page);
    assert_eq!(family.page.texts("h1"), [first], "{slug} {locale:?}");
    for question in &steps[0].questions {
        assert!(
            family.page.form_with("[name=_revision]").controls().iter().any(|control| {
                control == &question.key || control.starts_with(&format!("{}.", question.key))
            }),
            "{slug} asks {}",
            question.key
        );
    }
}

#[tokio::test]
async fn each_shipped_comune_opens_its_form_in_each_of_its_languages() {
    let app = TestApp::start().await;
    app.apply_folder("tenants").await;
    let mut number = 0;
    let mut faces = BTreeSet::new();
    for slug in SHIPPED {
        let tenant = app.platform.tenants.by_slug(slug).expect("a shipped tenant");
        for locale in tenant.locales() {
            number += 1;
            arrive(&app, slug, *locale, number).await;
        }
        let keys: Vec<String> = steps(&app, &tenant).into_iter().map(|step| step.key).collect();
        assert!(faces.insert((tenant.settings().brand.colour.to_string(), keys)), "{slug}");
    }
    let languages = Locale::ALL.len() + 2;
    assert_eq!((usize::from(number), faces.len()), (languages, 2), "all languages, and two faces");
}

#[tokio::test]
async fn an_invented_family_finishes_the_whole_form_of_each_shipped_comune() {
    let loopback = Loopback::open().await;
    loopback.app.apply_folder("tenants").await;
    let mut number = 0;
    for slug in SHIPPED {
        let tenant = loopback.app.platform.tenants.by_slug(slug).expect("a shipped tenant");
        for locale in tenant.locales() {
            number += 1;
            let family = Walker { locale: *locale, ..Walker::invented(20, number) };
            let portal = loopback.portal(slug);
            let outcome = loopback.while_working(walk(&portal, &family)).await;
            assert_eq!((outcome.refusal, outcome.reached), (None, Reached::Sent), "{slug}");
            // Whoever reads another language gets the binding texts as well.
            let documents = if *locale == Locale::It { 3 } else { 6 };
            assert_eq!(outcome.documents.len(), documents, "{slug} {locale:?}");
            for step in steps(&loopback.app, &tenant).iter().filter(|step| is_for_all(step)) {
                let page = format!("GET /iscrizioni/passo/{}", step.key);
                assert!(outcome.visits.iter().any(|visit| visit.page == page), "{slug}: {page}");
            }
        }
    }
    loopback.app.done().await;
}

/// A step about one service is asked only of those who want it.
fn is_for_all(step: &Step) -> bool {
    step.school_service.is_none()
}
