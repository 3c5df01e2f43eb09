//! Identity providers' metadata as fetched (system tables): every version, and whose turn it is to fetch.

use crate::{StorageError, SystemTx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// The newest metadata of one source.
#[derive(Clone, Debug)]
pub struct ProviderVersion {
    /// `spid`, `cie` or `eidas`.
    pub source: String,
    /// Version, from 1.
    pub version: i32,
    /// The XML as fetched.
    pub body: String,
    /// When this version was first seen.
    pub fetched_at: Timestamp,
    /// When the source was last read with success.
    pub read_at: Timestamp,
}

/// The newest version of each source that differs from what is known.
pub async fn list_newest(
    tx: &mut SystemTx,
    known: &[(&str, i32)],
) -> Result<Vec<ProviderVersion>, StorageError> {
    let mut newest = Vec::new();
    for row in list_current(tx).await? {
        if known.contains(&(row.0.as_str(), row.1)) {
            continue;
        }
        let found = sqlx::query!(
            "SELECT body, fetched_at FROM identity_provider_version WHERE source = $1 AND version = $2",
            row.0,
            row.1,
        )
        .fetch_one(tx.conn())
        .await?;
        newest.push(ProviderVersion {
            source: row.0,
            version: row.1,
            body: found.body,
            fetched_at: found.fetched_at.to_jiff(),
            read_at: row.2.unwrap_or_else(|| found.fetched_at.to_jiff()),
        });
    }
    Ok(newest)
}

/// The newest version of one source.
pub async fn find_newest(
    tx: &mut SystemTx,
    source: &str,
) -> Result<Option<ProviderVersion>, StorageError> {
    let row = sqlx::query!(
        r#"SELECT v.source, v.version, v.body, v.fetched_at, coalesce(s.read_at, v.fetched_at) AS "read_at!"
           FROM identity_provider_version v
           LEFT JOIN identity_provider_source s ON s.source = v.source
          WHERE v.source = $1
          ORDER BY v.version DESC
          LIMIT 1"#,
        source,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| ProviderVersion {
        source: row.source,
        version: row.version,
        body: row.body,
        fetched_at: row.fetched_at.to_jiff(),
        read_at: row.read_at.to_jiff(),
    }))
}

/// Each source with its newest version and when it was last read.
pub async fn list_current(
    tx: &mut SystemTx,
) -> Result<Vec<(String, i32, Option<Timestamp>)>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT v.source, max(v.version) AS "version!", s.read_at
             FROM identity_provider_version v
             LEFT JOIN identity_provider_source s ON s.source = v.source
            GROUP BY v.source, s.read_at
            ORDER BY v.source"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.source, row.version, row.read_at.map(jiff_sqlx::Timestamp::to_jiff)))
        .collect())
}

/// Takes the turn to fetch a source that is due: true for one worker only, until `next`.
pub async fn take_turn(
    tx: &mut SystemTx,
    source: &str,
    now: Timestamp,
    next: Timestamp,
) -> Result<bool, StorageError> {
    let done = sqlx::query!(
        "INSERT INTO identity_provider_source AS s (source, due_at) VALUES ($1, $3)
         ON CONFLICT (source) DO UPDATE SET due_at = $3 WHERE s.due_at <= $2",
        source,
        now.to_sqlx(),
        next.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the server said last time to compare by (ETag).
pub async fn find_validator(
    tx: &mut SystemTx,
    source: &str,
) -> Result<Option<String>, StorageError> {
    let found = sqlx::query_scalar!(
        "SELECT validator FROM identity_provider_source WHERE source = $1",
        source
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.flatten())
}

/// The source was read: next time at `due_at`.
pub async fn update_read(
    tx: &mut SystemTx,
    source: &str,
    validator: Option<&str>,
    now: Timestamp,
    due_at: Timestamp,
) -> Result<(), StorageError> {
    sqlx::query!(
        "INSERT INTO identity_provider_source (source, read_at, due_at, validator) VALUES ($1, $2, $3, $4)
         ON CONFLICT (source) DO UPDATE SET read_at = $2, due_at = $3, validator = $4",
        source,
        now.to_sqlx(),
        due_at.to_sqlx(),
        validator,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds a version when the text is new; returns its number, or none when nothing has changed.
pub async fn insert_if_changed(
    tx: &mut SystemTx,
    source: &str,
    body: &str,
    now: Timestamp,
) -> Result<Option<i32>, StorageError> {
    // Two numbers are a space of their own; 2 stands for this table.
    sqlx::query!("SELECT pg_advisory_xact_lock(2, 1)").execute(tx.conn()).await?;
    let version = sqlx::query_scalar!(
        r#"INSERT INTO identity_provider_version (source, version, body, fetched_at)
           SELECT $1, coalesce(max(v.version), 0) + 1, $2, $3
             FROM identity_provider_version v
            WHERE v.source = $1
           HAVING $2 IS DISTINCT FROM (SELECT n.body FROM identity_provider_version n
                                        WHERE n.source = $1 ORDER BY n.version DESC LIMIT 1)
           RETURNING version"#,
        source,
        body,
        now.to_sqlx(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(version)
}

/// Erases the versions that were replaced before `before`; the newest always stays.
pub async fn delete_replaced(
    tx: &mut SystemTx,
    source: &str,
    before: Timestamp,
) -> Result<u64, StorageError> {
    let done = sqlx::query!(
        "DELETE FROM identity_provider_version v
          WHERE v.source = $1
            AND EXISTS (SELECT 1 FROM identity_provider_version n
                         WHERE n.source = v.source AND n.version > v.version AND n.fetched_at < $2)",
        source,
        before.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}
