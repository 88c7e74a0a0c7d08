-- Who the actors are, and who read what across companies. Apart from the ledger, so that a name can be erased and the ledger stays whole.
create schema access;

grant usage on schema access
  to waybill_writer, waybill_query, waybill_auditor;
