-- Points on one line: the tile of zoom 20 a point lies in, its column and row interleaved (Morton order), so that every tile of a coarser zoom is
-- one range. The same as domain/map `placeKeyOf`.
create function spread_bits(v bigint) returns bigint language plpgsql immutable strict parallel safe as $$
begin
  v := (v | (v << 16)) & 281470681808895;
  v := (v | (v << 8)) & 71777214294589695;
  v := (v | (v << 4)) & 1085102592571150095;
  v := (v | (v << 2)) & 3689348814741910323;
  return (v | (v << 1)) & 6148914691236517205;
end $$;
create function place_key(p_lon double precision, p_lat double precision) returns bigint language plpgsql immutable strict parallel safe as $$
declare v_sin double precision := sin(greatest(-85.05112877980659, least(85.05112877980659, p_lat)) * pi() / 180);
begin
  return spread_bits(greatest(0, least(1048575, floor((p_lon + 180) / 360 * 1048576)))::bigint)
    + 2 * spread_bits(greatest(0, least(1048575, floor((0.5 - ln((1 + v_sin) / (1 - v_sin)) / (4 * pi())) * 1048576)))::bigint);
end $$;

alter table facility add column place_key bigint generated always as (place_key(lon, lat)) stored;
create index facility_place on facility (place_key);

alter table cases
  -- Confidential procedures are on no map; nor is a protected reporter where a body is complained of, for a point would tell who it is.
  add column mapped boolean generated always as (not confidential and not (reporter_protected and respondent_organization_id is not null)) stored,
  add column place_key bigint generated always as (place_key(lon, lat)) stored,
  -- The day, in China, on which it was reported, or logged where nobody says when.
  add column filed_on date generated always as ((coalesce(reported_at, created_at) at time zone 'Asia/Shanghai')::date) stored;
-- Whatever a tile or a count of areas asks stands in the index itself: the rows are not opened.
create index cases_map_open on cases (place_key)
  include (lon, lat, city_id, district_id, town_id, community_id, grid_id, lead_organization_id, stage, light, category_id, filed_on)
  where mapped and ended_at is null;
create index cases_map_filed on cases (filed_on, place_key)
  include (lon, lat, city_id, district_id, town_id, community_id, grid_id, lead_organization_id, stage, light, category_id)
  where mapped;

-- What a reader sees by area or as the leading body, as `sees_case` says it, written out so that the index can answer it.
create function map_where(p_open boolean) returns text language sql immutable as $$
  select 'c.mapped and (c.town_id = any ($1) or c.city_id = any ($1) or c.community_id = any ($1) or c.grid_id = any ($1) or c.district_id = any ($1)
      or c.lead_organization_id = any ($2))'
    || case when p_open then ' and c.ended_at is null' else '' end
    || ' and ($3 is null or c.filed_on >= $3) and ($4 is null or c.filed_on <= $4)
      and ($5 is null or c.stage = $5) and ($6 is null or c.light = $6) and ($7 is null or c.category_id = $7)' $$;

-- Counts of a tile by cell: the cell is the key without its last bits. `p_open`: what has not ended; else whatever was filed in the days named.
create function map_cells(p_from bigint, p_to bigint, p_bits integer, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (n integer, late integer, lon double precision, lat double precision) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return query execute 'select count(*)::int, (count(*) filter (where c.light = ''red''))::int, avg(c.lon), avg(c.lat) from cases c
    where c.place_key >= $8 and c.place_key < $9 and ' || map_where(p_open) || ' group by c.place_key >> $10'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_from, p_to, p_bits;
end $$;

-- The cases of a tile themselves, at most so many.
create function map_points(p_from bigint, p_to bigint, p_limit integer, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (case_id uuid, number text, stage text, light text, category_id text, lon double precision, lat double precision)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute 'select c.case_id, c.number, c.stage, c.light, c.category_id, c.lon, c.lat from cases c
    where c.place_key >= $8 and c.place_key < $9 and ' || map_where(p_open) || ' limit $10'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_from, p_to, least(p_limit, 5000);
end $$;

-- Counts by the areas of one level within an area; `area_id` is null for what lies in none of them.
create function map_counts(p_within text, p_area uuid, p_by text, p_open boolean, p_first date, p_last date, p_stage text, p_light text, p_category text)
  returns table (area_id uuid, n integer, late integer) language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_within <> all (array['city', 'district', 'town', 'community', 'grid']) or p_by <> all (array['district', 'town', 'community', 'grid'])
    then raise exception 'no such level' using errcode = '22023'; end if;
  return query execute format('select c.%I, count(*)::int, (count(*) filter (where c.light = ''red''))::int from cases c
    where c.%I = $8 and ', p_by || '_id', p_within || '_id') || map_where(p_open) || ' group by 1'
    using scope_ids('areas'), scope_ids('organizations'), p_first, p_last, p_stage, p_light, p_category, p_area;
end $$;

do $$
declare f text;
begin
  foreach f in array array['map_cells(bigint, bigint, integer, boolean, date, date, text, text, text)',
    'map_points(bigint, bigint, integer, boolean, date, date, text, text, text)',
    'map_counts(text, uuid, text, boolean, date, date, text, text, text)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
