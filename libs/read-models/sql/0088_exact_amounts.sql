-- An amount of one event is units times price: up to 2^106, which no bigint holds.
alter table read.amounts alter column amount type numeric;
