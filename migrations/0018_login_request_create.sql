-- One sign-in at an identity provider, from the request to the answer: answered once. The relay state and the browser's
-- cookie are kept as hashes. The request itself waits here, sealed, until an answer takes both into the register: who only
-- leaves must not fill what is kept for years. The session that the browser had ends with the sign-in; its cookie does not
-- come along when the provider posts.
CREATE TABLE login_request (
    tenant_id uuid NOT NULL CONSTRAINT login_request_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    message_id text NOT NULL,
    scheme text NOT NULL,
    provider text NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    purpose text NOT NULL,
    relay_hash bytea NOT NULL CHECK (length(relay_hash) = 32),
    browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
    previous_session_id uuid,
    message_enc bytea NOT NULL,
    refusals smallint NOT NULL DEFAULT 0,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT login_request_pk PRIMARY KEY (tenant_id, id),
    CONSTRAINT login_request_message_key UNIQUE (tenant_id, message_id)
);
CREATE INDEX login_request_expires_idx ON login_request (tenant_id, expires_at);

ALTER TABLE login_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_request FORCE ROW LEVEL SECURITY;
CREATE POLICY login_request_tenant ON login_request
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_request TO campanella_app;

-- Assertions that have been used, until they expire: none counts twice, whichever request it answers.
CREATE TABLE login_assertion (
    tenant_id uuid NOT NULL CONSTRAINT login_assertion_tenant_fk REFERENCES tenant (id),
    assertion_hash bytea NOT NULL CHECK (length(assertion_hash) = 32),
    expires_at timestamptz NOT NULL,
    CONSTRAINT login_assertion_pk PRIMARY KEY (tenant_id, assertion_hash)
);
CREATE INDEX login_assertion_expires_idx ON login_assertion (tenant_id, expires_at);

ALTER TABLE login_assertion ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_assertion FORCE ROW LEVEL SECURITY;
CREATE POLICY login_assertion_tenant ON login_assertion
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON login_assertion TO campanella_app;
