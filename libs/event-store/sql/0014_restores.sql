-- Ledgers that came out of an export, so that an auditor sees which history was recorded elsewhere: the store and the
-- head it came from, the digest of the file, who brought it in and why.
create table ledger.restores (
  ledger text collate "C" primary key references ledger.ledgers (ledger),
  source_ledger text collate "C" not null,
  source_incarnation uuid not null,
  head bigint not null check (head >= 0),
  commands bigint not null check (commands >= 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  who text not null check (who <> ''),
  why text not null check (why <> ''),
  restored_at timestamptz not null default clock_timestamp()
);

grant select on ledger.restores to waybill_auditor;

revoke update, delete, truncate on ledger.restores from waybill_owner;

create trigger restores_append_only
  before update or delete or truncate on ledger.restores
  for each statement execute function ledger.refuse_change();
