-- What proved who sent a version: scheme, provider, level, instant (CAD art. 65 c. 1 b). Empty through the credential door.
ALTER TABLE application_version ADD COLUMN identity_proof jsonb;
