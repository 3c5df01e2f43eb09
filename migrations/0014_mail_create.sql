-- Outgoing mail. References instead of text: the worker renders it, secrets are derived, nothing readable rests here.
CREATE TABLE mail (
    tenant_id uuid NOT NULL CONSTRAINT mail_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    stem text NOT NULL,
    locale text NOT NULL,
    to_enc bytea NOT NULL,
    draft_id uuid,
    subject_id uuid NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 4),
    attempts smallint NOT NULL DEFAULT 0,
    last_error_code text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    CONSTRAINT mail_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT mail_draft_fk FOREIGN KEY (tenant_id, draft_id) REFERENCES draft (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX mail_draft_idx ON mail (tenant_id, draft_id);
CREATE INDEX mail_state_idx ON mail (tenant_id, state, created_at);

ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_tenant ON mail
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO campanella_app;
