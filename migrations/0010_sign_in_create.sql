-- Wrong sign-ins per keyed hash of what was typed (a pupil's codice fiscale, an officer's address), known or not:
-- counted the same way, so that the answer tells nothing.
CREATE TABLE sign_in_failure (
    tenant_id uuid NOT NULL CONSTRAINT sign_in_failure_tenant_fk REFERENCES tenant (id),
    subject_hash bytea NOT NULL CHECK (length(subject_hash) = 32),
    failures smallint NOT NULL,
    since timestamptz NOT NULL,
    CONSTRAINT sign_in_failure_pk PRIMARY KEY (tenant_id, subject_hash)
);
CREATE INDEX sign_in_failure_since_idx ON sign_in_failure (tenant_id, since);

ALTER TABLE sign_in_failure ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_failure FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_failure_tenant ON sign_in_failure
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failure TO campanella_app;

-- Single-use links to set a new password; the token is derived from the nonce, erased on use.
CREATE TABLE password_link (
    tenant_id uuid NOT NULL CONSTRAINT password_link_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    credential_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    nonce bytea,
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT password_link_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT password_link_token_key UNIQUE (tenant_id, token_hash),
    CONSTRAINT password_link_credential_fk FOREIGN KEY (tenant_id, credential_id)
        REFERENCES credential (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT password_link_draft_fk FOREIGN KEY (tenant_id, draft_id)
        REFERENCES draft (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX password_link_credential_idx ON password_link (tenant_id, credential_id);
CREATE INDEX password_link_draft_idx ON password_link (tenant_id, draft_id);

ALTER TABLE password_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE password_link FORCE ROW LEVEL SECURITY;
CREATE POLICY password_link_tenant ON password_link
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_link TO campanella_app;
