-- Where in its partition the present publication of a ledger begins: a topic that holds less than from here on is damaged.
alter table relay.publications add first_offset bigint check (first_offset >= 0);

-- What was published before this column came began with the topic.
update relay.publications set first_offset = 0 where last_offset is not null;

alter table relay.publications add check ((first_offset is null) = (last_offset is null));
