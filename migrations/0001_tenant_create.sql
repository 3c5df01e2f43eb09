-- Who is served. System tables: no personal data, no tenant context, read by every role of the platform.
CREATE TABLE tenant (
    id uuid CONSTRAINT tenant_pk PRIMARY KEY,
    slug text NOT NULL CONSTRAINT tenant_slug_key UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON tenant TO campanella_app;

-- A host belongs to one tenant; the database decides, not the last file applied.
CREATE TABLE tenant_host (
    host text CONSTRAINT tenant_host_pk PRIMARY KEY CHECK (host = lower(host)),
    tenant_id uuid NOT NULL CONSTRAINT tenant_host_tenant_fk REFERENCES tenant (id)
);
CREATE INDEX tenant_host_tenant_idx ON tenant_host (tenant_id);
GRANT SELECT, INSERT, DELETE ON tenant_host TO campanella_app;

-- Settings as last applied: insert only, the newest is in force. Replicas poll for new rows.
CREATE TABLE tenant_version (
    tenant_id uuid NOT NULL CONSTRAINT tenant_version_tenant_fk REFERENCES tenant (id),
    version integer NOT NULL CHECK (version > 0),
    body jsonb NOT NULL,
    source text NOT NULL CHECK (source IN ('file', 'office')),
    valid_from timestamptz NOT NULL,
    CONSTRAINT tenant_version_pk PRIMARY KEY (tenant_id, version)
);
GRANT SELECT, INSERT ON tenant_version TO campanella_app;
