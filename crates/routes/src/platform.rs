//! Routes outside any tenant: the chooser, static files, probes.

use crate::{Audience, LimitClass, Method, Route, RouteInfo, Scope, define::routes};

routes! { Platform;
    /// On the shared host: find the comune by the field «Comune» (query `comune`).
    Chooser {} = "chooser", "/", [Get], Platform, Page;
    /// Remembers the language on the shared host.
    ChooserLanguage {} = "chooser_language", "/lingua", [Post], Platform, Page;
    /// The shared entrance as an app starts it: at the comune chosen last.
    EntranceStart {} = "entrance_start", "/avvio", [Get], Platform, Page;
    /// Remembers the comune and opens its pages.
    EntranceChoice {
        /// The comune's path.
        comune: String,
    } = "entrance_choice", "/comuni/{comune}", [Get], Platform, Page;
    /// What a browser needs to install the shared entrance as an app.
    EntranceManifest {} = "entrance_manifest", "/manifest.webmanifest", [Get], Platform, Free;
    /// Its icon, in the sizes of a comune's.
    EntranceIcon {
        /// One of those.
        image: String,
    } = "entrance_icon", "/icona/{image}", [Get], Platform, Free;
    /// Its script between pages and network.
    EntranceWorker {} = "entrance_worker", "/sw.js", [Get], Platform, Free;
    /// What it shows while the network is away.
    EntranceOffline {} = "entrance_offline", "/senza-rete", [Get], Platform, Page;
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
