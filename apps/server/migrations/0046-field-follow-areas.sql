-- Premises, and visits and checklists under way, go with a re-zoning as facilities do: where their point lies now, else to what took their area over.
-- Those that are over keep the area they were done in.
grant select on premises to tongxin_definer;
grant update (area_id) on premises, visit, patrol to tongxin_definer;

-- Functions that are there are changed by whom they belong to.
set local role tongxin_definer;
create or replace function place_at_areas(p_what text, p_ids text[], p_areas uuid[]) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_n integer; v_table text; v_key text;
begin
  select t, k into v_table, v_key from (values ('post', 'post', 'post_id'), ('organization', 'organization', 'organization_id'),
    ('dutyList', 'duty_list', 'duty_list_id'), ('facility', 'facility', 'facility_id'), ('webhook', 'webhook', 'webhook_id'),
    ('premises', 'premises', 'premises_id'), ('visit', 'visit', 'visit_id'), ('patrol', 'patrol', 'patrol_id'))
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
reset role;

-- What of the field stands at areas or within a box, by id and place and nothing else, for whoever manages those areas: neither names nor answers.
create function field_records_around(p_areas uuid[], p_box float8[])
  returns table (what text, id uuid, area_id uuid, lon double precision, lat double precision) language sql stable security definer
  set search_path = public, pg_temp as $$
  select r.what, r.id, r.area_id, r.lon, r.lat from (
    select 'premises' as what, p.premises_id as id, p.area_id, p.lon, p.lat from premises p
    union all select 'visit', v.visit_id, v.area_id, v.lon, v.lat from visit v where v.status = 'open'
    union all select 'patrol', t.patrol_id, t.area_id, t.lon, t.lat from patrol t where t.status = 'open') r
  where (r.area_id = any (p_areas) or (r.lon between p_box[1] and p_box[3] and r.lat between p_box[2] and p_box[4]))
    and may_manage('area.manage', r.area_id, null)
  order by r.what, r.id $$;
alter function field_records_around(uuid[], float8[]) owner to tongxin_definer;
revoke all on function field_records_around(uuid[], float8[]) from public;
grant execute on function field_records_around(uuid[], float8[]) to tongxin_app;
