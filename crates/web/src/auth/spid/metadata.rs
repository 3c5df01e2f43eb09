//! What the federations fetch: signed once, kept until settings or keys change.

use super::{
    Federation,
    service_provider::{SetUpError, service_provider, signing_keys},
};
use crate::{
    State,
    error::{WebError, error_chain},
    extract::Visit,
};
use axum::{
    extract::State as Shared,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{Ctx, ids::TenantId};
use operations::Platform;
use pages::errors::Problem;
use spid::{Aggregator, SigningKey, new_request_id};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tenants::Tenant;

/// Why there are no metadata.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// Something is not set up.
    #[error(transparent)]
    SetUp(#[from] SetUpError),
    /// The document could not be written or signed; the source names the field.
    #[error("the metadata cannot be written or signed")]
    Document(#[source] spid::MetadataError),
    /// The thread that signs broke off.
    #[error("signing broke off")]
    Interrupted,
}

/// Where metadata say a comune is reached, and by whom it is aggregated.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Address of the shared host.
    pub public_url: &'a str,
    /// The operator, where it is an aggregator.
    pub aggregator: Option<&'a Aggregator>,
}

/// What was signed last, by comune and federation, with what it was made from.
#[derive(Debug, Default)]
pub struct MetadataCache(Mutex<HashMap<(TenantId, Federation), Kept>>);

#[derive(Debug)]
struct Kept {
    version: i32,
    certificates: Vec<String>,
    document: Arc<str>,
}

impl MetadataCache {
    fn find(
        &self,
        key: (TenantId, Federation),
        version: i32,
        certificates: &[String],
    ) -> Option<Arc<str>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = known.get(&key)?;
        let same = kept.version == version && kept.certificates == certificates;
        same.then(|| Arc::clone(&kept.document))
    }
}

/// `GET /spid/metadata`
pub(crate) async fn spid(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    get(&state, &visit, Federation::Spid).await
}

/// `GET /cie/metadata`
pub(crate) async fn cie(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    get(&state, &visit, Federation::Cie).await
}

/// Also while the door is still closed: a federation reads them before it lets anybody in.
async fn get(state: &State, visit: &Visit, federation: Federation) -> Result<Response, WebError> {
    if federation.entity_id(&visit.tenant).is_none() {
        return Err(Problem::NotFound.into());
    }
    let document = cached(state, visit, federation).await.map_err(|error| {
        tracing::error!(tenant = %visit.tenant.id(), error = error_chain(&error), "no metadata");
        WebError::from(Problem::Unavailable(300))
    })?;
    let mut response = document.to_string().into_response();
    let kind = HeaderValue::from_static("application/samlmetadata+xml");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

async fn cached(
    state: &State,
    visit: &Visit,
    federation: Federation,
) -> Result<Arc<str>, MetadataError> {
    let tenant = &visit.tenant;
    let keys = signing_keys(&visit.ctx(), &state.platform, tenant).await?;
    let certificates: Vec<String> =
        keys.iter().map(|key| key.certificate().fingerprint_sha256_hex()).collect();
    let place = (tenant.id(), federation);
    if let Some(document) = state.metadata.find(place, tenant.version(), &certificates) {
        return Ok(document);
    }
    let around = Surroundings {
        public_url: &state.settings.public_url,
        aggregator: state.settings.aggregator.as_ref(),
    };
    let document: Arc<str> =
        signed(&state.platform, tenant, federation, around, keys).await?.into();
    let kept = Kept { version: tenant.version(), certificates, document: Arc::clone(&document) };
    state.metadata.0.lock().unwrap_or_else(PoisonError::into_inner).insert(place, kept);
    Ok(document)
}

/// The metadata of a comune, as the federation fetches them.
pub async fn metadata_of(
    ctx: &Ctx,
    platform: &Platform,
    tenant: &Tenant,
    federation: Federation,
    around: Surroundings<'_>,
) -> Result<String, MetadataError> {
    let keys = signing_keys(ctx, platform, tenant).await?;
    signed(platform, tenant, federation, around, keys).await
}

async fn signed(
    platform: &Platform,
    tenant: &Tenant,
    federation: Federation,
    around: Surroundings<'_>,
    keys: Vec<SigningKey>,
) -> Result<String, MetadataError> {
    let provider = service_provider(tenant, federation, around.public_url, around.aggregator)?;
    let id = new_request_id(&*platform.entropy);
    let sign = move || match federation {
        Federation::Spid => spid::spid_metadata(&provider, &keys, &id),
        Federation::Cie => spid::cie_metadata(&provider, &keys, &id),
    };
    let signed = tokio::task::spawn_blocking(sign).await;
    signed.map_err(|_| MetadataError::Interrupted)?.map_err(MetadataError::Document)
}
