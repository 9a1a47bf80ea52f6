#!/bin/sh
# usage: postgresql.sh start|stop|remove FOLDER
# A PostgreSQL server for tests: its cluster and its socket are in FOLDER, it listens nowhere else and is not durable.
# `start` makes the cluster where it is missing. Ends with 0 and says so where PostgreSQL is not installed.
set -eu
action=$1 folder=$2
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
    programs=$(dirname "$(command -v pg_ctl || echo /nowhere/pg_ctl)")
fi
if [ ! -x "$programs/pg_ctl" ]; then
    echo "PostgreSQL is not installed: its tests will be skipped"
    exit 0
fi

# initdb and postgres refuse to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
control() {
    as_owner "$programs/pg_ctl" -D "$folder/cluster" "$@"
}

case $action in
start)
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    if [ ! -f "$folder/cluster/PG_VERSION" ]; then
        as_owner "$programs/initdb" -D "$folder/cluster" -U kula -A trust --encoding=UTF8 --locale=C --no-sync >/dev/null
    fi
    control status >/dev/null && exit 0
    control -w -l "$folder/log" start >/dev/null -o "-k $folder -c listen_addresses= -c fsync=off -c full_page_writes=off \
        -c max_connections=200 -c shared_buffers=64MB -c max_wal_size=256MB" || { cat "$folder/log"; exit 1; }
    ;;
stop)
    control -w -m "${3:-immediate}" stop >/dev/null || true
    ;;
remove)
    control -w -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
    ;;
esac
