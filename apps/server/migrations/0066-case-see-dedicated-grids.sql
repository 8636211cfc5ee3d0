-- A post at a dedicated grid (专属网格) sees what lies in it: such a grid lies over the others, so its cases name it beside their levels.
create index cases_overlay on cases using gin (overlay_ids) where overlay_ids <> '{}';

create function sees_case(
  p_case uuid, p_confidential boolean, p_city uuid, p_district uuid, p_town uuid, p_community uuid, p_grid uuid,
  p_receiving uuid, p_lead uuid, p_supporting uuid[], p_participants uuid[], p_overlays uuid[]
) returns boolean language plpgsql stable parallel safe as $$
declare
  v_ids uuid[] := nullif(current_setting('tongxin.areas', true), '')::uuid[];
begin
  -- Each list is read only when those before it did not decide: this runs for every row.
  if v_ids is not null and not p_confidential and (p_town = any (v_ids) or p_city = any (v_ids) or p_community = any (v_ids)
      or p_grid = any (v_ids) or p_district = any (v_ids) or p_overlays && v_ids) then return true; end if;
  v_ids := nullif(current_setting('tongxin.organizations', true), '')::uuid[];
  if v_ids is not null and (p_lead = any (v_ids) or p_receiving = any (v_ids) or p_supporting && v_ids) then return true; end if;
  v_ids := nullif(current_setting('tongxin.cases', true), '')::uuid[];
  if v_ids is not null and p_case = any (v_ids) then return true; end if;
  if coalesce(cardinality(p_participants), 0) = 0 then return false; end if;
  if nullif(current_setting('tongxin.actor', true), '')::uuid = any (p_participants) then return true; end if;
  -- Bodies whose confided matters the caller looks after.
  return coalesce(p_participants && nullif(current_setting('tongxin.confided', true), '')::uuid[], false);
end $$;
alter policy cases_scope on cases using (sees_case(case_id, confidential, city_id, district_id, town_id, community_id, grid_id,
  receiving_organization_id, lead_organization_id,
  case when respondent_organization_id is null or confidential or demand_kind is not distinct from 'report' then supporting_organization_ids
    else supporting_organization_ids || respondent_organization_id end,
  participant_ids, overlay_ids));

-- Whatever judges by it elsewhere judges so too; a list searched by words may be that of such a grid, which is short.
set local role tongxin_definer;
do $$
declare
  f record;
  v_words text;
begin
  for f in select p.oid, p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosrc like '%sees_case(c.%' loop
    v_words := replace(pg_get_functiondef(f.oid), 'c.supporting_organization_ids, c.participant_ids)', 'c.supporting_organization_ids, c.participant_ids, c.overlay_ids)');
    if f.proname = 'search_cases' then
      v_words := replace(replace(v_words, 'when ''participant'' then', 'when ''overlay'' then ''c.overlay_ids <> ''''{}'''' and c.overlay_ids @> array[$1]''
    when ''participant'' then'), '''participant'', ''supporting'')', '''participant'', ''supporting'', ''overlay'')');
    end if;
    execute v_words;
  end loop;
end $$;
reset role;
drop function sees_case(uuid, boolean, uuid, uuid, uuid, uuid, uuid, uuid, uuid, uuid[], uuid[]);

-- The map: what lies in a dedicated grid is asked only for whoever has a post at one, so that the index of places answers everybody else alone.
create function map_reads() returns text language sql stable as $$
  select case when count(*) filter (where kind = 'dedicatedGrid') = 0 then 'levels' when bool_and(kind = 'dedicatedGrid') then 'dedicated' else 'both' end
  from area where area_id = any (scope_ids('areas')) $$;
create function map_where(p_open boolean, p_reads text) returns text language sql immutable as $$
  select 'c.mapped and (' || array_to_string(array[
      case when p_reads <> 'dedicated' then
        'c.town_id = any ($1) or c.city_id = any ($1) or c.community_id = any ($1) or c.grid_id = any ($1) or c.district_id = any ($1)' end,
      case when p_reads <> 'levels' then '(c.overlay_ids <> ''{}'' and c.overlay_ids && $1)' end,
      'c.lead_organization_id = any ($2))'], ' or ')
    || case when p_open then ' and c.ended_at is null' else '' end
    || ' and ($3 is null or c.filed_on >= $3) and ($4 is null or c.filed_on <= $4)
      and ($5 is null or c.stage = $5) and ($6 is null or c.light = $6) and ($7 is null or c.category_id = $7)' $$;

set local role tongxin_definer;
create or replace function map_cells(p_from bigint, p_to bigint, p_bits integer, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (n integer, late integer, lon double precision, lat double precision) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return query execute 'select count(*)::int, (count(*) filter (where c.light = ''red''))::int, avg(c.lon), avg(c.lat) from cases c
    where c.place_key >= $8 and c.place_key < $9 and ' || map_where(p_open, map_reads()) || ' group by c.place_key >> $10'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_from, p_to, p_bits;
end $$;

create or replace function map_points(p_from bigint, p_to bigint, p_limit integer, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (case_id uuid, number text, stage text, light text, category_id text, lon double precision, lat double precision)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute 'select c.case_id, c.number, c.stage, c.light, c.category_id, c.lon, c.lat from cases c
    where c.place_key >= $8 and c.place_key < $9 and ' || map_where(p_open, map_reads()) || ' limit $10'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_from, p_to, least(p_limit, 5000);
end $$;

-- Also of what lies in a dedicated grid, by the grids below it.
create or replace function map_counts(p_within text, p_area uuid, p_by text, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (area_id uuid, n integer, late integer) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_within <> all (array['city', 'district', 'town', 'community', 'grid', 'dedicatedGrid']) or p_by <> all (array['district', 'town', 'community', 'grid'])
    then raise exception 'no such level' using errcode = '22023'; end if;
  return query execute format('select c.%I, count(*)::int, (count(*) filter (where c.light = ''red''))::int from cases c where ', p_by || '_id')
    || case when p_within = 'dedicatedGrid' then 'c.overlay_ids <> ''{}'' and c.overlay_ids @> array[$8]' else format('c.%I = $8', p_within || '_id') end
    || ' and ' || map_where(p_open, map_reads()) || ' group by 1'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_area;
end $$;
reset role;
drop function map_where(boolean);
