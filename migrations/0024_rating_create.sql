-- What visitors say about a page (criterion C.SE.1.7 of AgID's model). Nothing says who: a day, a page, stars.
CREATE TABLE rating (
    tenant_id uuid NOT NULL CONSTRAINT rating_tenant_fk REFERENCES tenant (id),
    id uuid NOT NULL,
    page text NOT NULL CHECK (length(page) <= 40),
    stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
    answer smallint CHECK (answer BETWEEN 1 AND 5),
    text text CHECK (char_length(text) <= 200),
    day date NOT NULL,
    CONSTRAINT rating_pk PRIMARY KEY (tenant_id, id)
);
CREATE INDEX rating_day_idx ON rating (tenant_id, day, id);

ALTER TABLE rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE rating FORCE ROW LEVEL SECURITY;
CREATE POLICY rating_tenant ON rating
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON rating TO campanella_app;
