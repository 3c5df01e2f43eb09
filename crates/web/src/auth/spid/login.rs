//! Leaving for the provider: the request is remembered, bound to this browser, and sent on its way.

mod request;

use super::{
    Federation,
    service_provider::{SetUpError, signing_keys},
};
use crate::{
    State,
    auth::refused::{self, Seen},
    budgets::Budgets,
    cookies,
    error::WebError,
    extract::Visit,
    respond,
};
use axum::{
    extract::{Query, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::identity::{AssuranceLevel, IdentityScheme};
use operations::logins::{self, NewLogin, Purpose};
use pages::identity::Leaving;
use request::{Signed, Unsigned};
use routes::identity::Doors;
use secrets::Token;
use serde::Deserialize;
use spid::{IdentityProvider, PostMessage, SigningKey, new_request_id};

/// `?idp=…&scopo=…`
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    idp: Option<String>,
    scopo: Option<String>,
}

/// `GET /spid/accesso`
pub(crate) async fn spid(
    Shared(state): Shared<State>,
    visit: Visit,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    leave(&state, &visit, &headers, Federation::Spid, wanted).await
}

/// `GET /cie/accesso`
pub(crate) async fn cie(
    Shared(state): Shared<State>,
    visit: Visit,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    leave(&state, &visit, &headers, Federation::Cie, wanted).await
}

async fn leave(
    state: &State,
    visit: &Visit,
    headers: &HeaderMap,
    federation: Federation,
    wanted: Wanted,
) -> Result<Response, WebError> {
    super::require_door(visit, federation)?;
    let purpose = Purpose::from_code(wanted.scopo.as_deref().unwrap_or_default());
    let Some(idp) = wanted.idp else { return Ok(respond::to(visit, &Doors {})) };
    if let Some(there) = canonical(state, visit, headers, federation, (&idp, purpose)) {
        return Ok(respond::redirect(&there));
    }
    Budgets::of(state, visit).await?.login().await?;
    let seen = Seen::at(federation.scheme()).purpose(purpose);
    let Some(provider) = find(state, visit, federation, &idp) else {
        return refused::page(state, visit, &seen, "provider_unavailable", None);
    };
    let keys = match signing_keys(&visit.ctx(), &state.platform, &visit.tenant).await {
        Ok(keys) => keys,
        Err(SetUpError::Failure(failure)) => return Err(failure.into()),
        Err(error) => {
            tracing::error!(tenant = %visit.tenant.id(), %error, "nobody can leave for a provider");
            return refused::page(state, visit, &seen, "provider_unavailable", None);
        }
    };
    send(state, visit, federation, (provider, purpose), keys).await
}

fn find(
    state: &State,
    visit: &Visit,
    federation: Federation,
    entity_id: &str,
) -> Option<IdentityProvider> {
    let open = |scheme: &&IdentityScheme| Federation::admits(visit.tenant.doors(), **scheme);
    let mut schemes = federation.schemes().iter().filter(open);
    schemes.find_map(|scheme| state.providers.find(*scheme, entity_id))
}

/// Providers answer to one address only: who came by another goes there first, so that the cookies do too.
fn canonical(
    state: &State,
    visit: &Visit,
    headers: &HeaderMap,
    federation: Federation,
    (idp, purpose): (&str, Purpose),
) -> Option<String> {
    let there = federation.sign_in_url(&visit.tenant, &state.settings.public_url);
    let mut there = url::Url::parse(&there).ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let name = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    if there.host_str().is_some_and(|wanted| wanted.eq_ignore_ascii_case(name)) {
        return None;
    }
    there.query_pairs_mut().append_pair("idp", idp).append_pair("scopo", purpose.code());
    Some(there.into())
}

async fn send(
    state: &State,
    visit: &Visit,
    federation: Federation,
    (provider, purpose): (IdentityProvider, Purpose),
    keys: Vec<SigningKey>,
) -> Result<Response, WebError> {
    let entropy = &*state.platform.entropy;
    let (relay_state, message_id) = (Token::new(entropy), new_request_id(entropy));
    let browser = visit.login_browser().unwrap_or_else(|| Token::new(entropy));
    let identity = visit.tenant.settings().digital_identity.as_ref();
    let level = identity.map_or(AssuranceLevel::L2, |identity| identity.level);
    let unsigned = Unsigned {
        message_id: message_id.clone(),
        issued_at: visit.now,
        entity_id: federation.entity_id(&visit.tenant).unwrap_or_default().to_owned(),
        level,
        relay_state: relay_state.text(),
        provider: provider.clone(),
    };
    let signed = tokio::task::spawn_blocking(move || unsigned.sign(&keys)).await.ok().flatten();
    let Some(signed) = signed else {
        tracing::error!(provider = provider.entity_id, "a request cannot be signed");
        let seen = Seen::at(provider.scheme).purpose(purpose);
        return refused::page(state, visit, &seen, "provider_unavailable", None);
    };
    let login = NewLogin {
        scheme: provider.scheme,
        provider: &provider.entity_id,
        level,
        purpose,
        message_id: &message_id,
        message: signed.xml(),
        relay_state: &relay_state,
        browser: &browser,
        previous: visit.session()?.map(|session| session.id),
    };
    logins::begin(&visit.ctx(), &state.platform, login).await?;
    metrics::counter!("campanella_sign_in_started_total", "scheme" => provider.scheme.code())
        .increment(1);
    let jar = visit.jar.clone().add(cookies::login(visit.tenant.slug(), &browser));
    let response = match signed {
        Signed::Redirect { url, .. } => found(&url),
        Signed::Post(message) => post_page(state, visit, &provider, message)?,
    };
    Ok((jar, response).into_response())
}

/// 302 and nothing else: the federations' conformance tests know no 303.
pub(super) fn found(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

fn post_page(
    state: &State,
    visit: &Visit,
    provider: &IdentityProvider,
    message: PostMessage,
) -> Result<Response, WebError> {
    let page = Leaving {
        provider: provider.display_name.clone(),
        action: message.action.clone(),
        fields: vec![
            ("SAMLRequest".to_owned(), message.saml_request),
            ("RelayState".to_owned(), message.relay_state),
        ],
    };
    respond::leaving(state, visit, &page, &message.action)
}
