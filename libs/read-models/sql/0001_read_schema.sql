-- What reports are answered from. All of it follows from the ledger and can be built again.
create schema read;

grant usage on schema read to waybill_projector, waybill_query, waybill_auditor;
