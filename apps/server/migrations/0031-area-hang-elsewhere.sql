-- One question has one function: whether the caller holds a capability over an area, or in a body. A post whose role sees only its body counts for
-- that body alone; any other counts for its area and what lies below.
-- Functions that are there are changed by whom they belong to.
set local role tongxin_definer;
create or replace function may_manage(p_capability text, p_area uuid, p_organization uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h where p_capability = any (h.capabilities)
    and ((h.sees <> 'organization' and exists (select 1 from area a where a.area_id = p_area and h.area_id = any (a.path)))
      or h.organization_id = p_organization)) $$;

-- What stands at an area goes with a re-zoning: webhooks too, and a display goes with its post.
create or replace function place_at_areas(p_what text, p_ids text[], p_areas uuid[]) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_n integer; v_table text; v_key text;
begin
  select t, k into v_table, v_key from (values ('post', 'post', 'post_id'), ('organization', 'organization', 'organization_id'),
    ('dutyList', 'duty_list', 'duty_list_id'), ('facility', 'facility', 'facility_id'), ('webhook', 'webhook', 'webhook_id'))
    as known(what, t, k) where what = p_what;
  if v_table is null then raise exception 'unknown kind' using errcode = '22023'; end if;
  execute format('update %I d set area_id = x.area_id from unnest($1, $2) as x(id, area_id)
    where d.%I::text = x.id and may_manage(''area.manage'', x.area_id, null) and may_manage(''area.manage'', d.area_id, null)', v_table, v_key)
    using p_ids, p_areas;
  get diagnostics v_n = row_count;
  if p_what = 'post' then
    update wall_display d set area_id = p.area_id from post p join post_holding h using (post_id)
      where h.person_id = d.person_id and p.post_id::text = any (p_ids);
  end if;
  return v_n;
end $$;

-- Whatever asked the same in other words asks it now.
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosrc ~ '(holds_over|manages_area)\(' loop
    execute regexp_replace(regexp_replace(pg_get_functiondef(f),
      'holds_over\(([^(),]+), ([^(),]+)\)', 'may_manage(\1, \2, null)', 'g'),
      'manages_area\((\w+)\.path\)', 'may_manage(''area.manage'', \1.area_id, null)', 'g');
  end loop;
end $$;
reset role;
-- A new area is judged by what it belongs to, and stands where it says it does.
alter policy area_add on area with check (may_manage('area.manage', parent_id, null)
  and exists (select 1 from area p where p.area_id = area.parent_id and area.path = p.path || area.area_id));
alter policy area_change on area using (may_manage('area.manage', area_id, null)) with check (may_manage('area.manage', area_id, null));
alter policy area_code_add on area_code with check (may_manage('area.manage', area_id, null));
alter policy area_code_change on area_code using (may_manage('area.manage', area_id, null));
alter policy area_boundary_add on area_boundary with check (may_manage('area.manage', area_id, null));
alter policy area_boundary_change on area_boundary using (may_manage('area.manage', area_id, null));
alter policy area_change_add on area_change with check (may_manage('area.manage', area_id, null));
alter policy webhook_area on webhook using (may_manage('exchange.manage', (select o.area_id from organization o
  where o.organization_id = webhook.organization_id), null));
alter policy api_token_area on api_token using (may_manage('exchange.manage', (select o.area_id from organization o
  where o.organization_id = api_token.organization_id), null));
drop function holds_over(text, uuid);
drop function manages_area(uuid[]);

-- Puts an area, with everything below it, below another: the caller must manage both. What it belonged to stands in `area_change`.
create function hang_area(p_area uuid, p_parent uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_depth integer := (select cardinality(path) from area where area_id = p_area);
  v_above uuid[] := (select path from area where area_id = p_parent and valid_to is null);
begin
  if not may_manage('area.manage', p_area, null) or not may_manage('area.manage', p_parent, null)
    then raise exception 'not yours' using errcode = '42501'; end if;
  if v_above is null or p_area = any (v_above) then raise exception 'no such place' using errcode = '22023'; end if;
  update area set parent_id = p_parent where area_id = p_area;
  update area set path = v_above || path[v_depth:] where path @> array[p_area];
end $$;

-- What stands at areas in other registers: whoever manages the area hears which systems are told of its cases, by the host of their address.
create function webhooks_at(p_areas uuid[]) returns table (webhook_id uuid, host text, area_id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
  select w.webhook_id, split_part(split_part(w.url, '//', 2), '/', 1), w.area_id from webhook w
  where w.area_id = any (p_areas) and may_manage('area.manage', w.area_id, null) $$;

do $$
declare f text;
begin
  foreach f in array array['hang_area(uuid, uuid)', 'webhooks_at(uuid[])'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant update (parent_id, path) on area to tongxin_definer;
grant select, update (area_id) on webhook to tongxin_definer;

-- Bodies with those that closed before them and whose work they took over, however often that happened.
create function with_forebears(p_organizations uuid[]) returns uuid[] language sql stable as $$
  with recursive body(id) as (select unnest(p_organizations)
    union select o.organization_id from organization o join body b on o.heir_id = b.id where o.valid_to <= today())
  select array_agg(id) from body $$;
-- A shift that a closed body handed over is received by the body that goes on with its work.
alter policy handover_scope on handover using (organization_id = any ((select with_forebears(scope_ids('organizations')))::uuid[]))
  with check (organization_id = any ((select with_forebears(scope_ids('organizations')))::uuid[]));
