//! Every query of the product, asked in the wrong place: no row of a tenant answers to anybody else.
//!
//! Each query first proves, with its own tenant, that the parameters chosen for it find something.

use serde_json::Value;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use support::{
    database::Database,
    queries::{self, Row, StoredQuery, Verb},
    rows, sql,
};
use uuid::Uuid;

const ROWS: u32 = 30;

/// What came of a query.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Rows were found, changed or added.
    Touched,
    /// Nothing was there.
    Nothing,
    /// The database refused, with this SQLSTATE.
    Refused(String),
}

#[tokio::test]
async fn no_query_reaches_another_tenants_rows_or_any_without_a_tenant() {
    let database = Database::create().await;
    let mut app = database.app().await;
    let full = rows::fill(&database, "full", ROWS).await;
    let empty = rows::insert_tenant(&mut app, "empty").await;
    let samples = samples(&mut app, full).await;
    let tables = rows::tenant_tables(&mut app).await;
    let queries: Vec<_> =
        queries::all().into_iter().filter(|query| query.touches(&tables)).collect();
    assert!(queries.len() > 80, "only {} queries touch tenant tables", queries.len());
    for query in queries {
        let literals = reaching(&mut app, &query, full, &samples).await;
        for elsewhere in [None, Some(empty)] {
            let outcome = ask(&mut app, &query, elsewhere, &literals).await;
            let shut = match query.verb() {
                Verb::Insert => outcome == Outcome::Refused(ROW_SECURITY.into()),
                _ => outcome == Outcome::Nothing,
            };
            assert!(shut, "{}\nas {elsewhere:?} with {literals:?}: {outcome:?}", query.text);
        }
    }
}

#[tokio::test]
async fn no_write_for_one_tenant_changes_a_row_of_the_other() {
    let database = Database::create().await;
    let mut app = database.app().await;
    let alfa = rows::fill(&database, "alfa", ROWS).await;
    let beta = rows::fill(&database, "beta", ROWS).await;
    let samples = samples(&mut app, alfa).await;
    let before = fingerprint(&mut app, alfa).await;
    for query in queries::all().into_iter().filter(|query| query.verb() != Verb::Select) {
        for sample in &samples {
            sql::execute(&mut app, "BEGIN").await.unwrap();
            rows::see_as(&mut app, Some(beta)).await;
            // What beta's own rows make of it is beta's business; alfa's rows are looked at below.
            drop(run(&mut app, &query, &query.literals(sample)).await);
            let committed = sql::execute(&mut app, "COMMIT").await;
            drop(committed);
        }
    }
    assert_eq!(fingerprint(&mut app, alfa).await, before);
}

#[tokio::test]
async fn counting_without_a_tenant_finds_nothing_and_with_one_only_its_own() {
    let database = Database::create().await;
    let mut app = database.app().await;
    rows::fill(&database, "alfa", ROWS).await;
    let beta = rows::fill(&database, "beta", 2 * ROWS).await;
    for table in rows::tenant_tables(&mut app).await {
        let count = format!("SELECT count(*) FROM {table}");
        let foreign = format!("{count} WHERE tenant_id <> '{beta}'");
        sql::execute(&mut app, "BEGIN").await.unwrap();
        rows::see_as(&mut app, None).await;
        assert_eq!(sql::value::<i64>(&mut app, &count).await.unwrap(), 0, "{table}");
        rows::see_as(&mut app, Some(beta)).await;
        assert!(sql::value::<i64>(&mut app, &count).await.unwrap() > 0, "{table}");
        assert_eq!(sql::value::<i64>(&mut app, &foreign).await.unwrap(), 0, "{table}");
        sql::execute(&mut app, "ROLLBACK").await.unwrap();
    }
}

