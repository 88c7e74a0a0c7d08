-- The clock in whole milliseconds since 1970: JavaScript drops the rest, so it never enters the ledger.
create function ledger.now_ms() returns bigint
language sql volatile parallel safe
return floor(extract(epoch from clock_timestamp()) * 1000)::bigint;
