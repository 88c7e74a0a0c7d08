-- One row a ledger. Its row lock is what makes a ledger serial; the row itself is never updated.
create table ledger.ledgers (
  ledger text collate "C" primary key check (ledger ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  clock text collate "C" not null check (clock in ('system', 'simulated')),
  -- ISO 4217
  currency text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
  title text,
  opened_at_ms bigint not null,
  -- A branch goes on from its parent at fork_position + 1; a ledger of its own has neither.
  parent text collate "C" references ledger.ledgers (ledger),
  fork_position bigint check (fork_position >= 0),
  check ((parent is null) = (fork_position is null)),
  -- Who opened it, with which request: a repeat of the command gets the same answer.
  opened_by text collate "C" not null,
  opened_command_id text collate "C" not null,
  opened_request bytea not null,
  opened_request_hash bytea not null check (octet_length(opened_request_hash) = 32)
);

grant select on ledger.ledgers
  to waybill_writer, waybill_relay, waybill_projector, waybill_query, waybill_auditor;
