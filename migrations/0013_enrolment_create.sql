-- An accepted application in force. At most one live per pupil, service and school year: the database decides
-- between duplicates.
CREATE TABLE enrolment (
    tenant_id uuid NOT NULL CONSTRAINT enrolment_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    pupil_cf_hash bytea NOT NULL CHECK (length(pupil_cf_hash) = 32),
    school_service text NOT NULL,
    school_year smallint NOT NULL,
    application_version_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT enrolment_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT enrolment_version_fk FOREIGN KEY (tenant_id, application_version_id)
        REFERENCES application_version (tenant_id, id)
);
CREATE UNIQUE INDEX enrolment_live_key ON enrolment (tenant_id, pupil_cf_hash, school_service, school_year)
    WHERE ended_at IS NULL;
CREATE INDEX enrolment_version_idx ON enrolment (tenant_id, application_version_id);

ALTER TABLE enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolment_tenant ON enrolment
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON enrolment TO campanella_app;
