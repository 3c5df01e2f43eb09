-- Roles belong to the cluster, not to a database: whoever provides the cluster makes them, migrations only grant.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM (VALUES ('campanella_owner'), ('campanella_app')) AS wanted(name)
WHERE name NOT IN (SELECT rolname FROM pg_roles)
\gexec

ALTER ROLE campanella_owner
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';

-- The role of the running programs owns nothing and cannot pass row-level security.
ALTER ROLE campanella_app
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE campanella_app SET statement_timeout = '15s';
ALTER ROLE campanella_app SET idle_in_transaction_session_timeout = '30s';
