//! The script between pages and network, with the list of what it keeps for this app.

use super::Owner;
use crate::{assets, error::WebError};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::Locale;
use pages::errors::Problem;
use routes::{
    Route as _,
    tenant::{AppOffline, BrandStylesheet, Logo},
};
use serde_json::json;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What the page for lost networks needs, by the names that templates use.
const FILES: [&str; 9] = [
    "bootstrap-italia.css",
    "eu.svg",
    "fonts.css",
    "fonts/titillium-web-400.woff2",
    "fonts/titillium-web-600.woff2",
    "fonts/titillium-web-700.woff2",
    "site.css",
    "site.js",
    "sprites.svg",
];
/// The same for languages that run from right to left.
const MIRRORED: &str = "bootstrap-italia.rtl.css";

/// `GET /sw.js`: in front of the script stands what differs from app to app; a change of it is a new version.
pub(crate) async fn get(owner: Owner) -> Result<Response, WebError> {
    let script = assets::named("worker.js").ok_or(Problem::Internal)?;
    let code = std::str::from_utf8(script.bytes).map_err(|_| Problem::Internal)?;
    let shell = json!({
        "mount": owner.mount,
        "version": version(&owner, script),
        "files": files(&owner),
        "offline": AppOffline {}.href(&owner.mount),
    });
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], format!("self.shell={shell};\n{code}")).into_response())
}

fn files(owner: &Owner) -> Vec<String> {
    let offered = owner.tenant.as_ref().map_or(&Locale::ALL[..], |tenant| tenant.locales());
    let mirrored = offered.iter().any(|locale| locale.direction() == "rtl").then_some(MIRRORED);
    let names = FILES.into_iter().chain(mirrored);
    let mut files: Vec<String> =
        names.filter_map(assets::named).map(|asset| asset.path.to_owned()).collect();
    if owner.tenant.is_some() {
        let version = owner.version();
        let brand = [BrandStylesheet {}.href(&owner.mount), Logo {}.href(&owner.mount)];
        files.extend(brand.map(|address| format!("{address}?v={version}")));
    }
    files
}

/// The same in every process that runs the same program with the same settings.
fn version(owner: &Owner, script: &assets::Asset) -> String {
    let mut hasher = DefaultHasher::new();
    (files(owner), owner.version(), script.path).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
