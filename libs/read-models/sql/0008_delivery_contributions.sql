-- Signed amounts that each event adds to a line's figures: units, unit-days of slip by cause, changes of date.
-- A version's figures equal the sum of these rows up to its position and day: they are its lineage.
create table read.delivery_contributions (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  line_id text collate "C" not null,
  -- quantity, dateChanges, slip:CAUSE
  measure text collate "C" not null,
  effective_on date not null,
  amount bigint not null check (amount <> 0),
  -- the companies that the line names after the event
  audience text[] collate "C" not null check (cardinality(audience) > 0),
  primary key (generation, ledger, position, seq)
);

-- serves the lineage of a line's figure
create index delivery_contributions_line on read.delivery_contributions (generation, ledger, line_id, position);

alter table read.delivery_contributions enable row level security, force row level security;

create policy projector on read.delivery_contributions to waybill_projector using (true) with check (true);

create policy auditor on read.delivery_contributions for select to waybill_auditor using (true);

create policy companies on read.delivery_contributions for select to waybill_query
  using (audience && string_to_array(current_setting('waybill.companies', true), ','));

grant select, insert, delete on read.delivery_contributions to waybill_projector;
grant select on read.delivery_contributions to waybill_query, waybill_auditor;
