//! Where providers send people back: guarded, proven, taken once.

use super::{Federation, off_thread, require_door};
use crate::{
    State,
    auth::refused::{self, Seen},
    budgets::Budgets,
    cookies,
    error::WebError,
    extract::{FormInput, Visit},
    respond,
};
use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use operations::{
    logins::{self, Evidence, Pending, Refused},
    sessions::Opened as Session,
};
use routes::identity::Enrolments;
use secrets::Token;
use spid::{Expected, IdentityProvider, Opened, Refusal, Verified};

/// `POST /spid/acs`
pub(crate) async fn spid(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    post(&state, &visit, Federation::Spid, &form).await
}

/// `POST /cie/acs`
pub(crate) async fn cie(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    post(&state, &visit, Federation::Cie, &form).await
}

/// Why nobody is let in, with as much as is known.
struct No {
    code: &'static str,
    provider_error: Option<u8>,
    pending: Option<Pending>,
    message: Option<String>,
    /// The operation has left its own trace.
    recorded: bool,
}

impl No {
    const fn new(code: &'static str) -> Self {
        Self { code, provider_error: None, pending: None, message: None, recorded: false }
    }

    fn refusal(refusal: &Refusal) -> Self {
        Self { provider_error: refusal.provider_error(), ..Self::new(refusal.code()) }
    }
}

async fn post(
    state: &State,
    visit: &Visit,
    federation: Federation,
    form: &FormInput,
) -> Result<Response, WebError> {
    require_door(visit, federation)?;
    Budgets::of(state, visit).await?.login_answer().await?;
    match take(state, visit, federation, form).await? {
        Ok(session) => {
            // What binds the browser stays: another tab may still be on its way back.
            let jar = visit.jar.clone();
            let jar = jar.add(cookies::session(visit.tenant.slug(), &session.token));
            Ok((jar, respond::to(visit, &Enrolments {})).into_response())
        }
        Err(no) => refuse(state, visit, federation, no).await,
    }
}

async fn take(
    state: &State,
    visit: &Visit,
    federation: Federation,
    form: &FormInput,
) -> Result<Result<Session, No>, WebError> {
    let typed = form.raw("SAMLResponse").to_owned();
    let opened = match off_thread(move || spid::open_response(&typed)).await? {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Err(No::refusal(&refusal))),
    };
    let (relay_state, browser) = (Token::parse(form.raw("RelayState")), visit.login_browser());
    let (ctx, answered) = (visit.ctx(), opened.in_response_to());
    let found =
        logins::find(&ctx, &state.platform, answered, relay_state.as_ref(), browser.as_ref());
    let pending = match found.await? {
        Ok(pending) => pending,
        Err((refusal, pending)) => {
            let message = pending.is_some().then(|| opened.xml().to_owned());
            return Ok(Err(No { pending, message, ..No::new(refusal.code()) }));
        }
    };
    let xml = opened.xml().to_owned();
    let Some(provider) = provider(state, visit, federation, &pending) else {
        let no = No::new("provider_unavailable");
        return Ok(Err(No { pending: Some(pending), message: Some(xml), ..no }));
    };
    match verify(state, visit, federation, &pending, (opened, provider)).await? {
        Ok(verified) => accept(state, visit, pending, &verified, &xml).await,
        Err(refusal) => {
            let no = No::refusal(&refusal);
            Ok(Err(No { pending: Some(pending), message: Some(xml), ..no }))
        }
    }
}

/// The provider that was asked, if it is still known and the answer came to its door.
fn provider(
    state: &State,
    visit: &Visit,
    federation: Federation,
    pending: &Pending,
) -> Option<IdentityProvider> {
    let admitted = federation.schemes().contains(&pending.scheme)
        && Federation::admits(visit.tenant.doors(), pending.scheme);
    state.providers.find(pending.scheme, &pending.provider).filter(|_| admitted)
}

async fn verify(
    state: &State,
    visit: &Visit,
    federation: Federation,
    pending: &Pending,
    (opened, provider): (Opened, IdentityProvider),
) -> Result<Result<Verified, Refusal>, WebError> {
    let tenant = &visit.tenant;
    let acs_url = federation.acs_url(tenant, &state.settings.public_url);
    let entity_id = federation.entity_id(tenant).unwrap_or_default().to_owned();
    let (request_id, issued_at) = (pending.message_id.clone(), pending.issued_at);
    let (level, now) = (pending.level, visit.now);
    off_thread(move || {
        let expected = Expected {
            request_id: &request_id,
            issued_at,
            now,
            acs_url: &acs_url,
            entity_id: &entity_id,
            provider: &provider,
            level,
        };
        spid::validate(&opened, &expected)
    })
    .await
}

async fn accept(
    state: &State,
    visit: &Visit,
    pending: Pending,
    verified: &Verified,
    xml: &str,
) -> Result<Result<Session, No>, WebError> {
    let evidence = Evidence {
        message: xml,
        message_id: &verified.response_id,
        assertion_id: &verified.assertion_id,
        assertion_expires_at: verified.assertion_not_on_or_after,
        subject: &verified.name_id,
        certificate: &verified.certificate_fingerprint,
        network: &visit.network,
    };
    let ctx = visit.ctx();
    let accepted = logins::accept(&ctx, &state.platform, &pending, &verified.identity, evidence);
    match accepted.await? {
        Ok(session) => {
            count(&pending, "accepted");
            Ok(Ok(session))
        }
        Err(refusal) => {
            let no = No::new(refusal.code());
            Ok(Err(No { pending: Some(pending), recorded: true, ..no }))
        }
    }
}

fn count(pending: &Pending, outcome: &'static str) {
    let (scheme, provider) = (pending.scheme.code(), pending.provider.clone());
    metrics::counter!("campanella_sign_in_total",
        "scheme" => scheme, "outcome" => outcome, "provider" => provider)
    .increment(1);
}

async fn refuse(
    state: &State,
    visit: &Visit,
    federation: Federation,
    no: No,
) -> Result<Response, WebError> {
    let pending = no.pending.as_ref();
    let scheme = pending.map_or(federation.scheme(), |pending| pending.scheme);
    match pending {
        Some(pending) => count(pending, no.code),
        None => metrics::counter!("campanella_sign_in_total",
            "scheme" => scheme.code(), "outcome" => no.code, "provider" => "")
        .increment(1),
    }
    let (code, number) = (no.code, no.provider_error);
    tracing::info!(scheme = scheme.code(), code, number, "a sign-in was refused");
    if !no.recorded {
        let refused = Refused {
            pending,
            scheme,
            code,
            provider_error: number,
            message: no.message.as_deref(),
            network: &visit.network,
        };
        logins::refuse(&visit.ctx(), &state.platform, refused).await?;
    }
    let seen = pending.map_or_else(
        || Seen::at(scheme),
        |pending| Seen::at(scheme).purpose(pending.purpose).provider(&pending.provider),
    );
    refused::page(state, visit, &seen, code, number)
}
