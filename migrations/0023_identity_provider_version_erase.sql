-- Replaced versions of the providers' metadata prove the answers in the register of sign-ins: they go when it has gone.
GRANT DELETE ON identity_provider_version TO campanella_app;
