//! Signature wrapping (XSW1 to XSW8 and their relatives): a genuine answer about one person is rearranged around a forged
//! assertion about another, in every kind, place, signing and identifier.

mod kinds;
mod material;
mod places;
mod visits;

use kinds::{Variant, all_variants};
use material::{Identifier, Material};
use simulators::identity_provider::Signing;
use std::{collections::BTreeSet, thread};
use support::saml_desk::Desk;

/// Fewer would mean that a kind or a place has been lost.
const LEAST: usize = 500;

const SIGNINGS: [Signing; 3] = [Signing::RESPONSE, Signing::ASSERTION, Signing::BOTH];
const IDENTIFIERS: [Identifier; 3] = [Identifier::Same, Identifier::Other, Identifier::Empty];

fn material(desk: &Desk, signing: Signing, identifier: Identifier) -> Material {
    Material::new(desk.answer("luca"), desk.answer("anna"), desk.key(), (signing, identifier))
}

#[test]
fn no_rearrangement_of_a_genuine_answer_is_accepted_and_each_is_refused_for_its_reason() {
    let desk = Desk::of("alfa");
    for signing in [Signing::ASSERTION, Signing::BOTH] {
        let genuine = material(&desk, signing, Identifier::Other).genuine();
        assert_eq!(desk.judge(&genuine).unwrap().identity.name, "Luca");
    }
    let combinations = SIGNINGS.iter().flat_map(|s| IDENTIFIERS.iter().map(move |i| (*s, *i)));
    let tried: Vec<(usize, BTreeSet<&str>)> = thread::scope(|scope| {
        let desk = &desk;
        let judging = |(signing, identifier)| {
            scope.spawn(move || judge_all(desk, &material(desk, signing, identifier)))
        };
        let threads: Vec<_> = combinations.map(judging).collect();
        threads.into_iter().map(|thread| thread.join().expect("all refused")).collect()
    });
    let count: usize = tried.iter().map(|(count, _)| count).sum();
    assert!(count >= LEAST, "{count}");
    let kinds: BTreeSet<&str> = tried.into_iter().flat_map(|(_, kinds)| kinds).collect();
    assert_eq!(kinds.len(), kinds::COUNT, "{kinds:?}");
}

fn judge_all(desk: &Desk, material: &Material) -> (usize, BTreeSet<&'static str>) {
    let variants = all_variants(material);
    for Variant { name, xml, refusals, .. } in &variants {
        let code = desk.code(xml);
        assert!(refusals.contains(&code), "{name}: {code}, expected {refusals:?}");
    }
    (variants.len(), variants.iter().map(|variant| variant.kind).collect())
}
