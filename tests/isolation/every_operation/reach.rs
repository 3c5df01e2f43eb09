//! What alfa has, and one line per operation: whether it reaches that from where it is asked.

use super::{reach_identity::Guest, reach_rating};
use domain::{
    Actor, CodiceFiscale, Ctx, EmailAddress,
    application::IdentityVerification,
    email_code::EmailCode,
    ids::{ApplicationId, AttachmentId, DraftId, MailId, OfficerId},
};
use jiff::SignedDuration;
use operations::{
    Failure,
    applications::{self, Confirm, Reject, Search, Submit},
    credentials::{self, LinkUsed, SignedIn},
    drafts::{self, Intent, SaveStep},
    email_codes,
    officers::{self, OfficerSignIn},
    retention, sessions,
};
use regex::Regex;
use secrets::Token;
use std::collections::BTreeMap;
use storage::sessions::{Grant, Session};
use support::{app::TestApp, family::Family, files, inside, officer::Officer};
use uuid::Uuid;

/// Keys and secrets of alfa's rows.
pub struct Things {
    draft: DraftId,
    application: ApplicationId,
    attachment: AttachmentId,
    receipt: MailId,
    officer: OfficerId,
    officer_email: EmailAddress,
    officer_password: String,
    officer_code: String,
    pupil: CodiceFiscale,
    email: EmailAddress,
    password: String,
    link: String,
    verification: String,
    token: Token,
    second_token: Token,
    guest: Guest,
}

impl Things {
    /// A family enrols with a file, forgets its password and asks for a link; an officer gets an account.
    pub async fn of_alfa(app: &TestApp) -> Self {
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
        let mut second = Family::arrive(app, "alfa", 2).await;
        second.start().await;
        let token = |family: &Family<'_>| {
            Token::parse(&family.browser.cookies["__Host-s_alfa"]).expect("a token")
        };
        let email = EmailAddress::parse(&family.guardian.email).unwrap();
        let ctx = app.ctx(app.tenant("alfa"), Actor::Anonymous);
        let pupil = family.pupil.codice_fiscale();
        let password = family.letter_password().await;
        credentials::request_link(&ctx, &app.platform, &pupil, &email).await.unwrap();
        let officer = Officer::create(app, "alfa", 1).await;
        let id = async |query: &str| inside::value::<Uuid>(app, "alfa", query).await;
        Self {
            draft: family.draft(),
            application: id("SELECT id FROM application").await.into(),
            attachment: id("SELECT id FROM attachment").await.into(),
            receipt: id("SELECT id FROM mail WHERE stem = 'application_submitted'").await.into(),
            officer: id("SELECT id FROM officer").await.into(),
            officer_email: EmailAddress::parse(&officer.email).unwrap(),
            officer_code: officer.code(),
            officer_password: officer.password,
            link: link(&family).await,
            verification: family.verification_code().await,
            token: token(&family),
            second_token: token(&second),
            guest: Guest::of_alfa(app).await,
            password,
            pupil,
            email,
        }
    }

    /// The family's session with every right it could claim.
    async fn session(&self, app: &TestApp) -> Session {
        let now = domain::Clock::now(&*app.clock);
        let known = sessions::resume(&app.platform, app.tenant("alfa"), &self.token, now).await;
        let grant = Grant { draft: self.draft, must_change_password: true };
        Session { drafts: vec![grant], ..known.unwrap().expect("a live session") }
    }
}

async fn link(family: &Family<'_>) -> String {
    let mail = family.newest_mail().await;
    let pattern = Regex::new(r"/iscrizioni/nuova-password/(\S+)").unwrap();
    pattern.captures(&mail.text).expect("a link in the mail")[1].to_owned()
}

/// Anything but «not found».
pub(super) fn found<T>(outcome: Result<T, Failure>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(Failure::NotFound) => false,
        Err(other) => panic!("neither found nor not found: {other:?}"),
    }
}

type Line = (&'static str, bool);

/// Each operation and whether it reached alfa's things when asked at that comune. Reading comes before changing.
pub async fn table(app: &TestApp, things: &Things, at: &str) -> Vec<Line> {
    let asked = Asked { app, things, at };
    let mut lines = asked.reading().await;
    lines.extend(asked.office_reading().await);
    lines.extend(asked.signing_in().await);
    lines.extend(things.guest.table(app, &asked.family()).await);
    lines.extend(reach_rating::table(app, &asked.officer()).await);
    lines.extend(asked.changing().await);
    lines.extend(asked.ending().await);
    lines
}

struct Asked<'a> {
    app: &'a TestApp,
    things: &'a Things,
    at: &'a str,
}

