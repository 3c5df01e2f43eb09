//! Keeps the identity providers' metadata current: one worker at a time asks each source, and what it says is judged
//! before it is kept.

use crate::Worker;
use domain::identity::IdentityScheme;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::{Request, StatusCode, body::Bytes, header};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use jiff::Timestamp;
use operations::{
    Failure, Platform,
    identity_providers::{self, Turn},
};
use std::time::Duration;

/// Largest answer in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// Longest wait for an answer.
const LONGEST: Duration = Duration::from_secs(30);

/// Where the sources are, and why they are believed.
#[derive(Clone, Debug, Default)]
pub struct ProviderSources {
    /// What makes each believable.
    pub trust: spid::Sources,
    /// Scheme and address of each that is used.
    pub addresses: Vec<(IdentityScheme, String)>,
}

/// Why a source could not be read; the last good copy stays in force.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is none.
    #[error("the address cannot be asked")]
    Address,
    /// Nobody listens, or not in time.
    #[error("no answer")]
    NoAnswer,
    /// Something else than a document.
    #[error("status {0}")]
    Status(StatusCode),
    /// Not all of it, or no text.
    #[error("the answer is too large or broke off")]
    Body,
    /// Not believed, or not what it should be.
    #[error("refused: {0}")]
    Refused(spid::RegistryError),
    /// Nobody is in it.
    #[error("no provider in it can be used")]
    Empty,
    /// More than half of those who were there are gone: rather a mishap of the source than so many farewells.
    #[error(
        "only {now} of {before} providers are left; if that is right, take it over with `campanella spid providers refresh`"
    )]
    Shrunk {
        /// Providers of the last good copy.
        before: usize,
        /// Providers of what was read.
        now: usize,
    },
    /// The database failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// A source that was asked: the number of the version that it began, none when nothing has changed, or why it could
/// not be read.
pub type Asked = (IdentityScheme, Result<Option<i32>, FetchError>);

/// What is taken over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// What a person asked for and looks at.
    Whatever,
    /// What may be taken unseen.
    Plausible,
}

/// What a source answered.
struct Fetched {
    /// None when nothing has changed.
    body: Option<String>,
    validator: Option<String>,
}

/// Asks every source now, whosever turn it is.
pub async fn refresh_now(
    platform: &Platform,
    sources: &ProviderSources,
    now: Timestamp,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (scheme, address) in &sources.addresses {
        // Whoever asks out of turn wants to see what is there, whatever was there before.
        let turn = Turn { validator: None };
        let read = read(platform, &sources.trust, (*scheme, address), turn, Take::Whatever, now);
        asked.push((*scheme, read.await));
    }
    asked
}

/// Asks every source that is due.
pub(crate) async fn refresh(worker: &Worker) {
    for (scheme, address) in &worker.settings.identity_providers.addresses {
        let outcome = match refresh_one(worker, *scheme, address).await {
            Ok(None) => continue,
            Ok(Some(outcome)) => outcome,
            Err(error) => {
                tracing::error!(source = scheme.code(), %error, "metadata of identity providers");
                "failed"
            }
        };
        metrics::counter!("campanella_identity_provider_refresh_total",
            "source" => scheme.code(), "outcome" => outcome)
        .increment(1);
    }
}

async fn refresh_one(
    worker: &Worker,
    scheme: IdentityScheme,
    address: &str,
) -> Result<Option<&'static str>, FetchError> {
    let now = worker.clock.now();
    let turn = identity_providers::take_turn(&worker.platform, scheme, now).await?;
    let Some(turn) = turn else { return Ok(None) };
    let trust = &worker.settings.identity_providers.trust;
    let version =
        read(&worker.platform, trust, (scheme, address), turn, Take::Plausible, now).await?;
    if let Some(version) = version {
        tracing::info!(source = scheme.code(), version, "identity providers have changed");
    }
    Ok(Some(if version.is_some() { "changed" } else { "unchanged" }))
}

async fn read(
    platform: &Platform,
    trust: &spid::Sources,
    (scheme, address): (IdentityScheme, &str),
    turn: Turn,
    take: Take,
    now: Timestamp,
) -> Result<Option<i32>, FetchError> {
    let fetched = fetch(address, turn).await?;
    if let Some(body) = fetched.body.clone() {
        let count = judge(trust.clone(), scheme, body, now).await?;
        if take == Take::Plausible {
            let before = count_before(platform, trust, scheme).await?;
            if count * 2 < before {
                return Err(FetchError::Shrunk { before, now: count });
            }
        }
    }
    let (body, validator) = (fetched.body.as_deref(), fetched.validator.as_deref());
    Ok(identity_providers::record(platform, scheme, body, validator, now).await?)
}

/// Nothing is kept that could not be used. Returns how many providers there are.
async fn judge(
    trust: spid::Sources,
    scheme: IdentityScheme,
    body: String,
    now: Timestamp,
) -> Result<usize, FetchError> {
    let read = tokio::task::spawn_blocking(move || trust.read(scheme, &body, now)).await;
    let registry = read.map_err(|_| FetchError::Body)?.map_err(FetchError::Refused)?;
    let count = registry.providers.len();
    if count == 0 { Err(FetchError::Empty) } else { Ok(count) }
}

/// How many providers the copy in force has; none where it is no longer believed, or not there yet.
async fn count_before(
    platform: &Platform,
    trust: &spid::Sources,
    scheme: IdentityScheme,
) -> Result<usize, FetchError> {
    let Some(kept) = identity_providers::in_force(platform, scheme).await? else { return Ok(0) };
    let judged = judge(trust.clone(), scheme, kept.body, kept.fetched_at).await;
    Ok(judged.unwrap_or_default())
}

async fn fetch(address: &str, turn: Turn) -> Result<Fetched, FetchError> {
    let connector =
        HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(connector);
    let mut request = Request::get(address).header(header::USER_AGENT, "campanella");
    if let Some(validator) = &turn.validator {
        request = request.header(header::IF_NONE_MATCH, validator);
    }
    let request = request.body(Empty::new()).map_err(|_| FetchError::Address)?;
    let answer = tokio::time::timeout(LONGEST, async {
        let response = client.request(request).await.map_err(|_| FetchError::NoAnswer)?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Fetched { body: None, validator: turn.validator });
        }
        if response.status() != StatusCode::OK {
            return Err(FetchError::Status(response.status()));
        }
        let validator = response.headers().get(header::ETAG);
        let validator = validator.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = Limited::new(response.into_body(), LARGEST).collect().await;
        let bytes = body.map_err(|_| FetchError::Body)?.to_bytes();
        let body = String::from_utf8(bytes.to_vec()).map_err(|_| FetchError::Body)?;
        Ok(Fetched { body: Some(body), validator })
    });
    answer.await.map_err(|_| FetchError::NoAnswer)?
}
