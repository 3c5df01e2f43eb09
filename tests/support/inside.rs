//! Looking into the database as one tenant sees it.

use crate::{app::TestApp, sql};
use serde::de::DeserializeOwned;

/// The only value of a query, asked within a tenant.
pub async fn value<T: DeserializeOwned>(app: &TestApp, slug: &str, query: &str) -> T {
    let mut connection = app.database.app().await;
    let begin = format!("BEGIN; SET LOCAL app.tenant = '{}'", app.tenant(slug));
    sql::execute(&mut connection, &begin).await.expect("the tenant is known");
    sql::value(&mut connection, query).await.expect("the query can be asked")
}

/// How many rows a tenant has in a table.
pub async fn count(app: &TestApp, slug: &str, table: &str) -> i64 {
    value(app, slug, &format!("SELECT count(*) FROM {table}")).await
}

/// Changes rows of a tenant behind the product's back.
pub async fn change(app: &TestApp, slug: &str, statement: &str) {
    let mut connection = app.database.app().await;
    let whole =
        format!("BEGIN; SET LOCAL app.tenant = '{}'; {statement}; COMMIT", app.tenant(slug));
    sql::execute(&mut connection, &whole).await.expect("the statement fits the schema");
}
