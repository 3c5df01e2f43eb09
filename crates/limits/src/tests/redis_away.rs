//! Redis refusing, silent, and coming back.

use super::{
    FIVE, THREE, at, fresh_tenant,
    redis_shared::{limits, redis_url},
    refused,
};
use crate::{Key, Limits, Settings};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};

/// Connections held open without an answer.
async fn silent_server() -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://{}", listener.local_addr().unwrap());
    let held = tokio::spawn(async move {
        let mut connections = Vec::new();
        while let Ok((connection, _)) = listener.accept().await {
            connections.push(connection);
        }
    });
    (url, held)
}

/// An address where nobody listens.
async fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

/// The real Redis: host with port, and its address with another host in the same place.
fn redis_behind(address: &str) -> (String, String) {
    let url = redis_url();
    let (_, rest) = url.split_once("://").unwrap();
    let authority = rest.split('/').next().unwrap();
    let host = authority.rsplit('@').next().unwrap().to_owned();
    let through = url.replace(&host, address);
    (host, through)
}

/// Lets an address lead to another.
async fn forward(address: &str, target: String) -> tokio::task::JoinHandle<()> {
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = TcpStream::connect(&target).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
        }
    })
}

#[tokio::test]
async fn without_redis_stricter_budgets_apply() {
    let limits = limits(&format!("redis://{}", free_address().await));
    let key = Key::of(fresh_tenant(), [1; 32]);
    assert!(limits.take(at(0), &[(&THREE, key)]).await.is_allowed());
    assert!(limits.degraded());
    assert!(limits.take(at(0), &[(&THREE, key)]).await.is_allowed());
    assert_eq!(limits.take(at(5), &[(&THREE, key)]).await, refused(59_995, &THREE));
}

#[tokio::test]
async fn a_silent_redis_delays_one_request_only() {
    let (url, held) = silent_server().await;
    let limits = limits(&url);
    let key = Key::tenant(fresh_tenant());
    let started = Instant::now();
    assert!(limits.take(at(0), &[(&FIVE, key)]).await.is_allowed());
    assert!(started.elapsed() < Duration::from_millis(900) && limits.degraded());
    let started = Instant::now();
    for _ in 0..100 {
        limits.take(at(1), &[(&FIVE, key)]).await;
    }
    assert!(started.elapsed() < Duration::from_millis(200), "the breaker is open");
    held.abort();
}

#[tokio::test]
async fn redis_is_used_again_when_it_is_back() {
    let address = free_address().await;
    let (host, through) = redis_behind(&address);
    let limits = limits(&through);
    let key = Key::of(fresh_tenant(), [1; 32]);
    limits.take(at(0), &[(&FIVE, key)]).await;
    assert!(limits.degraded());
    let forwarding = forward(&address, host).await;
    let mut now = 0;
    while limits.degraded() && now < 20_000 {
        now += 1_000;
        limits.take(at(now), &[(&FIVE, Key::tenant(key.tenant))]).await;
    }
    assert!(!limits.degraded(), "still away after {now} ms");
    for _ in 0..5 {
        assert!(limits.take(at(now), &[(&FIVE, key)]).await.is_allowed(), "the whole budget again");
    }
    assert!(!limits.take(at(now), &[(&FIVE, key)]).await.is_allowed());
    forwarding.abort();
}

#[tokio::test]
async fn a_wrong_address_is_refused_without_showing_it() {
    let settings = Settings { redis_url: "http://:hidden@host".into(), local_keys: 10 };
    let error = Limits::connect(&settings).err().unwrap();
    assert!(!format!("{error} {error:?} {settings:?}").contains("hidden"));
}
