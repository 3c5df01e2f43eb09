-- Identity providers' metadata as fetched, one row per change; replicas poll for new rows. System tables: no personal data.
CREATE TABLE identity_provider_version (
    source text NOT NULL CHECK (source IN ('spid', 'cie', 'eidas')),
    version integer NOT NULL CHECK (version > 0),
    body text NOT NULL,
    fetched_at timestamptz NOT NULL,
    CONSTRAINT identity_provider_version_pk PRIMARY KEY (source, version)
);
GRANT SELECT, INSERT ON identity_provider_version TO campanella_app;

-- When each source was last read with success, and when it is due: one worker at a time takes the turn.
CREATE TABLE identity_provider_source (
    source text CONSTRAINT identity_provider_source_pk PRIMARY KEY CHECK (source IN ('spid', 'cie', 'eidas')),
    read_at timestamptz,
    due_at timestamptz NOT NULL,
    validator text
);
GRANT SELECT, INSERT, UPDATE ON identity_provider_source TO campanella_app;
