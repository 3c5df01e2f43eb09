//! What one tenant alone can have: hosts, and the identifiers that federations know a body by.

use super::{copy, load_dir};
use crate::load_dir_beside;
use std::fs;
use tempfile::TempDir;

/// Alfa, and its copy zeta with hosts of its own.
fn twins() -> TempDir {
    let (folder, other) = (copy(), copy());
    let zeta = folder.path().join("zeta");
    fs::rename(other.path().join("alfa"), &zeta).unwrap();
    let source = fs::read_to_string(zeta.join("tenant.toml")).unwrap();
    fs::write(
        zeta.join("tenant.toml"),
        source.replace("\"alfa.example.test\"", "\"zeta.example.test\""),
    )
    .unwrap();
    folder
}

#[test]
fn two_tenants_are_not_one_body_to_a_federation() {
    let folder = twins();
    let loaded = load_dir(folder.path()).unwrap();
    assert!(loaded[0].1.is_ok(), "the first one keeps what is its own");
    let problems = loaded[1].1.as_ref().unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    for key in ["spid_entity_id", "cie_entity_id"] {
        let start = format!("zeta/tenant.toml: digital_identity.{key}: \"https://");
        let found = told.iter().find(|line| line.starts_with(&start));
        assert!(
            found.is_some_and(|line| line.ends_with("belongs to tenant alfa already")),
            "{told:?}"
        );
    }
}

#[test]
fn one_broken_tenant_harms_only_itself_and_a_host_has_one_owner() {
    let folder = copy();
    let other = copy();
    fs::rename(other.path().join("alfa"), folder.path().join("zeta")).unwrap();
    let loaded = load_dir(folder.path()).unwrap();
    assert!(loaded[0].1.is_ok());
    let problems = loaded[1].1.as_ref().unwrap_err();
    let expected = "zeta/tenant.toml: access.hosts: \"alfa.example.test\" belongs to tenant alfa";
    assert!(problems[0].to_string().starts_with(expected), "{problems:?}");
}

#[test]
fn the_shared_entrance_keeps_its_host() {
    let folder = copy();
    let found = load_dir_beside(folder.path(), Some("alfa.example.test")).unwrap();
    let problems = found[0].1.as_ref().unwrap_err();
    assert!(
        problems[0].message.ends_with("belongs to the shared entrance already"),
        "{problems:?}"
    );
    assert!(load_dir_beside(folder.path(), Some("servizi.example.test")).unwrap()[0].1.is_ok());
}
