//! `campanella tenants …`: checks the tenants' files, and loads those without mistakes.

use super::say;
use crate::{compose, settings::Settings};
use anyhow::{Context as _, Result, bail};
use domain::{Actor, Ctx, Locale, enrolment_window::rome_date, ids::TenantId};
use operations::tenants::{Applied, apply as apply_one};
use std::{path::Path, process::ExitCode};
use tenants::{
    Problem, TenantBundle, demo_windows as lay_windows, load_dir_beside, missing_translations,
    table, unused_translations,
};
use uuid::Uuid;

/// Lists every mistake; missing translations are told, but are no mistake.
pub(super) fn check(folder: &Path, shared_host: Option<&str>) -> Result<ExitCode> {
    let Folder { sound, mistakes } = load(folder, shared_host)?;
    for (slug, bundle) in &sound {
        say(&format!("{slug}: in order"))?;
        for missing in missing_translations(bundle) {
            say(&format!("  no translation: {missing}"))?;
        }
        for unused in unused_translations(folder, bundle) {
            say(&format!("  translates no text: {unused}"))?;
        }
    }
    tell(&mistakes)?;
    Ok(if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Loads the tenants without mistakes; the others keep what is in force. `lenient` forgives tenants' mistakes, not a
/// database that does not do its part.
pub(super) async fn apply(
    settings: &Settings,
    folder: &Path,
    demo_windows: bool,
    lenient: bool,
) -> Result<ExitCode> {
    let Folder { mut sound, mistakes } = load(folder, settings.shared_host().as_deref())?;
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
    let (mut refused, mut failed) = (!mistakes.is_empty(), false);
    for (slug, bundle) in &mut sound {
        if demo_windows {
            lay_windows(bundle, rome_date(now));
        }
        match apply_one(&ctx, &platform, slug, bundle).await {
            Ok(applied) => {
                refused |= applied == Applied::HostTaken;
                say(&outcome(slug, &applied))?;
            }
            Err(error) => {
                failed = true;
                say(&format!("{slug}: cannot be loaded: {:#}", anyhow::Error::from(error)))?;
            }
        }
    }
    platform.pool.close().await;
    tell(&mistakes)?;
    let code = if failed || refused && !lenient { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    Ok(code)
}

fn outcome(slug: &str, applied: &Applied) -> String {
    match applied {
        Applied::Version(version) => format!("{slug}: version {version} in force"),
        Applied::Unchanged(version) => format!("{slug}: unchanged, version {version}"),
        Applied::HostTaken => {
            format!("{slug}: refused, one of its hosts belongs to another tenant")
        }
    }
}

/// What a folder holds.
struct Folder {
    /// Tenants without mistakes, by slug.
    sound: Vec<(String, TenantBundle)>,
    /// The mistakes of the others.
    mistakes: Vec<Problem>,
}

fn load(folder: &Path, shared_host: Option<&str>) -> Result<Folder> {
    let loaded = load_dir_beside(folder, shared_host)
        .with_context(|| format!("{} cannot be read", folder.display()))?;
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

fn tell(mistakes: &[Problem]) -> Result<()> {
    if mistakes.is_empty() { Ok(()) } else { say(table(mistakes).trim_end()) }
}
