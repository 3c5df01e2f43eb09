-- Sign-in means of one guardian. Temporary passwords are derived from the nonce, which is erased on use or expiry.
CREATE TABLE credential (
    tenant_id uuid NOT NULL CONSTRAINT credential_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    login_code text CHECK (login_code ~ '^[0-9]{8}$'),
    guardian_cf_hash bytea CHECK (length(guardian_cf_hash) = 32),
    email_hash bytea NOT NULL CHECK (length(email_hash) = 32),
    password_hash text,
    temp_nonce bytea,
    temp_expires_at timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz,
    CONSTRAINT credential_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT credential_login_code_key UNIQUE (tenant_id, login_code),
    CONSTRAINT credential_temp_check CHECK ((temp_nonce IS NULL) = (temp_expires_at IS NULL))
);
CREATE INDEX credential_guardian_idx ON credential (tenant_id, guardian_cf_hash, email_hash);

ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
CREATE POLICY credential_tenant ON credential
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON credential TO campanella_app;
