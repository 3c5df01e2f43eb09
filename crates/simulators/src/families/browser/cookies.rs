//! The cookies of one browser, with the rules that browsers apply to ours.

use hyper::{HeaderMap, header};
use std::collections::BTreeMap;

/// What the portal asked to keep. There is one host, so that domains need no care; cookies marked secure are sent,
/// because browsers trust the loopback.
#[derive(Default)]
pub(super) struct Cookies(BTreeMap<String, String>);

impl Cookies {
    /// Keeps, replaces or forgets what an answer says.
    pub(super) fn take(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok())
        {
            self.take_one(line);
        }
    }

    /// The header of the next request.
    pub(super) fn header(&self) -> Option<String> {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn take_one(&mut self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
        let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
        let bound =
            has("secure") && has("path=/") && !attributes.iter().any(|a| a.starts_with("domain="));
        if name.starts_with("__Host-") && !bound {
            return;
        }
        if has("max-age=0") {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cookies;

    #[test]
    fn secure_cookies_are_sent_to_the_loopback_and_end_when_told() {
        let mut cookies = Cookies::default();
        cookies.take_one("__Host-s_alfa=1; HttpOnly; SameSite=Lax; Secure; Path=/");
        cookies.take_one("__Host-b=2; Secure; Path=/");
        assert_eq!(cookies.header().as_deref(), Some("__Host-b=2; __Host-s_alfa=1"));
        cookies.take_one(
            "__Host-s_alfa=; Secure; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        );
        assert_eq!(cookies.header().as_deref(), Some("__Host-b=2"));
    }

    #[test]
    fn a_host_cookie_that_is_not_bound_to_the_host_is_not_kept() {
        let mut cookies = Cookies::default();
        for bad in [
            "__Host-s=1; Path=/",
            "__Host-s=1; Secure; Path=/x",
            "__Host-s=1; Secure; Path=/; Domain=a.example",
        ] {
            cookies.take_one(bad);
        }
        assert_eq!(cookies.header(), None);
    }
}
