-- The lock of ledger.append, taken ahead of it by a writer that lost the race twice.
-- The caller bounds how long it may hold it (transaction_timeout, idle_in_transaction_session_timeout).
create function ledger.lock_ledger(_ledger text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from ledger.ledgers where ledger = _ledger for no key update;
end
$$;

revoke execute on function ledger.lock_ledger from public;
grant execute on function ledger.lock_ledger to waybill_writer;
