//! The tests' own SQL: they look behind the product, so their statements are not among its checked queries.

use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, Row as _, postgres::PgQueryResult};

/// Runs one or more statements; how many rows the last one touched.
pub async fn execute(connection: &mut PgConnection, statements: &str) -> Result<u64, sqlx::Error> {
    let done = connection.execute(raw(statements)).await?;
    Ok(PgQueryResult::rows_affected(&done))
}

/// The rows of a query, each read as `T` by its columns' names.
pub async fn rows<T: DeserializeOwned>(
    connection: &mut PgConnection,
    query: &str,
) -> Result<Vec<T>, sqlx::Error> {
    documents(connection, &format!("SELECT to_jsonb(q) FROM ({query}) q")).await
}

/// The documents that a statement returns in its only column.
pub async fn documents<T: DeserializeOwned>(
    connection: &mut PgConnection,
    statement: &str,
) -> Result<Vec<T>, sqlx::Error> {
    let rows = connection.fetch_all(raw(statement)).await?;
    rows.iter()
        .map(|row| {
            let document: serde_json::Value = row.try_get(0)?;
            serde_json::from_value(document).map_err(|error| sqlx::Error::Decode(Box::new(error)))
        })
        .collect()
}

/// The only value of a query's only row.
pub async fn value<T: DeserializeOwned>(
    connection: &mut PgConnection,
    query: &str,
) -> Result<T, sqlx::Error> {
    let mut found = documents(connection, &format!("SELECT to_jsonb(({query}))")).await?;
    found.pop().ok_or(sqlx::Error::RowNotFound)
}

/// The SQLSTATE of a refusal; any other outcome fails the test.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, sqlx::Error>) -> String {
    match outcome {
        Err(sqlx::Error::Database(error)) => error.code().unwrap_or_default().into_owned(),
        other => panic!("the database should have refused, but: {other:?}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests check what the product's queries cannot")]
fn raw(statements: &str) -> sqlx::RawSql {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
}
