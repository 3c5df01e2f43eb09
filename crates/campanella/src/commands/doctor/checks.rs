//! The single checks; each ends within seconds, whatever is down.

use super::table::Finding;
use crate::{compose, settings::Settings, watch};
use anyhow::{Context as _, Result, anyhow, bail};
use operations::{Failure, Platform, tenants};
use secrecy::ExposeSecret as _;
use std::time::Duration;
use tokio::time::timeout;

/// Longest any check may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Clocks may differ by so many seconds before deadlines are decided visibly wrong.
const SKEW: f64 = 1.0;

async fn within<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(PATIENCE, work).await.context("no answer in time")?
}

fn finding(what: &'static str, result: Result<String>) -> Finding {
    match result {
        Ok(detail) => Finding::fine(what, detail),
        Err(error) => Finding::failed(what, &error),
    }
}

/// Everything that `serve` and `work` will ask for is set.
pub(super) fn settings(settings: &Settings) -> Finding {
    let complete = || -> Result<String> {
        settings.storage()?;
        settings.limits()?;
        settings.secrets()?;
        settings.mail()?;
        settings.provider_sources()?;
        settings.operator()?;
        Ok(format!("complete; browsers reach {}", settings.public_url()?))
    };
    finding("settings", complete())
}

/// The documents' fonts are built in.
pub(super) fn documents() -> Finding {
    let loaded = documents::Renderer::new().context("documents cannot be made");
    finding("documents", loaded.map(|_| "fonts and templates are built in".to_owned()))
}

/// The front-end files are built in.
pub(super) fn assets() -> Finding {
    let names = web::State::asset_names();
    let counted = if names.is_empty() {
        Err(anyhow!("no front-end files are built in; run cargo xtask assets and build again"))
    } else {
        Ok(format!("{} front-end files are built in", names.len()))
    };
    finding("assets", counted)
}

/// The schema is as new as this program.
pub(super) async fn migrations(settings: &Settings) -> Finding {
    let Ok(owner_url) = settings.owner_url() else {
        return Finding::look(
            "migrations",
            "not checked: CAMPANELLA_MIGRATE_DATABASE_URL is not set",
        );
    };
    let current = async {
        let waiting = storage::pending(owner_url.expose_secret()).await?;
        if !waiting.is_empty() {
            bail!("{} migrations wait; run campanella migrate", waiting.len());
        }
        Ok("the schema is up to date".to_owned())
    };
    finding("migrations", within(current).await)
}

/// Redis answers. Without it work goes on under stricter limits, so that its absence is no failure.
pub(super) async fn redis(settings: &Settings) -> Finding {
    let asked = async {
        let limits = limits::Limits::connect(&settings.limits()?)?;
        // Taking from no budget changes nothing, and shows whether Redis answers.
        limits.take(compose::clock().now(), &[]).await;
        Ok(limits.degraded())
    };
    match within(asked).await {
        Ok(false) => Finding::fine("redis", "answers"),
        Ok(true) => {
            Finding::look("redis", "does not answer; the stricter limits of each process apply")
        }
        Err(error) => Finding::failed("redis", &error),
    }
}

/// The mail relay answers and takes our credentials.
pub(super) async fn relay(settings: &Settings) -> Finding {
    let asked = async {
        let answer = compose::transport(settings)?.check().await;
        answer.map_err(|error| anyhow!("cannot be used: {}", error.code()))?;
        Ok("answers and takes our credentials".to_owned())
    };
    finding("mail relay", within(asked).await)
}

/// The database answers, its role is powerless, tenants are loaded, their keys can be opened, the clocks agree.
pub(super) async fn database(settings: &Settings) -> Vec<Finding> {
    let platform = match compose::platform(settings) {
        Ok(platform) => platform,
        Err(error) => return vec![Finding::failed("database", &error)],
    };
    let role = async {
        platform.pool.check_role().await?;
        Ok("answers; the role is bound by row security".to_owned())
    };
    let role = finding("database", within(role).await);
    if role.verdict == super::Verdict::Failed {
        return vec![role];
    }
    let loaded = async {
        let reloaded = tenants::reload(&platform).await?;
        if !reloaded.broken.is_empty() {
            bail!("{} tenants cannot be read", reloaded.broken.len());
        }
        Ok(format!("{} are loaded", platform.tenants.all().len()))
    };
    let tenants = finding("tenants", within(loaded).await);
    let keys = finding("keys", within(keys(&platform)).await);
    vec![role, tenants, keys, clock(&platform).await]
}

/// The operator's key opens the keys of every tenant.
async fn keys(platform: &Platform) -> Result<String> {
    let (mut opened, mut sealed) = (0_usize, Vec::new());
    for tenant in platform.tenants.all() {
        match platform.keyring.check(&platform.pool, tenant.id()).await {
            Ok(()) => opened += 1,
            Err(Failure::Secrets) => sealed.push(tenant.slug().to_owned()),
            Err(error) => return Err(error).with_context(|| tenant.slug().to_owned()),
        }
    }
    if !sealed.is_empty() {
        bail!(
            "CAMPANELLA_OPERATOR_KEY does not open the keys of {}; if they were wrapped with an earlier one, name that \
             in CAMPANELLA_OLD_OPERATOR_KEYS",
            sealed.join(", ")
        );
    }
    Ok(format!("the operator's key opens those of {opened} tenants"))
}

async fn clock(platform: &Platform) -> Finding {
    let skew = within(async { Ok(watch::clock_skew(platform).await?) }).await;
    match skew {
        Ok(seconds) if seconds.abs() <= SKEW => {
            Finding::fine("clock", format!("{seconds:+.3} s against the database"))
        }
        Ok(seconds) => {
            Finding::look("clock", format!("{seconds:+.3} s against the database; is NTP running?"))
        }
        Err(error) => Finding::failed("clock", &error),
    }
}
