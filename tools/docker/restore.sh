#!/bin/sh
# Puts a backup in the place of what is there: sh tools/docker/restore.sh BACKUP
# BACKUP is a folder that back-up.sh or `make backup` made. All of it is restored beside and verified there; then what is
# there steps aside, and stays until: sh tools/docker/restore.sh --forget (docs/operations/backing-up.md).
set -eu
[ $# -eq 1 ] || { echo "Usage: sh $0 BACKUP | --forget" >&2; exit 2; }
[ "$1" = --forget ] || backup=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."

sql() { docker compose exec -T database psql --username=postgres --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1; }
in_files() { docker compose run --rm --no-deps -T web sh -c "$1"; }

if [ "$1" = --forget ]; then
  docker compose up --detach --wait
  echo "SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE datname LIKE 'portal_before_%' \gexec" | sql
  # Roots that were given out stay, for they prove what was there.
  in_files 'for each in /data/before-*; do
    [ ! -d "$each" ] || find "$each" -mindepth 1 -maxdepth 1 ! -name roots -exec rm -rf {} +; done'
  rm -f var/secrets/*.before
  echo "What restores had replaced is gone, but for files of roots."
  exit
fi

# What a killed restore had decided is carried to its end; what it had not decided is begun anew.
put_in_place() {
  docker compose stop proxy web worker pdf beat
  sql <<'SQL'
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname IN ('portal', 'portal_beside') AND EXISTS (SELECT FROM pg_database WHERE datname = 'portal_beside') \g /dev/null
SELECT format('BEGIN; ALTER DATABASE portal RENAME TO portal_before_%s; ALTER DATABASE portal_beside RENAME TO portal; COMMIT',
  to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD_HH24MISS'))
  WHERE EXISTS (SELECT FROM pg_database WHERE datname = 'portal_beside') \gexec
SQL
  in_files 'set -eu; before=/data/$(cat /data/beside/.decided); mkdir -p "$before"
    for name in files mail roots; do
      [ -d "/data/beside/$name" ] || continue
      [ ! -e "/data/$name" ] || mv "/data/$name" "$before/$name"
      mv "/data/beside/$name" "/data/$name"
    done'
  for new in var/secrets/*.new; do
    [ -e "$new" ] || continue
    [ ! -e "${new%.new}" ] || mv -f "${new%.new}" "${new%.new}.before"
    mv -f "$new" "${new%.new}"
  done
  in_files 'rm -rf /data/beside'
}
docker compose build
decided=$(in_files 'cat /data/beside/.decided 2>/dev/null || true')
if [ -n "$decided" ]; then
  echo "Carrying on with the restore that was interrupted ..."
  put_in_place
  docker compose up --detach --wait
  echo "It is done. To restore something else, call this again."
  exit
fi

# --- The backup is whole

in_backup() { grep -q " \*\{0,1\}$1\$" "$backup/SHA256SUMS" && [ -e "$backup/$1" ]; }
for part in portal.dump files.tar.gz manifest.json; do
  in_backup "$part" || { echo "$backup is not whole: $part is missing." >&2; exit 1; }
done
# The secrets may be kept elsewhere.
(cd "$backup" && { [ -e secrets.tar.gz ] && cat SHA256SUMS || grep -v 'secrets\.tar\.gz$' SHA256SUMS; } |
  sha256sum --check --quiet --strict)
tar --list --gzip --file="$backup/files.tar.gz" >/dev/null
# An empty volume gets its roles and its database now.
docker compose up --detach --wait database queue
docker compose exec -T database pg_restore --file=/dev/null <"$backup/portal.dump"

# --- Beside

sql <<'SQL'
DROP DATABASE IF EXISTS portal_beside WITH (FORCE);
CREATE DATABASE portal_beside OWNER portal_owner ENCODING 'UTF8';
REVOKE ALL ON DATABASE portal_beside FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE portal_beside TO portal_app, portal_door, portal_system;
SQL
docker compose exec -T database pg_restore --username=postgres --dbname=portal_beside --exit-on-error \
  --single-transaction <"$backup/portal.dump"
in_files 'rm -rf /data/beside; umask 077; mkdir -p /data/beside/files /data/beside/mail /data/beside/roots
  tar --extract --gzip --no-same-owner --directory=/data/beside' <"$backup/files.tar.gz"

# The keys of the portal, not the passwords, which are of this one server.
rm -f var/secrets/*.new
if [ -e "$backup/secrets.tar.gz" ]; then
  for name in secret_key documents_key record_key; do
    member=$(tar --list --gzip --file="$backup/secrets.tar.gz" | grep -x "\(\./\)\{0,1\}$name") || continue
    tar --extract --gzip --to-stdout --file="$backup/secrets.tar.gz" "$member" >"var/secrets/$name.new"
    chmod 0444 "var/secrets/$name.new"
    ! cmp -s "var/secrets/$name.new" "var/secrets/$name" || rm -f "var/secrets/$name.new"
  done
fi

# --- It holds: schema, grants, the record of acts; what is older is brought up to date on the way

docker compose run --rm --no-deps -T migrate \
  sh -c 'RECORD_ROOTS_DIR=/data/beside/roots exec python -m config.restored portal_beside' <"$backup/manifest.json"

# --- In its place

in_files "printf before-$(date -u +%Y%m%d_%H%M%S) >/data/beside/.decided"
put_in_place
docker compose up --detach --wait
echo "The portal of $(basename "$backup") is back. What was there before stays until: sh $0 --forget"
