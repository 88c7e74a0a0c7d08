-- Reports were added, and positions know their due days, since the first rows were written: what an earlier release projected
-- lacks them. The ledger has all of it: projectors begin anew at position 1.
truncate
  read.generations, read.checkpoints, read.halts, read.completeness,
  read.position_contributions, read.position_blocks, read.delivery_versions, read.delivery_contributions;
