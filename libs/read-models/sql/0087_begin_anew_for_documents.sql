-- What an earlier release projected lacks the documents. The ledger has all of it: projectors begin anew at position 1.
truncate
  read.generations, read.checkpoints, read.halts, read.completeness,
  read.position_contributions, read.position_blocks, read.delivery_versions, read.delivery_contributions,
  read.amounts, read.amount_blocks, read.site_facts, read.redirections, read.redirection_history, read.company_relations, read.claims,
  read.waiting_things, read.waiting_changes;
