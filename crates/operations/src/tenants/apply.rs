//! Loads one tenant's folder into the database: what replicas and jobs read from then on.

use crate::{Failure, Platform, audit};
use domain::{
    Ctx,
    ids::{FormDefinitionId, TenantId},
};
use secrets::TenantKeys;
use serde_json::json;
use storage::{
    Constraint, StorageError, TenantTx,
    form_definitions::{self, FormDefinitionRow},
    tenant_keys, tenants as rows,
};
use tenants::TenantBundle;

/// What came of applying.
#[derive(Debug, PartialEq, Eq)]
pub enum Applied {
    /// A new version is in force.
    Version(i32),
    /// The folder says what is in force already.
    Unchanged(i32),
    /// One of the hosts belongs to another tenant.
    HostTaken,
}

/// Applies a checked folder, one at a time however many try. `ctx.tenant` is replaced by the tenant's own key.
pub async fn apply(
    ctx: &Ctx,
    platform: &Platform,
    slug: &str,
    bundle: &TenantBundle,
) -> Result<Applied, Failure> {
    let mut turn = platform.pool.system().await?;
    rows::lock_apply(&mut turn).await?;
    let applied = apply_alone(ctx, platform, slug, bundle).await?;
    turn.commit().await?;
    Ok(applied)
}

async fn apply_alone(
    ctx: &Ctx,
    platform: &Platform,
    slug: &str,
    bundle: &TenantBundle,
) -> Result<Applied, Failure> {
    let body = bundle.to_body().map_err(|_| Failure::Malformed("tenant bundle"))?;
    let hosts: Vec<String> = bundle.settings.access.hosts.iter().map(ToString::to_string).collect();
    let Some(tenant) = ensure_tenant(ctx, platform, slug, &hosts).await? else {
        return Ok(Applied::HostTaken);
    };
    let ctx = Ctx { tenant, ..ctx.clone() };
    let mut tx = platform.pool.tenant(tenant).await?;
    ensure_keys(&ctx, platform, &mut tx).await?;
    ensure_forms(&ctx, platform, &mut tx, bundle).await?;
    tx.commit().await?;
    let mut system = platform.pool.system().await?;
    let known = rows::find_newest(&mut system, tenant).await?;
    if let Some((version, in_force)) = &known
        && *in_force == body
    {
        return Ok(Applied::Unchanged(*version));
    }
    let version = known.map_or(1, |(version, _)| version + 1);
    rows::insert_version(&mut system, tenant, version, &body, ctx.now).await?;
    system.commit().await?;
    let mut tx = platform.pool.tenant(tenant).await?;
    audit::record(
        &ctx,
        platform,
        &mut tx,
        "tenant_applied",
        tenant.uuid(),
        json!({ "version": version }),
    )
    .await?;
    tx.commit().await?;
    Ok(Applied::Version(version))
}

async fn ensure_tenant(
    ctx: &Ctx,
    platform: &Platform,
    slug: &str,
    hosts: &[String],
) -> Result<Option<TenantId>, Failure> {
    let mut tx = platform.pool.system().await?;
    let id = if let Some(id) = rows::find_by_slug(&mut tx, slug).await? {
        id
    } else {
        let id = TenantId::new(ctx.now, &*platform.entropy);
        rows::insert(&mut tx, id, slug, ctx.now).await?;
        id
    };
    match rows::update_hosts(&mut tx, id, hosts).await {
        Err(StorageError::Constraint(Constraint::TenantHost)) => return Ok(None),
        done => done?,
    }
    tx.commit().await?;
    Ok(Some(id))
}

async fn ensure_keys(ctx: &Ctx, platform: &Platform, tx: &mut TenantTx) -> Result<(), Failure> {
    if tenant_keys::find_newest(tx).await?.is_some() {
        return Ok(());
    }
    let keys = TenantKeys::generate(ctx.tenant, &*platform.entropy);
    let wrapped = keys.wrap(platform.keyring.operator(), &*platform.entropy);
    Ok(tenant_keys::insert(tx, keys.version(), &wrapped, ctx.now).await?)
}

/// Freezes each school year's form when it differs from the newest frozen one.
async fn ensure_forms(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    bundle: &TenantBundle,
) -> Result<(), Failure> {
    for (school_year, definition) in &bundle.forms {
        let body =
            serde_json::to_value(definition).map_err(|_| Failure::Malformed("form definition"))?;
        let newest = form_definitions::find_newest(tx, school_year.first()).await?;
        if newest.as_ref().is_some_and(|newest| newest.body == body) {
            continue;
        }
        let form = FormDefinitionRow {
            id: FormDefinitionId::new(ctx.now, &*platform.entropy),
            school_year: school_year.first(),
            version: newest.map_or(1, |newest| newest.version + 1),
            body,
        };
        form_definitions::insert(tx, &form, ctx.now).await?;
    }
    Ok(())
}
