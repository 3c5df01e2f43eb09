//! How PostgreSQL runs each query of the product, as the application role and for any parameters:
//! every tenant table that is scanned shows the tenant's condition, and searches use their index.

mod plan;

use plan::{Plan, Scan};
use sqlx::PgConnection;
use support::{
    database::Database,
    queries::{self, StoredQuery},
    rows, sql,
};
use tokio::sync::OnceCell;

/// Many tenants, so that one tenant's rows are a small part, as in earnest.
const TENANTS: u32 = 12;
const ROWS: u32 = 600;

/// Queries that read all rows of a tenant by their nature; everything else searches.
const WHOLE_TENANT: &[&str] = &[
    // The office's counters.
    "SELECT state, count(*)",
    // The chain of the audit trail, checked from end to end.
    "SELECT min(sequence)",
    // One row.
    "UPDATE audit_head",
    // Retention: once a day, and rows that are over are most of what it finds.
    "DELETE FROM rating WHERE day",
    "DELETE FROM credential c WHERE NOT EXISTS",
    "DELETE FROM session WHERE ends_at",
    "DELETE FROM login_request WHERE expires_at",
    "DELETE FROM login_assertion WHERE expires_at",
    "DELETE FROM identity i WHERE i.signed_in_at",
    "UPDATE credential SET temp_nonce = NULL, temp_expires_at = NULL WHERE temp_expires_at",
];

/// Lists that come in the order of their index: nothing is sorted, however many rows there are.
const ORDERED: &[(&str, &str)] = &[
    ("WHERE last_submitted_at <= $1 AND", "application_list_idx"),
    ("WHERE state = $1 AND last_submitted_at", "application_state_idx"),
    ("FROM draft WHERE expires_at <= $1", "draft_expires_idx"),
    ("FROM login_message WHERE (at, id) > ($1, $2)", "login_message_at_idx"),
    ("FROM rating WHERE day <= $1", "rating_day_idx"),
    ("FROM audit_event WHERE subject_id", "audit_event_subject_idx"),
    ("FROM form_definition WHERE school_year", "form_definition_version_key"),
];

/// Searches and the index that each must use.
const SEARCHES: &[(&str, &str)] = &[
    ("WHERE pupil_name_norm ~>=~ $1", "application_name_idx"),
    ("FROM application WHERE pupil_cf_hash = $1", "application_pupil_idx"),
    ("FROM draft d JOIN credential c", "draft_pupil_idx"),
    ("a.draft_id = d.id WHERE d.pupil_cf_hash", "draft_pupil_idx"),
    ("a.draft_id = d.id WHERE d.identity_id", "draft_identity_idx"),
    ("FROM draft WHERE identity_id = $1", "draft_identity_idx"),
    ("FROM login_message WHERE expires_at <= $1", "login_message_expires_idx"),
    ("UPDATE saml_key SET use", "saml_key_use_idx"),
    ("FROM draft WHERE pupil_cf_hash = $1", "draft_pupil_idx"),
    ("FROM credential WHERE guardian_cf_hash = $1", "credential_guardian_idx"),
    ("FROM mail WHERE draft_id = $1", "mail_draft_idx"),
    ("FROM session s WHERE s.token_hash = $1", "session_token_key"),
    ("FROM application_version WHERE verification_hash", "application_version_verification_key"),
];

#[tokio::test]
async fn every_scanned_tenant_table_shows_the_tenants_condition() {
    let (database, tables) = full().await;
    let mut app = connection(database).await;
    for query in queries::all() {
        for scan in plan(&mut app, &query).await.scans() {
            let bound = !tables.contains(&scan.table) || scan.condition.contains(TENANT);
            assert!(
                bound,
                "{} is scanned without its tenant\n{}\n{scan:#?}",
                scan.table, query.text
            );
        }
    }
}

#[tokio::test]
async fn every_search_in_a_tenant_table_uses_an_index_for_more_than_the_tenant() {
    let (database, tables) = full().await;
    let mut app = connection(database).await;
    let mut searched = 0;
    for query in queries::all() {
        if !query.text.contains('$') || is_one_of(&query, WHOLE_TENANT) {
            continue;
        }
        let plan = plan(&mut app, &query).await;
        for scan in plan.scans().into_iter().filter(|scan| tables.contains(&scan.table)) {
            searched += 1;
            assert!(narrows(&scan), "{}\n{scan:#?}", query.text);
        }
    }
    assert!(searched > 60, "only {searched} scans were seen");
}

