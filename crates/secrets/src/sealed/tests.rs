//! Sealed values open in their place only; keys survive wrapping and rotation.

use super::{OpenError, Place};
use crate::{
    OperatorKeys, Settings, TenantKeys, UnwrapError,
    testing::{Seeded, keys, tenant},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use uuid::Uuid;

const PLAIN: &[u8] = b"Anna Prova, celiaca";

fn place(row: u128) -> Place {
    Place { table: "draft", row: Uuid::from_u128(row), column: "answers_enc" }
}

fn operator(present: u8, old: &[u8]) -> OperatorKeys {
    let key = |seed: u8| {
        let bytes: Vec<u8> = (seed..seed + 32).collect();
        STANDARD.encode(bytes).into()
    };
    let old_operator_keys = old.iter().map(|seed| key(*seed)).collect();
    OperatorKeys::new(&Settings { operator_key: key(present), old_operator_keys }).unwrap()
}

#[test]
fn what_is_sealed_opens_in_its_place() {
    let (keys, entropy) = (keys(1), Seeded::new(9));
    let sealed = keys.seal(&entropy, place(1), PLAIN);
    assert_eq!(keys.open(place(1), &sealed).unwrap().as_slice(), PLAIN);
    assert_eq!(sealed.len(), 1 + 2 + 12 + PLAIN.len() + 16);
    assert!(!sealed.windows(4).any(|window| window == b"Anna"));
    assert_ne!(sealed, keys.seal(&entropy, place(1), PLAIN), "each sealing has its own nonce");
    let empty = keys.seal(&entropy, place(1), b"");
    assert_eq!(keys.open_text(place(1), &empty).unwrap(), "");
}

#[test]
fn moving_a_value_anywhere_else_fails() {
    let (mine, entropy) = (keys(1), Seeded::new(9));
    let (first, second) =
        (mine.seal(&entropy, place(1), b"first"), mine.seal(&entropy, place(2), b"second"));
    assert_eq!(mine.open(place(1), &second).unwrap_err(), OpenError::Refused);
    assert_eq!(mine.open(place(2), &first).unwrap_err(), OpenError::Refused);
    let other_column = Place { column: "email_enc", ..place(1) };
    let other_table = Place { table: "mail", ..place(1) };
    assert_eq!(mine.open(other_column, &first).unwrap_err(), OpenError::Refused);
    assert_eq!(mine.open(other_table, &first).unwrap_err(), OpenError::Refused);
    assert_eq!(keys(2).open(place(1), &first).unwrap_err(), OpenError::Refused);
}

#[test]
fn the_tenant_is_bound_even_under_equal_keys() {
    let theirs = TenantKeys::generate(tenant(2), &Seeded::new(1));
    let mine = TenantKeys::generate(tenant(1), &Seeded::new(1));
    let sealed = mine.seal(&Seeded::new(9), place(1), PLAIN);
    assert_eq!(theirs.open(place(1), &sealed).unwrap_err(), OpenError::Refused);
}

#[test]
fn every_changed_bit_and_every_truncation_is_noticed() {
    let keys = keys(1);
    let sealed = keys.seal(&Seeded::new(9), place(1), PLAIN);
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut changed = sealed.clone();
            changed[at] ^= 1 << bit;
            assert!(keys.open(place(1), &changed).is_err());
        }
        assert!(keys.open(place(1), &sealed[..at]).is_err());
    }
}

#[test]
fn rotation_seals_anew_and_opens_the_old() {
    let entropy = Seeded::new(9);
    let old = keys(1);
    let new = old.rotated(&entropy);
    let before = old.seal(&entropy, place(1), PLAIN);
    let after = new.seal(&entropy, place(1), PLAIN);
    assert_eq!((old.version(), new.version()), (1, 2));
    assert_eq!(new.open(place(1), &before).unwrap().as_slice(), PLAIN);
    assert_eq!(new.open(place(1), &after).unwrap().as_slice(), PLAIN);
    assert_eq!(old.open(place(1), &after).unwrap_err(), OpenError::UnknownVersion(2));
    assert!(new.is_sealed_by_older(&before) && !new.is_sealed_by_older(&after));
    let kind = crate::LookupKind::Email;
    assert_eq!(old.lookup_hash(kind, "a@example.it"), new.lookup_hash(kind, "a@example.it"));
}

#[test]
fn wrapped_keys_open_for_their_tenant_version_and_operator() {
    let (entropy, mine) = (Seeded::new(9), keys(1).rotated(&Seeded::new(3)));
    let sealed = mine.seal(&entropy, place(1), PLAIN);
    let present = operator(1, &[]);
    let wrapped = mine.wrap(&present, &entropy);
    let opened = TenantKeys::unwrap(&present, tenant(1), 2, &wrapped).unwrap();
    assert_eq!(opened.open(place(1), &sealed).unwrap().as_slice(), PLAIN);

    let unwrap = |operator: &OperatorKeys, number, version| {
        TenantKeys::unwrap(operator, tenant(number), version, &wrapped).map(|_| ())
    };
    assert_eq!(unwrap(&present, 2, 2), Err(UnwrapError::Damaged));
    assert_eq!(unwrap(&present, 1, 1), Err(UnwrapError::Damaged));
    assert_eq!(unwrap(&operator(2, &[]), 1, 2), Err(UnwrapError::UnknownOperatorKey));
    let successor = operator(2, &[1]);
    assert_eq!(unwrap(&successor, 1, 2), Ok(()));
    assert!(present.is_present(&wrapped) && !successor.is_present(&wrapped));
    for cut in 0..wrapped.len() {
        assert!(TenantKeys::unwrap(&present, tenant(1), 2, &wrapped[..cut]).is_err());
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", keys(1));
    assert_eq!(shown, "TenantKeys(00000000-0000-0000-0000-000000000001, version 1)");
}