#[tokio::test]
async fn a_row_cannot_point_at_another_tenants_row() {
    let database = Database::create().await;
    let mut app = database.app().await;
    let alfa = rows::fill(&database, "alfa", 1).await;
    let beta = rows::fill(&database, "beta", 1).await;
    let foreign = samples(&mut app, alfa).await[0]["draft"]["id"].as_str().unwrap().to_owned();
    sql::execute(&mut app, "BEGIN").await.unwrap();
    rows::see_as(&mut app, Some(beta)).await;
    let pointing = format!("UPDATE attachment SET draft_id = '{foreign}'");
    // The role may not change attachments at all; the owner may, and meets the foreign key.
    assert_eq!(sql::refusal(sql::execute(&mut app, &pointing).await), "42501");
    let mut owner = database.owner().await;
    sql::execute(&mut owner, "BEGIN").await.unwrap();
    rows::see_as(&mut owner, Some(beta)).await;
    assert_eq!(sql::refusal(sql::execute(&mut owner, &pointing).await), "23503");
}

/// `insufficient_privilege`: a new row violates row security.
const ROW_SECURITY: &str = "42501";
/// `unique_violation`: the row is there already, so the insertion got as far as its tenant's table.
const THERE_ALREADY: &str = "23505";

/// First and last row of each table.
async fn samples(app: &mut PgConnection, tenant: Uuid) -> Vec<BTreeMap<String, Row>> {
    sql::execute(app, "BEGIN").await.unwrap();
    rows::see_as(app, Some(tenant)).await;
    let last = usize::try_from(ROWS).unwrap() - 1;
    let samples = vec![rows::sample(app, 0).await, rows::sample(app, last).await];
    sql::execute(app, "ROLLBACK").await.unwrap();
    samples
}

/// Parameters with which the query finds something for the tenant itself.
async fn reaching(
    app: &mut PgConnection,
    query: &StoredQuery,
    tenant: Uuid,
    samples: &[BTreeMap<String, Row>],
) -> Vec<String> {
    let mut outcomes = Vec::new();
    for sample in samples {
        let literals = query.literals(sample);
        match ask(app, query, Some(tenant), &literals).await {
            Outcome::Touched => return literals,
            Outcome::Refused(state) if state == THERE_ALREADY => return literals,
            outcome => outcomes.push((literals, outcome)),
        }
    }
    // A statement that adds what is there already, and says so quietly.
    if query.text.ends_with("DO NOTHING") {
        return query.literals(&samples[0]);
    }
    panic!("{}\nfinds nothing in its own tenant: {outcomes:#?}", query.text)
}

/// Runs the query as if for that tenant and takes everything back.
async fn ask(
    app: &mut PgConnection,
    query: &StoredQuery,
    tenant: Option<Uuid>,
    literals: &[String],
) -> Outcome {
    sql::execute(app, "BEGIN").await.unwrap();
    rows::see_as(app, tenant).await;
    let outcome = run(app, query, literals).await;
    sql::execute(app, "ROLLBACK").await.unwrap();
    outcome
}

async fn run(app: &mut PgConnection, query: &StoredQuery, literals: &[String]) -> Outcome {
    let mut query = query.clone();
    if query.verb() == Verb::Select {
        query.text = format!("SELECT to_jsonb(q) FROM ({}) q", query.text);
    }
    sql::execute(app, "DEALLOCATE ALL").await.unwrap();
    sql::execute(app, &query.prepare("asked")).await.unwrap();
    let execute = query.execute("asked", literals);
    let touched = if query.text.starts_with("SELECT to_jsonb") {
        let found = sql::documents::<Row>(app, &execute).await;
        found.map(|rows| rows.iter().flat_map(Row::values).any(says_something))
    } else {
        sql::execute(app, &execute).await.map(|rows| rows > 0)
    };
    match touched {
        Ok(true) => Outcome::Touched,
        Ok(false) => Outcome::Nothing,
        Err(error) => Outcome::Refused(sql::refusal::<()>(Err(error))),
    }
}

/// A sum over nothing returns a row that says nothing.
fn says_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value.as_i64() != Some(0)
}

/// One hash over all rows of a tenant.
async fn fingerprint(app: &mut PgConnection, tenant: Uuid) -> BTreeMap<String, String> {
    let mut prints = BTreeMap::new();
    for table in rows::tenant_tables(app).await {
        sql::execute(app, "BEGIN").await.unwrap();
        rows::see_as(app, Some(tenant)).await;
        let query = format!("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t");
        prints.insert(table, sql::value(app, &query).await.unwrap());
        sql::execute(app, "ROLLBACK").await.unwrap();
    }
    prints
}
