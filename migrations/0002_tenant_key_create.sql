-- Keys of a tenant (data, look-up, code), wrapped by the operator's key. Insert only: old versions still open old rows.
CREATE TABLE tenant_key (
    tenant_id uuid NOT NULL CONSTRAINT tenant_key_tenant_fk REFERENCES tenant (id),
    version smallint NOT NULL CHECK (version > 0),
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT tenant_key_pk PRIMARY KEY (tenant_id, version)
);

ALTER TABLE tenant_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_key_tenant ON tenant_key
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON tenant_key TO campanella_app;
