-- Rows of read models lie in read_rows, where the projector alone may put them, and copies them: COPY is the cheapest way
-- in, and PostgreSQL refuses it on a table with row-level security. Reports read them through the tables of the same names in
-- read, whose policies hold each reader to its companies. Nobody else has a way into read_rows.
create schema read_rows;

grant usage on schema read_rows to waybill_projector;

-- Sets the rows of a table of read apart, whose policies are there already: for this migration, and any that adds a table.
create procedure read.keep_rows_apart(name text)
language plpgsql
as $$
declare
  policies jsonb := (
    select jsonb_agg(policy)
    from pg_policies as policy
    where schemaname = 'read' and tablename = name
  );
  policy record;
begin
  for policy in select * from jsonb_to_recordset(policies) as policy (policyname text) loop
    execute format('drop policy %I on read.%I', policy.policyname, name);
  end loop;
  execute format('alter table read.%I no force row level security, disable row level security', name);
  execute format('revoke all on read.%I from waybill_projector, waybill_query, waybill_auditor', name);
  execute format('alter table read.%I set schema read_rows', name);
  execute format('grant insert on read_rows.%I to waybill_projector', name);

  -- Every row is in the default partition. The indexes are its own.
  execute format(
    'create table read.%1$I (like read_rows.%1$I including constraints including comments) partition by list (generation)',
    name
  );
  execute format('alter table read.%1$I attach partition read_rows.%1$I default', name);
  execute format('alter table read.%I enable row level security, force row level security', name);
  execute format('grant select, insert, delete on read.%I to waybill_projector', name);
  execute format('grant select on read.%I to waybill_query, waybill_auditor', name);

  -- A policy that looks into another table looks into the one with policies.
  for policy in
    select *
    from jsonb_to_recordset(policies)
      as policy (policyname text, roles text[], cmd text, qual text, with_check text)
  loop
    execute format(
      'create policy %I on read.%I for %s to %s using (%s) %s',
      policy.policyname, name, policy.cmd, array_to_string(policy.roles, ', '),
      replace(policy.qual, 'read_rows.', 'read.'),
      case when policy.with_check is not null then format('with check (%s)', policy.with_check) end
    );
  end loop;
end $$;

revoke execute on procedure read.keep_rows_apart(text) from public;

-- redirections before their history, whose policy looks into them
call read.keep_rows_apart('redirections');
call read.keep_rows_apart('redirection_history');
call read.keep_rows_apart('position_contributions');
call read.keep_rows_apart('position_blocks');
call read.keep_rows_apart('delivery_versions');
call read.keep_rows_apart('delivery_contributions');
call read.keep_rows_apart('site_facts');
call read.keep_rows_apart('amounts');
call read.keep_rows_apart('amount_blocks');
call read.keep_rows_apart('company_relations');
call read.keep_rows_apart('claims');
