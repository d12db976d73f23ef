#!/bin/sh
# What the published image of PostgreSQL does with its environment, for one made of Debian's packages.
set -eu
PATH="$(echo /usr/lib/postgresql/*/bin):$PATH"
data=/var/lib/postgresql/data
as_servant() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }

mkdir -p /var/run/postgresql
chown postgres /var/run/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
    chown postgres "$data"
    chmod 700 "$data"
    password="$(mktemp)"
    printf %s "$POSTGRES_PASSWORD" >"$password"
    chown postgres "$password"
    as_servant initdb --pgdata "$data" --username "$POSTGRES_USER" --pwfile "$password" --encoding UTF8 \
        --auth-local trust --auth-host scram-sha-256
    rm "$password"
    echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
    # Where nobody else asks: it is not ready yet.
    as_servant pg_ctl --pgdata "$data" --wait --options "-c listen_addresses= -k /tmp" start
    as_servant createdb --host /tmp --username "$POSTGRES_USER" "$POSTGRES_DB"
    as_servant pg_ctl --pgdata "$data" --wait stop
fi
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -D "$data" -c "listen_addresses=*"
