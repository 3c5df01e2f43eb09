-- Short one-time codes proving an address. The code is derived from the nonce and never stored;
-- tries are counted here, exactly. One open code per draft: a newer one closes the older.
CREATE TABLE email_code (
    tenant_id uuid NOT NULL CONSTRAINT email_code_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    draft_id uuid NOT NULL,
    email_enc bytea NOT NULL,
    email_hash bytea NOT NULL CHECK (length(email_hash) = 32),
    nonce bytea,
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    closed_at timestamptz,
    CONSTRAINT email_code_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT email_code_draft_fk FOREIGN KEY (tenant_id, draft_id) REFERENCES draft (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX email_code_open_key ON email_code (tenant_id, draft_id) WHERE closed_at IS NULL;
CREATE INDEX email_code_draft_idx ON email_code (tenant_id, draft_id);

ALTER TABLE email_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_code FORCE ROW LEVEL SECURITY;
CREATE POLICY email_code_tenant ON email_code
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON email_code TO campanella_app;
