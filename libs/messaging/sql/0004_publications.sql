-- How far each ledger is in the topic: every position up to this one was acknowledged by all in-sync replicas.
create table relay.publications (
  topic text collate "C" not null,
  ledger text collate "C" not null,
  -- the store's life in which the positions were given
  incarnation uuid not null,
  position bigint not null check (position >= 0),
  -- the leader that may move the row
  epoch bigint not null check (epoch > 0),
  -- of the last message in its partition, null before the first: tells a topic that was emptied or made anew
  last_offset bigint check (last_offset >= 0),
  primary key (topic, ledger)
);

grant select, insert, update on relay.publications to waybill_relay;
grant select on relay.publications to waybill_auditor;
