#!/bin/sh
# Runs once, by PostgreSQL's image, on an empty data volume: one user a service, each with the rights that the
# migrations grant to it and no others. The owner migrates and is no superuser either.
set -eu

psql --set ON_ERROR_STOP=1 \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set database="$POSTGRES_DB" \
  --set owner="$WAYBILL_OWNER_PASSWORD" \
  --set writer="$WAYBILL_WRITER_PASSWORD" \
  --set relay="$WAYBILL_RELAY_PASSWORD" \
  --set projector="$WAYBILL_PROJECTOR_PASSWORD" \
  --set query="$WAYBILL_QUERY_PASSWORD" \
  --set auditor="$WAYBILL_AUDITOR_PASSWORD" <<'SQL'
create role waybill_owner login nosuperuser nobypassrls nocreatedb nocreaterole password :'owner';
create role waybill_writer login nosuperuser nobypassrls nocreatedb nocreaterole password :'writer';
create role waybill_relay login nosuperuser nobypassrls nocreatedb nocreaterole password :'relay';
create role waybill_projector login nosuperuser nobypassrls nocreatedb nocreaterole password :'projector';
create role waybill_query login nosuperuser nobypassrls nocreatedb nocreaterole password :'query';
create role waybill_auditor login nosuperuser nobypassrls nocreatedb nocreaterole password :'auditor';
alter database :"database" owner to waybill_owner;
SQL
