-- Which store this is. A restore or failover can use positions again for other events: readers that keep positions
-- elsewhere (the topic, a client) compare the incarnation, and whoever restores a backup gives the store a new one.
create table ledger.store (
  only_row boolean primary key default true check (only_row),
  incarnation uuid not null default gen_random_uuid()
);

insert into ledger.store default values;

grant select on ledger.store
  to waybill_writer, waybill_relay, waybill_projector, waybill_query, waybill_auditor;
