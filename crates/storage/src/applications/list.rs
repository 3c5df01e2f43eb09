//! The office's list: filters that keep their index behind row security.

use super::state;
use crate::{StorageError, TenantTx};
use domain::{application::State, ids::ApplicationId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// What the office looks for; empty fields do not filter.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Overall state.
    pub state: Option<State>,
    /// Beginning of the normalised surname and name.
    pub name_prefix: Option<&'a str>,
    /// Keyed hash of a pupil's codice fiscale.
    pub pupil_cf_hash: Option<&'a [u8]>,
    /// Continue after this row.
    pub after: Option<(Timestamp, ApplicationId)>,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Key.
    pub id: ApplicationId,
    /// Registration number.
    pub number: i32,
    /// Calendar year in which the school year begins.
    pub school_year: i16,
    /// Sealed name of the pupil.
    pub pupil_name_enc: Vec<u8>,
    /// School chosen.
    pub school_code: String,
    /// Overall state.
    pub state: State,
    /// Last sending.
    pub last_submitted_at: Timestamp,
}

macro_rules! rows_from {
    ($rows:expr) => {
        $rows
            .into_iter()
            .map(|row| {
                Ok(ListRow {
                    id: row.id.into(),
                    number: row.number,
                    school_year: row.school_year,
                    pupil_name_enc: row.pupil_name_enc,
                    school_code: row.school_code,
                    state: state(row.state)?,
                    last_submitted_at: row.last_submitted_at.to_jiff(),
                })
            })
            .collect()
    };
}

/// A page of applications, last sent first; one query per kind of search so that each keeps its index.
pub async fn list(
    tx: &mut TenantTx,
    filter: &Filter<'_>,
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let (at, id) = match filter.after {
        Some((at, id)) => (at, id.uuid()),
        None => (Timestamp::MAX, uuid::Uuid::max()),
    };
    match (filter.pupil_cf_hash, filter.name_prefix, filter.state) {
        (Some(hash), _, _) => by_pupil(tx, hash, limit).await,
        (None, Some(prefix), wanted) => by_name(tx, prefix, wanted, limit).await,
        (None, None, Some(wanted)) => by_state(tx, wanted, (at, id), limit).await,
        (None, None, None) => newest(tx, (at, id), limit).await,
    }
}

async fn by_pupil(
    tx: &mut TenantTx,
    hash: &[u8],
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT id, number, school_year, pupil_name_enc, school_code, state, last_submitted_at
           FROM application
          WHERE pupil_cf_hash = $1
          ORDER BY school_year DESC, number DESC
          LIMIT $2",
        hash,
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    rows_from!(rows)
}

async fn by_name(
    tx: &mut TenantTx,
    prefix: &str,
    wanted: Option<State>,
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT id, number, school_year, pupil_name_enc, school_code, state, last_submitted_at
           FROM application
          WHERE pupil_name_norm ~>=~ $1
            AND pupil_name_norm ~<~ $2
            AND ($3::smallint IS NULL OR state = $3)
          ORDER BY pupil_name_norm, id
          LIMIT $4",
        prefix,
        // Both ends as parameters: a prefix operator finds no index when the plan is made before the prefix is known.
        format!("{prefix}{}", char::MAX),
        wanted.map(State::number),
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    rows_from!(rows)
}

async fn by_state(
    tx: &mut TenantTx,
    wanted: State,
    after: (Timestamp, uuid::Uuid),
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT id, number, school_year, pupil_name_enc, school_code, state, last_submitted_at
           FROM application
          WHERE state = $1
            AND last_submitted_at <= $2
            AND (last_submitted_at < $2 OR id > $3)
          ORDER BY last_submitted_at DESC, id
          LIMIT $4",
        wanted.number(),
        after.0.to_sqlx(),
        after.1,
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    rows_from!(rows)
}

async fn newest(
    tx: &mut TenantTx,
    after: (Timestamp, uuid::Uuid),
    limit: i64,
) -> Result<Vec<ListRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT id, number, school_year, pupil_name_enc, school_code, state, last_submitted_at
           FROM application
          WHERE last_submitted_at <= $1
            AND (last_submitted_at < $1 OR id > $2)
          ORDER BY last_submitted_at DESC, id
          LIMIT $3",
        after.0.to_sqlx(),
        after.1,
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    rows_from!(rows)
}

/// How many applications are in each state.
pub async fn count_by_state(tx: &mut TenantTx) -> Result<Vec<(State, i64)>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT state, count(*) AS "count!" FROM application GROUP BY state ORDER BY state"#
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(|row| Ok((state(row.state)?, row.count))).collect()
}
