//! What the catalogue says about the schema.

use serde::Deserialize;
use sqlx::PgConnection;
use support::sql;

/// Everything the rules look at.
pub(crate) struct Catalogue {
    pub(crate) tables: Vec<Table>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) oddities: Vec<Oddity>,
}

#[derive(Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// `null` when the column does not exist.
    pub(crate) tenant_required: Option<bool>,
    pub(crate) row_security: bool,
    pub(crate) forced: bool,
    pub(crate) policies: Vec<Policy>,
}

#[derive(Deserialize)]
pub(crate) struct Policy {
    pub(crate) permissive: bool,
    /// All commands, and the roles that are none in particular.
    pub(crate) binds_all: bool,
    pub(crate) reads: Option<String>,
    pub(crate) writes: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct ForeignKey {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
    pub(crate) target: String,
    pub(crate) target_columns: Vec<String>,
}

/// Something of a kind that the schema must not have.
#[derive(Deserialize)]
pub(crate) struct Oddity {
    pub(crate) name: String,
    pub(crate) kind: String,
}

impl Catalogue {
    /// Reads the schema `public`.
    pub(crate) async fn read(connection: &mut PgConnection) -> Self {
        Self {
            tables: rows(connection, TABLES).await,
            indexes: rows(connection, INDEXES).await,
            foreign_keys: rows(connection, FOREIGN_KEYS).await,
            oddities: rows(connection, ODDITIES).await,
        }
    }
}

async fn rows<T: serde::de::DeserializeOwned>(
    connection: &mut PgConnection,
    query: &str,
) -> Vec<T> {
    sql::rows(connection, query).await.expect("every role can read the catalogue")
}

const TABLES: &str = "
    SELECT c.relname AS name,
           (SELECT a.attnotnull FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS tenant_required,
           c.relrowsecurity AS row_security,
           c.relforcerowsecurity AS forced,
           COALESCE((SELECT jsonb_agg(jsonb_build_object(
                        'permissive', p.polpermissive,
                        'binds_all', p.polcmd = '*' AND p.polroles = '{0}',
                        'reads', pg_get_expr(p.polqual, p.polrelid),
                        'writes', pg_get_expr(p.polwithcheck, p.polrelid)))
                      FROM pg_policy p WHERE p.polrelid = c.oid), '[]') AS policies
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace
       AND c.relkind IN ('r', 'p', 'f')";

const INDEXES: &str = "
    SELECT i.relname AS name, t.relname AS \"table\",
           ARRAY(SELECT COALESCE(a.attname, '(expression)')
                   FROM unnest(x.indkey::int2[]) WITH ORDINALITY k (number, position)
                   LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0
                  ORDER BY k.position) AS columns
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
     WHERE t.relnamespace = 'public'::regnamespace";

const FOREIGN_KEYS: &str = "
    SELECT f.conname AS name, t.relname AS \"table\", r.relname AS target,
           ARRAY(SELECT a.attname FROM unnest(f.conkey) WITH ORDINALITY k (number, position)
                   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
                  ORDER BY k.position) AS columns,
           ARRAY(SELECT a.attname FROM unnest(f.confkey) WITH ORDINALITY k (number, position)
                   JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.number
                  ORDER BY k.position) AS target_columns
      FROM pg_constraint f
      JOIN pg_class t ON t.oid = f.conrelid
      JOIN pg_class r ON r.oid = f.confrelid
     WHERE f.contype = 'f'
       AND t.relnamespace = 'public'::regnamespace";

const ODDITIES: &str = "
    SELECT relname AS name, 'a view that sees with its owner''s eyes' AS kind
      FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
       AND NOT COALESCE('security_invoker=true' = ANY (reloptions), false)
    UNION ALL
    SELECT relname, 'a materialised view, which knows no row security'
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'm'
    UNION ALL
    SELECT relname, 'a sequence, which counts across tenants'
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
    UNION ALL
    SELECT proname, 'a function that runs with its owner''s rights'
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
    UNION ALL
    SELECT typname, 'an enum type, which hides indexes from row security'
      FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'";
