//! How the genuine and the forged are put together.

use super::{
    material::{Identifier, Material, with_signature},
    places::{self, OUTSIDE, Place, Refusals},
};

/// One document, and why it must be refused.
pub struct Variant {
    /// Which kind it is of.
    pub kind: &'static str,
    /// Kind, place, signing, identifier.
    pub name: String,
    /// The document.
    pub xml: String,
    /// The reasons for which it may be refused.
    pub refusals: Refusals,
}

/// How many kinds there are.
pub const COUNT: usize = 16;

const SEVERAL: Refusals = &["several_assertions"];
const NESTED: Refusals = &["nested_response", "signature_object"];
/// Every variant that this material allows.
pub fn all_variants(material: &Material) -> Vec<Variant> {
    let mut variants = hidden_assertions(material);
    variants.extend(nested_responses(material));
    variants.extend(replaced(material));
    variants.extend(pieces(material));
    variants.extend(moved_signatures(material));
    variants
}

/// A kind, and why its documents are refused: for all places alike, or as the place says.
struct Kind<R>(&'static str, R);

/// What a refusal depends on.
trait Reason {
    fn at(&self, place: &Place) -> Refusals;
}

impl Reason for Refusals {
    fn at(&self, _place: &Place) -> Refusals {
        self
    }
}

impl Reason for fn(&Place) -> Refusals {
    fn at(&self, place: &Place) -> Refusals {
        self(place)
    }
}

impl Kind<Refusals> {
    fn variant(&self, material: &Material, place: &str, xml: String) -> Variant {
        let Material { signing, identifier, .. } = material;
        let name = format!("{} {place}, {signing:?}, {identifier:?}", self.0);
        Variant { kind: self.0, name, xml, refusals: self.1 }
    }
}

impl<R: Reason> Kind<R> {
    fn everywhere(&self, material: &Material, host: &str, payload: &str) -> Vec<Variant> {
        self.at(material, places::everywhere(), (host, payload))
    }

    fn at(
        &self,
        material: &Material,
        places: impl IntoIterator<Item = Place>,
        (host, payload): (&str, &str),
    ) -> Vec<Variant> {
        let hidden = |place: Place| {
            let xml = place.hide(host, payload)?;
            let kind = Kind(self.0, self.1.at(&place));
            Some(kind.variant(material, place.name, xml))
        };
        places.into_iter().filter_map(hidden).collect()
    }
}

/// Two assertions: one of them before, after, around or inside the other (XSW3 to XSW8).
fn hidden_assertions(material: &Material) -> Vec<Variant> {
    let genuine = material.genuine();
    let assertion = material.assertion();
    let borrowed = material.forged_with(&material.assertion_signature);
    let kinds = [
        (Kind("the forged in the genuine", SEVERAL), &genuine, &material.forged),
        (Kind("the forged, with the signature, in the genuine", SEVERAL), &genuine, &borrowed),
        (Kind("the self-signed in the genuine", SEVERAL), &genuine, &material.self_signed),
        (
            Kind("the genuine in the forged", SEVERAL),
            &material.response(&material.forged),
            &assertion,
        ),
        (
            Kind("the genuine in the self-signed", SEVERAL),
            &material.response(&material.self_signed),
            &assertion,
        ),
        (
            Kind("the bare genuine in the forged", SEVERAL),
            &material.response(&borrowed),
            &material.bare,
        ),
    ];
    let all = kinds.iter().map(|(kind, host, payload)| kind.everywhere(material, host, payload));
    all.flatten().collect()
}

/// A response inside a response (XSW1 and XSW2), with two assertions or with one.
fn nested_responses(material: &Material) -> Vec<Variant> {
    let genuine = material.genuine();
    let forged = material.forged_response("", &material.forged);
    let outer = material.forged_response(&material.response_signature, &material.forged);
    let empty = material.forged_response(&material.response_signature, "");
    let mut variants =
        Kind("the forged response in the genuine", SEVERAL).everywhere(material, &genuine, &forged);
    variants.extend(
        Kind("the genuine response in the forged", SEVERAL).everywhere(material, &outer, &genuine),
    );
    variants.extend(
        Kind("the genuine response in an empty one", NESTED).everywhere(material, &empty, &genuine),
    );
    let inside_out = material.response(&forged);
    variants.push(
        Kind("a response in place of the assertion", NESTED).variant(material, "", inside_out),
    );
    variants
}

/// Nothing but the forged assertion: bare, with the genuine signature, or with one of the forger's own.
fn replaced(material: &Material) -> Vec<Variant> {
    let is_named = material.identifier != Identifier::Empty;
    let is_signed = !material.assertion_signature.is_empty();
    let expected: [Refusals; 4] = match (is_named, is_signed, material.identifier) {
        (false, ..) => [&["assertion_id_missing"]; 4],
        (_, true, Identifier::Same) => [
            &["assertion_unsigned"],
            &["signature_invalid"],
            &["reference"],
            &["signature_invalid"],
        ],
        (_, true, _) => {
            [&["assertion_unsigned"], &["reference"], &["reference"], &["signature_invalid"]]
        }
        (_, false, _) => [
            &["assertion_unsigned"],
            &["assertion_unsigned"],
            &["reference"],
            &["signature_invalid"],
        ],
    };
    // Where the response is not signed there is no signature of it to borrow.
    let of_response = Some(&material.response_signature).filter(|signature| !signature.is_empty());
    let contents = [
        ("bare", Some(material.forged.clone())),
        (
            "with the assertion's signature",
            Some(material.forged_with(&material.assertion_signature)),
        ),
        ("with the response's signature", of_response.map(|it| material.forged_with(it))),
        ("self-signed", Some(material.self_signed.clone())),
    ];
    let made = contents.into_iter().zip(expected).filter_map(|((name, content), refusals)| {
        let xml = material.response(&content?);
        Some(Kind("the forged alone", refusals).variant(material, name, xml))
    });
    made.collect()
}

/// No second assertion, only a part of one: a subject, a statement, an attribute.
fn pieces(material: &Material) -> Vec<Variant> {
    if material.identifier != Identifier::Other {
        return Vec::new();
    }
    let genuine = material.genuine();
    let kind =
        Kind("a part of the forged in the genuine", (|place| place.part) as fn(&Place) -> Refusals);
    let pieces = [
        ("<saml:Subject>", "</saml:Subject>"),
        ("<saml:NameID ", "</saml:NameID>"),
        ("<saml:Conditions ", "</saml:Conditions>"),
        ("<saml:Audience>", "</saml:Audience>"),
        ("<saml:AuthnStatement ", "</saml:AuthnStatement>"),
        ("<saml:AttributeStatement>", "</saml:AttributeStatement>"),
        ("<saml:Attribute Name=\"fiscalNumber\"", "</saml:Attribute>"),
        ("<saml:AttributeValue ", "</saml:AttributeValue>"),
    ];
    let cut = |(open, close): (&str, &str)| {
        let start = material.forged.find(open).expect("a part");
        let length = material.forged[start..].find(close).expect("its end") + close.len();
        &material.forged[start..start + length]
    };
    let typed = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xsi:type=";
    let all = pieces.map(cut).map(|piece| piece.replace("xsi:type=", typed));
    all.iter().flat_map(|piece| kind.everywhere(material, &genuine, piece)).collect()
}

/// The signature leaves its place, or gets company.
fn moved_signatures(material: &Material) -> Vec<Variant> {
    if material.identifier != Identifier::Other {
        return Vec::new();
    }
    let genuine = material.genuine();
    let of_place: fn(&Place) -> Refusals = |place| place.signature;
    let mut variants = Vec::new();
    for signature in [&material.assertion_signature, &material.response_signature] {
        if signature.is_empty() {
            continue;
        }
        variants.extend(
            Kind("a copy of the signature", of_place).everywhere(material, &genuine, signature),
        );
    }
    if !material.assertion_signature.is_empty() {
        let bare = material.response(&material.bare);
        let kind = Kind("the signature outside its assertion", of_place);
        let pair = (bare.as_str(), material.assertion_signature.as_str());
        variants.extend(kind.at(material, OUTSIDE, pair));
    }
    let twice = material.twice_signed(&genuine);
    let again = Kind("signed once more", &["several_signatures", "signature_invalid"] as Refusals);
    variants.push(again.variant(material, "by the forger", twice));
    let others = with_signature(&material.bare, &signature_of(&material.self_signed));
    let kind = Kind("the genuine with the forger's signature", &["reference"] as Refusals);
    variants.push(kind.variant(material, "", material.response(&others)));
    variants
}

fn signature_of(assertion: &str) -> String {
    let start = assertion.find("<ds:Signature ").expect("a signature");
    let end = assertion.find("</ds:Signature>").expect("its end") + "</ds:Signature>".len();
    assertion[start..end].to_owned()
}
