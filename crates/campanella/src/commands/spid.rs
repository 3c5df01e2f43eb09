//! `campanella spid …`: keys, metadata and the register of sign-ins.

mod keys;
mod metadata;
mod providers;
mod register;

use crate::{
    cli::{Owner, Providers, Spid},
    compose,
    settings::Settings,
};
use ::tenants::Tenant;
use anyhow::{Context as _, Result};
use domain::{Actor, Ctx, Locale, ids::TenantId};
use operations::{Platform, saml_keys::KeyOwner, tenants};
use std::{process::ExitCode, sync::Arc};
use uuid::Uuid;

/// Runs one of them.
pub(super) async fn run(settings: &Settings, command: Spid) -> Result<ExitCode> {
    let platform = compose::platform(settings)?;
    platform.pool.check_role().await?;
    tenants::reload(&platform).await?;
    let desk = Desk { settings, platform };
    let done = match command {
        Spid::Keys(command) => keys::run(&desk, command).await,
        Spid::Metadata(command) => metadata::run(&desk, command).await,
        Spid::Providers(Providers::Refresh) => providers::refresh(&desk).await,
        Spid::Register(asked) => register::print(&desk, &asked).await,
    };
    desk.platform.pool.close().await;
    done
}

/// Judges a metadata file from elsewhere, without database and settings.
pub(super) use metadata::check_file;

/// What these commands work with.
struct Desk<'a> {
    settings: &'a Settings,
    platform: Platform,
}

impl Desk<'_> {
    fn tenant(&self, slug: &str) -> Result<Arc<Tenant>> {
        let tenant = self.platform.tenants.by_slug(slug);
        tenant.with_context(|| {
            format!("no tenant {slug} is loaded; `campanella tenants apply <folder>` loads it")
        })
    }

    /// Comuni that have told what SPID and CIE need to know; all, or the one asked for.
    fn tenants(&self, slug: Option<&str>) -> Result<Vec<Arc<Tenant>>> {
        match slug {
            Some(slug) => Ok(vec![self.tenant(slug)?]),
            None => Ok(self
                .platform
                .tenants
                .all()
                .into_iter()
                .filter(|tenant| tenant.settings().digital_identity.is_some())
                .collect()),
        }
    }

    /// Whose keys are meant: those of a comune, or the operator's.
    fn owner(&self, owner: &Owner) -> Result<(Ctx, KeyOwner, Option<Arc<Tenant>>)> {
        match &owner.tenant {
            Some(slug) => {
                let tenant = self.tenant(slug)?;
                Ok((ctx(tenant.id()), KeyOwner::Tenant, Some(tenant)))
            }
            None => Ok((ctx(TenantId::from(Uuid::nil())), KeyOwner::Operator, None)),
        }
    }
}

/// The operator's own context at a comune.
fn ctx(tenant: TenantId) -> Ctx {
    let now = compose::clock().now();
    Ctx { tenant, now, locale: Locale::It, actor: Actor::Platform }
}
