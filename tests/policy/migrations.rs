//! Migrations go forward only: what was published is never changed, and the old code survives the new schema.

use sqlx::migrate::MigrateError as Cause;
use std::{collections::BTreeMap, fs};
use storage::{MIGRATOR, MigrateError};
use support::{
    database::{Database, OWNER},
    environment, sql,
};

/// Version and checksum of each published migration; a line is added with its file and never changed.
const PUBLISHED: &str = include_str!("../fixtures/migrations.txt");

#[test]
fn published_migrations_are_never_changed() {
    let published: BTreeMap<i64, &str> = PUBLISHED
        .lines()
        .map(|line| line.split_once(' ').expect("version and checksum"))
        .map(|(version, checksum)| (version.parse().expect("a number"), checksum))
        .collect();
    let mut wanted = Vec::new();
    for migration in MIGRATOR.iter() {
        let bytes: [u8; 16] = migration.checksum[..16].try_into().expect("a long checksum");
        let checksum = format!("{:032x}", u128::from_be_bytes(bytes));
        match published.get(&migration.version) {
            Some(known) => {
                assert_eq!(*known, checksum, "migration {} was changed", migration.version);
            }
            None => wanted.push(format!("{:04} {checksum}", migration.version)),
        }
    }
    assert!(wanted.is_empty(), "add to tests/fixtures/migrations.txt:\n{}", wanted.join("\n"));
    assert_eq!(published.len(), MIGRATOR.iter().count(), "a published migration is missing");
}

#[test]
fn migrations_take_nothing_away_from_running_code() {
    let folder = environment::root().join("migrations");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "sql") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("-- "), "{}: begins with its reason", path.display());
        for line in text.lines().filter(|line| !line.trim_start().starts_with("--")) {
            let upper = line.to_uppercase();
            let breaking = BREAKING.iter().find(|words| upper.contains(*words));
            // What nothing uses any more may go: its line then says since when.
            let contracted = line.contains("-- unused since ");
            assert!(breaking.is_none() || contracted, "{}: {line}", path.display());
        }
    }
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let database = Database::create().await;
    storage::migrate(&database.url(OWNER)).await.unwrap();
}

#[tokio::test]
async fn a_migration_changed_after_it_was_applied_stops_the_next_one() {
    let database = Database::create().await;
    let forged = "UPDATE _sqlx_migrations SET checksum = '\\x00' WHERE version = 3";
    sql::execute(&mut database.owner().await, forged).await.unwrap();
    let refused = storage::migrate(&database.url(OWNER)).await;
    assert!(
        matches!(refused, Err(MigrateError::Migrate(Cause::VersionMismatch(3)))),
        "{refused:?}"
    );
}

/// Expand, backfill, contract: these break code that still runs while the migration is applied.
const BREAKING: &[&str] = &[
    "DROP TABLE",
    "DROP COLUMN",
    "RENAME ",
    "SET NOT NULL",
    " TYPE ",
    "TRUNCATE TABLE",
    "DISABLE ROW LEVEL SECURITY",
    "SECURITY DEFINER",
    "AS ENUM",
];
