#!/bin/sh
# Writes into .env which images exactly this installation is made of: each name with the digest that its registry gives
# now, so that what runs tomorrow is what was looked at today.
#   sh tools/docker/pin-images.sh            asks the registries; nothing is changed unless all have answered
#   sh tools/docker/pin-images.sh --check    asks nobody; status 1 where an image has no digest: no release then
set -eu
cd "$(dirname "$0")/../.."
names="DATABASE_IMAGE QUEUE_IMAGE PROXY_IMAGE PYTHON_IMAGE NODE_IMAGE"

# What .env says, and what the example says where .env is silent.
chosen() { cat tools/docker/env.example .env 2>/dev/null | sed -n "s/^$1=//p" | tail -n 1; }
is_digest() { printf %s "$1" | grep -Eqx 'sha256:[0-9a-f]{64}'; }

if [ "${1:-}" = --check ]; then
  status=0
  for name in $names; do
    image=$(chosen "$name")
    is_digest "${image##*@}" || { echo "$name is $image: a name without a digest can become another image." >&2; status=1; }
  done
  exit $status
fi
[ $# -eq 0 ] || { echo "Usage: sh $0 [--check]" >&2; exit 2; }

[ -e .env ] || { echo "There is no .env: copy tools/docker/env.example first." >&2; exit 1; }
umask 077
trap 'rm -f .env.new' EXIT
cp -p .env .env.new
for name in $names; do
  image=$(chosen "$name")
  image=${image%@*}
  digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
  is_digest "$digest" || { echo "No digest for $image: $digest" >&2; exit 1; }
  sed "/^$name=/d" .env.new >.env.newer && mv .env.newer .env.new
  echo "$name=$image@$digest" >>.env.new
done
mv .env.new .env
sed -n 's/^[A-Z]*_IMAGE=//p' .env
