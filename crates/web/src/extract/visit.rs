//! One visit: which comune, which language, when, who.

use crate::{
    State, cookies,
    error::WebError,
    extract::{FormInput, network},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::CookieJar;
use domain::{
    Actor, Ctx, Locale,
    ids::{DraftId, OfficerId},
};
use jiff::Timestamp;
use operations::Failure;
use pages::errors::Problem;
use secrets::Token;
use std::sync::Arc;
use storage::sessions::Session;
use tenants::Tenant;

/// A tenant and the prefix it was reached by.
#[derive(Clone)]
pub(crate) struct Mounted {
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) mount: String,
}

/// Where the resolver put a request.
#[derive(Clone)]
pub(crate) enum Place {
    /// On a tenant's pages.
    Tenant(Mounted),
    /// On the shared host.
    Shared,
    /// On a host that is nobody's.
    Unknown,
}

/// A request on a tenant's pages.
#[derive(Clone)]
pub(crate) struct Visit {
    /// The tenant's settings, as they were when the request arrived.
    pub(crate) tenant: Arc<Tenant>,
    /// Prefix of every link.
    pub(crate) mount: String,
    /// The path within the tenant.
    pub(crate) here: String,
    /// Language of the visitor.
    pub(crate) locale: Locale,
    /// Instant of arrival.
    pub(crate) now: Timestamp,
    /// Cookies that came.
    pub(crate) jar: CookieJar,
    /// Network of the visitor, for budgets.
    pub(crate) network: String,
    session: Arc<Result<Option<Session>, Failure>>,
}

impl Visit {
    /// The live session, if there is one.
    pub(crate) fn session(&self) -> Result<Option<&Session>, WebError> {
        match &*self.session {
            Ok(session) => Ok(session.as_ref()),
            Err(_) => Err(Problem::Unavailable(30).into()),
        }
    }

    /// The live session where the page can do without: a database that is away hides the logout button, not the page.
    pub(crate) fn session_if_known(&self) -> Option<&Session> {
        self.session.as_ref().as_ref().ok().and_then(Option::as_ref)
    }

    /// The same visit in another language, when the chooser was used while something was being typed.
    pub(crate) fn switched(&self, form: &FormInput) -> Option<Self> {
        let locale = form.language(self.tenant.locales())?;
        Some(Self { locale, ..self.clone() })
    }

    /// Context of an operation by nobody in particular.
    pub(crate) fn ctx(&self) -> Ctx {
        self.ctx_as(Actor::Anonymous)
    }

    fn ctx_as(&self, actor: Actor) -> Ctx {
        Ctx { tenant: self.tenant.id(), now: self.now, locale: self.locale, actor }
    }

    /// Context of the family that may open this draft, and its session. A temporary password must be changed first.
    pub(crate) fn family(&self, draft: DraftId) -> Result<(Ctx, &Session), WebError> {
        let (ctx, session) = self.family_before_change(draft)?;
        if session.drafts.iter().any(|grant| grant.draft == draft && grant.must_change_password) {
            return Err(WebError::ChangePasswordFirst(draft));
        }
        Ok((ctx, session))
    }

    /// The same, also while the temporary password still waits to be changed.
    pub(crate) fn family_before_change(&self, draft: DraftId) -> Result<(Ctx, &Session), WebError> {
        let Some(session) = self.session()?.filter(|session| session.officer.is_none()) else {
            return Err(WebError::SignedOut { office: false });
        };
        let drafts: Vec<DraftId> = session.drafts.iter().map(|grant| grant.draft).collect();
        if !drafts.contains(&draft) {
            return Err(Problem::NotFound.into());
        }
        Ok((self.ctx_as(Actor::Family { drafts }), session))
    }

    /// Context of the signed-in officer.
    pub(crate) fn officer(&self) -> Result<(Ctx, OfficerId, &Session), WebError> {
        let session = self.session()?;
        let Some((session, officer)) =
            session.and_then(|session| Some((session, session.officer?)))
        else {
            return Err(WebError::SignedOut { office: true });
        };
        Ok((self.ctx_as(Actor::Officer(officer)), officer, session))
    }

    /// Context of the person who has signed in with a digital identity, and the session.
    pub(crate) fn person(&self) -> Result<(Ctx, &Session), WebError> {
        let session = self.session()?.filter(|session| session.identity.is_some());
        let Some(session) = session else { return Err(WebError::SignedOut { office: false }) };
        let drafts = session.drafts.iter().map(|grant| grant.draft).collect();
        Ok((self.ctx_as(Actor::Family { drafts }), session))
    }

    /// The cookie that binds this browser to its sign-in at a provider.
    pub(crate) fn login_browser(&self) -> Option<Token> {
        let cookie = self.jar.get(&cookies::login_name(self.tenant.slug()))?;
        Token::parse(cookie.value())
    }

    /// The cookie that tells this browser from others.
    pub(crate) fn browser(&self) -> Option<Token> {
        self.jar.get(cookies::BROWSER).and_then(|cookie| Token::parse(cookie.value()))
    }
}

impl FromRequestParts<State> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, WebError> {
        let Some(Place::Tenant(Mounted { tenant, mount })) =
            parts.extensions.get::<Place>().cloned()
        else {
            return Err(Problem::NotFound.into());
        };
        let now = state.clock.now();
        let jar = CookieJar::from_headers(&parts.headers);
        let locale = locale_of(&parts.headers, &jar, tenant.locales());
        let token = jar
            .get(&cookies::session_name(tenant.slug()))
            .and_then(|cookie| Token::parse(cookie.value()));
        let session = match token {
            Some(token) => {
                operations::sessions::resume(&state.platform, tenant.id(), &token, now).await
            }
            None => Ok(None),
        };
        let network = network(&parts.headers, &parts.extensions, state.settings.trusted_proxies);
        let here = parts.uri.path().to_owned();
        let session = Arc::new(session);
        Ok(Self { tenant, mount, here, locale, now, jar, network, session })
    }
}

/// The chosen language, or the best of those the browser asks for.
pub(crate) fn locale_of(headers: &HeaderMap, jar: &CookieJar, offered: &[Locale]) -> Locale {
    let chosen = jar.get(cookies::LANGUAGE).and_then(|cookie| cookie.value().parse().ok());
    if let Some(chosen) = chosen.filter(|chosen| offered.contains(chosen)) {
        return chosen;
    }
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    i18n::negotiate(asked, offered)
}
