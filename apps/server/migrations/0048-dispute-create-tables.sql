-- 矛盾纠纷: only its people see it (docs/decisions/0015). Such a case stands in no column by which areas, bodies or maps list; the bodies whose
-- heads look after it are among its participants.
alter table cases add column confided boolean not null default false;
alter table cases add constraint cases_confided check (not confided or (confidential and title is null and lon is null and lat is null
  and city_id is null and district_id is null and town_id is null and community_id is null and grid_id is null and overlay_ids = '{}'
  and receiving_organization_id is null and lead_organization_id is null and supporting_organization_ids = '{}'
  and respondent_organization_id is null and handler_id is null and dispatcher_id is null));
-- Consumers of the feed and `stats verify` ask which events they do not hear.
create index cases_confided on cases (case_id) where confided;

create or replace function sees_case(
  p_case uuid, p_confidential boolean, p_city uuid, p_district uuid, p_town uuid, p_community uuid, p_grid uuid,
  p_receiving uuid, p_lead uuid, p_supporting uuid[], p_participants uuid[]
) returns boolean language plpgsql stable parallel safe as $$
declare
  v_ids uuid[] := nullif(current_setting('tongxin.areas', true), '')::uuid[];
begin
  -- Each list is read only when those before it did not decide: this runs for every row.
  if v_ids is not null and not p_confidential and (p_town = any (v_ids) or p_city = any (v_ids) or p_community = any (v_ids)
      or p_grid = any (v_ids) or p_district = any (v_ids)) then return true; end if;
  v_ids := nullif(current_setting('tongxin.organizations', true), '')::uuid[];
  if v_ids is not null and (p_lead = any (v_ids) or p_receiving = any (v_ids) or p_supporting && v_ids) then return true; end if;
  v_ids := nullif(current_setting('tongxin.cases', true), '')::uuid[];
  if v_ids is not null and p_case = any (v_ids) then return true; end if;
  if coalesce(cardinality(p_participants), 0) = 0 then return false; end if;
  if nullif(current_setting('tongxin.actor', true), '')::uuid = any (p_participants) then return true; end if;
  -- Bodies whose confided matters the caller looks after.
  return coalesce(p_participants && nullif(current_setting('tongxin.confided', true), '')::uuid[], false);
end $$;

drop function enter(text, text);
create function enter(p_kind text, p_token text) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_posts jsonb;
  v_areas uuid[];
  v_bodies uuid[];
  v_confided uuid[];
  v_files boolean;
begin
  perform set_config('tongxin.actor', '', true), set_config('tongxin.areas', '', true), set_config('tongxin.organizations', '', true),
          set_config('tongxin.cases', '', true), set_config('tongxin.confided', '', true), set_config('tongxin.may_file', '', true);
  if p_kind = 'person' then
    select p.* into v_person from auth.session s join person p on p.auth_user_id = s."userId"
      where s.token = p_token and s."expiresAt" > now() and p.erased_at is null;
  elsif p_kind = 'service' then
    select p.* into v_person from service_session s join person p on p.person_id = s.person_id
      where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.expires_at > now();
  end if;
  if v_person.person_id is null then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('postId', h.post_id, 'organizationId', h.organization_id, 'areaId', h.area_id,
           'role', h.role, 'capabilities', to_jsonb(h.capabilities)) order by h.held_from, h.post_id), '[]'::jsonb),
         array_agg(h.area_id) filter (where h.sees = 'area'),
         array_agg(h.organization_id) filter (where h.sees in ('area', 'organization')),
         array_agg(h.organization_id) filter (where 'case.confided' = any (h.capabilities)),
         coalesce(bool_or('case.file' = any (h.capabilities)), false)
    into v_posts, v_areas, v_bodies, v_confided, v_files
    from posts_held(v_person.person_id, now()) h;
  perform set_config('tongxin.actor', v_person.person_id::text, true),
          set_config('tongxin.areas', coalesce(v_areas::text, ''), true),
          set_config('tongxin.organizations', coalesce(v_bodies::text, ''), true),
          set_config('tongxin.confided', coalesce(v_confided::text, ''), true),
          set_config('tongxin.may_file', case when v_files or v_person.kind = 'resident' then '1' else '' end, true);
  return jsonb_build_object('personId', v_person.person_id, 'kind', v_person.kind, 'language', v_person.language, 'posts', v_posts);
end $$;

-- What a year of the calendar would set in motion, but for what is confided: a count tells that there is one.
drop function count_reaching(timestamptz, boolean);
create function count_reaching(p_from timestamptz, p_waiting boolean) returns bigint language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage_all('calendar.manage') then raise exception 'not yours' using errcode = '42501'; end if;
  return (select count(*) from clock k where k.status = 'running' and k.calendar_version <> 'imported'
    and ((p_from is not null and k.due_at >= p_from) or (p_waiting and k.provisional))
    and not exists (select 1 from cases c where c.case_id = k.case_id and c.confided));
end $$;

-- Both sides of a quarrel are parties, and neither is its reporter.
alter table case_party drop constraint case_party_role_check;
alter table case_party add constraint case_party_role_check check (role in ('reporter', 'behalfOf', 'party'));

-- What a dispute is counted by: codes and days. Words and people stand on the record and with the parties.
create table dispute (
  case_id uuid primary key,
  organization_id uuid not null references organization,
  kind text not null,
  origin text not null,
  area_id uuid not null references area,
  parties integer not null check (parties between 2 and 10),
  mediated_on date not null,
  registered_at timestamptz not null
);
create index dispute_month on dispute (mediated_on);
create index dispute_organization on dispute (organization_id, registered_at desc, case_id);

-- What everybody may know of a month, made once by the publish library and never again: two releases of the same months would tell the difference.
create table dispute_release (
  month date primary key check (extract(day from month) = 1),
  least integer not null,
  figures jsonb not null,
  released_at timestamptz not null,
  released_by uuid default acting() references person check (released_by is not null)
);

do $$
declare t text;
begin
  foreach t in array array['dispute', 'dispute_release'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy dispute_scope on dispute to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute.case_id))
  with check (case_id = any (scope_ids('cases')) or exists (select 1 from cases c where c.case_id = dispute.case_id));
grant select, insert on dispute to tongxin_app;
create policy dispute_release_read on dispute_release for select to tongxin_app using (true);
create policy dispute_release_make on dispute_release for insert to tongxin_app with check (may_manage_all('mediation.count'));
grant select, insert (month, least, figures, released_at) on dispute_release to tongxin_app;

-- The reports that the law asks for count exactly, below the area of whoever makes them; this is the only way to the figures.
create function dispute_counts(p_area uuid, p_from date, p_to date)
  returns table (area_id uuid, path uuid[], organization_id uuid, kind text, stage text, cases bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage('mediation.count', p_area, null) then raise exception 'not these figures' using errcode = '42501'; end if;
  return query select d.area_id, a.path, d.organization_id, d.kind, c.stage, count(*) from dispute d join cases c using (case_id)
      join area a on a.area_id = d.area_id and p_area = any (a.path)
    where d.mediated_on >= p_from and d.mediated_on < p_to group by 1, 2, 3, 4, 5 order by 1, 3, 4, 5;
end $$;
do $$
declare f text;
begin
  foreach f in array array['enter(text, text)', 'count_reaching(timestamptz, boolean)', 'dispute_counts(uuid, date, date)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on dispute to tongxin_definer;

