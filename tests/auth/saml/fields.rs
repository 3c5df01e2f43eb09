//! The numbered cases of the official tests, each with its reason; and what only real providers do, which is accepted.

mod assertion;
mod person;
mod response;
mod times;

use domain::identity::AssuranceLevel;
use simulators::identity_provider::{
    Answer, Signing, Value, names,
    signer::{KeyInfo, SignOptions, SigningKey},
};
use support::saml_desk::{Desk, assertion};

/// A case of the official table: its number, what is bent, and the code that must come of it.
type Case = (u16, fn(&mut Answer), &'static str);

/// Both ways in which providers sign.
const SIGNINGS: [Signing; 2] = [Signing::ASSERTION, Signing::BOTH];

fn check(cases: &[Case]) {
    let desk = Desk::of("alfa");
    for (number, bend, code) in cases {
        for signing in SIGNINGS {
            let mut answer = desk.answer("anna");
            bend(&mut answer);
            assert_eq!(desk.code(&desk.signed(&answer, signing)), *code, "{number}, {signing:?}");
        }
    }
}

/// What is there and says nothing.
#[expect(clippy::unnecessary_wraps, reason = "a field of an answer is there or not")]
fn empty() -> Option<Value> {
    Some("".into())
}

#[expect(clippy::unnecessary_wraps, reason = "a field of an answer is there or not")]
fn some(text: &str) -> Option<Value> {
    Some(text.into())
}

#[test]
fn a_right_answer_is_accepted_and_says_who_it_is() {
    let desk = Desk::of("alfa");
    for signing in SIGNINGS {
        let verified = desk.judge(&desk.signed(&desk.answer("accenti"), signing)).unwrap();
        assert_eq!(verified.identity.name, "Niccolò José");
        assert_eq!(verified.identity.surname, "D'Angelò");
        assert_eq!(verified.identity.level, AssuranceLevel::L2);
        assert_eq!(verified.identity.provider, desk.provider.entity_id);
    }
}

#[test]
fn the_assertion_must_be_signed_with_a_key_of_that_provider() {
    let desk = Desk::of("alfa");
    let answer = desk.answer("anna");
    assert_eq!(desk.code(&desk.signed(&answer, Signing::NONE)), "assertion_unsigned", "2");
    assert_eq!(desk.code(&desk.signed(&answer, Signing::RESPONSE)), "assertion_unsigned", "3");
    let other = SigningKey::generate("Altro").unwrap();
    let posing = other.with_certificate_of(desk.key());
    for (number, key) in [(4, &posing), (5, &other)] {
        for signing in SIGNINGS {
            for key_info in [KeyInfo::Certificate, KeyInfo::Empty, KeyInfo::Absent] {
                let options = SignOptions { key_info, ..SignOptions::default() };
                let xml = answer.signed(key, signing, &options).unwrap();
                assert_eq!(desk.code(&xml), "signature_invalid", "{number}, {options:?}");
            }
        }
    }
    let another = Desk::of("beta");
    let xml = answer.signed(another.key(), Signing::BOTH, &SignOptions::default()).unwrap();
    assert_eq!(desk.code(&xml), "signature_invalid", "100");
}

#[test]
fn of_two_signatures_both_must_hold() {
    let desk = Desk::of("alfa");
    let other = SigningKey::generate("Altro").unwrap();
    let options = SignOptions::default();
    let answer = desk.answer("anna");
    let inside = answer.signed(&other, Signing::ASSERTION, &options).unwrap();
    let outside = answer.signed(desk.key(), Signing::ASSERTION, &options).unwrap();
    for (xml, key) in [(inside, desk.key()), (outside, &other)] {
        let root = simulators::identity_provider::signer::Target::Root;
        let xml = simulators::identity_provider::signer::sign_target(&xml, root, key, &options);
        assert_eq!(desk.code(&xml.unwrap()), "signature_invalid");
    }
}

#[test]
fn a_signature_behind_another_signed_element_does_not_count() {
    let desk = Desk::of("alfa");
    let genuine = desk.signed(&desk.answer("anna"), Signing::ASSERTION);
    let start = genuine.find("<ds:Signature ").unwrap();
    let end = genuine.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = &genuine[start..end];
    let unsigned = format!("{}{}", &genuine[..start], &genuine[end..]);
    let foreign =
        format!("<o:o xmlns:o=\"urn:o\" ID=\"_foreign\">{signature}</o:o><saml:Assertion");
    let broken = genuine.replacen(">Anna<", ">Enna<", 1);
    for (number, xml) in [(112, &unsigned), (113, &broken)] {
        let xml = xml.replacen("<saml:Assertion", &foreign, 1);
        assert_eq!(desk.code(&xml), "unexpected_element", "{number}");
    }
    assert_eq!(desk.code(&broken), "signature_invalid");
}

#[test]
fn a_level_above_the_one_asked_for_is_welcome_and_one_below_is_not() {
    let levels = [AssuranceLevel::L1, AssuranceLevel::L2, AssuranceLevel::L3];
    for asked in levels {
        for got in levels {
            let mut desk = Desk::of("alfa");
            desk.level = asked;
            let mut answer = desk.answer("anna");
            let statement = assertion(&mut answer).authn_statement.as_mut().unwrap();
            let class = format!("{}{}", names::CLASS, got.number());
            statement.context.as_mut().unwrap().class_ref = some(&class);
            let judged = desk.judge(&desk.signed(&answer, Signing::BOTH));
            let level = judged.map(|verified| verified.identity.level).map_err(|no| no.code());
            let expected = if got >= asked { Ok(got) } else { Err("level_too_low") };
            assert_eq!(level, expected, "{got:?} for {asked:?}");
        }
    }
}
