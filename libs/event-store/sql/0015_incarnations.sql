-- The earlier lives of this store: each line ended when somebody brought the database back to an earlier point.
create table ledger.incarnations (
  incarnation uuid primary key,
  replaced_by uuid not null unique,
  who text not null check (who <> ''),
  why text not null check (why <> ''),
  ended_at timestamptz not null default clock_timestamp()
);

grant select on ledger.incarnations to waybill_auditor;

revoke update, delete, truncate on ledger.incarnations from waybill_owner;

create trigger incarnations_append_only
  before update or delete or truncate on ledger.incarnations
  for each statement execute function ledger.refuse_change();
