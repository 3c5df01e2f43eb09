-- A database of its own for the product; its owner is the role that migrates.
SELECT format('CREATE DATABASE %I OWNER campanella_owner', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec
