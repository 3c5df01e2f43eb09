//! Our cookies: host-only, secure, kept from scripts.

use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::Locale;
use secrets::Token;

/// Remembers the language.
pub(crate) const LANGUAGE: &str = "__Host-lingua";
/// Remembers the comune on the shared host.
pub(crate) const COMUNE: &str = "__Host-comune";
/// Tells one browser from another, for the budgets of sends; random, ends with the browser's session.
pub(crate) const BROWSER: &str = "__Host-b";

/// Name of a tenant's session cookie: tenants that share a host do not share sessions.
pub(crate) fn session_name(slug: &str) -> String {
    format!("__Host-s_{slug}")
}

/// A cookie that ends with the browser's session.
pub(crate) fn session(slug: &str, token: &Token) -> Cookie<'static> {
    built(session_name(slug), token.text())
}

/// Takes a tenant's session cookie away.
pub(crate) fn no_session(slug: &str) -> Cookie<'static> {
    let mut cookie = built(session_name(slug), String::new());
    cookie.make_removal();
    cookie
}

/// Name of the cookie that binds a browser to its sign-in at a provider.
pub(crate) fn login_name(slug: &str) -> String {
    format!("__Host-i_{slug}")
}

/// Binds this browser to its sign-in, which ends long before the cookie does. It must come back with the provider's form, which is
/// posted from another site: the one cookie of ours that does.
pub(crate) fn login(slug: &str, token: &Token) -> Cookie<'static> {
    let mut cookie = built(login_name(slug), token.text());
    cookie.set_same_site(SameSite::None);
    cookie
}

/// Remembers the language for good.
pub(crate) fn language(locale: Locale) -> Cookie<'static> {
    let mut cookie = built(LANGUAGE.to_owned(), locale.tag().to_owned());
    cookie.make_permanent();
    cookie
}

/// Remembers the comune for good.
pub(crate) fn comune(slug: &str) -> Cookie<'static> {
    let mut cookie = built(COMUNE.to_owned(), slug.to_owned());
    cookie.make_permanent();
    cookie
}

/// Tells this browser from others.
pub(crate) fn browser(token: &Token) -> Cookie<'static> {
    built(BROWSER.to_owned(), token.text())
}

fn built(name: String, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
