//! The visitor's address: what our own proxies say, counted from the right; everybody else could lie.

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address of the visitor. With `hops` proxies of ours in front, the entry that the outermost of them wrote.
pub(crate) fn client_ip(headers: &HeaderMap, extensions: &Extensions, hops: usize) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    if hops == 0 {
        return peer;
    }
    let entries: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let from_right = entries.len().checked_sub(hops).and_then(|at| entries.get(at));
    from_right.and_then(|entry| entry.parse().ok()).unwrap_or(peer)
}

/// The visitor's network as budgets count it.
pub(crate) fn network(headers: &HeaderMap, extensions: &Extensions, hops: usize) -> String {
    limits::network_of(client_ip(headers, extensions, hops))
}

#[cfg(test)]
mod tests {
    use super::client_ip;
    use axum::{
        extract::ConnectInfo,
        http::{Extensions, HeaderMap},
    };
    use std::net::SocketAddr;

    fn seen(forwarded: &str, hops: usize) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo("10.0.0.9:1".parse::<SocketAddr>().unwrap()));
        client_ip(&headers, &extensions, hops).to_string()
    }

    #[test]
    fn only_what_our_own_proxies_wrote_counts() {
        assert_eq!(seen("203.0.113.7, 198.51.100.2", 0), "10.0.0.9");
        assert_eq!(seen("203.0.113.7, 198.51.100.2", 1), "198.51.100.2");
        assert_eq!(seen("203.0.113.7, 198.51.100.2", 2), "203.0.113.7");
        assert_eq!(seen("203.0.113.7", 5), "10.0.0.9");
        assert_eq!(seen("nonsense", 1), "10.0.0.9");
    }
}
