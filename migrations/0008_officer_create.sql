-- People of the school office. The TOTP step last used is remembered: a code opens once.
CREATE TABLE officer (
    tenant_id uuid NOT NULL CONSTRAINT officer_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    email_hash bytea NOT NULL CHECK (length(email_hash) = 32),
    email_enc bytea NOT NULL,
    name_enc bytea NOT NULL,
    password_hash text NOT NULL,
    totp_enc bytea NOT NULL,
    last_totp_step bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    CONSTRAINT officer_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT officer_email_key UNIQUE (tenant_id, email_hash)
);

ALTER TABLE officer ENABLE ROW LEVEL SECURITY;
ALTER TABLE officer FORCE ROW LEVEL SECURITY;
CREATE POLICY officer_tenant ON officer
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON officer TO campanella_app;
