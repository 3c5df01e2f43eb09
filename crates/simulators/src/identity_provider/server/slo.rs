//! The address for logouts, and the page where a person leaves the provider.

use super::{
    consent::origin,
    message::{Binding, Message, Received, RecordedRequest},
    routes::{At, UNSIGNED, field, page},
    shared::{Session, Shared},
};
use crate::identity_provider::{
    html,
    logout::{LogoutRequest, LogoutResponse},
    names,
    provider::Provider,
    request::{Anomaly, is_near},
    service_provider::ServiceProvider,
    signer::{Parameter, SignError, SignOptions, Target, redirect_query, sign_target},
};
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::identity::IdentityScheme;

pub(super) async fn by_redirect(
    State(at): State<At>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    receive(at, Binding::Redirect, &query.unwrap_or_default()).await
}

pub(super) async fn by_form(State(at): State<At>, body: String) -> Result<Response, StatusCode> {
    receive(at, Binding::Post, &body).await
}

async fn receive(at: At, binding: Binding, encoded: &str) -> Result<Response, StatusCode> {
    let provider = at.provider()?;
    // CIE knows no single logout: whatever comes, it shows its own page and sends nothing back.
    if provider.scheme == IdentityScheme::Cie {
        let body = html::notice(&provider, "Sei uscito", "Puoi chiudere questa pagina.");
        return Ok(page(StatusCode::OK, "'none'", body));
    }
    let message = Message::read(binding, encoded);
    let handled = match &message {
        Ok(message) if message.parameter == Parameter::Request => {
            requested(&at.shared, &provider, message).await
        }
        Ok(message) => answered(&at.shared, &provider, message).await,
        Err(anomaly) => Err(anomaly.clone()),
    };
    let message = message.ok();
    at.shared.record(RecordedRequest {
        provider: provider.slug.clone(),
        received: Received::Logout,
        binding,
        xml: message.as_ref().map(|message| message.xml.clone()).unwrap_or_default(),
        relay_state: message.as_ref().and_then(|message| message.relay_state.clone()),
        raw_query: message.map(|message| message.raw_query).unwrap_or_default(),
        anomaly: handled.as_ref().err().cloned(),
    });
    Ok(handled.unwrap_or_else(|anomaly| {
        page(StatusCode::FORBIDDEN, "'none'", html::refusal(&provider, &anomaly, None))
    }))
}

/// The service provider wants the session ended: it is, and told so. Success also where there was none.
async fn requested(
    shared: &Shared,
    provider: &Provider,
    message: &Message,
) -> Result<Response, Anomaly> {
    let request = LogoutRequest::parse(&message.xml)
        .ok_or_else(|| Anomaly::new(8, "non è una LogoutRequest"))?;
    let sender = shared.sender(&request.issuer).await?;
    message
        .verify(&request.id, &sender.certificates)
        .map_err(|error| message.signature_anomaly(error))?;
    if request.destination != provider.slo() {
        return Err(Anomaly::new(14, "Destination"));
    }
    if !is_near(Some(&request.issue_instant), shared.now()) {
        return Err(Anomaly::new(13, "IssueInstant"));
    }
    shared.close_sessions(|session| {
        session.provider == provider.slug
            && session.sender == request.issuer
            && session.name_id == request.name_id
    });
    let (binding, location) = target(&sender, |service| &service.response_location)?;
    let response = LogoutResponse {
        id: shared.fresh_id(),
        issue_instant: format!("{:.3}", shared.now()),
        destination: location.clone(),
        issuer: provider.entity_id.clone(),
        in_response_to: request.id,
        status: names::STATUS_SUCCESS.into(),
    };
    let relay_state = message.relay_state.as_deref();
    let carrier = Carrier { provider, binding, location: &location, relay_state };
    Ok(carrier.send(Parameter::Response, &response.to_xml()))
}

/// The service provider answers to the provider's own request.
async fn answered(
    shared: &Shared,
    provider: &Provider,
    message: &Message,
) -> Result<Response, Anomaly> {
    let response = LogoutResponse::parse(&message.xml)
        .ok_or_else(|| Anomaly::new(8, "non è una LogoutResponse"))?;
    let sender = shared.sender(&response.issuer).await?;
    message
        .verify(&response.id, &sender.certificates)
        .map_err(|error| message.signature_anomaly(error))?;
    if response.destination != provider.slo() {
        return Err(Anomaly::new(14, "Destination"));
    }
    let body = if response.status == names::STATUS_SUCCESS {
        html::notice(provider, "Uscita completata", "Anche il servizio ha chiuso la tua sessione.")
    } else {
        html::notice(provider, "Uscita parziale", "Il servizio non ha chiuso la tua sessione.")
    };
    Ok(page(StatusCode::OK, "'none'", body))
}

/// Where the service provider takes logout messages: by form rather than by redirect.
fn target(
    sender: &ServiceProvider,
    location: impl Fn(&crate::identity_provider::LogoutService) -> &String,
) -> Result<(Binding, String), Anomaly> {
    let of = |binding, name| Some((binding, location(sender.logout_service(name)?).clone()));
    of(Binding::Post, names::BINDING_POST)
        .or_else(|| of(Binding::Redirect, names::BINDING_REDIRECT))
        .ok_or_else(|| Anomaly::new(8, "i metadati non hanno SingleLogoutService"))
}

/// How a logout message goes to the service provider.
struct Carrier<'a> {
    provider: &'a Provider,
    binding: Binding,
    location: &'a str,
    relay_state: Option<&'a str>,
}

impl Carrier<'_> {
    fn send(&self, parameter: Parameter, xml: &str) -> Response {
        self.try_send(parameter, xml).unwrap_or_else(|_| UNSIGNED.into_response())
    }

    fn try_send(&self, parameter: Parameter, xml: &str) -> Result<Response, SignError> {
        let key = self.provider.key().ok_or(SignError::NoSuchElement)?;
        if self.binding == Binding::Redirect {
            let query = redirect_query(xml, parameter, self.relay_state, key)?;
            let joint = if self.location.contains('?') { '&' } else { '?' };
            let target = format!("{}{joint}{query}", self.location);
            return Ok((StatusCode::FOUND, [(header::LOCATION, target)]).into_response());
        }
        let signed = sign_target(xml, Target::Root, key, &SignOptions::default())?;
        let message = STANDARD.encode(signed);
        let relay_state = self.relay_state;
        let carried =
            html::Carried { action: self.location, parameter, message: &message, relay_state };
        let body = html::carry(self.provider, &carried);
        Ok(page(StatusCode::OK, &origin(self.location), body))
    }
}

/// The sessions of one provider.
pub(super) async fn sessions(State(at): State<At>) -> Result<Response, StatusCode> {
    let provider = at.provider()?;
    let rows = at.shared.sessions(&provider.slug).into_iter().map(|session| html::Row {
        token: session.token,
        person: session.person,
        service: session.sender_name,
    });
    let body = html::sessions(&provider, &rows.collect::<Vec<_>>());
    // The answer to the form may redirect to the service provider.
    Ok(page(StatusCode::OK, "*", body))
}

/// The person leaves the provider, which tells the service provider.
pub(super) async fn leave(State(at): State<At>, body: String) -> Result<Response, StatusCode> {
    let provider = at.provider()?;
    let token = field(&body, "sessione");
    let closed = at.shared.close_sessions(|session| session.token == token);
    let session = closed.into_iter().next().ok_or(StatusCode::NOT_FOUND)?;
    Ok(told(&at.shared, &provider, &session).await.unwrap_or_else(|anomaly| {
        page(StatusCode::FORBIDDEN, "'none'", html::refusal(&provider, &anomaly, None))
    }))
}

async fn told(
    shared: &Shared,
    provider: &Provider,
    session: &Session,
) -> Result<Response, Anomaly> {
    let sender = shared.sender(&session.sender).await?;
    let (binding, location) = target(&sender, |service| &service.location)?;
    let request = LogoutRequest {
        id: shared.fresh_id(),
        issue_instant: format!("{:.3}", shared.now()),
        destination: location.clone(),
        issuer: provider.entity_id.clone(),
        name_id: session.name_id.clone(),
        name_qualifier: provider.entity_id.clone(),
        session_index: Some(session.index.clone()),
    };
    let relay_state = Some(session.token.as_str());
    let carrier = Carrier { provider, binding, location: &location, relay_state };
    Ok(carrier.send(Parameter::Request, &request.to_xml()))
}
