//! The audit trail is only ever added to, and shows when somebody with more rights changed it.

use domain::{
    Entropy as _,
    ids::{AuditEventId, TenantId},
};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use storage::audit_events::{self, NewAuditEvent};
use support::{database::Database, entropy::SeededEntropy, rows, sql};
use uuid::Uuid;

#[tokio::test]
async fn nobody_changes_or_erases_a_line() {
    let database = Database::create().await;
    let tenant = trail(&database, 3).await;
    let mut app = database.app().await;
    let mut owner = database.owner().await;
    for statement in [
        "UPDATE audit_event SET verb = 'nothing'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
    ] {
        assert_eq!(attempt(&mut app, tenant, statement).await, "42501", "{statement}");
        assert_eq!(attempt(&mut owner, tenant, statement).await, "P0001", "{statement}");
    }
    assert_eq!(first_break(&database, tenant).await, None);
}

#[tokio::test]
async fn a_whole_trail_has_no_break() {
    let database = Database::create().await;
    let tenant = trail(&database, 12).await;
    assert_eq!(first_break(&database, tenant).await, None);
    let mut tx = database.pool().tenant(tenant.into()).await.unwrap();
    let lines = audit_events::list_by_subject(&mut tx, Uuid::nil()).await.unwrap();
    assert_eq!(lines.len(), 12);
}

#[tokio::test]
async fn every_kind_of_tampering_shows_where_it_begins() {
    for (tampering, found_at) in [
        ("UPDATE audit_event SET verb = 'nothing' WHERE sequence = 4", 4),
        ("UPDATE audit_event SET actor = 'platform' WHERE sequence = 1", 1),
        ("UPDATE audit_event SET details = '{}' WHERE sequence = 7", 7),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE sequence = 2", 2),
        ("DELETE FROM audit_event WHERE sequence = 5", 6),
        ("DELETE FROM audit_event WHERE sequence = 1", 2),
        // The tail: nothing follows it, but the head remembers.
        ("DELETE FROM audit_event WHERE sequence > 6", 9),
        // Two lines change places.
        ("UPDATE audit_event SET sequence = 100 WHERE sequence = 3;
          UPDATE audit_event SET sequence = 3 WHERE sequence = 4;
          UPDATE audit_event SET sequence = 4 WHERE sequence = 100", 3),
        // A line added behind the head's back.
        ("INSERT INTO audit_event SELECT tenant_id, 9, gen_random_uuid(), at, actor, verb, subject_id, details, hash, hash
            FROM audit_event WHERE sequence = 8", 9),
    ] {
        let database = Database::create().await;
        let tenant = trail(&database, 8).await;
        tamper(&database, tenant, tampering).await;
        assert_eq!(first_break(&database, tenant).await, Some(found_at), "{tampering}");
    }
}

#[tokio::test]
async fn a_rolled_back_act_leaves_no_line_and_no_gap() {
    let database = Database::create().await;
    let tenant = trail(&database, 2).await;
    let mut tx = database.pool().tenant(tenant.into()).await.unwrap();
    append(&mut tx, 100).await;
    drop(tx);
    let mut tx = database.pool().tenant(tenant.into()).await.unwrap();
    append(&mut tx, 101).await;
    tx.commit().await.unwrap();
    assert_eq!(first_break(&database, tenant).await, None);
}

#[tokio::test]
async fn acts_at_the_same_time_make_one_chain() {
    let database = Database::create().await;
    let tenant = trail(&database, 1).await;
    let mut acts = tokio::task::JoinSet::new();
    for number in 0..20_u64 {
        let pool = database.pool().clone();
        acts.spawn(async move {
            let mut tx = pool.tenant(tenant.into()).await.unwrap();
            append(&mut tx, 500 + number).await;
            tx.commit().await.unwrap();
        });
    }
    acts.join_all().await;
    assert_eq!(first_break(&database, tenant).await, None);
    let mut tx = database.pool().tenant(tenant.into()).await.unwrap();
    assert_eq!(audit_events::list_by_subject(&mut tx, Uuid::nil()).await.unwrap().len(), 21);
}

/// A tenant with this many lines.
async fn trail(database: &Database, lines: u64) -> Uuid {
    let tenant = rows::insert_tenant(&mut database.app().await, "alfa").await;
    for number in 0..lines {
        let mut tx = database.pool().tenant(TenantId::from(tenant)).await.unwrap();
        append(&mut tx, number).await;
        tx.commit().await.unwrap();
    }
    tenant
}

async fn append(tx: &mut storage::TenantTx, number: u64) {
    let entropy = SeededEntropy::new(number);
    let at: Timestamp = "2027-01-15T09:00:00Z".parse().unwrap();
    entropy.fill(&mut [0; 8]);
    let event = NewAuditEvent {
        id: AuditEventId::new(at, &entropy),
        at,
        actor: "family",
        verb: "draft_saved",
        subject: Uuid::nil(),
        details: &json!({ "revision": number }),
    };
    audit_events::append(tx, &event).await.unwrap();
}

async fn first_break(database: &Database, tenant: Uuid) -> Option<i64> {
    let mut tx = database.pool().tenant(tenant.into()).await.unwrap();
    audit_events::find_break(&mut tx).await.unwrap()
}

/// The SQLSTATE of a refused statement.
async fn attempt(connection: &mut PgConnection, tenant: Uuid, statement: &str) -> String {
    sql::execute(connection, "BEGIN").await.unwrap();
    rows::see_as(connection, Some(tenant)).await;
    let refusal = sql::refusal(sql::execute(connection, statement).await);
    sql::execute(connection, "ROLLBACK").await.unwrap();
    refusal
}

/// What somebody could do who owns the tables and switches their guard off.
async fn tamper(database: &Database, tenant: Uuid, statement: &str) {
    let mut owner = database.owner().await;
    let script = format!(
        "BEGIN; ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only;
         SET LOCAL app.tenant = '{tenant}'; {statement};
         ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only; COMMIT"
    );
    sql::execute(&mut owner, &script).await.unwrap();
}
