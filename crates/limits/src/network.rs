//! The network an address belongs to.

use std::net::{IpAddr, Ipv6Addr};

/// Bits of an IPv6 address that a household or school gets (a /56).
const IPV6_NETWORK: u128 = !((1 << 72) - 1);

/// The network as text, to be hashed before it is used as a key: an IPv4 address (also inside
/// IPv6) stands for itself, an IPv6 address for its /56.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("{address}/32"),
        IpAddr::V6(address) => {
            format!("{}/56", Ipv6Addr::from_bits(address.to_bits() & IPV6_NETWORK))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::network_of;

    #[test]
    fn networks_are_32_and_56_bits() {
        for (address, network) in [
            ("192.0.2.7", "192.0.2.7/32"),
            ("::ffff:192.0.2.7", "192.0.2.7/32"),
            ("2001:db8:1:2ff:a:b:c:d", "2001:db8:1:200::/56"),
            ("2001:db8:1:200::1", "2001:db8:1:200::/56"),
            ("2001:db8:1:300::1", "2001:db8:1:300::/56"),
        ] {
            assert_eq!(network_of(address.parse().unwrap()), network);
        }
    }
}
