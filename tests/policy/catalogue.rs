//! Every table that belongs to tenants is shut: shown on the database's own catalogue.

mod faults;
mod reading;

use reading::Catalogue;
use support::{database::Database, sql};

#[tokio::test]
async fn every_tenant_table_is_shut() {
    let database = Database::create().await;
    let catalogue = Catalogue::read(&mut database.app().await).await;
    assert!(catalogue.tables.len() > 20, "the catalogue was read");
    assert_eq!(faults::of(&catalogue), Vec::<String>::new());
}

/// Each change would be a mistake in a migration, and must be found.
#[tokio::test]
async fn mistakes_in_a_migration_are_found() {
    for (mistake, finding) in MISTAKES {
        let database = Database::create().await;
        let mut owner = database.owner().await;
        sql::execute(&mut owner, mistake)
            .await
            .unwrap_or_else(|error| panic!("{mistake}: {error}"));
        let catalogue = Catalogue::read(&mut database.app().await).await;
        let faults = faults::of(&catalogue);
        assert!(
            faults.iter().any(|fault| fault == finding),
            "{mistake}\nshould be found as {finding:?}, but: {faults:#?}"
        );
    }
}

const MISTAKES: &[(&str, &str)] = &[
    ("CREATE TABLE stray (id uuid PRIMARY KEY)", "stray: no column tenant_id"),
    ("CREATE TABLE stray (tenant_id uuid)", "stray: tenant_id may be null"),
    ("ALTER TABLE draft DISABLE ROW LEVEL SECURITY", "draft: row security is not enabled"),
    ("ALTER TABLE draft NO FORCE ROW LEVEL SECURITY", "draft: row security is not forced"),
    ("DROP POLICY draft_tenant ON draft", "draft: 0 policies instead of one"),
    ("CREATE POLICY open ON draft USING (true)", "draft: 2 policies instead of one"),
    (
        "ALTER POLICY draft_tenant ON draft USING (true)",
        "draft: its policy reads by another expression",
    ),
    (
        "ALTER POLICY draft_tenant ON draft WITH CHECK (true)",
        "draft: its policy writes by another expression",
    ),
    (
        "DROP POLICY draft_tenant ON draft;
         CREATE POLICY draft_tenant ON draft FOR SELECT
             USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)",
        "draft: its policy does not bind every command of every role",
    ),
    (
        "DROP POLICY draft_tenant ON draft;
         CREATE POLICY draft_tenant ON draft TO campanella_owner
             USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
             WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)",
        "draft: its policy does not bind every command of every role",
    ),
    ("CREATE INDEX stray_idx ON draft (created_at)", "stray_idx: does not begin with tenant_id"),
    ("CREATE UNIQUE INDEX stray_key ON draft (id)", "stray_key: does not begin with tenant_id"),
    (
        "ALTER TABLE mail ADD CONSTRAINT stray_fk FOREIGN KEY (draft_id) REFERENCES tenant (id)",
        "stray_fk: a foreign key of mail that leaves the tenant out",
    ),
    ("DROP INDEX mail_draft_idx", "mail_draft_fk: a foreign key of mail without an index"),
    ("CREATE VIEW stray AS SELECT * FROM draft", "stray: a view that sees with its owner's eyes"),
    (
        "CREATE MATERIALIZED VIEW stray AS SELECT * FROM tenant",
        "stray: a materialised view, which knows no row security",
    ),
    (
        "CREATE FUNCTION stray() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::bigint'",
        "stray: a function that runs with its owner's rights",
    ),
    (
        "CREATE TYPE stray AS ENUM ('a')",
        "stray: an enum type, which hides indexes from row security",
    ),
    ("CREATE SEQUENCE stray", "stray: a sequence, which counts across tenants"),
];
