//! Budgets in process and in Redis: the same rule, all or none, and what happens without Redis.

mod redis_away;
mod redis_shared;

use crate::{Budget, Key, Verdict, budgets, local::LocalBudgets};
use domain::ids::TenantId;
use jiff::{SignedDuration, Timestamp};
use std::hash::{BuildHasher as _, RandomState};
use uuid::Uuid;

pub(super) const THREE: Budget =
    Budget { name: "three", max: 3, per: SignedDuration::from_secs(60) };
pub(super) const FIVE: Budget = Budget { name: "five", max: 5, per: SignedDuration::from_secs(10) };
const MANY: Budget = Budget { name: "many", max: 1_000, per: SignedDuration::from_hours(1) };

pub(super) fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(1_790_000_000_000 + milliseconds).unwrap()
}

/// A tenant nobody used before, also in a Redis that other runs have filled.
pub(super) fn fresh_tenant() -> TenantId {
    let random = || u128::from(RandomState::new().hash_one(0));
    TenantId::from(Uuid::from_u128(random() << 64 | random()))
}

pub(super) fn refused(milliseconds: i64, budget: &Budget) -> Verdict {
    let retry_after = SignedDuration::from_millis(milliseconds);
    Verdict::Refused { retry_after, budget: budget.name }
}

fn local() -> (LocalBudgets, Key) {
    (LocalBudgets::new(1_000), Key::of(fresh_tenant(), [1; 32]))
}

#[test]
fn a_use_leaves_the_window_exactly_after_its_length() {
    let (mut local, key) = local();
    for milliseconds in [0, 10_000, 20_000] {
        assert!(local.take(at(milliseconds), &[(THREE, key)]).is_allowed());
    }
    assert_eq!(local.take(at(20_000), &[(THREE, key)]), refused(40_000, &THREE));
    assert_eq!(local.take(at(59_999), &[(THREE, key)]), refused(1, &THREE));
    assert!(local.take(at(60_000), &[(THREE, key)]).is_allowed());
    assert_eq!(local.take(at(60_000), &[(THREE, key)]), refused(10_000, &THREE));
}

#[test]
fn a_refusal_takes_from_no_budget() {
    let (mut local, key) = local();
    let both = [(THREE, key), (FIVE, key)];
    for _ in 0..3 {
        assert!(local.take(at(0), &both).is_allowed());
    }
    for _ in 0..9 {
        assert_eq!(local.take(at(1), &both), refused(59_999, &THREE));
    }
    assert!(local.take(at(1), &[(FIVE, key)]).is_allowed());
    assert!(local.take(at(1), &[(FIVE, key)]).is_allowed());
    assert_eq!(local.take(at(2), &[(FIVE, key)]), refused(9_998, &FIVE));
}

#[test]
fn the_budget_that_waits_longest_is_named() {
    let (mut local, key) = local();
    let full = [(Budget { max: 1, ..FIVE }, key), (Budget { max: 1, ..THREE }, key)];
    assert!(local.take(at(0), &full).is_allowed());
    assert_eq!(local.take(at(0), &full), refused(60_000, &THREE));
}

#[test]
fn a_large_budget_never_lets_more_through_in_any_window() {
    let (mut local, key) = local();
    let mut allowed = Vec::new();
    for second in 0..3 * 3_600 {
        if local.take(at(second * 1_000), &[(MANY, key)]).is_allowed() {
            allowed.push(second);
        }
    }
    let within =
        |start: i64| allowed.iter().filter(|s| (start..start + 3_600).contains(*s)).count();
    assert!((0..7_200).step_by(7).all(|start| within(start) <= 1_000));
    assert!(allowed.len() >= 2_900, "{}", allowed.len());
}

#[test]
fn tenants_subjects_and_budgets_do_not_share() {
    let (mut local, key) = local();
    let one = Budget { max: 1, ..THREE };
    let others =
        [Key::of(key.tenant, [2; 32]), Key::of(fresh_tenant(), [1; 32]), Key::tenant(key.tenant)];
    assert!(local.take(at(0), &[(one, key)]).is_allowed());
    for other in others {
        assert!(local.take(at(0), &[(one, other)]).is_allowed());
    }
    assert!(local.take(at(0), &[(Budget { max: 1, ..FIVE }, key)]).is_allowed());
    assert!(!local.take(at(0), &[(one, key)]).is_allowed());
}

#[test]
fn distinct_members_are_counted_once() {
    let (mut local, key) = local();
    let member = |number| Key::distinct(key.tenant, [1; 32], [number; 32]);
    for number in [1, 1, 2, 3, 2, 1] {
        assert!(local.take(at(i64::from(number)), &[(THREE, member(number))]).is_allowed());
    }
    assert_eq!(local.take(at(10), &[(THREE, member(4))]), refused(59_991, &THREE));
    assert!(local.take(at(10), &[(THREE, member(3))]).is_allowed());
    assert!(local.take(at(60_001), &[(THREE, member(4))]).is_allowed());
}

#[test]
fn memory_is_bounded_and_what_is_in_use_stays() {
    let (tenant, one) = (fresh_tenant(), Budget { max: 1, ..THREE });
    let mut local = LocalBudgets::new(100);
    let key = |number: u32| {
        let mut subject = [0; 32];
        subject[..4].copy_from_slice(&number.to_be_bytes());
        Key::of(tenant, subject)
    };
    assert!(local.take(at(0), &[(one, key(0))]).is_allowed());
    for number in 1..10_000 {
        assert!(local.take(at(0), &[(one, key(number))]).is_allowed());
        assert!(!local.take(at(0), &[(one, key(0))]).is_allowed());
    }
    assert!(local.keys() <= 101, "{}", local.keys());
}

#[test]
fn two_hundred_families_behind_one_address_pass() {
    let (tenant, network) = (fresh_tenant(), [9; 32]);
    let mut local = LocalBudgets::new(10_000);
    for family in 0..200_u8 {
        let browser = Key::of(tenant, [family; 32]);
        for _ in 0..2 {
            let uses = [
                (&budgets::CODE_PER_ADDRESS_HOUR, browser),
                (&budgets::CODE_PER_ADDRESS_DAY, browser),
                (&budgets::CODE_PER_BROWSER, browser),
                (&budgets::CODE_PER_TENANT, Key::tenant(tenant)),
                (&budgets::CODE_PER_NETWORK, Key::of(tenant, network)),
            ];
            let now = at(i64::from(family) * 1_500);
            assert!(local.take_strictly(now, &uses).is_allowed(), "even without Redis");
        }
    }
}

#[test]
fn names_of_budgets_are_unique() {
    let mut names = budgets::ALL.map(|budget| budget.name).to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), budgets::ALL.len());
}
