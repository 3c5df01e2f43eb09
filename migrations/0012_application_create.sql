-- What the applicant submitted. One per draft: a second submit finds the first. States are smallint
-- because enum types hide their index behind row security.
CREATE TABLE application (
    tenant_id uuid NOT NULL CONSTRAINT application_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    draft_id uuid NOT NULL,
    school_year smallint NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    pupil_cf_hash bytea NOT NULL CHECK (length(pupil_cf_hash) = 32),
    pupil_name_enc bytea NOT NULL,
    pupil_name_norm text NOT NULL,
    school_code text NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 10),
    current_version integer NOT NULL CHECK (current_version > 0),
    submitted_at timestamptz NOT NULL,
    last_submitted_at timestamptz NOT NULL,
    answer_due date NOT NULL,
    CONSTRAINT application_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT application_draft_key UNIQUE (tenant_id, draft_id),
    CONSTRAINT application_number_key UNIQUE (tenant_id, school_year, number),
    CONSTRAINT application_draft_fk FOREIGN KEY (tenant_id, draft_id) REFERENCES draft (tenant_id, id)
);
CREATE INDEX application_list_idx ON application (tenant_id, last_submitted_at DESC, id);
CREATE INDEX application_state_idx ON application (tenant_id, state, last_submitted_at DESC, id);
CREATE INDEX application_name_idx ON application (tenant_id, pupil_name_norm text_pattern_ops);
CREATE INDEX application_pupil_idx ON application (tenant_id, pupil_cf_hash, school_year);

ALTER TABLE application ENABLE ROW LEVEL SECURITY;
ALTER TABLE application FORCE ROW LEVEL SECURITY;
CREATE POLICY application_tenant ON application
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON application TO campanella_app;

-- One frozen submission: answers, the form they answered, the texts that were accepted. Insert only.
-- The same revision of a draft is submitted once, however often the button is pressed.
CREATE TABLE application_version (
    tenant_id uuid NOT NULL CONSTRAINT application_version_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    form_definition_id uuid NOT NULL,
    answers_enc bytea NOT NULL,
    draft_revision integer NOT NULL,
    privacy_version text NOT NULL,
    declarations_version text NOT NULL,
    tenant_version integer NOT NULL,
    late boolean NOT NULL,
    locale text NOT NULL,
    submitted_at timestamptz NOT NULL,
    verification_hash bytea NOT NULL CHECK (length(verification_hash) = 32),
    CONSTRAINT application_version_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT application_version_key UNIQUE (tenant_id, application_id, version),
    CONSTRAINT application_version_revision_key UNIQUE (tenant_id, application_id, draft_revision),
    CONSTRAINT application_version_verification_key UNIQUE (tenant_id, verification_hash),
    CONSTRAINT application_version_application_fk FOREIGN KEY (tenant_id, application_id)
        REFERENCES application (tenant_id, id),
    CONSTRAINT application_version_form_fk FOREIGN KEY (tenant_id, form_definition_id)
        REFERENCES form_definition (tenant_id, id)
);
CREATE INDEX application_version_form_idx ON application_version (tenant_id, form_definition_id);

ALTER TABLE application_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE application_version FORCE ROW LEVEL SECURITY;
CREATE POLICY application_version_tenant ON application_version
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT ON application_version TO campanella_app;

-- Decisions live here: per pupil and per service.
CREATE TABLE application_service (
    tenant_id uuid NOT NULL CONSTRAINT application_service_tenant_fk REFERENCES tenant (id),
    application_id uuid NOT NULL,
    school_service text NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 10),
    decided_version integer,
    decided_by uuid,
    decided_at timestamptz,
    reason_enc bytea,
    identity_verified_by text,
    CONSTRAINT application_service_pk PRIMARY KEY (tenant_id, application_id, school_service),
    CONSTRAINT application_service_application_fk FOREIGN KEY (tenant_id, application_id)
        REFERENCES application (tenant_id, id),
    CONSTRAINT application_service_officer_fk FOREIGN KEY (tenant_id, decided_by) REFERENCES officer (tenant_id, id)
);
CREATE INDEX application_service_officer_idx ON application_service (tenant_id, decided_by);

ALTER TABLE application_service ENABLE ROW LEVEL SECURITY;
ALTER TABLE application_service FORCE ROW LEVEL SECURITY;
CREATE POLICY application_service_tenant ON application_service
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON application_service TO campanella_app;

-- The gapless registration number; this row is locked last in the submitting transaction.
CREATE TABLE application_counter (
    tenant_id uuid NOT NULL CONSTRAINT application_counter_tenant_fk REFERENCES tenant (id),
    school_year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT application_counter_pk PRIMARY KEY (tenant_id, school_year)
);

ALTER TABLE application_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE application_counter FORCE ROW LEVEL SECURITY;
CREATE POLICY application_counter_tenant ON application_counter
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON application_counter TO campanella_app;
