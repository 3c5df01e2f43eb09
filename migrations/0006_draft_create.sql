-- Unsubmitted answers of one pupil, sealed. `revision` guards two tabs; `expires_at` is what the page promises,
-- empty once an application was made from it.
CREATE TABLE draft (
    tenant_id uuid NOT NULL CONSTRAINT draft_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    form_definition_id uuid NOT NULL,
    credential_id uuid,
    school_year smallint NOT NULL,
    pupil_cf_hash bytea NOT NULL CHECK (length(pupil_cf_hash) = 32),
    answers_enc bytea NOT NULL,
    revision integer NOT NULL DEFAULT 0,
    locale text NOT NULL,
    email_enc bytea,
    email_hash bytea CHECK (length(email_hash) = 32),
    verified_at timestamptz,
    privacy_version text,
    created_at timestamptz NOT NULL,
    first_saved_at timestamptz,
    last_changed_at timestamptz NOT NULL,
    expires_at timestamptz,
    CONSTRAINT draft_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT draft_form_definition_fk FOREIGN KEY (tenant_id, form_definition_id)
        REFERENCES form_definition (tenant_id, id),
    CONSTRAINT draft_credential_fk FOREIGN KEY (tenant_id, credential_id) REFERENCES credential (tenant_id, id)
);
CREATE INDEX draft_pupil_idx ON draft (tenant_id, pupil_cf_hash, email_hash);
CREATE INDEX draft_credential_idx ON draft (tenant_id, credential_id);
CREATE INDEX draft_form_definition_idx ON draft (tenant_id, form_definition_id);
CREATE INDEX draft_expires_idx ON draft (tenant_id, expires_at) WHERE expires_at IS NOT NULL;

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY draft_tenant ON draft
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO campanella_app;
