#!/bin/sh
# Writes a backup of database, files and secrets, while the portal goes on: sh tools/docker/back-up.sh FOLDER
# It lands in a folder named after the time, as `make backup` makes it (config/embedded/archive.py). SECRETS=0 leaves the
# secrets out, for who keeps them apart: docs/operations/backing-up.md.
set -eu
[ $# -eq 1 ] || { echo "Usage: sh $0 FOLDER" >&2; exit 2; }
umask 077
mkdir -p "$1"
place=$(cd "$1" && pwd)/$(date -u +%Y%m%d-%H%M%S)
cd "$(dirname "$0")/../.."

# Under another name until it is whole, so that nobody takes half a backup for one.
mkdir "$place.unfinished"
trap 'rm -rf "$place.unfinished"' EXIT
docker compose run --rm --no-deps -T migrate python manage.py check_schema --manifest >"$place.unfinished/manifest.json"
# The database before the files: then no file that it names can be missing.
docker compose exec -T database pg_dump --username=postgres --format=custom portal >"$place.unfinished/portal.dump"
# Status 1 may be a file that was just being written: nothing in the dump names it yet.
docker compose run --rm --no-deps -T web tar --create --gzip --exclude=./backups --directory=/data . >"$place.unfinished/files.tar.gz" ||
  [ $? -eq 1 ]
if [ "${SECRETS:-1}" != 0 ]; then
  project=$(pwd)
  [ ! -e .env ] || choices=.env
  tar --create --gzip --file="$place.unfinished/secrets.tar.gz" --directory=var/secrets . --directory="$project" ${choices-}
fi
# What cannot be read to its end is no backup.
docker compose exec -T database pg_restore --file=/dev/null <"$place.unfinished/portal.dump"
tar --list --gzip --file="$place.unfinished/files.tar.gz" >/dev/null
(cd "$place.unfinished" && sha256sum -- * >../.sums && mv ../.sums SHA256SUMS)
mv "$place.unfinished" "$place"
# For whoever watches how old the last one is; it is good without that.
docker compose run --rm --no-deps -T migrate python manage.py note_backup >/dev/null || echo "It was not noted." >&2
echo "The backup is in $place"
