-- 我也遇到了: whoever meets the same thing follows the case of it, with a code of their own and no name. Kept is its hash.
create table follower (
  case_id uuid not null,
  -- The follower's own key: the same again changes nothing.
  follower_id uuid not null,
  code_hash bytea not null unique,
  joined_at timestamptz not null,
  primary key (case_id, follower_id)
);

-- One tap rates an answer: the code of the message opens that and nothing else. Kept is its hash.
create table rating_link (
  code_hash bytea primary key,
  case_id uuid not null,
  party_id uuid not null,
  -- The answer it rates: a later one has a link of its own.
  event_no integer not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  value text
);
create index rating_link_case on rating_link (case_id);

-- What an area tells anybody of its reports. No row: nothing. The nearest area on a case's path decides.
create table publication_area (
  area_id uuid primary key references area,
  -- Whoever reports is told that the same was reported around the spot.
  nearby boolean not null,
  -- What was looked over stands on the public list and map.
  listed boolean not null,
  -- Categories, or groups of them, of which that is said: of what stands in public space.
  category_ids text[] not null,
  changed_at timestamptz not null
);

-- What was decided about showing a case to everybody, in words written for that.
create table publication (
  case_id uuid primary key,
  state text not null check (state in ('shown', 'refused')),
  words text not null check (length(words) <= 200),
  version integer not null check (version > 0),
  post_id uuid not null,
  decided_at timestamptz not null,
  check (state = 'refused' or words <> '')
);

