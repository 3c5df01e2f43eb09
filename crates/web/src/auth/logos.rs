//! The federations' brand images, from a folder of the operator: they are in no package registry.

use crate::{State, error::WebError, extract::Path};
use axum::{
    extract::State as Shared,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use pages::errors::Problem;
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path as FilePath};

/// Largest image in bytes.
const LARGEST: u64 = 256 * 1024;

/// Which image stands for whom, and the images.
#[derive(Debug, Default)]
pub struct Logos {
    names: Names,
    files: BTreeMap<String, (&'static str, Vec<u8>)>,
}

/// `logos.toml` of the folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// On the SPID button.
    spid: Option<String>,
    /// On the CIE button.
    cie: Option<String>,
    /// On the eIDAS button.
    eidas: Option<String>,
    /// File by identifier of the provider.
    #[serde(default)]
    providers: BTreeMap<String, String>,
}

/// Why the folder cannot be used; never stops the start.
#[derive(Debug, thiserror::Error)]
pub enum LogosError {
    /// `logos.toml` is missing or cannot be read.
    #[error("logos.toml cannot be read: {0}")]
    List(String),
    /// A file it names is missing, too large, or neither SVG nor PNG.
    #[error("{0}: not an SVG or PNG file of at most 256 KiB")]
    File(String),
}

impl Logos {
    /// Reads `logos.toml` and every image it names.
    pub fn read(folder: &FilePath) -> Result<Self, LogosError> {
        let list = std::fs::read_to_string(folder.join("logos.toml"));
        let list = list.map_err(|error| LogosError::List(error.to_string()))?;
        let names: Names =
            toml::from_str(&list).map_err(|error| LogosError::List(error.to_string()))?;
        let own = [&names.spid, &names.cie, &names.eidas].into_iter().flatten();
        let mut files = BTreeMap::new();
        for name in own.chain(names.providers.values()) {
            files.insert(name.clone(), image(folder, name)?);
        }
        Ok(Self { names, files })
    }

    /// File name of a provider's image.
    pub(crate) fn of_provider(&self, entity_id: &str) -> Option<&str> {
        self.names.providers.get(entity_id).map(String::as_str)
    }

    /// File name of a scheme's own image.
    pub(crate) fn of_scheme(&self, scheme: domain::identity::IdentityScheme) -> Option<&str> {
        use domain::identity::IdentityScheme as S;
        match scheme {
            S::Spid => self.names.spid.as_deref(),
            S::Cie => self.names.cie.as_deref(),
            S::Eidas => self.names.eidas.as_deref(),
        }
    }
}

fn image(folder: &FilePath, name: &str) -> Result<(&'static str, Vec<u8>), LogosError> {
    let refused = || LogosError::File(name.to_owned());
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let kind = match name.rsplit_once('.') {
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "png")) => "image/png",
        _ => return Err(refused()),
    };
    let path = folder.join(name);
    let small = std::fs::metadata(&path).is_ok_and(|about| about.len() <= LARGEST);
    if !plain || name.starts_with('.') || !small {
        return Err(refused());
    }
    std::fs::read(&path).map(|bytes| (kind, bytes)).map_err(|_| refused())
}

/// `GET /accesso/loghi/{file}`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    let (kind, bytes) = state.settings.logos.files.get(&file).ok_or(Problem::NotFound)?;
    let mut response = bytes.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    // An SVG is a document: shown by itself it may do nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    Ok(response)
}
