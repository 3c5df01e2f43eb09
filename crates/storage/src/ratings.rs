//! What visitors say about pages; nothing says who.

use crate::{StorageError, TenantTx};
use domain::{
    ids::RatingId,
    rating::{Aspect, Stars},
};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;

/// One rating.
#[derive(Clone, Debug)]
pub struct RatingRow {
    /// Key.
    pub id: RatingId,
    /// Code of the page.
    pub page: String,
    /// From one to five.
    pub stars: i16,
    /// Number of the aspect, once it was named.
    pub answer: Option<i16>,
    /// Free text, if any.
    pub text: Option<String>,
    /// The day in Europe/Rome.
    pub day: Date,
}

/// How many ratings have the same stars and the same answer.
#[derive(Clone, Copy, Debug)]
pub struct RatingCount {
    /// From one to five.
    pub stars: i16,
    /// Number of the aspect.
    pub answer: Option<i16>,
    /// How many.
    pub count: i64,
}

macro_rules! row_from {
    ($row:expr) => {
        RatingRow {
            id: $row.id.into(),
            page: $row.page,
            stars: $row.stars,
            answer: $row.answer,
            text: $row.text,
            day: $row.day.to_jiff(),
        }
    };
}

/// Keeps the stars; what they are for comes in a second step.
pub async fn insert(
    tx: &mut TenantTx,
    id: RatingId,
    page: &str,
    stars: Stars,
    day: Date,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO rating (tenant_id, id, page, stars, day)
         VALUES ($1, $2, $3, $4, $5)",
        tenant,
        id.uuid(),
        page,
        stars.number(),
        day.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One rating by key.
pub async fn find(tx: &mut TenantTx, id: RatingId) -> Result<Option<RatingRow>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, page, stars, answer, text, day
           FROM rating
          WHERE id = $1",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| row_from!(row)))
}

/// Keeps what the stars are for.
pub async fn update_reason(
    tx: &mut TenantTx,
    id: RatingId,
    answer: Option<Aspect>,
    text: Option<&str>,
) -> Result<(), StorageError> {
    sqlx::query!(
        "UPDATE rating
            SET answer = $2,
                text = $3
          WHERE id = $1",
        id.uuid(),
        answer.map(Aspect::number),
        text,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ratings up to a day and key, newest first; all of them, or those with a free text.
pub async fn list(
    tx: &mut TenantTx,
    (day, id): (Date, RatingId),
    only_with_text: bool,
    limit: i64,
) -> Result<Vec<RatingRow>, StorageError> {
    let rows = sqlx::query!(
        "SELECT id, page, stars, answer, text, day
           FROM rating
          WHERE day <= $1
            AND (day < $1 OR id < $2)
            AND (text IS NOT NULL OR NOT $3)
          ORDER BY day DESC, id DESC
          LIMIT $4",
        day.to_sqlx(),
        id.uuid(),
        only_with_text,
        limit,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| row_from!(row)).collect())
}

/// How many there are of each kind.
pub async fn count_by_answer(tx: &mut TenantTx) -> Result<Vec<RatingCount>, StorageError> {
    let rows = sqlx::query!(
        r#"SELECT stars, answer, count(*) AS "count!"
             FROM rating
            GROUP BY stars, answer
            ORDER BY stars, answer"#
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RatingCount { stars: row.stars, answer: row.answer, count: row.count })
        .collect())
}

/// Erases what was said before a day.
pub async fn delete_old(tx: &mut TenantTx, before: Date) -> Result<(), StorageError> {
    sqlx::query!("DELETE FROM rating WHERE day < $1", before.to_sqlx()).execute(tx.conn()).await?;
    Ok(())
}
