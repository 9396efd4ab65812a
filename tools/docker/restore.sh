#!/bin/sh
# Puts a backup into an installation that is empty, and checks what came back: sh tools/docker/restore.sh BACKUP
# BACKUP is a folder that back-up.sh made.
set -eu
[ $# -eq 1 ] || { echo "Usage: sh $0 BACKUP" >&2; exit 2; }
backup=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."

(cd "$backup" && sha256sum --check --quiet SHA256SUMS)
docker compose build
# An empty volume gets its roles and its database now.
docker compose up --detach --wait database
tables=$(docker compose exec -T database psql --username=postgres --dbname=portal --tuples-only --no-align \
  --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [ "$tables" != 0 ]; then
  echo "The database holds $tables tables; nothing was changed. Restore into an empty place." >&2
  exit 1
fi
docker compose exec -T database pg_restore --username=postgres --dbname=portal --exit-on-error --single-transaction \
  <"$backup/portal.dump"
docker compose run --rm --no-deps -T web tar --extract --gzip --directory=/data <"$backup/files.tar.gz"

# A newer version of the portal brings the tables up to date on the way.
docker compose up --detach --wait
docker compose exec -T worker python manage.py verify_audit
docker compose exec -T worker python manage.py sync_grants --check
echo "The portal of $(basename "$backup") is back."
