-- The next number of each office's papers: 文号 run by office, mark and year. A number that was taken is never given again.
create table document_serial (
  organization_id uuid not null,
  mark text not null,
  year integer not null,
  last integer not null,
  primary key (organization_id, mark, year)
);
alter table document_serial enable row level security;
alter table document_serial force row level security;
create policy document_serial_definer on document_serial to tongxin_definer using (true) with check (true);
create policy document_serial_maintenance on document_serial to tongxin_maintenance using (true) with check (true);
grant select, insert, update on document_serial to tongxin_definer;
grant select, insert, update, delete on document_serial to tongxin_maintenance;

-- Takes the next number for an office in which the caller holds a post today; waits for whoever takes one at the same moment.
create function take_document_serial(p_organization uuid, p_mark text, p_year integer) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_last integer;
begin
  if not exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h where h.organization_id = p_organization)
    then raise exception 'not of this office' using errcode = '42501'; end if;
  insert into document_serial (organization_id, mark, year, last) values (p_organization, p_mark, p_year, 1)
    on conflict (organization_id, mark, year) do update set last = document_serial.last + 1 returning last into v_last;
  return v_last;
end $$;
alter function take_document_serial(uuid, text, integer) owner to tongxin_definer;
revoke all on function take_document_serial(uuid, text, integer) from public;
grant execute on function take_document_serial(uuid, text, integer) to tongxin_app;
