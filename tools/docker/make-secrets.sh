#!/bin/sh
# Makes the secrets that docker-compose.yml reads, once; what is there already is kept.
set -eu
cd "$(dirname "$0")/../.."
umask 077
mkdir -p var/secrets
cd var/secrets

random() { python3 -c 'import secrets; print(secrets.token_urlsafe(36), end="")'; }
make() { [ -e "$1" ] || printf %s "$2" >"$1"; }

make superuser_password "$(random)"
make owner_password "$(random)"
make app_password "$(random)"
make door_password "$(random)"
make system_password "$(random)"
make secret_key "$(random)$(random)"
make documents_key "$(random)$(random)"
# Signs the roots of the record of acts; `worker` alone has it.
make record_key "$(python3 -c 'import secrets; print(secrets.token_hex(32), end="")')"
# Signs what the portal and its practice portal hand to each other: the folder of that one gets a copy.
make practice_key "$(random)"
# Valkey reads it as a file of settings.
make queue_settings "requirepass $(random)"
make redis_url "redis://:$(sed -n 's/^requirepass //p' queue_settings)@queue:6379"
make email_password ""
# Whoever watches shows it (docs/operations/watching.md); empty: nobody is given figures.
make metrics_token ""
make database_url "postgres://portal_app:$(cat app_password)@database:5432/portal"
make database_door_url "postgres://portal_door:$(cat door_password)@database:5432/portal"
make database_system_url "postgres://portal_system:$(cat system_password)@database:5432/portal"
make database_owner_url "postgres://portal_owner:$(cat owner_password)@database:5432/portal"
# The processes in the containers are not root; on this machine the folder stays closed to others.
chmod 0444 ./*
echo "Secrets are in $(pwd): keep a copy in a safe place."
