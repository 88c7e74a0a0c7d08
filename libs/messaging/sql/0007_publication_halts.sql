-- Why a ledger is not published any more: the code of the defect that the leader met, null while all is well.
alter table relay.publications
  add halted_code text collate "C",
  add halted_at timestamptz,
  add check ((halted_code is null) = (halted_at is null));
