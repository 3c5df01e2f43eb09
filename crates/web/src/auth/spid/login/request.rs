//! The request itself: signed away from the threads that serve.

use domain::identity::{AssuranceLevel, IdentityScheme};
use jiff::Timestamp;
use spid::{AttributeSet, IdentityProvider, LoginRequest, PostMessage, SigningKey};

/// What is about to be signed.
pub(super) struct Unsigned {
    pub(super) message_id: String,
    pub(super) issued_at: Timestamp,
    pub(super) entity_id: String,
    pub(super) level: AssuranceLevel,
    pub(super) relay_state: String,
    pub(super) provider: IdentityProvider,
}

/// A request as it leaves.
pub(super) enum Signed {
    /// In an address.
    Redirect { xml: String, url: String },
    /// In a form.
    Post(PostMessage),
}

impl Signed {
    /// The message, for the register.
    pub(super) fn xml(&self) -> &str {
        match self {
            Self::Redirect { xml, .. } => xml,
            Self::Post(message) => &message.xml,
        }
    }
}

impl Unsigned {
    /// By redirect where the provider takes it, else by form.
    pub(super) fn sign(&self, keys: &[SigningKey]) -> Option<Signed> {
        let key = keys.first()?;
        let request = |destination| LoginRequest {
            id: &self.message_id,
            issued_at: self.issued_at,
            destination,
            entity_id: &self.entity_id,
            level: self.level,
            attribute_set: self.attribute_set().index(),
            relay_state: &self.relay_state,
        };
        if let Some(destination) = &self.provider.sso_redirect {
            let signed = spid::redirect_url(&request(destination), key).ok()?;
            return Some(Signed::Redirect { xml: signed.xml, url: signed.url });
        }
        let destination = self.provider.sso_post.as_ref()?;
        spid::post_form(&request(destination), key).ok().map(Signed::Post)
    }

    const fn attribute_set(&self) -> AttributeSet {
        match self.provider.scheme {
            IdentityScheme::Spid | IdentityScheme::Cie => AttributeSet::Base,
            IdentityScheme::Eidas => AttributeSet::EidasMinimum,
        }
    }
}
