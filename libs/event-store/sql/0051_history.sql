-- What a ledger holds, as whoever reads it sees it: its own events and, of a branch, its parent's up to the fork.
-- For looking up events by key. Pages are read segment by segment instead: in order of position a planner would sort
-- the parent's events for every page.
create view ledger.history with (security_invoker = true) as
select ledger, position, stream, version, type, effective_at, recorded_at_ms, body
  from ledger.events
 union all
select l.ledger, e.position, e.stream, e.version, e.type, e.effective_at, e.recorded_at_ms, e.body
  from ledger.ledgers l
  join ledger.events e
    on e.ledger = l.parent
   and e.position <= l.fork_position;

grant select on ledger.history
  to waybill_writer, waybill_relay, waybill_projector, waybill_auditor;

grant select (ledger, position, recorded_at_ms) on ledger.history to waybill_query;
