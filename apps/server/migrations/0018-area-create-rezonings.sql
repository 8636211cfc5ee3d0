-- Re-zoning 网格调整: areas change by decisions that are kept, never by rewriting. Open cases are placed anew by events of their own records,
-- in batches beside requests; closed ones keep the area they were closed in.
create table area_rezoning (
  rezoning_id uuid primary key,
  -- The version of the net of areas: a preview made for an older one is refused.
  serial integer generated always as identity unique,
  digest bytea not null,
  reason text not null,
  -- 文号 of the decision, where there is one.
  document_number text,
  person_id uuid not null,
  post_id uuid not null,
  applied_at timestamptz not null,
  -- How far the placing of open cases is: the last case looked at in this pass, of two. The second catches what was filed by processes that
  -- had not read the new boundaries yet.
  pass smallint not null default 1,
  cursor_case_id uuid,
  placed integer not null default 0,
  settled_at timestamptz
);
create index area_rezoning_unsettled on area_rezoning (serial) where settled_at is null;

-- What became of each area: before and after, each {kind, parentId, name, code, geometry}.
create table area_change (
  rezoning_id uuid not null references area_rezoning,
  area_id uuid not null references area,
  before jsonb,
  after jsonb,
  into_ids uuid[] not null default '{}',
  from_ids uuid[] not null default '{}',
  primary key (rezoning_id, area_id)
);
create index area_change_area on area_change (area_id);

-- A boundary may change twice on one day.
alter table area_boundary add column revision integer not null default 1;
alter table area_boundary drop constraint area_boundary_pkey;
alter table area_boundary add primary key (area_id, revision);
create unique index area_boundary_in_force on area_boundary (area_id) where valid_to is null;
-- One code of a scheme at a time.
alter table area_code add constraint area_code_once exclude using gist (area_id with =, scheme with =, daterange(valid_from, valid_to) with &&);

-- Whether somebody holds a post today that manages an area of this path.
create function manages_area(p_path uuid[]) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h
    where h.area_id = any (p_path) and 'area.manage' = any (h.capabilities)) $$;

-- What stands at an area goes with a re-zoning: posts, bodies, lists, facilities. The caller must manage where it was
-- and where it goes. Answers how many moved.
create function place_at_areas(p_what text, p_ids text[], p_areas uuid[]) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_n integer; v_table text; v_key text;
begin
  select t, k into v_table, v_key from (values ('post', 'post', 'post_id'), ('organization', 'organization', 'organization_id'),
    ('dutyList', 'duty_list', 'duty_list_id'), ('facility', 'facility', 'facility_id'))
    as known(what, t, k) where what = p_what;
  if v_table is null then raise exception 'unknown kind' using errcode = '22023'; end if;
  execute format('update %I d set area_id = x.area_id from unnest($1, $2) as x(id, area_id) join area a on a.area_id = x.area_id, area o
    where d.%I::text = x.id and o.area_id = d.area_id and manages_area(a.path) and manages_area(o.path)', v_table, v_key) using p_ids, p_areas;
  get diagnostics v_n = row_count;
  return v_n;
end $$;

-- Which version of a procedure holds where goes with a re-zoning too, from its day on: what held at the area that went stays written there, what
-- had not begun goes over. Where the new area has a version of its own, that one stays. Answers how many were judged.
create function carry_uses(p_ids uuid[], p_areas uuid[], p_now timestamptz) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  v_day date := (p_now at time zone 'Asia/Shanghai')::date;
  v_from date;
  v_own uuid[] := array(select use_id from procedure_use where area_id = any (p_areas));
  v_n integer := 0;
  r record;
begin
  for r in select u.*, x.area_id as to_id from unnest(p_ids, p_areas) as x(id, area_id) join procedure_use u on u.use_id = x.id
      join area a on a.area_id = x.area_id join area o on o.area_id = u.area_id where manages_area(a.path) and manages_area(o.path)
      order by u.valid_from, u.set_at, u.use_id loop
    v_n := v_n + 1;
    v_from := greatest(r.valid_from, v_day);
    if r.valid_from > v_day then delete from procedure_use where use_id = r.use_id; end if;
    if not exists (select 1 from procedure_use k where k.use_id = any (v_own) and k.area_id = r.to_id and k.procedure_id = r.procedure_id
        and k.valid_from <= v_from) then
      insert into procedure_use (use_id, procedure_id, version, area_id, valid_from, note, set_by, post_id, set_at)
        values (gen_random_uuid(), r.procedure_id, r.version, r.to_id, v_from, r.note, r.set_by, r.post_id, p_now);
    end if;
  end loop;
  return v_n;
end $$;

-- Which net is in force, for every process that keeps it in memory.
create function net_version() returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(serial), 0) from area_rezoning $$;

do $$
declare f text;
begin
  foreach f in array array['manages_area(uuid[])', 'net_version()', 'place_at_areas(text, text[], uuid[])',
    'carry_uses(uuid[], uuid[], timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on area_rezoning, area_change to tongxin_app, tongxin_feed, tongxin_definer;
grant insert on area, area_code, area_boundary, area_rezoning, area_change to tongxin_app;
grant update (name, valid_to) on area to tongxin_app;
grant update (valid_to) on area_code, area_boundary to tongxin_app;
grant select, insert, update, delete on area_rezoning, area_change to tongxin_maintenance;
grant update (area_id) on post, organization, duty_list, facility to tongxin_definer;
grant select, insert, delete on procedure_use to tongxin_definer;

do $$
declare t text;
begin
  foreach t in array array['area', 'area_code', 'area_boundary', 'area_rezoning', 'area_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- Areas are public facts.
  foreach t in array array['area', 'area_code', 'area_boundary'] loop
    execute format('create policy %I on %I for select using (true)', t || '_read', t);
  end loop;
  foreach t in array array['area_code', 'area_boundary', 'area_change'] loop
    execute format('create policy %I on %I for insert to tongxin_app with check (exists (select 1 from area a where a.area_id = %I.area_id and manages_area(a.path)))',
      t || '_add', t, t);
  end loop;
  foreach t in array array['area_code', 'area_boundary'] loop
    execute format('create policy %I on %I for update to tongxin_app using (exists (select 1 from area a where a.area_id = %I.area_id and manages_area(a.path)))
      with check (true)', t || '_change', t, t);
  end loop;
end $$;
create policy area_add on area for insert to tongxin_app with check (manages_area(path));
create policy area_change on area for update to tongxin_app using (manages_area(path)) with check (manages_area(path));
-- Decisions about areas are read by whoever is signed in, and made in one's own name.
create policy area_rezoning_read on area_rezoning for select to tongxin_app using (nullif(current_setting('tongxin.actor', true), '') is not null);
create policy area_rezoning_add on area_rezoning for insert to tongxin_app
  with check (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy area_change_read on area_change for select to tongxin_app using (nullif(current_setting('tongxin.actor', true), '') is not null);
