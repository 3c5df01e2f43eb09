//! Routes outside any tenant: the chooser, static files, probes.

use crate::{Audience, LimitClass, Method, Route, RouteInfo, Scope, define::routes};

routes! { Platform;
    /// On the shared host: find the comune by the field «Comune» (query `comune`).
    Chooser {} = "chooser", "/", [Get], Platform, Page;
    /// Remembers the language on the shared host.
    ChooserLanguage {} = "chooser_language", "/lingua", [Post], Platform, Page;
    /// A built file with a hash in its name.
    StaticFile {
        /// Hashed file name.
        file: String,
    } = "static_file", "/static/{*file}", [Get], Platform, Free;
    /// The process lives.
    Livez {} = "livez", "/livez", [Get], Platform, Free;
    /// The process can serve: database reachable, tenants loaded.
    Readyz {} = "readyz", "/readyz", [Get], Platform, Free;
}

/// Figures for the monitoring system, on the internal port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {}

impl Route for Metrics {
    const INFO: RouteInfo = RouteInfo {
        name: "metrics",
        pattern: "/metrics",
        methods: &[Method::Get],
        audience: Audience::Platform,
        limit: LimitClass::Free,
        scope: Scope::Internal,
    };
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// Routes of the internal port.
pub const INTERNAL: &[RouteInfo] = &[Metrics::INFO];
