-- Those of _commands (json array of {actor, commandId}) that were decided before, as a json array with their answers;
-- null when none was. Looked up one by one by full key: a join may be planned as a scan while the table is young.
create function ledger.known_commands(_ledger text, _commands json) returns json
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  return (
    select json_agg(json_build_object(
             'actor', asked.actor,
             'commandId', asked."commandId",
             'requestHash', encode(known.request_hash, 'hex'),
             'answer', convert_from(known.answer, 'UTF8')))
      from json_to_recordset(_commands) as asked (actor text, "commandId" text)
     cross join lateral (
           select c.request_hash, c.answer
             from ledger.commands c
            where c.ledger = _ledger
              and c.actor = asked.actor
              and c.command_id = asked."commandId"
            limit 1) as known
  );
end
$$;

revoke execute on function ledger.known_commands from public;
grant execute on function ledger.known_commands to waybill_writer;
