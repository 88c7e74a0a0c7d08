-- Every command that was decided, rejections included, with the answer its client heard.
create table ledger.commands (
  ledger text collate "C" not null,
  actor text collate "C" not null,
  command_id text collate "C" not null,
  -- RFC 8785 JSON of what the client asked
  request bytea not null,
  -- SHA-256 of request: tells a repeat from another request under the same id
  request_hash bytea not null check (octet_length(request_hash) = 32),
  outcome text collate "C" not null check (outcome in ('accepted', 'rejected')),
  answer bytea not null,
  -- the head that the decision saw
  decided_on bigint not null,
  recorded_at_ms bigint not null,
  -- serves the look-up of a repeat
  primary key (ledger, actor, command_id)
);

grant select on ledger.commands to waybill_writer, waybill_auditor;
