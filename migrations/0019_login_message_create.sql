-- The register of sign-ins, kept 24 months (DPCM 24 October 2014, art. 13; SPID technical rules, "log"): every message
-- as sent or received, sealed, with the facts by which it is found. Nothing in it is ever changed.
CREATE TABLE login_message (
    tenant_id uuid NOT NULL CONSTRAINT login_message_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    login_request_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('request', 'response', 'logout_request', 'logout_response')),
    scheme text NOT NULL,
    provider text NOT NULL,
    outcome text NOT NULL,
    message_id text,
    assertion_id text,
    level smallint CHECK (level BETWEEN 1 AND 3),
    certificate text,
    identity_id uuid,
    body_enc bytea NOT NULL,
    at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT login_message_pk PRIMARY KEY (tenant_id, id)
);
CREATE INDEX login_message_request_idx ON login_message (tenant_id, login_request_id);
CREATE INDEX login_message_at_idx ON login_message (tenant_id, at, id);
CREATE INDEX login_message_expires_idx ON login_message (tenant_id, expires_at);

ALTER TABLE login_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_message FORCE ROW LEVEL SECURITY;
CREATE POLICY login_message_tenant ON login_message
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON login_message TO campanella_app;

-- A row goes only when its term is over at the instant that the erasing transaction names.
CREATE FUNCTION login_message_refuse() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS
$$ BEGIN
    IF TG_OP = 'DELETE' AND OLD.expires_at <= nullif(current_setting('app.erase_before', true), '')::timestamptz THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'login_message is append-only until its term is over';
END $$;
CREATE TRIGGER login_message_append_only BEFORE UPDATE OR DELETE ON login_message
    FOR EACH ROW EXECUTE FUNCTION login_message_refuse();
CREATE TRIGGER login_message_no_truncate BEFORE TRUNCATE ON login_message
    FOR EACH STATEMENT EXECUTE FUNCTION login_message_refuse();
