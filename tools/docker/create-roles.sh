#!/usr/bin/env bash
# Runs in the database's container when its volume is empty: the roles, the database, the extensions. Run again after an
# upgrade that brings a role (docs/operations/upgrading.md), it makes what is missing and changes nothing else.
# The same in Python for the embedded server: config/embedded/postgres.py.
set -euo pipefail

for role in owner app door system; do
  psql --set=ON_ERROR_STOP=1 --quiet --username=postgres \
    --set=role="portal_$role" --set=password="$(cat "/run/secrets/${role}_password")" <<'SQL'
SELECT format('CREATE ROLE %I', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'password';
SQL
done

psql --set=ON_ERROR_STOP=1 --quiet --username=postgres <<'SQL'
SELECT 'CREATE DATABASE portal OWNER portal_owner ENCODING ''UTF8'''
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE portal TO portal_app, portal_door, portal_system;
\connect portal
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_app, portal_door, portal_system;
-- What of it they keep is decided by table, after each migration (portal/reference/table_rights.py).
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app, portal_door, portal_system;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO portal_app, portal_door, portal_system;
SQL
