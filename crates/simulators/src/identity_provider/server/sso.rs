//! The address for logins: takes requests apart, refuses the wrong ones, asks the person about the right ones.

use super::{
    consent,
    message::{Binding, Message, Received, RecordedRequest},
    routes::{At, page},
    shared::{Pending, Shared},
};
use crate::identity_provider::{
    answer::{Answer, ErrorCode},
    html,
    provider::Provider,
    request::{Anomaly, AuthnRequest, check},
    service_provider::ServiceProvider,
    signer::Parameter,
};
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};

pub(super) async fn by_redirect(
    State(at): State<At>,
    RawQuery(query): RawQuery,
) -> Result<Response, StatusCode> {
    receive(at, Binding::Redirect, &query.unwrap_or_default()).await
}

pub(super) async fn by_form(State(at): State<At>, body: String) -> Result<Response, StatusCode> {
    receive(at, Binding::Post, &body).await
}

/// Why a request is refused; with what can be said back, where the sender is known.
struct Refusal {
    anomaly: Anomaly,
    known: Option<Box<(AuthnRequest, ServiceProvider)>>,
}

impl From<Anomaly> for Refusal {
    fn from(anomaly: Anomaly) -> Self {
        Self { anomaly, known: None }
    }
}

async fn receive(at: At, binding: Binding, encoded: &str) -> Result<Response, StatusCode> {
    let provider = at.provider()?;
    let message = Message::read(binding, encoded);
    let admitted = match &message {
        Ok(message) => admit(&at.shared, &provider, message).await,
        Err(anomaly) => Err(anomaly.clone().into()),
    };
    let recorded = message.ok();
    at.shared.record(RecordedRequest {
        provider: provider.slug.clone(),
        received: Received::Login,
        binding,
        xml: recorded.as_ref().map(|message| message.xml.clone()).unwrap_or_default(),
        relay_state: recorded.as_ref().and_then(|message| message.relay_state.clone()),
        raw_query: recorded.as_ref().map(|message| message.raw_query.clone()).unwrap_or_default(),
        anomaly: admitted.as_ref().err().map(|refusal| refusal.anomaly.clone()),
    });
    let relay_state = recorded.and_then(|message| message.relay_state);
    match admitted {
        Ok(pending) => {
            let pending = Pending { relay_state, ..pending };
            let token = at.shared.keep(pending.clone());
            let (sender, checked) = (&pending.sender, &pending.checked);
            let body = html::consent(&provider, sender, &checked.attributes, checked.level, &token);
            Ok(page(StatusCode::OK, "'self'", body))
        }
        Err(refusal) => Ok(refused(&at.shared, &provider, refusal, relay_state.as_deref())),
    }
}

async fn admit(
    shared: &Shared,
    provider: &Provider,
    message: &Message,
) -> Result<Pending, Refusal> {
    if message.parameter != Parameter::Request {
        return Err(Anomaly::new(4, "manca SAMLRequest").into());
    }
    let request = AuthnRequest::parse(&message.xml)
        .ok_or_else(|| Anomaly::new(8, "non è una AuthnRequest ben formata"))?;
    let issuer = request.issuer.as_deref().ok_or_else(|| Anomaly::new(10, "Issuer"))?;
    let sender = shared.sender(issuer).await?;
    message
        .verify(request.id.as_deref().unwrap_or_default(), &sender.certificates)
        .map_err(|error| message.signature_anomaly(error))?;
    // From here on the sender is who it says it is, and may be told what is wrong.
    let is_signed_inside = request.children.iter().any(|child| child == "Signature");
    let checked = if message.binding == Binding::Redirect && is_signed_inside {
        Err(Anomaly::new(8, "firma nel messaggio HTTP-Redirect"))
    } else {
        check(&request, provider, &sender, shared.now())
    };
    match checked {
        Ok(checked) => Ok(Pending {
            provider: provider.slug.clone(),
            request,
            relay_state: None,
            checked,
            sender,
        }),
        Err(anomaly) => Err(Refusal { anomaly, known: Some(Box::new((request, sender))) }),
    }
}

/// The provider's own page. Where the table lets the service provider know too, a button carries the answer there.
fn refused(
    shared: &Shared,
    provider: &Provider,
    refusal: Refusal,
    relay_state: Option<&str>,
) -> Response {
    let Refusal { anomaly, known } = refusal;
    let status =
        if anomaly.number == 3 { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::FORBIDDEN };
    let back = ErrorCode::new(anomaly.number).zip(known).and_then(|(code, known)| {
        let (request, sender) = *known;
        let acs = &sender.default_consumer()?.location;
        let ground = consent::ground(shared, provider, &request, acs);
        let answer = consent::sign(shared, provider, &Answer::error(&ground, code)).ok()?;
        Some((acs.clone(), answer))
    });
    let targets = back.as_ref().map_or("'none'".to_owned(), |(acs, _)| consent::origin(acs));
    let back = back.as_ref().map(|(acs, answer)| html::Carried {
        action: acs,
        parameter: Parameter::Response,
        message: answer,
        relay_state,
    });
    page(status, &targets, html::refusal(provider, &anomaly, back.as_ref()))
}
