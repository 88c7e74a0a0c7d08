-- Nobody holds these rights, the owner included; the triggers refuse an owner that gives them to itself, and a superuser.
revoke update, delete, truncate on ledger.events, ledger.commands from waybill_owner;

create function ledger.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception using
    errcode = 'WB001',
    message = format('ledger.%s is append-only', tg_table_name);
end
$$;

create trigger events_append_only
  before update or delete or truncate on ledger.events
  for each statement execute function ledger.refuse_change();

create trigger commands_append_only
  before update or delete or truncate on ledger.commands
  for each statement execute function ledger.refuse_change();
