//! Logout messages by both bindings.

use super::{
    LogoutAnswer, LogoutStatus, OutgoingLogout, logout_request_post, logout_request_redirect,
    logout_response_post, logout_response_redirect,
};
use crate::{
    MessageError,
    names::{FORMAT_TRANSIENT, STATUS_RESPONDER, STATUS_SUCCESS},
    request::tests::{inflated, verified_query},
    samples::{ENTITY_ID, keys, now, verifies},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::{Document, Node};

const DESTINATION: &str = "https://idp.example/slo";

fn logout() -> OutgoingLogout<'static> {
    OutgoingLogout {
        id: "_l1",
        issued_at: now(),
        destination: DESTINATION,
        entity_id: ENTITY_ID,
        name_id: "_transient&1",
        name_qualifier: "https://idp.example",
        session_index: Some("s1"),
        relay_state: "t0ken",
    }
}

fn answer() -> LogoutAnswer<'static> {
    LogoutAnswer {
        id: "_l2",
        issued_at: now(),
        destination: DESTINATION,
        entity_id: ENTITY_ID,
        in_response_to: "_theirs",
        status: LogoutStatus::Success,
        relay_state: Some("ss:mem & <more>"),
    }
}

fn elements<'a, 'input>(document: &'a Document<'input>) -> Vec<Node<'a, 'input>> {
    document.root_element().children().filter(Node::is_element).collect()
}

#[test]
fn our_request_by_redirect() {
    let message = logout_request_redirect(&logout(), &keys()[0]).unwrap();
    let pairs = verified_query(&message.url, &keys()[0]);
    assert_eq!(pairs[1], ("RelayState".into(), "t0ken".into()));
    assert_eq!(inflated(&pairs[0].1), message.xml);
    let document = Document::parse(&message.xml).unwrap();
    let [issuer, name_id, session_index] = elements(&document)[..] else { panic!() };
    assert_eq!(issuer.attribute("NameQualifier"), Some(ENTITY_ID));
    assert_eq!(name_id.text(), Some("_transient&1"));
    assert_eq!(name_id.attribute("Format"), Some(FORMAT_TRANSIENT));
    assert_eq!(name_id.attribute("NameQualifier"), Some("https://idp.example"));
    assert_eq!(session_index.text(), Some("s1"));
    assert_eq!(document.root_element().attribute("Destination"), Some(DESTINATION));
}

#[test]
fn our_request_by_form() {
    let logout = OutgoingLogout { session_index: None, ..logout() };
    let message = logout_request_post(&logout, &keys()[0]).unwrap();
    assert!(verifies(&message.xml, &keys()[0]));
    assert_eq!(STANDARD.decode(&message.saml_request).unwrap(), message.xml.as_bytes());
    let document = Document::parse(&message.xml).unwrap();
    let names: Vec<_> = elements(&document).iter().map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["Issuer", "Signature", "NameID"]);
}

#[test]
fn our_answer_gives_their_relay_state_back() {
    let message = logout_response_redirect(&answer(), &keys()[0]).unwrap();
    let pairs = verified_query(&message.url, &keys()[0]);
    assert_eq!(pairs[0].0, "SAMLResponse");
    assert_eq!(pairs[1], ("RelayState".into(), "ss:mem & <more>".into()));
    for relay_state in [None, Some("")] {
        let answer = LogoutAnswer { relay_state, ..answer() };
        let message = logout_response_redirect(&answer, &keys()[0]).unwrap();
        let names: Vec<_> =
            verified_query(&message.url, &keys()[0]).into_iter().map(|pair| pair.0).collect();
        assert_eq!(names, ["SAMLResponse", "SigAlg", "Signature"]);
    }
}

#[test]
fn our_answer_by_form() {
    for (status, code) in
        [(LogoutStatus::Success, STATUS_SUCCESS), (LogoutStatus::Responder, STATUS_RESPONDER)]
    {
        let answer = LogoutAnswer { status, ..answer() };
        let message = logout_response_post(&answer, &keys()[0]).unwrap();
        assert!(verifies(&message.xml, &keys()[0]));
        let document = Document::parse(&message.xml).unwrap();
        let [issuer, signature, found] = elements(&document)[..] else { panic!() };
        assert_eq!((issuer.text(), signature.tag_name().name()), (Some(ENTITY_ID), "Signature"));
        assert_eq!(found.first_element_child().unwrap().attribute("Value"), Some(code));
        assert_eq!(document.root_element().attribute("InResponseTo"), Some("_theirs"));
        assert_eq!(message.relay_state.as_deref(), Some("ss:mem & <more>"));
    }
}

#[test]
fn senseless_messages_are_refused() {
    let refused = logout_request_post(&OutgoingLogout { id: "1", ..logout() }, &keys()[0]);
    assert!(matches!(refused, Err(MessageError::Id)));
    let nowhere = LogoutAnswer { destination: "idp", ..answer() };
    let refused = logout_response_redirect(&nowhere, &keys()[0]);
    assert!(matches!(refused, Err(MessageError::Destination)));
    let refused =
        logout_request_redirect(&OutgoingLogout { relay_state: "", ..logout() }, &keys()[0]);
    assert!(matches!(refused, Err(MessageError::RelayState)));
}
