-- Server-side login state; only the hash of the cookie's token is kept.
CREATE TABLE session (
    tenant_id uuid NOT NULL CONSTRAINT session_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
    officer_id uuid,
    created_at timestamptz NOT NULL,
    idle_until timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    CONSTRAINT session_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT session_token_key UNIQUE (tenant_id, token_hash),
    CONSTRAINT session_officer_fk FOREIGN KEY (tenant_id, officer_id) REFERENCES officer (tenant_id, id)
);
CREATE INDEX session_officer_idx ON session (tenant_id, officer_id);
CREATE INDEX session_ends_idx ON session (tenant_id, ends_at);

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
CREATE POLICY session_tenant ON session
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO campanella_app;

-- Which drafts a family's session opens: several tabs, several children, no mix-up.
CREATE TABLE session_draft (
    tenant_id uuid NOT NULL CONSTRAINT session_draft_tenant_fk REFERENCES tenant (id),
    session_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    must_change_password boolean NOT NULL DEFAULT false,
    CONSTRAINT session_draft_pk PRIMARY KEY (tenant_id, session_id, draft_id),
    CONSTRAINT session_draft_session_fk FOREIGN KEY (tenant_id, session_id)
        REFERENCES session (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT session_draft_draft_fk FOREIGN KEY (tenant_id, draft_id)
        REFERENCES draft (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX session_draft_draft_idx ON session_draft (tenant_id, draft_id);

ALTER TABLE session_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE session_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY session_draft_tenant ON session_draft
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON session_draft TO campanella_app;
