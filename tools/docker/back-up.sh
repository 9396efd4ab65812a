#!/bin/sh
# Writes a backup of database and files, while the portal goes on: sh tools/docker/back-up.sh FOLDER
# It lands in a folder named after the time. The secrets are apart: docs/operations/backing-up.md.
set -eu
[ $# -eq 1 ] || { echo "Usage: sh $0 FOLDER" >&2; exit 2; }
umask 077
mkdir -p "$1"
place=$(cd "$1" && pwd)/$(date -u +%Y%m%d-%H%M%S)
cd "$(dirname "$0")/../.."

# Under another name until it is whole, so that nobody takes half a backup for one.
mkdir "$place.unfinished"
# The database first: then no file that it names can be missing.
docker compose exec -T database pg_dump --username=postgres --format=custom portal >"$place.unfinished/portal.dump"
# Status 1 may be a file that was just being written: nothing in the dump names it yet.
docker compose run --rm --no-deps -T web tar --create --gzip --directory=/data . >"$place.unfinished/files.tar.gz" ||
  [ $? -eq 1 ]
# What cannot be read to its end is no backup.
docker compose exec -T database pg_restore --list <"$place.unfinished/portal.dump" >/dev/null
tar --list --gzip --file="$place.unfinished/files.tar.gz" >/dev/null
(cd "$place.unfinished" && sha256sum portal.dump files.tar.gz >SHA256SUMS)
mv "$place.unfinished" "$place"
echo "The backup is in $place"
