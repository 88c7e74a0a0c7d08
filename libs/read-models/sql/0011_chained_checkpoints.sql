-- The digest did not cover when an event was recorded; checkpoints written by earlier releases are counted anew. One that
-- was wrong before becomes right by this only if its position was: `waybill doctor` compares the rows as well.
update read.checkpoints as checkpoint
set digest = coalesce(
  (
    select read.chain(decode(repeat('00', 32), 'hex'), position, recorded_at_ms, body order by position)
    from ledger.events as event
    where event.ledger = checkpoint.ledger
      and event.position <= checkpoint.position
  ),
  digest
);

comment on column read.checkpoints.digest is
  'SHA-256 over the digest before, the position and the instant of recording (8 bytes each, big-endian) and the bytes of the body, event after event from position 1';
