-- Documents that events name as their evidence: one row an event and document.
create table read.documents (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  -- which of the event's documents, from 0
  seq integer not null,
  effective_on date not null,
  type text collate "C" not null,
  stream text collate "C" not null,
  uri text collate "C" not null,
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  actor text collate "C" not null,
  acting_for text collate "C",
  -- the companies that may see the row
  audience text[] collate "C" not null,
  recorded_at_ms bigint not null,
  -- serves the documents in the order of the ledger, page by page
  primary key (generation, ledger, position, seq)
);

-- serves what one document is evidence of
create index documents_sha256 on read.documents (generation, ledger, sha256, position);

-- serves the documents of one thing
create index documents_stream on read.documents (generation, ledger, stream, position);

alter table read.documents enable row level security, force row level security;

create policy projector on read.documents to waybill_projector using (true) with check (true);

create policy auditor on read.documents for select to waybill_auditor using (true);

create policy companies on read.documents for select to waybill_query
  using (audience && string_to_array(current_setting('waybill.companies', true), ','));

grant select, insert, delete on read.documents to waybill_projector;
grant select on read.documents to waybill_query, waybill_auditor;

call read.keep_rows_apart('documents');
