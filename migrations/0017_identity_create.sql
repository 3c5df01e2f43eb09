-- A person known by a digital identity. The key is a keyed hash: of the codice fiscale, so that SPID and CIE lead to the
-- same person; of scheme and person code where there is none (eIDAS). Names and codes are sealed.
CREATE TABLE identity (
    tenant_id uuid NOT NULL CONSTRAINT identity_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    key_hash bytea NOT NULL CHECK (length(key_hash) = 32),
    body_enc bytea NOT NULL,
    scheme text NOT NULL,
    provider text NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    created_at timestamptz NOT NULL,
    signed_in_at timestamptz NOT NULL,
    CONSTRAINT identity_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT identity_key UNIQUE (tenant_id, key_hash)
);
CREATE INDEX identity_signed_in_idx ON identity (tenant_id, signed_in_at);

ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity FORCE ROW LEVEL SECURITY;
CREATE POLICY identity_tenant ON identity
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity TO campanella_app;

-- The drafts of a person, and the sessions that a digital identity opened; with the SAML subject of the sign-in, hashed,
-- so that the provider can end it.
ALTER TABLE draft
    ADD COLUMN identity_id uuid,
    ADD CONSTRAINT draft_identity_fk FOREIGN KEY (tenant_id, identity_id) REFERENCES identity (tenant_id, id);
CREATE INDEX draft_identity_idx ON draft (tenant_id, identity_id, pupil_cf_hash) WHERE identity_id IS NOT NULL;
ALTER TABLE session
    ADD COLUMN identity_id uuid,
    ADD COLUMN subject_hash bytea CHECK (length(subject_hash) = 32),
    ADD CONSTRAINT session_identity_fk FOREIGN KEY (tenant_id, identity_id) REFERENCES identity (tenant_id, id);
CREATE INDEX session_identity_idx ON session (tenant_id, identity_id);
CREATE INDEX session_subject_idx ON session (tenant_id, subject_hash) WHERE subject_hash IS NOT NULL;
