//! The operations of digital identity, asked elsewhere about a person and a sign-in of alfa.

use domain::{Actor, Ctx, identity::Identity};
use operations::{
    identities,
    logins::{self, Evidence, Logout, Pending},
    sessions,
};
use secrets::Token;
use storage::sessions::Session;
use support::{app::TestApp, browser::Browser, federation::Leaving, people::Person};

/// A person of alfa who has signed in, and a sign-in that waits.
pub struct Guest {
    session: Session,
    identity: Identity,
    message_id: String,
    relay_state: Token,
    browser: Token,
}

impl Guest {
    /// Anna signs in at alfa, and leaves once more.
    pub async fn of_alfa(app: &TestApp) -> Self {
        app.open_identity_doors().await;
        let mut browser = Browser::at(app, "alfa");
        browser.sign_in("alfa", "anna").await;
        let cookie = |browser: &Browser<'_>, name: &str| {
            Token::parse(&browser.cookies[name]).expect("a token")
        };
        let token = cookie(&browser, "__Host-s_alfa");
        let leaving = Leaving::by(&mut browser, "alfa").await;
        let (tenant, now) = (app.tenant("alfa"), domain::Clock::now(&*app.clock));
        let session = sessions::resume(&app.platform, tenant, &token, now).await;
        let session = session.unwrap().expect("a live session");
        let ctx = app.ctx(tenant, Actor::Family { drafts: Vec::new() });
        let person = identities::person(&ctx, &app.platform, &session).await.unwrap();
        Self {
            session,
            identity: person.identity,
            message_id: leaving.request.id.clone().expect("an id"),
            relay_state: Token::parse(&leaving.relay_state).expect("a token"),
            browser: cookie(&browser, "__Host-i_alfa"),
        }
    }

    /// Each operation and whether it reached alfa's person or sign-in.
    pub async fn table(&self, app: &TestApp, ctx: &Ctx) -> Vec<(&'static str, bool)> {
        let (platform, session) = (&app.platform, &self.session);
        let pupil = Person::pupil(77).codice_fiscale();
        let person = identities::person(ctx, platform, session).await;
        let begun = identities::begin(ctx, platform, session, &pupil).await;
        let nobody = Ctx { actor: Actor::Anonymous, ..ctx.clone() };
        let listed = self.lists_anything(app, &nobody).await;
        let found = logins::find(
            &nobody,
            platform,
            &self.message_id,
            Some(&self.relay_state),
            Some(&self.browser),
        );
        let found = found.await.unwrap();
        let accepted = self.is_taken(app, &nobody).await;
        let logout = Logout {
            scheme: self.identity.scheme,
            provider: &self.identity.provider,
            subject: SUBJECT,
            message_id: "_1",
            message: "",
            answer: None,
            network: "",
        };
        let ended = logins::end(&nobody, platform, logout).await;
        vec![
            ("identities::person", super::reach::found(person)),
            ("identities::begin", super::reach::found(begun)),
            ("identities::enrolments", listed),
            ("logins::find", found.is_ok()),
            ("logins::accept", accepted),
            ("logins::end", ended.unwrap() > 0),
        ]
    }

    async fn lists_anything(&self, app: &TestApp, ctx: &Ctx) -> bool {
        let begun = identities::enrolments(ctx, &app.platform, &self.session).await;
        // At home the draft just begun is there; the session read before it may not open it, which shows that it is.
        begun.map_or(true, |lines| !lines.is_empty())
    }

    /// Whether the waiting sign-in can be answered.
    async fn is_taken(&self, app: &TestApp, ctx: &Ctx) -> bool {
        let home = Ctx { tenant: app.tenant("alfa"), ..ctx.clone() };
        let (relay_state, browser) = (Some(&self.relay_state), Some(&self.browser));
        let found =
            logins::find(&home, &app.platform, &self.message_id, relay_state, browser).await;
        let pending: Pending = found.unwrap().expect("it waits");
        let evidence = Evidence {
            message: "<x/>",
            message_id: "_answer",
            assertion_id: "_assertion",
            assertion_expires_at: ctx.now,
            subject: SUBJECT,
            certificate: "",
            network: "",
        };
        let accepted = logins::accept(ctx, &app.platform, &pending, &self.identity, evidence).await;
        accepted.unwrap().is_ok()
    }
}

/// The subject of the second sign-in.
const SUBJECT: &str = "_subject";
