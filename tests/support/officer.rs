//! A person of the school office at the browser, with password and authenticator.

use crate::{app::TestApp, browser::Browser, form::Form, page::Page};
use domain::{Actor, Clock as _, EmailAddress, ids::ApplicationId};
use jiff::SignedDuration;
use operations::officers::NewOfficer;
use routes::{
    Route,
    office::{OfficeApplication, OfficeApplications, OfficeConfirm, OfficeRefuse, OfficeSignIn},
};
use secrets::TotpSecret;

/// An officer of one comune.
pub struct Officer<'a> {
    /// The browser.
    pub browser: Browser<'a>,
    /// Address to sign in with.
    pub email: String,
    /// First password.
    pub password: String,
    /// What the authenticator app holds.
    pub totp: TotpSecret,
    /// The page in front.
    pub page: Page,
}

impl<'a> Officer<'a> {
    /// An account made as on the operator's command line; nobody has signed in yet.
    pub async fn create(app: &'a TestApp, slug: &str, number: u16) -> Self {
        let email = format!("ufficio{number}@{slug}.example.test");
        let ctx = app.ctx(app.tenant(slug), Actor::Platform);
        let new = NewOfficer {
            email: EmailAddress::parse(&email).expect("an address"),
            name: format!("Carla Finta {number}"),
        };
        let created = operations::officers::create(&ctx, &app.platform, &new).await;
        let created = created.expect("the database answers").expect("the address is new");
        app.logs.watch_words([email.clone(), created.password.clone(), "Carla".to_owned()]);
        let mut browser = Browser::at(app, slug);
        let page = browser.open(&OfficeSignIn {}.path()).await;
        Self { browser, email, password: created.password, totp: created.totp, page }
    }

    /// The same, signed in and in front of the list.
    pub async fn arrive(app: &'a TestApp, slug: &str) -> Self {
        let mut officer = Self::create(app, slug, 1).await;
        officer.sign_in().await;
        assert!(officer.page.path.ends_with("/ufficio/domande"), "{:?}", officer.page);
        officer
    }

    /// Signs in with the code that the app shows now.
    pub async fn sign_in(&mut self) -> &Page {
        let code = self.code();
        let password = self.password.clone();
        self.sign_in_with(&password, &code).await
    }

    /// Signs in with whatever is typed.
    pub async fn sign_in_with(&mut self, password: &str, code: &str) -> &Page {
        let form = self.open(&OfficeSignIn {}).await.form_with("[name=password]");
        let form = form.fill("email", &self.email.clone());
        self.send(form.fill("password", password).fill("code", code)).await
    }

    /// The code that the authenticator app shows now.
    pub fn code(&self) -> String {
        self.totp.code_at(self.browser.app.clock.now())
    }

    /// Waits for the app's next code.
    pub fn wait_for_next_code(&self) {
        self.browser.app.clock.advance(SignedDuration::from_secs(30));
    }

    /// Opens a page.
    pub async fn open(&mut self, route: &impl Route) -> &Page {
        self.page = self.browser.open(&route.path()).await;
        &self.page
    }

    /// Sends a form.
    pub async fn send(&mut self, form: Form) -> &Page {
        self.page = self.browser.send(form).await;
        &self.page
    }

    /// The applications on the list, in its order.
    pub async fn listed(&mut self) -> Vec<ApplicationId> {
        self.open(&OfficeApplications {}).await;
        self.shown()
    }

    /// The applications on the page in front.
    pub fn shown(&self) -> Vec<ApplicationId> {
        let links = self.page.attributes("main tbody a", "href");
        let id = |link: &String| link.rsplit('/').next().and_then(|id| id.parse().ok());
        links.iter().filter_map(id).collect()
    }

    /// The application with this registration number, from the first page of the list.
    pub async fn numbered(&mut self, number: &str) -> ApplicationId {
        let listed = self.listed().await;
        let numbers = self.page.texts("main tbody th a");
        let at = numbers.iter().position(|known| known == number).expect("it is in the list");
        listed[at]
    }

    /// Opens an application.
    pub async fn read(&mut self, application: ApplicationId) -> &Page {
        self.open(&OfficeApplication { application }).await
    }

    /// Confirms it, having seen the signed summary.
    pub async fn confirm(&mut self, application: ApplicationId) -> &Page {
        let page = self.open(&OfficeConfirm { application }).await;
        let form = page.form_with("[name=identity]").fill("identity", "signed_with_document");
        self.send(form).await
    }

    /// Refuses it for a reason.
    pub async fn refuse(&mut self, application: ApplicationId, reason: &str) -> &Page {
        let page = self.open(&OfficeRefuse { application }).await;
        let form = page.form_with("[name=reason]").fill("reason", reason);
        self.send(form).await
    }
}
