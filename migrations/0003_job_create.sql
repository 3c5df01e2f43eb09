-- Asynchronous work, committed with its cause. A system table: ids only, never personal data;
-- the worker opens a tenant transaction for the row's tenant.
CREATE TABLE job (
    id uuid CONSTRAINT job_pk PRIMARY KEY,
    tenant_id uuid NOT NULL CONSTRAINT job_tenant_fk REFERENCES tenant (id),
    kind text NOT NULL,
    ids jsonb NOT NULL,
    locale text NOT NULL,
    urgent boolean NOT NULL,
    run_at timestamptz NOT NULL,
    attempts smallint NOT NULL DEFAULT 0,
    leased_until timestamptz,
    failed_at timestamptz,
    last_error_code text,
    dedupe_key text CONSTRAINT job_dedupe_key UNIQUE,
    created_at timestamptz NOT NULL
);
CREATE INDEX job_due_idx ON job (run_at) WHERE failed_at IS NULL;
CREATE INDEX job_tenant_idx ON job (tenant_id, run_at) WHERE failed_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON job TO campanella_app;

-- Fair turns: the next job is taken from the tenant served longest ago.
CREATE TABLE job_turn (
    tenant_id uuid CONSTRAINT job_turn_pk PRIMARY KEY CONSTRAINT job_turn_tenant_fk REFERENCES tenant (id),
    served_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON job_turn TO campanella_app;
