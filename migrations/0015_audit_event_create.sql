-- Who did what to which record: insert only for every role, chained by hash so that a changed or missing line shows.
CREATE TABLE audit_event (
    tenant_id uuid NOT NULL CONSTRAINT audit_event_tenant_fk REFERENCES tenant (id),
    sequence bigint NOT NULL CHECK (sequence > 0),
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    verb text NOT NULL,
    subject_id uuid NOT NULL,
    details jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_event_pk PRIMARY KEY (tenant_id, sequence),
    CONSTRAINT audit_event_id_key UNIQUE (tenant_id, id)
);
CREATE INDEX audit_event_subject_idx ON audit_event (tenant_id, subject_id, sequence);

ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_event_tenant ON audit_event
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON audit_event TO campanella_app;

CREATE FUNCTION audit_event_refuse() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS
$$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();

-- The head of each tenant's chain; locked last, so that the chain costs one short wait.
CREATE TABLE audit_head (
    tenant_id uuid NOT NULL CONSTRAINT audit_head_tenant_fk REFERENCES tenant (id),
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_pk PRIMARY KEY (tenant_id)
);

ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_head_tenant ON audit_head
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON audit_head TO campanella_app;
