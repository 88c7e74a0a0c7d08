-- A request to lift a policy waits for people of the group, and for no company.
alter table read.waiting_things alter column company_id drop not null;

comment on column read.waiting_things.company_id is 'whose people it waits for; null: those of the group';
