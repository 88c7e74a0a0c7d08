-- serves the controls report: what was refused, in the order of what it was decided on
create index commands_rejected on ledger.commands (ledger, decided_on)
  where outcome = 'rejected';
