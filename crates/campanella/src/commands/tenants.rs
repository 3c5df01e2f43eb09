//! `campanella tenants …`: checks the tenants' files, and loads those without mistakes.

use super::say;
use crate::{compose, settings::Settings};
use anyhow::{Context as _, Result, bail};
use domain::{Actor, Ctx, Locale, enrolment_window::rome_date, ids::TenantId};
use operations::tenants::{Applied, apply as apply_one};
use std::{path::Path, process::ExitCode};
use tenants::{
    Problem, TenantBundle, demo_windows as lay_windows, load_dir, missing_translations, table,
};
use uuid::Uuid;

/// Lists every mistake; missing translations are told, but are no mistake.
pub(super) fn check(folder: &Path) -> Result<ExitCode> {
    let Folder { sound, mistakes } = load(folder)?;
    for (slug, bundle) in &sound {
        say(&format!("{slug}: in order"))?;
        for missing in missing_translations(bundle) {
            say(&format!("  no translation: {missing}"))?;
        }
    }
    tell(&mistakes)
}

/// Loads the tenants without mistakes; the others keep what is in force.
pub(super) async fn apply(
    settings: &Settings,
    folder: &Path,
    demo_windows: bool,
) -> Result<ExitCode> {
    let Folder { mut sound, mistakes } = load(folder)?;
    let platform = compose::platform(settings)?;
    platform.pool.check_role().await?;
    let now = compose::clock().now();
    let ctx = Ctx {
        // Each tenant's own key takes its place.
        tenant: TenantId::from(Uuid::nil()),
        now,
        locale: Locale::It,
        actor: Actor::Platform,
    };
    let mut refused = false;
    for (slug, bundle) in &mut sound {
        if demo_windows {
            lay_windows(bundle, rome_date(now));
        }
        let applied = apply_one(&ctx, &platform, slug, bundle).await;
        match applied.with_context(|| format!("{slug} cannot be loaded"))? {
            Applied::Version(version) => say(&format!("{slug}: version {version} in force"))?,
            Applied::Unchanged(version) => say(&format!("{slug}: unchanged, version {version}"))?,
            Applied::HostTaken => {
                refused = true;
                say(&format!("{slug}: refused, one of its hosts belongs to another tenant"))?;
            }
        }
    }
    platform.pool.close().await;
    let code = tell(&mistakes)?;
    Ok(if refused { ExitCode::FAILURE } else { code })
}

/// What a folder holds.
struct Folder {
    /// Tenants without mistakes, by slug.
    sound: Vec<(String, TenantBundle)>,
    /// The mistakes of the others.
    mistakes: Vec<Problem>,
}

fn load(folder: &Path) -> Result<Folder> {
    let loaded =
        load_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    if loaded.is_empty() {
        bail!("{} holds no tenant", folder.display());
    }
    let (mut sound, mut mistakes) = (Vec::new(), Vec::new());
    for (slug, tenant) in loaded {
        match tenant {
            Ok(bundle) => sound.push((slug, bundle)),
            Err(problems) => mistakes.extend(problems),
        }
    }
    Ok(Folder { sound, mistakes })
}

fn tell(mistakes: &[Problem]) -> Result<ExitCode> {
    if mistakes.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say(table(mistakes).trim_end())?;
    Ok(ExitCode::FAILURE)
}
