//! Addresses for paper and mail: built from settings, never from a request.

use crate::Tenant;

impl Tenant {
    /// The address of a path within the tenant: on its own host if it has one, else below the shared host. Scheme and
    /// port are those of `public_url`, the address of the shared host.
    pub fn address(&self, public_url: &str, path: &str) -> String {
        let base = public_url.trim_end_matches('/');
        let Some(host) = self.settings().access.hosts.first() else {
            return format!("{base}/{}{path}", self.slug());
        };
        let (scheme, authority) = base.split_once("://").unwrap_or(("https", base));
        match authority.rsplit_once(':') {
            Some((_, port)) => format!("{scheme}://{}:{port}{path}", host.as_str()),
            None => format!("{scheme}://{}{path}", host.as_str()),
        }
    }
}