impl Asked<'_> {
    fn ctx(&self, actor: Actor) -> Ctx {
        self.app.ctx(self.app.tenant(self.at), actor)
    }

    /// A family that claims alfa's draft.
    fn family(&self) -> Ctx {
        self.ctx(Actor::Family { drafts: vec![self.things.draft] })
    }

    fn officer(&self) -> Ctx {
        self.ctx(Actor::Officer(self.things.officer))
    }

    async fn reading(&self) -> Vec<Line> {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.family());
        let document = applications::check_document(&ctx, platform, &t.verification).await.unwrap();
        vec![
            ("drafts::load", found(drafts::load(&ctx, platform, t.draft).await)),
            ("drafts::file", found(drafts::file(&ctx, platform, t.draft, t.attachment).await)),
            (
                "applications::submission",
                found(applications::submission(&ctx, platform, t.draft, None).await),
            ),
            ("applications::letter", found(applications::letter(&ctx, platform, t.draft).await)),
            ("applications::check_document", document.is_some()),
            (
                "email_codes::wait",
                found(email_codes::wait(&ctx, platform, t.draft, &t.email).await),
            ),
            ("email_codes::address", found(email_codes::address(&ctx, platform, t.draft).await)),
        ]
    }

    async fn office_reading(&self) -> Vec<Line> {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.officer());
        let search = Search { text: t.pupil.as_str().to_owned(), ..Search::default() };
        let listed = applications::list(&ctx, platform, &search).await.unwrap();
        let name = officers::name(&ctx, platform, t.officer).await.unwrap();
        vec![
            ("applications::list", !listed.applications.is_empty()),
            (
                "applications::detail",
                found(applications::detail(&ctx, platform, t.application).await),
            ),
            (
                "applications::draft_of",
                found(applications::draft_of(&ctx, platform, t.application).await),
            ),
            ("officers::name", name.is_some()),
        ]
    }

    async fn signing_in(&self) -> Vec<Line> {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.ctx(Actor::Anonymous));
        let (tenant, now) = (ctx.tenant, ctx.now);
        let family = credentials::sign_in(&ctx, platform, &t.pupil, &t.password, None).await;
        let email = &t.officer_email;
        let officer =
            officers::sign_in(&ctx, platform, email, &t.officer_password, &t.officer_code, None);
        let officer = officer.await.unwrap();
        let session = sessions::resume(platform, tenant, &t.token, now).await.unwrap();
        vec![
            ("credentials::sign_in", matches!(family, Ok(SignedIn::Right { .. }))),
            ("officers::sign_in", matches!(officer, OfficerSignIn::Right { .. })),
            ("sessions::resume", session.is_some()),
        ]
    }

    /// Whether asking for a link makes one. A newer link replaces the older, so this comes after that is used.
    async fn asks_for_a_link(&self) -> bool {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.ctx(Actor::Anonymous));
        let before = inside::count(self.app, self.at, "password_link").await;
        credentials::request_link(&ctx, platform, &t.pupil, &t.email).await.unwrap();
        inside::count(self.app, self.at, "password_link").await > before
    }

    async fn changing(&self) -> Vec<Line> {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.family());
        let session = t.session(self.app).await;
        let code = EmailCode::parse("123456").unwrap();
        let step = drafts::save_step(&ctx, platform, self.step()).await;
        let submit = Submit {
            draft: t.draft,
            revision: 1,
            privacy_accepted: true,
            declarations_accepted: true,
        };
        let chosen = "cavallo lampada nuvola";
        let changed = credentials::change_password(&ctx, platform, t.draft, chosen, &session).await;
        let confirmed = email_codes::confirm(&ctx, platform, t.draft, &code, &session).await;
        let requested = email_codes::request(&ctx, platform, t.draft, &t.email).await;
        vec![
            ("drafts::save_step", found(step)),
            (
                "drafts::accept_privacy",
                found(drafts::accept_privacy(&ctx, platform, t.draft).await),
            ),
            ("drafts::save_begun", found(drafts::save_begun(&ctx, platform, t.draft).await)),
            ("applications::submit", found(applications::submit(&ctx, platform, submit).await)),
            ("email_codes::request", found(requested)),
            ("email_codes::confirm", found(confirmed)),
            ("credentials::change_password", found(changed)),
        ]
    }

    fn step(&self) -> SaveStep {
        SaveStep {
            draft: self.things.draft,
            step: "pupil".into(),
            revision: 1,
            posted: BTreeMap::new(),
            uploads: Vec::new(),
            removals: vec![self.things.attachment],
            intent: Intent::Keep,
        }
    }

    /// Decisions, links, and what erases.
    async fn ending(&self) -> Vec<Line> {
        let (platform, t, ctx) = (&self.app.platform, self.things, self.officer());
        let identity = IdentityVerification::InPerson;
        let reason = "Nessun posto.".to_owned();
        let reject = Reject { application: t.application, version: 1, reason };
        let reject = applications::reject(&ctx, platform, reject).await;
        let reasons = applications::refusal_reasons(&self.family(), platform, t.draft).await;
        let confirm = Confirm { application: t.application, version: 1, identity: Some(identity) };
        let confirm = applications::confirm(&ctx, platform, confirm).await;
        let nobody = self.ctx(Actor::Anonymous);
        let find = credentials::find_link(&nobody, platform, &t.link).await.unwrap();
        let used = credentials::use_link(&nobody, platform, &t.link, "cavallo lampada", None).await;
        let machine = self.ctx(Actor::Platform);
        let letter = credentials::letter_link(&machine, platform, t.receipt, t.draft).await;
        let asked = self.asks_for_a_link().await;
        let ended = self.ends_a_session().await;
        let later = Ctx { now: machine.now + SignedDuration::from_hours(25), ..machine };
        let erased = retention::expire(&later, platform).await.unwrap();
        vec![
            ("applications::confirm", found(confirm)),
            ("applications::reject", found(reject)),
            ("applications::refusal_reasons", reasons.is_ok_and(|reasons| !reasons.is_empty())),
            ("credentials::find_link", find),
            ("credentials::use_link", matches!(used, Ok(LinkUsed::Done { .. }))),
            ("credentials::letter_link", found(letter)),
            ("credentials::request_link", asked),
            ("sessions::end", ended),
            ("retention::expire", erased > 0),
        ]
    }

    async fn ends_a_session(&self) -> bool {
        let (platform, alfa) = (&self.app.platform, self.app.tenant("alfa"));
        let ctx = self.ctx(Actor::Anonymous);
        let token = &self.things.second_token;
        let alive = async || sessions::resume(platform, alfa, token, ctx.now).await.unwrap();
        let session = alive().await.expect("alive until now");
        sessions::end(&ctx, platform, session.id).await.unwrap();
        alive().await.is_none()
    }
}
