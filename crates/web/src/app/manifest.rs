//! The web app manifest: what a browser needs to install the pages as an app.

use super::{Owner, icon::IMAGES};
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use routes::{
    Route as _,
    platform::EntranceStart,
    tenant::{AppIcon, Start},
};
use serde_json::{Value, json};

/// `GET /manifest.webmanifest`
pub(crate) async fn get(owner: Owner) -> Response {
    let kind = HeaderValue::from_static("application/manifest+json");
    ([(header::CONTENT_TYPE, kind)], Json(manifest(&owner))).into_response()
}

fn manifest(owner: &Owner) -> Value {
    let scope = Start {}.href(&owner.mount);
    let start = match owner.tenant {
        Some(_) => scope.clone(),
        None => EntranceStart {}.path(),
    };
    let [red, green, blue] = owner.colour();
    let icons: Vec<Value> = IMAGES
        .iter()
        .filter_map(|image| {
            let address = AppIcon { image: image.name.to_owned() }.href(&owner.mount);
            Some(json!({
                "src": format!("{address}?v={}", owner.version()),
                "sizes": format!("{0}x{0}", image.size),
                "type": "image/png",
                "purpose": image.purpose?,
            }))
        })
        .collect();
    json!({
        // The same whatever the app starts with one day.
        "id": scope,
        "name": owner.name(),
        "short_name": owner.short_name(),
        "description": i18n::t(owner.locale, "shared.layout.product_tagline", &[]),
        "lang": owner.locale.tag(),
        "dir": owner.locale.direction(),
        "start_url": start,
        "scope": scope,
        "display": "standalone",
        "theme_color": format!("#{red:02x}{green:02x}{blue:02x}"),
        "background_color": "#ffffff",
        "icons": icons,
    })
}
