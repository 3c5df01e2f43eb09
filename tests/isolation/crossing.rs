//! Two comuni full of families: by no address, search, file, document or mail does one reach the other's.

use domain::ids::{ApplicationId, AttachmentId, DraftId};
use routes::{Audience, Method, RouteInfo, Scope};
use support::{
    app::TestApp, browser::Browser, family::Family, files, form::Form, officer::Officer, page::Page,
};
use uuid::Uuid;

/// Ids of one family's things.
#[derive(Clone, Copy)]
struct Ids {
    draft: DraftId,
    application: ApplicationId,
    attachment: AttachmentId,
}

impl Ids {
    /// Ids that nobody has.
    fn of_nobody() -> Self {
        let id = |number: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number);
        Self { draft: id(1).into(), application: id(2).into(), attachment: id(3).into() }
    }

    fn path(self, route: &RouteInfo) -> String {
        let (draft, application) = (self.draft.to_string(), self.application.to_string());
        let attachment = self.attachment.to_string();
        routes::fill(
            route.pattern,
            &[
                ("draft", &draft),
                ("application", &application),
                ("attachment", &attachment),
                ("step", "pupil"),
                ("document", "riepilogo.pdf"),
            ],
        )
    }
}

/// A family that enrolled with a file, and the ids of what is its own.
async fn enrolled<'a>(
    app: &'a TestApp,
    slug: &str,
    officer: &mut Officer<'_>,
) -> (Family<'a>, Ids) {
    let mut family = Family::arrive(app, slug, 1).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    let form = family.filled();
    let form = form.choose("identity_document", "carta.pdf", "application/pdf", files::PDF);
    family.send(form.press("upload")).await;
    let link = family.page.attributes(".file-list a", "href").pop().expect("a file");
    let attachment = link.rsplit('/').next().unwrap().parse().expect("an id");
    family.fill_in().await;
    family.submit().await;
    let draft = family.draft();
    let application = officer.listed().await[0];
    (family, Ids { draft, application, attachment })
}

/// All requests that a route takes, about these things.
async fn ask(browser: &mut Browser<'_>, route: &RouteInfo, ids: Ids) -> Vec<Page> {
    let mut pages = Vec::new();
    for method in route.methods {
        pages.push(match method {
            Method::Get => browser.get(&ids.path(route)).await,
            Method::Post => {
                let fields = [("_revision", "1"), ("code", "123456"), ("email", "x@posta.example")];
                browser.post(&Form::by_hand(&ids.path(route), &fields)).await
            }
        });
    }
    pages
}

/// Another comune's thing must look exactly like a thing that does not exist.
async fn assert_looks_absent(browser: &mut Browser<'_>, audience: Audience, foreign: Ids) {
    let mut asked = 0;
    for route in routes::all().filter(|route| route.audience == audience) {
        assert_eq!(route.scope, Scope::Tenant);
        if !route.pattern.contains('{') {
            continue;
        }
        let theirs = ask(browser, route, foreign).await;
        let nobodys = ask(browser, route, Ids::of_nobody()).await;
        for (theirs, nobodys) in theirs.iter().zip(&nobodys) {
            assert_eq!(theirs.status, 404, "{}", route.name);
            assert_eq!(theirs.bytes, nobodys.bytes, "{}: the same body", route.name);
            asked += 1;
        }
    }
    assert!(asked > 5, "only {asked} requests");
}

#[tokio::test]
async fn another_comunes_drafts_look_as_if_they_did_not_exist() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let (mut owner, ids) = enrolled(&app, "alfa", &mut officer).await;
    let mut stranger = Family::arrive(&app, "beta", 2).await;
    stranger.enrol().await;
    assert_looks_absent(&mut stranger.browser, Audience::Draft, ids).await;
    let mut neighbour = Family::arrive(&app, "alfa", 3).await;
    neighbour.enrol().await;
    assert_looks_absent(&mut neighbour.browser, Audience::Draft, ids).await;
    let own = owner.open(&routes::enrol::Status { draft: ids.draft }).await;
    assert_eq!(own.fact("Stato iscrizione").unwrap(), "Inviata", "nothing was changed");
}

#[tokio::test]
async fn another_comunes_applications_look_as_if_they_did_not_exist() {
    let app = TestApp::start().await;
    let mut officer = Officer::arrive(&app, "alfa").await;
    let (_, ids) = enrolled(&app, "alfa", &mut officer).await;
    let mut elsewhere = Officer::arrive(&app, "beta").await;
    assert_looks_absent(&mut elsewhere.browser, Audience::Officer, ids).await;
    let page = officer.read(ids.application).await;
    assert!(page.text().contains("Inviata"), "nothing was decided");
}

#[tokio::test]
async fn lists_searches_and_counters_know_their_own_comune_only() {
    let app = TestApp::start().await;
    for number in 1..=3 {
        Family::arrive(&app, "alfa", number).await.enrol().await;
    }
    Family::arrive(&app, "beta", 1).await.enrol().await;
    let mut alfa = Officer::arrive(&app, "alfa").await;
    let mut beta = Officer::arrive(&app, "beta").await;
    assert_eq!(alfa.listed().await.len(), 3);
    assert_eq!(beta.listed().await.len(), 1);
    assert!(beta.page.texts(".filter-list a").join(" ").contains("(1)"));
    // The same child in both comuni: each finds its own.
    let code = support::people::Person::pupil(1).codice_fiscale();
    for officer in [&mut alfa, &mut beta] {
        let page = officer.open(&routes::office::OfficeApplications {}).await;
        let form = page.form_with("[name=text]").fill("text", code.as_str());
        officer.send(form).await;
        assert_eq!(officer.shown().len(), 1);
    }
    let foreign = alfa.listed().await;
    let next = format!("/ufficio/domande?da=2027-01-01T00:00:00Z&id={}", foreign[0]);
    beta.page = beta.browser.open(&next).await;
    assert!(beta.shown().iter().all(|id| !foreign.contains(id)));
}

#[tokio::test]
async fn mails_of_two_comuni_go_out_in_their_own_names() {
    let app = TestApp::start().await;
    let mut families = Vec::new();
    for slug in ["alfa", "beta"] {
        let mut family = Family::arrive(&app, slug, 1).await;
        family.guardian = family.guardian.clone().with_email(slug);
        family.enrol().await;
        families.push((slug, family));
    }
    app.work().await;
    for (slug, family) in families {
        for mail in family.mails().await {
            assert_eq!(mail.from, format!("noreply@{slug}.example.test"));
            let other = if slug == "alfa" { "Beta" } else { "Alfa" };
            assert!(!mail.text.contains(other), "{}", mail.subject);
        }
    }
}
