-- Who has a case in hand at this moment, so that two people do not handle one. It runs out by itself, one row a case, and nothing of it is kept:
-- it is no record of who looked at what.
create table case_lease (
  case_id uuid primary key,
  -- Nobody: given up a moment ago, which open screens are still to hear.
  person_id uuid,
  post_id uuid,
  organization_id uuid,
  since timestamptz not null,
  expires_at timestamptz not null,
  -- Goes up with each change, in the order of commits: screens ask what is new.
  change bigint not null
);
create index case_lease_change on case_lease (change);
create sequence case_lease_change_no;
alter table case_lease enable row level security;
alter table case_lease force row level security;
create policy case_lease_scope on case_lease to tongxin_app
  using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid or exists (select 1 from cases c where c.case_id = case_lease.case_id))
  with check (case_id = any (scope_ids('cases')) or person_id = nullif(current_setting('tongxin.actor', true), '')::uuid
    or exists (select 1 from cases c where c.case_id = case_lease.case_id));
grant select, insert, update on case_lease to tongxin_app;
grant select, insert, update, delete on case_lease to tongxin_maintenance;
grant usage on sequence case_lease_change_no to tongxin_app, tongxin_maintenance;

-- The number of the last change, whosever it is: a look at it costs nothing, and says only whether to look further.
create function last_lease_change() returns bigint language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(change), 0) from case_lease $$;
-- What ran out long enough ago for every screen to have heard.
create function sweep_leases(p_before timestamptz) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  delete from case_lease where expires_at < p_before $$;
do $$
declare f text;
begin
  foreach f in array array['last_lease_change()', 'sweep_leases(timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select, delete on case_lease to tongxin_definer;