do $$
declare t text;
begin
  foreach t in array array['follower', 'rating_link', 'publication_area', 'publication'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
grant select, insert, delete on follower to tongxin_definer;
grant select, update (used_at, value), delete on rating_link to tongxin_definer;
grant select on publication_area, publication to tongxin_definer;

-- Staff who see the case see how many follow it; who they are is known to nobody.
create policy follower_case on follower for select to tongxin_app using (exists (select 1 from cases c where c.case_id = follower.case_id));
grant select (case_id, joined_at) on follower to tongxin_app;
create policy publication_area_all on publication_area for select to tongxin_app using (true);
create policy publication_area_add on publication_area for insert to tongxin_app with check (may_manage('publication.manage', area_id, null));
create policy publication_area_change on publication_area for update to tongxin_app using (may_manage('publication.manage', area_id, null))
  with check (may_manage('publication.manage', area_id, null));
grant select, insert, update (nearby, listed, category_ids, changed_at) on publication_area to tongxin_app;
-- Decided by whoever may in the smallest area the case lies in.
create function may_publish(p_case uuid) returns boolean language sql stable as $$
  select exists (select 1 from cases c where c.case_id = p_case
    and may_manage('publication.review', coalesce(c.grid_id, c.community_id, c.town_id, c.district_id, c.city_id), null)) $$;
create policy publication_own on publication to tongxin_app using (may_publish(case_id)) with check (may_publish(case_id));
grant select, insert, update (state, words, version, post_id, decided_at) on publication to tongxin_app;

-- What an area tells: the row of the nearest area on a path.
create function publication_of(p_areas uuid[]) returns publication_area language sql stable security definer set search_path = public, pg_temp as $$
  select s from publication_area s join area a using (area_id) where s.area_id = any (p_areas) order by cardinality(a.path) desc limit 1 $$;

-- Reports of which something may be told at all: of no confidential procedure, no protected reporter and no complaint about a body; of a category
-- that the area names. It has no words, hour or spot, which therefore cannot leave by a mistake in what presents it.
create view open_report as
  select c.case_id, c.place_key, c.category_id, c.category_version, c.procedure_id, c.procedure_version, c.stage, c.ended_at is not null as ended,
    c.filed_on as day, c.filed_on::text as filed_on, (coalesce(c.ended_at, c.updated_at) at time zone 'Asia/Shanghai')::date::text as updated_on,
    array_remove(array[c.community_id, c.town_id, c.district_id, c.city_id], null) as area_ids, c.grid_id, c.mapped, c.ended_at, s.nearby, s.listed
  from cases c
  join category k on k.category_id = c.category_id and k.version = c.category_version
  cross join lateral publication_of(array_remove(array[c.grid_id, c.community_id, c.town_id, c.district_id, c.city_id], null)) s
  where c.mapped and not c.reporter_protected and c.respondent_organization_id is null and not c.imported
    and (s.nearby or s.listed) and (k.category_id = any (s.category_ids) or k.parent_id = any (s.category_ids));
alter view open_report owner to tongxin_definer;

create function assert_may_file() returns void language plpgsql stable as $$
begin
  if coalesce(current_setting('tongxin.may_file', true), '') <> '1' then raise exception 'may not file' using errcode = '42501'; end if;
end $$;

-- Open reports of a few cells of the map, or of a grid, for whoever is about to report one more.
create function reports_nearby(p_from bigint[], p_to bigint[], p_grid uuid, p_category text)
  returns table (case_id uuid, category_id text, category_version integer, procedure_id text, procedure_version integer, stage text, filed_on text,
    area_ids uuid[], followers integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_may_file();
  return query select o.case_id, o.category_id, o.category_version, o.procedure_id, o.procedure_version, o.stage, o.filed_on, o.area_ids,
      (select count(*)::int from follower f where f.case_id = o.case_id)
    from (select n.* from unnest(p_from, p_to) r(first, last) join open_report n on n.place_key >= r.first and n.place_key < r.last
        where n.nearby and n.ended_at is null
      union all select n.* from open_report n where n.grid_id = p_grid and n.nearby and n.ended_at is null) o
    order by (o.category_id = p_category) desc nulls last, o.day desc, o.case_id limit 5;
end $$;

-- Follows a report that is told of nearby; false where there is none.
create function follow_report(p_case uuid, p_follower uuid, p_hash bytea, p_now timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform assert_may_file();
  if exists (select 1 from follower f where f.case_id = p_case and f.follower_id = p_follower) then return true; end if;
  if not exists (select 1 from open_report o left join publication p on p.case_id = o.case_id and p.state = 'shown'
      where o.case_id = p_case and o.ended_at is null and (o.nearby or (o.listed and p.case_id is not null))) then return false; end if;
  insert into follower values (p_case, p_follower, p_hash, p_now) on conflict do nothing;
  return true;
end $$;

-- A follower's code opens what is told of the case to everybody who follows it, its main case's where it was merged.
create function enter_following(p_hash bytea) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v follower%rowtype;
begin
  select * into v from follower where code_hash = p_hash;
  if v.case_id is null then return null; end if;
  perform set_config('tongxin.cases', (select array_remove(array[c.case_id, c.main_case_id], null)::text from cases c where c.case_id = v.case_id), true);
  return jsonb_build_object('caseId', v.case_id, 'followerId', v.follower_id,
    'joinedAt', to_char(v.joined_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
end $$;
create function stop_following(p_hash bytea) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from follower where code_hash = p_hash;
  return found;
end $$;

-- The code of a rating link opens its case as its party for as long as this transaction lasts. `stale`: another answer was given since.
create function enter_rating(p_hash bytea, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v rating_link%rowtype;
begin
  select * into v from rating_link where code_hash = p_hash and expires_at > p_now for update;
  if v.case_id is null then return null; end if;
  perform set_config('tongxin.cases', array[v.case_id]::text, true), set_config('tongxin.party', v.party_id::text, true);
  return jsonb_build_object('caseId', v.case_id, 'partyId', v.party_id, 'value', v.value, 'stale', exists (select 1 from events e
    where e.case_id = v.case_id and e.event_no > v.event_no and e.type = 'case.acted' and e.header::jsonb->'header'->'set'->>'answered' = 'true'));
end $$;
create function use_rating(p_hash bytea, p_value text, p_now timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update rating_link set used_at = p_now, value = p_value where code_hash = p_hash and used_at is null;
end $$;

-- Reports to be looked over before anybody else sees them, of what the caller sees and may decide.
create function reports_to_review(p_since date, p_limit integer) returns table (case_id uuid) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from publication_area where listed) then return; end if;
  return query select o.case_id from open_report o join cases c on c.case_id = o.case_id
    where o.listed and o.mapped and o.day >= p_since and not exists (select 1 from publication p where p.case_id = o.case_id)
      and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id, c.receiving_organization_id,
        c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)
      and may_manage('publication.review', coalesce(c.grid_id, c.community_id, c.town_id, c.district_id, c.city_id), null)
    order by o.day, o.case_id limit least(p_limit, 200);
end $$;

-- What stands on the public list: words that were written for it, and a cell of some six hundred metres instead of the spot.
create function published_reports(p_area uuid, p_before uuid, p_limit integer) returns table (ref uuid, words text, category_id text,
    category_version integer, procedure_id text, procedure_version integer, stage text, ended boolean, filed_on text, updated_on text, area_ids uuid[],
    cell bigint, followers integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select o.case_id, p.words, o.category_id, o.category_version, o.procedure_id, o.procedure_version, o.stage, o.ended, o.filed_on,
      o.updated_on, o.area_ids, o.place_key >> 8, (select count(*)::int from follower f where f.case_id = o.case_id)
    from publication p join open_report o on o.case_id = p.case_id
    where p.state = 'shown' and o.listed and (p_area is null or p_area = any (o.area_ids)) 
      and (p_before is null or (o.day, o.case_id) < (select c.filed_on, c.case_id from cases c where c.case_id = p_before))
    order by o.day desc, o.case_id desc limit least(p_limit, 500);
end $$;

do $$
declare f text;
begin
  foreach f in array array['publication_of(uuid[])', 'reports_nearby(bigint[], bigint[], uuid, text)', 'follow_report(uuid, uuid, bytea, timestamptz)',
    'enter_following(bytea)', 'stop_following(bytea)', 'enter_rating(bytea, timestamptz)', 'use_rating(bytea, text, timestamptz)',
    'reports_to_review(date, integer)', 'published_reports(uuid, uuid, integer)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on category to tongxin_definer;
