//! Our answer to a logout request, by the binding that the provider takes.

use super::{super::login::found, message::Message};
use crate::{State, error::WebError, extract::Visit, respond};
use axum::response::Response;
use jiff::Timestamp;
use pages::identity::Leaving;
use spid::{
    IdentityProvider, LogoutAnswer, LogoutRequest, LogoutStatus, PostAnswer, SigningKey,
    new_request_id,
};

/// What is about to be signed.
pub(super) struct Unsigned {
    id: String,
    issued_at: Timestamp,
    entity_id: String,
    in_response_to: String,
    relay_state: Option<String>,
}

impl Unsigned {
    pub(super) fn new(
        state: &State,
        visit: &Visit,
        entity_id: &str,
        (request, message): (&LogoutRequest, &Message),
    ) -> Self {
        Self {
            id: new_request_id(&*state.platform.entropy),
            issued_at: visit.now,
            entity_id: entity_id.to_owned(),
            in_response_to: request.id.clone(),
            relay_state: message.relay_state(),
        }
    }

    pub(super) fn sign(&self, provider: &IdentityProvider, keys: &[SigningKey]) -> Option<Answer> {
        let key = keys.first()?;
        let answer = |destination| LogoutAnswer {
            id: &self.id,
            issued_at: self.issued_at,
            destination,
            entity_id: &self.entity_id,
            in_response_to: &self.in_response_to,
            status: LogoutStatus::Success,
            relay_state: self.relay_state.as_deref(),
        };
        let redirect = provider.slo_redirect_response.as_ref().or(provider.slo_redirect.as_ref());
        if let Some(destination) = redirect {
            let signed = spid::logout_response_redirect(&answer(destination), key).ok()?;
            return Some(Answer::Redirect { xml: signed.xml, url: signed.url });
        }
        let destination = provider.slo_post_response.as_ref().or(provider.slo_post.as_ref())?;
        spid::logout_response_post(&answer(destination), key).ok().map(Answer::Post)
    }
}

/// The answer as it leaves.
pub(super) enum Answer {
    Post(PostAnswer),
    Redirect { xml: String, url: String },
}

impl Answer {
    /// The message, for the register.
    pub(super) fn xml(&self) -> &str {
        match self {
            Self::Post(answer) => &answer.xml,
            Self::Redirect { xml, .. } => xml,
        }
    }

    pub(super) fn respond(
        self,
        state: &State,
        visit: &Visit,
        provider: &IdentityProvider,
    ) -> Result<Response, WebError> {
        let answer = match self {
            Self::Redirect { url, .. } => return Ok(found(&url)),
            Self::Post(answer) => answer,
        };
        let mut fields = vec![("SAMLResponse".to_owned(), answer.saml_response)];
        fields.extend(answer.relay_state.map(|value| ("RelayState".to_owned(), value)));
        let page = Leaving {
            provider: provider.display_name.clone(),
            action: answer.action.clone(),
            fields,
        };
        respond::leaving(state, visit, &page, &answer.action)
    }
}
