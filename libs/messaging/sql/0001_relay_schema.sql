-- What the relay knows of its own work: who leads, how many partitions a topic has, and how far each ledger is published.
create schema relay;

grant usage on schema relay to waybill_relay, waybill_auditor;
