//! On the way to a provider that wants a message by POST: a request to sign in, or an answer to signing out.

use crate::{Page, Sample};
use jiff::Timestamp;
use serde::Serialize;

/// A form that the script sends at once; without scripts its button does.
#[derive(Clone, Serialize)]
pub struct Leaving {
    /// Name of the provider.
    pub provider: String,
    /// Address of the provider's service.
    pub action: String,
    /// Names and values of the hidden controls.
    pub fields: Vec<(String, String)>,
}

/// The values bind the answer to this browser: they must not reach a log through `{:?}`.
impl std::fmt::Debug for Leaving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Leaving({}, {} fields)", self.provider, self.fields.len())
    }
}

impl Page for Leaving {
    const TEMPLATE: &'static str = "identity/leaving.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = Self {
            provider: "Prova ID".into(),
            action: "https://idp.example/sso?a=1&b=2".into(),
            fields: vec![
                ("SAMLRequest".into(), "PGEvPg==".into()),
                ("RelayState".into(), "pR0va-_\"<b>".into()),
            ],
        };
        vec![Sample::new("post", page)]
    }
}
