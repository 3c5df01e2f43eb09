//! `campanella officers create`: an account for a person of the school office.

use super::say;
use crate::{cli::CreateOfficer, compose, settings::Settings};
use anyhow::{Context as _, Result, bail};
use domain::{Actor, Ctx, Locale};
use operations::{
    officers::{self, NewOfficer},
    tenants,
};
use serde_json::json;
use std::process::ExitCode;

/// Creates the account and prints its credentials, this once.
pub(super) async fn create(settings: &Settings, new: &CreateOfficer) -> Result<ExitCode> {
    let platform = compose::platform(settings)?;
    platform.pool.check_role().await?;
    tenants::reload(&platform).await?;
    let tenant = platform.tenants.by_slug(&new.tenant);
    let tenant = tenant.with_context(|| format!("no tenant {} is loaded", new.tenant))?;
    let ctx = Ctx {
        tenant: tenant.id(),
        now: compose::clock().now(),
        locale: Locale::It,
        actor: Actor::Platform,
    };
    let officer = NewOfficer { email: new.email.clone(), name: new.name.clone() };
    let Some(created) = officers::create(&ctx, &platform, &officer).await? else {
        bail!("an officer of {} has that address already", new.tenant);
    };
    let email = new.email.as_str();
    let line = json!({
        "email": email,
        "password": created.password,
        "totp_secret": created.totp.base32(),
        "totp_url": created.totp.url(tenant.name(), email),
    });
    say(&line.to_string())?;
    platform.pool.close().await;
    Ok(ExitCode::SUCCESS)
}
