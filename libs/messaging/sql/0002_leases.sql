-- One relay leads a topic. The epoch grows with every change of leader and fences what an earlier one still writes.
create table relay.leases (
  topic text collate "C" primary key,
  holder uuid not null,
  epoch bigint not null check (epoch > 0),
  -- by the database's clock: relays on several machines need not agree on the time
  expires_at timestamptz not null
);

grant select, insert, update on relay.leases to waybill_relay;
grant select on relay.leases to waybill_auditor;
