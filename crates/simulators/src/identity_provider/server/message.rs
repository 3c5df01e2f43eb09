//! Messages as they arrive: out of a query or out of a form.

use crate::identity_provider::{
    request::Anomaly,
    signer::{Parameter, VerifyError, inflate, verify_enveloped, verify_redirect},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use url::form_urlencoded;

/// How a message travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// In the query of a redirect.
    Redirect,
    /// In a form.
    Post,
}

/// What was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// By the address for logins.
    Login,
    /// By the address for logouts.
    Logout,
}

/// A message that was received, right or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedRequest {
    /// Short name of the provider.
    pub provider: String,
    /// By which address.
    pub received: Received,
    /// How.
    pub binding: Binding,
    /// The XML; empty when none could be taken out.
    pub xml: String,
    /// `RelayState`
    pub relay_state: Option<String>,
    /// The query exactly as it came; empty with a form.
    pub raw_query: String,
    /// Why it was refused, if it was.
    pub anomaly: Option<Anomaly>,
}

/// A message with its envelope.
#[derive(Clone)]
pub(super) struct Message {
    pub(super) parameter: Parameter,
    pub(super) binding: Binding,
    pub(super) xml: String,
    pub(super) relay_state: Option<String>,
    pub(super) raw_query: String,
}

impl Message {
    /// From a query or a form, of which `encoded` is the text.
    pub(super) fn read(binding: Binding, encoded: &str) -> Result<Self, Anomaly> {
        let mut found = None;
        let (mut relay_state, mut signed) = (None, 0);
        for (name, value) in form_urlencoded::parse(encoded.as_bytes()) {
            match &*name {
                "SAMLRequest" => found = Some((Parameter::Request, value)),
                "SAMLResponse" => found = Some((Parameter::Response, value)),
                "RelayState" => relay_state = Some(value.into_owned()),
                "SigAlg" | "Signature" => signed += 1,
                _ => {}
            }
        }
        let (parameter, text) =
            found.ok_or_else(|| Anomaly::new(4, "manca SAMLRequest o SAMLResponse"))?;
        if binding == Binding::Redirect && signed != 2 {
            return Err(Anomaly::new(4, "mancano SigAlg o Signature"));
        }
        let xml = match binding {
            Binding::Redirect => from_query(&text)?,
            Binding::Post => from_form(&text)?,
        };
        let raw_query = if binding == Binding::Redirect { encoded } else { "" };
        Ok(Self { parameter, binding, xml, relay_state, raw_query: raw_query.to_owned() })
    }

    /// Whether one of the certificates signed it, in the way of its binding.
    pub(super) fn verify(&self, id: &str, certificates: &[Vec<u8>]) -> Result<(), VerifyError> {
        match self.binding {
            Binding::Redirect => verify_redirect(&self.raw_query, self.parameter, certificates),
            Binding::Post => verify_enveloped(&self.xml, id, certificates),
        }
    }

    /// Number of the anomaly of a signature that does not hold.
    pub(super) fn signature_anomaly(&self, error: VerifyError) -> Anomaly {
        let number = if self.binding == Binding::Redirect { 5 } else { 7 };
        Anomaly::new(number, error.to_string())
    }
}

fn from_query(text: &str) -> Result<String, Anomaly> {
    inflate(text).map_err(|_| {
        if plain(text).is_some_and(|xml| xml.trim_start().starts_with('<')) {
            Anomaly::new(6, "messaggio HTTP-POST inviato con GET")
        } else {
            Anomaly::new(4, "il messaggio non si decodifica")
        }
    })
}

fn from_form(text: &str) -> Result<String, Anomaly> {
    if let Some(xml) = plain(text) {
        return Ok(xml);
    }
    Err(if inflate(text).is_ok() {
        Anomaly::new(6, "messaggio HTTP-Redirect inviato con POST")
    } else {
        Anomaly::new(4, "il messaggio non si decodifica")
    })
}

fn plain(text: &str) -> Option<String> {
    let packed: String = text.split_ascii_whitespace().collect();
    String::from_utf8(STANDARD.decode(packed).ok()?).ok()
}
