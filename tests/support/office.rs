//! A person of the school office at a browser: password, second factor, list, decisions.

use crate::{app::TestApp, browser::Browser, form::Form, page::Page};
use domain::{Actor, Clock as _, EmailAddress, ids::ApplicationId};
use jiff::SignedDuration;
use operations::officers::{self, NewOfficer};
use routes::{
    Route,
    office::{OfficeApplication, OfficeApplications, OfficeConfirm, OfficeRefuse, OfficeSignIn},
};
use secrets::TotpSecret;

/// An officer of a comune.
pub struct Officer<'a> {
    /// Their browser.
    pub browser: Browser<'a>,
    /// Address they sign in with.
    pub email: String,
    /// Password the operator handed over.
    pub password: String,
    /// The device with their second factor.
    pub device: TotpSecret,
    /// The page they look at.
    pub page: Page,
}

impl<'a> Officer<'a> {
    /// Gets an account as `campanella officers create` makes one, and opens the office's door.
    pub async fn hire(app: &'a TestApp, slug: &str) -> Self {
        let email = format!("ufficio@{slug}.example");
        let name = "Carla Funzionaria".to_owned();
        app.logs.watch_words([email.clone(), name.clone(), "Funzionaria".to_owned()]);
        let new =
            NewOfficer { email: EmailAddress::parse(&email).expect("an address"), name };
        let ctx = app.ctx(app.tenant(slug), Actor::Platform);
        let created = officers::create(&ctx, &app.platform, &new).await.expect("it can be stored");
        let created = created.expect("the address is free");
        app.logs.watch_words([created.password.clone()]);
        let mut browser = Browser::at(app, slug);
        let page = browser.open(&OfficeSignIn {}.path()).await;
        Self { browser, email, password: created.password, device: created.totp, page }
    }

    /// An officer who is in already.
    pub async fn at_work(app: &'a TestApp, slug: &str) -> Self {
        let mut officer = Self::hire(app, slug).await;
        officer.sign_in().await;
        officer
    }

    /// What the device shows now.
    pub fn code(&self) -> String {
        self.device.code_at(self.browser.app.clock.now())
    }

    /// Signs in as one should.
    pub async fn sign_in(&mut self) -> &Page {
        let (email, password, code) = (self.email.clone(), self.password.clone(), self.code());
        self.try_sign_in(&email, &password, &code).await;
        assert!(self.page.path.ends_with("/ufficio/domande"), "{:?}", self.page);
        &self.page
    }

    /// The next code, and in again.
    pub async fn sign_in_again(&mut self) -> &Page {
        self.browser.app.clock.advance(SignedDuration::from_secs(30));
        self.sign_in().await
    }

    /// Signs in with whatever is typed.
    pub async fn try_sign_in(&mut self, email: &str, password: &str, code: &str) -> &Page {
        let form = self.open(&OfficeSignIn {}).await.form();
        let form = form.fill("email", email).fill("password", password).fill("code", code);
        self.send(form).await
    }

    /// Opens a page of the office.
    pub async fn open(&mut self, route: &impl Route) -> &Page {
        self.page = self.browser.open(&route.path()).await;
        &self.page
    }

    /// Sends a form.
    pub async fn send(&mut self, form: Form) -> &Page {
        self.page = self.browser.send(form).await;
        &self.page
    }

    /// The list, searched.
    pub async fn search(&mut self, text: &str) -> &Page {
        let form = self.open(&OfficeApplications {}).await.form_with("[name=text]");
        self.send(form.fill("text", text)).await
    }

    /// The application with this number, from the list.
    pub async fn find(&mut self, number: &str) -> ApplicationId {
        self.open(&OfficeApplications {}).await;
        let numbers = self.page.texts("tbody th a");
        let links = self.page.attributes("tbody th a", "href");
        let at = numbers.iter().position(|known| known == number).expect("it is in the list");
        let id = links[at].rsplit('/').next().and_then(|id| id.parse().ok());
        id.expect("a link to an application")
    }

    /// Opens an application.
    pub async fn read(&mut self, application: ApplicationId) -> &Page {
        self.open(&OfficeApplication { application }).await
    }

    /// Confirms what was read last.
    pub async fn confirm(&mut self, application: ApplicationId, identity: &str) -> &Page {
        let form = self.open(&OfficeConfirm { application }).await.form_with("[name=identity]");
        self.send(form.fill("identity", identity)).await
    }

    /// Refuses what was read last.
    pub async fn refuse(&mut self, application: ApplicationId, reason: &str) -> &Page {
        let form = self.open(&OfficeRefuse { application }).await.form_with("[name=reason]");
        self.send(form.fill("reason", reason)).await
    }
}
