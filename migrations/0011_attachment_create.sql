-- Files uploaded by families, sealed; kept in the database while they are small and few.
CREATE TABLE attachment (
    tenant_id uuid NOT NULL CONSTRAINT attachment_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    draft_id uuid NOT NULL,
    question_key text NOT NULL,
    file_name_enc bytea NOT NULL,
    media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
    size integer NOT NULL CHECK (size > 0 AND size <= 10485760),
    body_enc bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT attachment_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT attachment_draft_fk FOREIGN KEY (tenant_id, draft_id) REFERENCES draft (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX attachment_draft_idx ON attachment (tenant_id, draft_id);

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE attachment FORCE ROW LEVEL SECURITY;
CREATE POLICY attachment_tenant ON attachment
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON attachment TO campanella_app;
