//! A logout request as it came, by form or in an address.

use crate::extract::FormInput;
use spid::{IdentityProvider, LogoutExpected, LogoutRequest, Refusal};

/// Octets of the longest relay state (SAML bindings, §3.4.3).
const LONGEST_RELAY_STATE: usize = 80;

/// A request as it came.
#[derive(Clone)]
pub(super) enum Message {
    Post { value: String, relay_state: String },
    Redirect { query: String },
}

impl Message {
    pub(super) fn of_form(form: &FormInput) -> Self {
        let (value, relay_state) = (form.raw("SAMLRequest"), form.raw("RelayState"));
        Self::Post { value: value.to_owned(), relay_state: relay_state.to_owned() }
    }

    pub(super) fn of_query(query: Option<String>) -> Self {
        Self::Redirect { query: query.unwrap_or_default() }
    }

    /// Who it says it is from; nothing is proven yet.
    pub(super) fn issuer(&self) -> Result<String, Refusal> {
        match self {
            Self::Post { value, .. } => spid::issuer_of_logout_post(value),
            Self::Redirect { query } => spid::issuer_of_logout_redirect(query),
        }
    }

    /// Proves it.
    pub(super) fn open(
        &self,
        provider: &IdentityProvider,
        expected: &LogoutExpected<'_>,
    ) -> Result<LogoutRequest, Refusal> {
        match self {
            Self::Post { value, .. } => spid::open_logout_post(value, provider, expected),
            Self::Redirect { query } => spid::open_logout_redirect(query, provider, expected),
        }
    }

    /// As it came, for the register.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Post { value, .. } => value,
            Self::Redirect { query } => query,
        }
    }

    /// What goes back with the answer as it came; what is longer than SAML allows does not.
    pub(super) fn relay_state(&self) -> Option<String> {
        let found = match self {
            Self::Post { relay_state, .. } => Some(relay_state.clone()),
            Self::Redirect { query } => url::form_urlencoded::parse(query.as_bytes())
                .find(|(name, _)| name == "RelayState")
                .map(|(_, value)| value.into_owned()),
        };
        found.filter(|value| (1..=LONGEST_RELAY_STATE).contains(&value.len()))
    }
}
