//! Which of a provider's keys count: every one in its metadata that is strong enough, whatever its date.

use simulators::identity_provider::{
    Signing,
    signer::{KeyInfo, KeyOptions, SignOptions, SigningKey},
};
use support::saml_desk::Desk;

fn key(change: impl FnOnce(KeyOptions) -> KeyOptions) -> SigningKey {
    SigningKey::generate_with(&change(KeyOptions::new("Gestore di prova"))).unwrap()
}

fn judged(desk: &Desk, key: &SigningKey, key_info: KeyInfo) -> &'static str {
    let options = SignOptions { key_info, ..SignOptions::default() };
    desk.code(&desk.answer("anna").signed(key, Signing::BOTH, &options).unwrap())
}

#[test]
fn the_registry_vouches_for_a_key_and_not_its_date() {
    let expired = key(|of| KeyOptions { not_after: "20210101000000Z".into(), ..of });
    let desk = Desk::of("alfa").knowing(std::slice::from_ref(&expired));
    assert_eq!(judged(&desk, &expired, KeyInfo::Certificate), "accepted");
}

#[test]
fn a_short_key_verifies_nothing() {
    let short = key(|of| KeyOptions { bits: 1024, ..of });
    let desk = Desk::of("alfa").knowing(std::slice::from_ref(&short));
    assert_eq!(judged(&desk, &short, KeyInfo::Certificate), "provider_without_key");
    let beside = [short.clone(), desk.key().clone()];
    let desk = desk.knowing(&beside);
    assert_eq!(judged(&desk, &short, KeyInfo::Certificate), "signature_invalid");
    assert_eq!(judged(&desk, desk.key(), KeyInfo::Certificate), "accepted");
    assert_eq!(judged(&desk.knowing(&[]), &short, KeyInfo::Certificate), "provider_without_key");
}

#[test]
fn while_keys_are_exchanged_both_count_and_afterwards_the_new_one_alone() {
    let keys = [key(|of| of), key(|of| of)];
    let [old, new] = &keys;
    let desk = Desk::of("alfa").knowing(&keys);
    for shown in [KeyInfo::Certificate, KeyInfo::Empty, KeyInfo::Absent] {
        for key in &keys {
            assert_eq!(judged(&desk, key, shown.clone()), "accepted");
        }
    }
    let both = Signing::ASSERTION;
    let inside = desk.answer("anna").signed(old, both, &SignOptions::default()).unwrap();
    let root = simulators::identity_provider::signer::Target::Root;
    let mixed = simulators::identity_provider::signer::sign_target(
        &inside,
        root,
        new,
        &SignOptions::default(),
    );
    assert_eq!(desk.code(&mixed.unwrap()), "signature_invalid", "one message, one key");
    let desk = desk.knowing(std::slice::from_ref(new));
    assert_eq!(judged(&desk, old, KeyInfo::Certificate), "signature_invalid");
    assert_eq!(judged(&desk, new, KeyInfo::Certificate), "accepted");
}

#[test]
fn a_provider_that_signs_responses_must_do_so() {
    let mut desk = Desk::of("alfa");
    desk.known.requires_signed_response = true;
    let answer = desk.answer("anna");
    assert_eq!(desk.code(&desk.signed(&answer, Signing::ASSERTION)), "response_unsigned");
    assert_eq!(desk.code(&desk.signed(&answer, Signing::BOTH)), "accepted");
}
