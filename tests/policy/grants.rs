//! The application role may do to each table what some query of the product does, and nothing else.

use serde::Deserialize;
use support::{
    database::{APP, Database},
    queries::{self, StoredQuery, Verb},
    sql,
};

#[derive(Deserialize)]
struct Grant {
    grantee: String,
    relation: String,
    privilege: String,
}

async fn grants(database: &Database) -> Vec<Grant> {
    let query = "SELECT COALESCE(r.rolname, 'PUBLIC') AS grantee, c.relname AS relation,
                        a.privilege_type AS privilege
                   FROM pg_class c
                  CROSS JOIN LATERAL aclexplode(c.relacl) a
                   LEFT JOIN pg_roles r ON r.oid = a.grantee
                  WHERE c.relnamespace = 'public'::regnamespace
                    AND a.grantee <> c.relowner
                  ORDER BY c.relname, a.privilege_type";
    sql::rows(&mut database.app().await, query).await.unwrap()
}

#[tokio::test]
async fn every_privilege_is_needed_by_a_query() {
    let database = Database::create().await;
    let queries = queries::all();
    let grants = grants(&database).await;
    assert!(grants.len() > 40, "the grants were read");
    let idle: Vec<String> = grants
        .iter()
        .filter(|grant| grant.grantee != APP || !queries.iter().any(|query| needs(query, grant)))
        .map(|grant| format!("{} may {} {}", grant.grantee, grant.privilege, grant.relation))
        .collect();
    assert_eq!(idle, Vec::<String>::new(), "privileges that no query uses");
}

fn needs(query: &StoredQuery, grant: &Grant) -> bool {
    let first = query.tables().first().is_some_and(|(_, table)| *table == grant.relation);
    let touched = query.touches(std::slice::from_ref(&grant.relation));
    match grant.privilege.as_str() {
        "SELECT" => touched,
        "INSERT" => first && query.verb() == Verb::Insert,
        // Locking a row and replacing it on conflict are changes as well.
        "UPDATE" => {
            let locks = query.text.contains("FOR UPDATE") && touched;
            let replaces = query.text.contains("DO UPDATE") && first;
            locks || replaces || first && query.verb() == Verb::Update
        }
        "DELETE" => first && query.verb() == Verb::Delete,
        _ => false,
    }
}

/// What the platform keeps outside of all tenants: a person reads this list when it changes.
#[tokio::test]
async fn system_tables_hold_ids_codes_and_settings_only() {
    #[derive(Deserialize)]
    struct Column {
        line: String,
    }
    let database = Database::create().await;
    let query = "SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS line
                   FROM pg_class c
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  WHERE c.relnamespace = 'public'::regnamespace
                    AND c.relkind = 'r'
                    AND NOT c.relrowsecurity
                    AND c.relname <> '_sqlx_migrations'
                  ORDER BY c.relname, a.attnum";
    let columns: Vec<Column> = sql::rows(&mut database.app().await, query).await.unwrap();
    let lines: Vec<String> = columns.into_iter().map(|column| column.line).collect();
    insta::assert_snapshot!("system_tables", lines.join("\n"));
}
