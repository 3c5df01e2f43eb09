//! `cargo xtask licences`: what we link and ship may be used under the licences that `.deny.toml` allows.

mod expression;

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use self::expression::is_allowed;
use crate::args::Args;
use crate::{paths, progress, run};

/// The part of cargo-deny's file that is checked here, without cargo-deny.
#[derive(Deserialize)]
struct Rules {
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

/// A package as cargo or npm describe it.
struct Package {
    name: String,
    licence: Option<String>,
    /// Whether it comes from cargo's or npm's default registry, and not from a repository or a folder.
    registered: bool,
}

/// The check as a command.
pub(crate) fn run(args: Args) -> Result<()> {
    args.finish()?;
    report()
}

/// Checks every package of both lock files; fails with the list of what is not allowed.
pub(crate) fn report() -> Result<()> {
    progress::step("Licences");
    let text = fs::read_to_string(paths::root().join(".deny.toml"))?;
    let rules: Rules = toml::from_str(&text).context(".deny.toml")?;
    let (crates, scripts) = (crates()?, scripts()?);
    let found = faults(&rules, crates.iter().chain(&scripts));
    if found.is_empty() {
        progress::note(&format!("{} crates and {} npm packages", crates.len(), scripts.len()));
        return Ok(());
    }
    bail!("not allowed by .deny.toml:\n  {}", found.join("\n  "))
}

fn faults<'a>(rules: &Rules, packages: impl Iterator<Item = &'a Package>) -> Vec<String> {
    let mut found = Vec::new();
    for package in packages {
        let name = &package.name;
        if let Some(banned) = rules.bans.deny.iter().find(|banned| banned.name == *name) {
            found.push(format!("{name}: {}", banned.reason));
        }
        if !package.registered {
            found.push(format!("{name}: does not come from the registry"));
        }
        match &package.licence {
            None => found.push(format!("{name}: names no licence")),
            Some(licence) if !is_allowed(licence, &rules.licenses.allow) => {
                found.push(format!("{name}: {licence}"));
            }
            Some(_) => {}
        }
    }
    found
}

/// Every crate that is compiled on this kind of machine, our own left out.
fn crates() -> Result<Vec<Package>> {
    let mut cargo = paths::cargo();
    cargo.args(["metadata", "--format-version", "1"]);
    cargo.args(["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let metadata: Value = serde_json::from_str(&run::captured(cargo)?)?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let used: BTreeSet<String> = list(&metadata, &["resolve", "nodes"])?
        .iter()
        .filter_map(|node| text(node, "id"))
        .collect();
    let mut packages = Vec::new();
    for package in list(&metadata, &["packages"])? {
        let Some(source) = package.get("source").filter(|source| !source.is_null()) else {
            continue;
        };
        if text(package, "id").is_some_and(|id| used.contains(&id)) {
            packages.push(Package {
                name: text(package, "name").unwrap_or_default(),
                licence: text(package, "license"),
                registered: source.as_str().is_some_and(|source| source.starts_with("registry+")),
            });
        }
    }
    Ok(packages)
}

/// The packages that the asset step names; what they bring along is not shipped.
fn scripts() -> Result<Vec<Package>> {
    let folder = paths::root().join("crates/web/assets");
    let read = |name: &str| -> Result<Value> {
        Ok(serde_json::from_slice(&fs::read(folder.join(name))?)?)
    };
    let (wanted, lock) = (read("package.json")?, read("package-lock.json")?);
    let wanted = wanted.get("dependencies").and_then(Value::as_object).context("dependencies")?;
    let locked = wanted.keys().map(|name| {
        let package = lock.get("packages").and_then(|all| all.get(format!("node_modules/{name}")));
        let package = package.with_context(|| format!("package-lock.json lacks {name}"))?;
        let licence = package.get("license").and_then(Value::as_str).map(str::to_owned);
        let registered = package.get("integrity").is_some();
        Ok(Package { name: name.clone(), licence, registered })
    });
    locked.collect()
}

fn list<'a>(value: &'a Value, path: &[&str]) -> Result<&'a Vec<Value>> {
    let found = path.iter().try_fold(value, |value, key| value.get(key));
    found.and_then(Value::as_array).with_context(|| format!("cargo metadata without {path:?}"))
}