#[tokio::test]
async fn lists_come_in_the_order_of_their_index() {
    let (database, _) = full().await;
    let mut app = connection(database).await;
    for (words, index) in ORDERED {
        for query in with(words) {
            let plan = plan(&mut app, &query).await;
            assert_eq!(plan.indexes().first().map(String::as_str), Some(*index), "{}", query.text);
            assert!(!plan.sorts(), "{} is sorted: {plan:#?}", query.text);
        }
    }
}

#[tokio::test]
async fn every_list_and_search_uses_its_own_index() {
    let (database, tables) = full().await;
    let mut app = connection(database).await;
    for (words, index) in SEARCHES {
        for query in with(words) {
            let indexes = plan(&mut app, &query).await.indexes();
            assert!(indexes.iter().any(|used| used == index), "{}\nuses {indexes:?}", query.text);
        }
    }
    for query in queries::all().into_iter().filter(|query| query.text.contains(" LIMIT ")) {
        let mut known = ORDERED.iter().chain(SEARCHES);
        let listed = known.any(|(words, _)| query.text.contains(words));
        // The keys of a tenant are a handful of rows.
        let small = !query.touches(&tables) || query.text.contains("FROM tenant_key");
        assert!(listed || small, "enter the index of this list above: {}", query.text);
    }
}

/// What the tests above would find: the traps of stack and planner that hide an index behind row security.
#[tokio::test]
async fn the_plan_test_finds_a_search_that_loses_its_index() {
    let (database, _) = full().await;
    let mut app = connection(database).await;
    for text in [
        "SELECT id FROM application WHERE lower(pupil_name_norm) = $1",
        "SELECT id FROM application WHERE pupil_name_norm ILIKE $1",
        "SELECT id FROM application WHERE school_code = $1",
    ] {
        let query = StoredQuery { text: text.to_owned(), types: vec!["text".to_owned()] };
        let scans = plan(&mut app, &query).await.scans();
        assert!(!scans.iter().all(narrows), "{text}\n{scans:#?}");
    }
}

/// The tenant's condition as the planner prints it.
const TENANT: &str = "current_setting('app.tenant'";

/// The index is asked for more than all rows of the tenant.
fn narrows(scan: &Scan) -> bool {
    scan.index.is_some() && scan.index_condition.matches(" AND ").count() > 0
}

fn is_one_of(query: &StoredQuery, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| query.text.starts_with(beginning))
}

fn with(words: &str) -> Vec<StoredQuery> {
    let found: Vec<_> =
        queries::all().into_iter().filter(|query| query.text.contains(words)).collect();
    assert!(!found.is_empty(), "no query says {words:?}");
    found
}

/// One database for this file: its tests only ask for plans.
async fn full() -> (&'static Database, Vec<String>) {
    let database = FULL.get_or_init(fill).await;
    let tables = rows::tenant_tables(&mut database.app().await).await;
    (database, tables)
}

static FULL: OnceCell<Database> = OnceCell::const_new();

async fn fill() -> Database {
    let database = Database::create().await;
    for number in 1..=TENANTS {
        rows::fill(&database, &format!("full{number}"), ROWS).await;
    }
    rows::analyze(&database).await;
    database
}

async fn connection(database: &Database) -> PgConnection {
    let mut app = database.app().await;
    let tenant = rows::tenant_key("full1");
    let settings = format!("SET plan_cache_mode = force_generic_plan; SET app.tenant = '{tenant}'");
    sql::execute(&mut app, &settings).await.unwrap();
    app
}

async fn plan(app: &mut PgConnection, query: &StoredQuery) -> Plan {
    let nothing: Vec<String> = query.types.iter().map(|_| "NULL".to_owned()).collect();
    let prepare = query.prepare("asked");
    sql::execute(app, &prepare).await.unwrap_or_else(|error| panic!("{prepare}: {error}"));
    let explain = format!("EXPLAIN (FORMAT JSON) {}", query.execute("asked", &nothing));
    let plan =
        sql::documents(app, &explain).await.unwrap_or_else(|error| panic!("{explain}: {error}"));
    sql::execute(app, "DEALLOCATE asked").await.unwrap();
    Plan::new(plan)
}
