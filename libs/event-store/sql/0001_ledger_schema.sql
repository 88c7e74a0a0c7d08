-- The ledger: what was decided, in order, for ever. Everything else can be built again from it.
create schema ledger;

grant usage on schema ledger
  to waybill_writer, waybill_relay, waybill_projector, waybill_query, waybill_auditor;
