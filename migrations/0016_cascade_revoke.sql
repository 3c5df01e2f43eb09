-- Rows that go with their draft or session are erased by the foreign key, which acts as the owner:
-- the application role never erases them by itself.
REVOKE DELETE ON email_code, mail, password_link, session_draft FROM campanella_app;
