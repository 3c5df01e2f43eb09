-- A published form, frozen: what was asked can be shown years later. Insert only.
CREATE TABLE form_definition (
    tenant_id uuid NOT NULL CONSTRAINT form_definition_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    school_year smallint NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT form_definition_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT form_definition_version_key UNIQUE (tenant_id, school_year, version)
);

ALTER TABLE form_definition ENABLE ROW LEVEL SECURITY;
ALTER TABLE form_definition FORCE ROW LEVEL SECURITY;
CREATE POLICY form_definition_tenant ON form_definition
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON form_definition TO campanella_app;
