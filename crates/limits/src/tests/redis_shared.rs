//! Against a real Redis.

use super::{FIVE, THREE, at, fresh_tenant, refused};
use crate::{Budget, Key, Limits, Settings, Verdict, local::LocalBudgets};
use jiff::SignedDuration;

/// The server's address; these tests never pass without one.
pub(super) fn redis_url() -> String {
    std::env::var("CAMPANELLA_TEST_REDIS_URL").expect(
        "CAMPANELLA_TEST_REDIS_URL is not set: run the tests with `cargo xtask test`, or give the \
         address of a Redis that may be filled",
    )
}

pub(super) fn limits(url: &str) -> Limits {
    Limits::connect(&Settings { redis_url: url.into(), local_keys: 1_000 }).unwrap()
}

#[tokio::test]
async fn replicas_share_a_budget() {
    let (one, other) = (limits(&redis_url()), limits(&redis_url()));
    let key = Key::of(fresh_tenant(), [1; 32]);
    assert!(one.take(at(0), &[(&THREE, key)]).await.is_allowed());
    assert!(other.take(at(10_000), &[(&THREE, key)]).await.is_allowed());
    assert!(one.take(at(20_000), &[(&THREE, key)]).await.is_allowed());
    assert_eq!(other.take(at(20_000), &[(&THREE, key)]).await, refused(40_000, &THREE));
    assert!(one.take(at(60_000), &[(&THREE, key)]).await.is_allowed());
    assert!(!one.degraded() && !other.degraded());
}

#[tokio::test]
async fn a_refusal_takes_from_no_budget() {
    let limits = limits(&redis_url());
    let key = Key::of(fresh_tenant(), [1; 32]);
    for _ in 0..3 {
        assert!(limits.take(at(0), &[(&THREE, key), (&FIVE, key)]).await.is_allowed());
    }
    for _ in 0..9 {
        let verdict = limits.take(at(0), &[(&FIVE, key), (&THREE, key)]).await;
        assert_eq!(verdict, refused(60_000, &THREE));
    }
    assert!(limits.take(at(0), &[(&FIVE, key)]).await.is_allowed());
    assert!(limits.take(at(0), &[(&FIVE, key)]).await.is_allowed());
    assert_eq!(limits.take(at(0), &[(&FIVE, key)]).await, refused(10_000, &FIVE));
}

#[tokio::test]
async fn simultaneous_takes_never_exceed_the_budget() {
    let limits = std::sync::Arc::new(limits(&redis_url()));
    let key = Key::tenant(fresh_tenant());
    let takes: Vec<_> = (0..100)
        .map(|_| {
            let limits = limits.clone();
            tokio::spawn(async move { limits.take(at(0), &[(&FIVE, key)]).await })
        })
        .collect();
    let mut allowed = 0;
    for take in takes {
        allowed += u32::from(take.await.unwrap().is_allowed());
    }
    assert_eq!(allowed, 5);
    assert!(!limits.degraded());
}

#[tokio::test]
async fn redis_and_process_follow_the_same_rule() {
    let (limits, tenant) = (limits(&redis_url()), fresh_tenant());
    let mut local = LocalBudgets::new(1_000);
    let sliced = Budget { name: "sliced", max: 70, per: SignedDuration::from_secs(2) };
    let members = Budget { name: "members", ..FIVE };
    let (mut state, mut now, mut refusals) = (1_u32, 0, 0);
    for step in 0..1_500 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let random = state >> 16;
        now += i64::from(random % 400) / (1 + i64::from(step > 700) * 20);
        let subject = Key::of(tenant, [u8::try_from(random % 3).unwrap(); 32]);
        let member = Key::distinct(tenant, [7; 32], [u8::try_from(random % 11).unwrap(); 32]);
        let uses = match random % 4 {
            0 => vec![(FIVE, subject), (sliced, subject)],
            1 => vec![(members, member)],
            2 => vec![(sliced, subject), (members, member)],
            _ => vec![(sliced, Key::tenant(tenant))],
        };
        let shared: Vec<_> = uses.iter().map(|(budget, key)| (budget, *key)).collect();
        let verdict = limits.take(at(now), &shared).await;
        assert_eq!(verdict, local.take(at(now), &uses), "step {step}");
        refusals += u32::from(!matches!(verdict, Verdict::Allowed));
    }
    assert!((200..1_300).contains(&refusals) && !limits.degraded(), "{refusals}");
}

#[tokio::test]
async fn keys_name_the_tenant_and_are_forgotten_in_time() {
    let limits = limits(&redis_url());
    let tenant = fresh_tenant();
    limits
        .take(at(0), &[(&THREE, Key::of(tenant, [0xAB; 32])), (&FIVE, Key::tenant(tenant))])
        .await;
    let client = redis::Client::open(redis_url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    for (key, span) in [
        (format!("limit:{{{tenant}}}:three:{}", "ab".repeat(32)), 60_000),
        (format!("limit:{{{tenant}}}:five:"), 10_000),
    ] {
        let left: i64 = redis::cmd("PTTL").arg(&key).query_async(&mut connection).await.unwrap();
        assert!((span..=2 * span).contains(&left), "{left}");
    }
}
