//! Where something can be hidden in a document.

/// A place: in front of the first occurrence of a text, within tags of its own.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// For the message of a failing test.
    pub name: &'static str,
    before: &'static str,
    open: &'static str,
    close: &'static str,
    /// Why a part of an assertion is refused there.
    pub part: Refusals,
    /// Why a signature is.
    pub signature: Refusals,
}

/// Codes of refusals.
pub type Refusals = &'static [&'static str];

const fn place(name: &'static str, before: &'static str) -> Place {
    Place {
        name,
        before,
        open: "",
        close: "",
        part: &["unexpected_element"],
        signature: &["signature_misplaced"],
    }
}

impl Place {
    /// Where such a part may be, but once; elsewhere the reason is the usual one.
    const fn part(self, part: Refusals) -> Self {
        Self { part, ..self }
    }

    /// Where signatures may be, but one, and of this very element.
    const fn signed(self) -> Self {
        Self { signature: &["several_signatures", "reference", "signature_invalid"], ..self }
    }

    /// Nothing at all belongs there.
    const fn for_nothing(self, part: Refusals, signature: Refusals) -> Self {
        Self { part, signature, ..self }
    }
}

const TEXT: Refusals = &["text_with_elements"];
/// Where the assertion is not signed, that is the reason.
const REPEATED: Refusals =
    &["unexpected_element", "element_repeated", "attribute_repeated", "assertion_unsigned"];
const SEVERAL_VALUES: Refusals =
    &["unexpected_element", "attribute_several_values", "assertion_unsigned"];

const fn within(
    name: &'static str,
    before: &'static str,
    (open, close): (&'static str, &'static str),
) -> Place {
    Place { open, close, ..place(name, before) }
}

const EXTENSIONS: (&str, &str) = ("<samlp:Extensions>", "</samlp:Extensions>");
const FOREIGN_EXTENSIONS: (&str, &str) =
    ("<samlp:Extensions><o:o xmlns:o=\"urn:o\"><o:p>", "</o:p></o:o></samlp:Extensions>");
const DETAIL: (&str, &str) = ("<samlp:StatusDetail>", "</samlp:StatusDetail>");
const ADVICE: (&str, &str) = ("<saml:Advice>", "</saml:Advice>");
const FOREIGN_ADVICE: (&str, &str) =
    ("<saml:Advice><o:o xmlns:o=\"urn:o\">", "</o:o></saml:Advice>");
const OBJECT: (&str, &str) = ("<ds:Object>", "</ds:Object>");

/// Around the assertion.
pub const OUTSIDE: [Place; 8] = [
    place("first in the response", "<saml:Issuer").signed(),
    place("before the status", "<samlp:Status>").signed(),
    within("in the extensions", "<samlp:Status>", EXTENSIONS),
    within("deep in the extensions", "<samlp:Status>", FOREIGN_EXTENSIONS),
    place("in the status", "</samlp:Status>"),
    within("in the status detail", "</samlp:Status>", DETAIL),
    place("before the assertion", "<saml:Assertion").signed(),
    place("last in the response", "</samlp:Response>").signed(),
];

/// In the assertion.
pub const INSIDE: [Place; 14] = [
    place("first in the assertion", "<saml:Subject>").part(REPEATED).signed(),
    place("in the name", "</saml:NameID>").part(TEXT),
    place("in the subject", "</saml:Subject>").part(REPEATED),
    place("in the confirmation", "</saml:SubjectConfirmation>"),
    place("in the confirmation's data", "</saml:SubjectConfirmationData>"),
    place("in the conditions", "</saml:Conditions>"),
    place("in the audience", "</saml:Audience>").part(TEXT),
    within("in the advice", "<saml:AuthnStatement", ADVICE),
    within("deep in the advice", "<saml:AuthnStatement", FOREIGN_ADVICE),
    place("in the statement", "</saml:AuthnStatement>"),
    place("in the attributes", "</saml:AttributeStatement>").part(REPEATED),
    place("in an attribute", "</saml:Attribute>").part(SEVERAL_VALUES),
    place("in a value", "</saml:AttributeValue>").part(TEXT),
    place("last in the assertion", "</saml:Assertion>").part(REPEATED).signed(),
];

/// In a signature.
pub const SIGNATURE: [Place; 6] = [
    within("in an object", "</ds:Signature>", OBJECT)
        .for_nothing(&["signature_object"], &["signature_object"]),
    place("last in the signature", "</ds:Signature>"),
    place("in the key info", "</ds:KeyInfo>").part(&["key_info"]),
    place("in what is signed", "</ds:SignedInfo>"),
    place("in a transform", "</ds:Transform>").part(&["transforms"]),
    place("in the value of the signature", "</ds:SignatureValue>").part(TEXT),
];

/// All of them.
pub fn everywhere() -> impl Iterator<Item = Place> {
    OUTSIDE.into_iter().chain(INSIDE).chain(SIGNATURE)
}

impl Place {
    /// The document with something hidden there; none where it has no such place.
    pub fn hide(&self, host: &str, payload: &str) -> Option<String> {
        // The end of the response that is meant is the last one.
        let at = match self.before {
            "</samlp:Response>" => host.rfind(self.before),
            before => host.find(before),
        }?;
        let (before, after) = host.split_at(at);
        Some(format!("{before}{}{payload}{}{after}", self.open, self.close))
    }
}
