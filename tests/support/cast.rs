//! Everybody who may knock at a page of alfa: nobody in particular, families and officers of two comuni, a person with a
//! digital identity.

use crate::{app::TestApp, browser::Browser, family::Family, files, inside, officer::Officer};
use domain::ids::{ApplicationId, AttachmentId, DraftId};
use routes::RouteInfo;

/// The actors, and what the pages are about.
pub struct Cast<'a> {
    actors: Vec<(&'static str, Browser<'a>)>,
    /// The draft of family A of alfa; it is sent.
    pub draft: DraftId,
    /// The application made from it.
    pub application: ApplicationId,
    /// A file of it.
    pub attachment: AttachmentId,
}

impl<'a> Cast<'a> {
    /// Family A enrols with a file; everybody else has business of their own.
    pub async fn assemble(app: &'a TestApp) -> Self {
        app.open_identity_doors().await;
        let owner = enrolled_with_file(app).await;
        let mut other = Family::arrive(app, "alfa", 2).await;
        other.enrol().await;
        let mut foreign = Family::arrive(app, "beta", 3).await;
        foreign.enrol().await;
        let mut person = Browser::at(app, "alfa");
        person.sign_in("alfa", "anna").await;
        let officer = Officer::arrive(app, "alfa").await;
        let foreign_officer = Officer::arrive(app, "beta").await;
        let draft = owner.draft();
        let by_draft =
            |table: &str| format!("SELECT id FROM {table} WHERE draft_id = '{}'", draft.uuid());
        let application = inside::value::<uuid::Uuid>(app, "alfa", &by_draft("application")).await;
        let attachment = inside::value::<uuid::Uuid>(app, "alfa", &by_draft("attachment")).await;
        let actors = vec![
            ("anonymous", Browser::at(app, "alfa")),
            ("family_a", owner.browser),
            ("family_b", other.browser),
            ("foreign_family", smuggled(foreign.browser)),
            ("person", person),
            ("officer", officer.browser),
            ("foreign_officer", smuggled(foreign_officer.browser)),
        ];
        Self { actors, draft, application: application.into(), attachment: attachment.into() }
    }

    /// The actors with a fresh window each.
    pub fn actors(&self) -> Vec<(&'static str, Browser<'a>)> {
        self.actors.iter().map(|(name, browser)| (*name, browser.twin())).collect()
    }

    /// The path of a route about family A.
    pub fn path(&self, info: &RouteInfo) -> String {
        let ids =
            [self.draft.to_string(), self.application.to_string(), self.attachment.to_string()];
        path_of(info, &ids[0], &ids[1], &ids[2])
    }
}

/// Nobody gave it.
const NO_RATING: &str = "0198c0de-0000-7000-8000-000000000009";

/// The path of a route about these things; a parameter that nobody knows fails the test.
pub fn path_of(info: &RouteInfo, draft: &str, application: &str, attachment: &str) -> String {
    let style = web::State::asset_names().remove("site.css").expect("an embedded file");
    let known = [
        ("draft", draft),
        ("application", application),
        ("attachment", attachment),
        ("step", "pupil"),
        ("image", "192.png"),
        ("comune", "alfa"),
        ("document", "riepilogo.pdf"),
        ("service", "canteen"),
        ("rating", NO_RATING),
        ("token", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("file", style.trim_start_matches("/static/")),
    ];
    let path = routes::fill(info.pattern, &known);
    assert!(!path.contains('{'), "nobody knows what to put into {}", info.pattern);
    path
}

async fn enrolled_with_file(app: &TestApp) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    let form = family.filled();
    let form = form.choose("identity_document", "carta.pdf", "application/pdf", files::PDF);
    family.send(form.press("upload")).await;
    family.fill_in().await;
    family.submit().await;
    family
}

/// The session of beta, shown to alfa as if it were one of alfa's.
fn smuggled(mut browser: Browser<'_>) -> Browser<'_> {
    let token = browser.cookies.get("__Host-s_beta").cloned().expect("a session of beta");
    browser.cookies.insert("__Host-s_alfa".to_owned(), token);
    "alfa.example.test".clone_into(&mut browser.host);
    browser
}
