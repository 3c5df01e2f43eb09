//! What a forger has: a genuine signed answer, cut into its parts, and an assertion of their own.

use simulators::identity_provider::{
    Answer, Signing,
    signer::{SignOptions, SigningKey, Target, sign_target},
    value::Value,
};
use std::sync::LazyLock;

/// A key that no provider has.
pub static FORGER: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::generate("Falsario di prova").expect("a key"));

/// What the forged element is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identifier {
    /// As the genuine one.
    Same,
    /// Otherwise.
    Other,
    /// With an empty `ID`.
    Empty,
}

/// The parts.
pub struct Material {
    /// What of the genuine answer is signed.
    pub signing: Signing,
    /// What the forged elements are called.
    pub identifier: Identifier,
    head: String,
    issuer: String,
    /// The signature of the genuine response; empty where there is none.
    pub response_signature: String,
    status: String,
    /// The genuine assertion without its signature.
    pub bare: String,
    /// Its signature; empty where there is none.
    pub assertion_signature: String,
    /// The assertion about somebody else, not signed.
    pub forged: String,
    forged_head: String,
    /// The whole forged assertion, signed with a key of the forger's own.
    pub self_signed: String,
}

impl Material {
    /// Signs the genuine answer and cuts it.
    pub fn new(
        genuine: Answer,
        mut forged: Answer,
        key: &SigningKey,
        (signing, identifier): (Signing, Identifier),
    ) -> Self {
        let named = |id: &Option<Value>| match identifier {
            Identifier::Same => id.clone(),
            Identifier::Other => Some("_forged".into()),
            Identifier::Empty => Some("".into()),
        };
        forged.id = named(&genuine.id).map(|id| match identifier {
            Identifier::Other => "_forgedresponse".into(),
            _ => id,
        });
        let genuine_id = genuine.assertion.as_ref().and_then(|assertion| assertion.id.clone());
        forged.assertion.as_mut().expect("an assertion").id = named(&genuine_id);
        let xml = genuine.signed(key, signing, &SignOptions::default()).expect("signed");
        let self_signed = forged.signed(&FORGER, Signing::ASSERTION, &SignOptions::default());
        let (_, forged_parts) = cut(&forged.to_xml());
        let (signatures, parts) = cut(&xml);
        let [response_signature, assertion_signature] = signatures;
        let [head, issuer, status, bare] = parts;
        let [forged_head, _, _, forged] = forged_parts;
        let self_signed = assertion_of(&self_signed.expect("signed")).to_owned();
        Self {
            signing,
            identifier,
            head,
            issuer,
            response_signature,
            status,
            bare,
            assertion_signature,
            forged,
            forged_head,
            self_signed,
        }
    }

    /// The genuine assertion as it was signed.
    pub fn assertion(&self) -> String {
        with_signature(&self.bare, &self.assertion_signature)
    }

    /// The genuine answer.
    pub fn genuine(&self) -> String {
        self.response(&self.assertion())
    }

    /// The genuine response around other content.
    pub fn response(&self, content: &str) -> String {
        self.around(&self.head, &self.response_signature, content)
    }

    /// A response of the forger's own.
    pub fn forged_response(&self, signature: &str, content: &str) -> String {
        self.around(&self.forged_head, signature, content)
    }

    fn around(&self, head: &str, signature: &str, content: &str) -> String {
        let Self { issuer, status, .. } = self;
        format!("{head}{issuer}{signature}{status}{content}</samlp:Response>")
    }

    /// The forged assertion with any signature.
    pub fn forged_with(&self, signature: &str) -> String {
        with_signature(&self.forged, signature)
    }

    /// A document that the forger has signed as well.
    pub fn twice_signed(&self, xml: &str) -> String {
        sign_target(xml, Target::Root, &FORGER, &SignOptions::default()).expect("signed")
    }
}

/// The assertion with a signature after its issuer.
pub fn with_signature(assertion: &str, signature: &str) -> String {
    assertion.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1)
}

fn assertion_of(xml: &str) -> &str {
    let start = xml.find("<saml:Assertion").expect("an assertion");
    xml[start..].strip_suffix("</samlp:Response>").expect("a response")
}

/// Both signatures, then head, issuer, status and assertion without them.
fn cut(xml: &str) -> ([String; 2], [String; 4]) {
    let assertion = assertion_of(xml);
    let before = &xml[..xml.len() - assertion.len() - "</samlp:Response>".len()];
    let (response_signature, before) = without_signature(before);
    let (assertion_signature, bare) = without_signature(assertion);
    let (head, rest) = before.split_once('>').expect("a start tag");
    let (issuer, status) = rest.split_once("</saml:Issuer>").expect("an issuer");
    let parts = [format!("{head}>"), format!("{issuer}</saml:Issuer>"), status.to_owned(), bare];
    ([response_signature, assertion_signature], parts)
}

fn without_signature(xml: &str) -> (String, String) {
    let Some((before, rest)) = xml.split_once("<ds:Signature ") else {
        return (String::new(), xml.to_owned());
    };
    let (inside, after) = rest.split_once("</ds:Signature>").expect("its end");
    (format!("<ds:Signature {inside}</ds:Signature>"), format!("{before}{after}"))
}
