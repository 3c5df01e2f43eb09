//! The role of the running programs can do little, and the programs refuse to run as another one.

use serde::Deserialize;
use storage::{Pool, Settings, StorageError};
use support::{
    database::{APP, Database, OWNER},
    environment, sql,
};

#[derive(Deserialize, Debug)]
struct Role {
    powers: bool,
    member_of: Vec<String>,
    owns: i64,
}

#[tokio::test]
async fn the_application_role_owns_nothing_and_passes_nothing_by() {
    let database = Database::create().await;
    let query = format!(
        "SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication AS powers,
                ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                       WHERE m.member = r.oid) AS member_of,
                (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid)
                + (SELECT count(*) FROM pg_proc p WHERE p.proowner = r.oid)
                + (SELECT count(*) FROM pg_database d WHERE d.datdba = r.oid) AS owns
           FROM pg_roles r
          WHERE r.rolname = '{APP}'"
    );
    let roles: Vec<Role> = sql::rows(&mut database.app().await, &query).await.unwrap();
    let [role] = roles.as_slice() else { panic!("one role, not {roles:?}") };
    assert!(!role.powers, "{role:?}");
    assert!(role.member_of.is_empty(), "{role:?}");
    assert_eq!(role.owns, 0, "{role:?}");
}

#[tokio::test]
async fn the_application_role_makes_no_tables_and_changes_none() {
    let database = Database::create().await;
    let mut app = database.app().await;
    for statement in [
        "CREATE TABLE stray (id uuid)",
        "ALTER TABLE draft DISABLE ROW LEVEL SECURITY",
        "DROP POLICY draft_tenant ON draft",
        "ALTER TABLE draft ADD COLUMN stray text",
        "SET ROLE campanella_owner",
        "TRUNCATE draft",
        "SELECT * FROM _sqlx_migrations",
    ] {
        assert_eq!(sql::refusal(sql::execute(&mut app, statement).await), DENIED, "{statement}");
    }
}

#[tokio::test]
async fn the_product_refuses_to_run_as_owner_or_superuser() {
    let database = Database::create().await;
    for database_url in [database.url(OWNER), environment::superuser_url()] {
        let settings = Settings { database_url: database_url.into(), max_connections: 1 };
        let pool = Pool::new(&settings).unwrap();
        assert!(matches!(pool.check_role().await, Err(StorageError::UnsafeRole)));
    }
}

/// `insufficient_privilege`.
const DENIED: &str = "42501";
