-- Key pairs of a comune for SPID and CIE. `signing` signs; `next` and `previous` are published beside it while the
-- federation takes notice of a change; `retired` is kept because old signatures must stay explainable.
CREATE TABLE saml_key (
    tenant_id uuid NOT NULL CONSTRAINT saml_key_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    use text NOT NULL CHECK (use IN ('next', 'signing', 'previous', 'retired')),
    private_key_enc bytea,
    certificate bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT saml_key_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT saml_key_private_check CHECK ((private_key_enc IS NULL) = (use = 'retired'))
);
CREATE UNIQUE INDEX saml_key_use_key ON saml_key (tenant_id, use) WHERE use <> 'retired';
CREATE INDEX saml_key_use_idx ON saml_key (tenant_id, use);

ALTER TABLE saml_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE saml_key FORCE ROW LEVEL SECURITY;
CREATE POLICY saml_key_tenant ON saml_key
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON saml_key TO campanella_app;

-- The operator's own, for the comuni it aggregates: wrapped by the operator's key. A system table: no personal data.
CREATE TABLE operator_saml_key (
    id uuid CONSTRAINT operator_saml_key_pk PRIMARY KEY,
    use text NOT NULL CHECK (use IN ('next', 'signing', 'previous', 'retired')),
    private_key_enc bytea,
    certificate bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT operator_saml_key_private_check CHECK ((private_key_enc IS NULL) = (use = 'retired'))
);
CREATE UNIQUE INDEX operator_saml_key_use_key ON operator_saml_key (use) WHERE use <> 'retired';
GRANT SELECT, INSERT, UPDATE ON operator_saml_key TO campanella_app;
