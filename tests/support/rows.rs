//! Databases full of rows: what a tenant has after years, in a second.

use crate::{
    database::Database,
    queries::Row,
    sql::{self, execute},
};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

const ROWS: &str = include_str!("../fixtures/rows.sql");

/// A tenant in the system tables only: nothing of it has rows yet.
pub async fn insert_tenant(connection: &mut PgConnection, slug: &str) -> Uuid {
    let id = tenant_key(slug);
    let statement = format!(
        "INSERT INTO tenant (id, slug, created_at) VALUES ('{id}', '{slug}', '2027-01-01T00:00:00Z')"
    );
    execute(connection, &statement).await.expect("the tenant is new");
    id
}

/// The key that a slug gets here.
pub fn tenant_key(slug: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(slug.bytes()).for_each(|(byte, letter)| *byte = letter);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A tenant with this many rows in each of its tables.
pub async fn fill(database: &Database, slug: &str, rows: u32) -> Uuid {
    let mut connection = database.app().await;
    let id = insert_tenant(&mut connection, slug).await;
    let script = format!(
        "BEGIN; SET LOCAL app.tenant = '{id}'; SET LOCAL test.rows = {rows}; {ROWS} COMMIT;"
    );
    execute(&mut connection, &script).await.expect("the rows fit the schema");
    id
}

/// Makes the planner know how full the tables are.
pub async fn analyze(database: &Database) {
    let mut owner = database.owner().await;
    let tables = tenant_tables(&mut owner).await.join(", ");
    execute(&mut owner, &format!("ANALYZE {tables}")).await.expect("the owner may analyze");
}

/// Says for which tenant the running transaction sees rows; none stands for a forgotten context.
pub async fn see_as(connection: &mut PgConnection, tenant: Option<Uuid>) {
    let tenant = tenant.map(|id| id.to_string()).unwrap_or_default();
    let statement = format!("SET LOCAL app.tenant = '{tenant}'");
    execute(connection, &statement).await.expect("inside a transaction");
}

/// Names of the tables that belong to tenants.
pub async fn tenant_tables(connection: &mut PgConnection) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Named {
        relname: String,
    }
    let query = "SELECT relname FROM pg_class
                  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity
                  ORDER BY relname";
    let tables: Vec<Named> = sql::rows(connection, query).await.expect("the catalogue can be read");
    tables.into_iter().map(|table| table.relname).collect()
}

/// Row `number` of each table, as the fixture laid them.
pub async fn sample(connection: &mut PgConnection, number: usize) -> BTreeMap<String, Row> {
    let mut sample = BTreeMap::new();
    for table in tenant_tables(connection).await {
        let query = format!("SELECT * FROM {table} ORDER BY ctid OFFSET {number} LIMIT 1");
        let rows: Vec<Row> = sql::rows(connection, &query).await.expect("the table can be read");
        sample.extend(rows.into_iter().next().map(|row| (table, row)));
    }
    sample
}
