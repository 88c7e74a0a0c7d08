-- The number of partitions a topic was made with: another number would send a ledger's next events to another partition,
-- out of order with the earlier ones.
create table relay.topics (
  topic text collate "C" primary key,
  partitions integer not null check (partitions > 0)
);

grant select, insert on relay.topics to waybill_relay;
grant select on relay.topics to waybill_auditor;
