-- Running cases go on under another version of their procedure: by whoever may vary it in their area, also cases whose words they may not read.
-- Counted by all that decides whether a case may: stage, facts, clocks, whether a body leads it and somebody handled it.
create function open_standings(p_procedure text, p_version integer, p_area uuid, p_case uuid)
  returns table (stage text, facts jsonb, clocks jsonb, lead boolean, handled boolean, cases bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not may_vary(p_area) then raise exception 'not yours' using errcode = '42501'; end if;
  return query
    select c.stage, c.state->'facts', (select coalesce(jsonb_object_agg(k.key, k.value->>'status'), '{}') from jsonb_each(c.state->'clocks') k),
      c.lead_organization_id is not null, coalesce(jsonb_array_length(c.state->'doers'->'handle'), 0) > 0, count(*)
    from cases c where c.procedure_id = p_procedure and c.procedure_version = p_version and c.ended_at is null
      and p_area in (c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id) and (p_case is null or c.case_id = p_case)
    group by 1, 2, 3, 4, 5 order by 1, 6 desc;
end $$;

-- The next of them in the order of their ids, and one of them opened to the transaction that moves it.
create function cases_to_migrate(p_procedure text, p_version integer, p_area uuid, p_after uuid, p_limit integer) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not may_vary(p_area) then raise exception 'not yours' using errcode = '42501'; end if;
  return query select c.case_id from cases c where c.procedure_id = p_procedure and c.procedure_version = p_version and c.ended_at is null
    and p_area in (c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id) and (p_after is null or c.case_id > p_after) order by 1 limit p_limit;
end $$;
create function open_case_to_migrate(p_procedure text, p_version integer, p_area uuid, p_case uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not may_vary(p_area) or not exists (select 1 from cases c where c.case_id = p_case and c.procedure_id = p_procedure
      and c.procedure_version = p_version and c.ended_at is null and p_area in (c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id))
    then return false; end if;
  perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || p_case)::text, true);
  return true;
end $$;

do $$
declare f text;
begin
  foreach f in array array['open_standings(text, integer, uuid, uuid)', 'cases_to_migrate(text, integer, uuid, uuid, integer)',
    'open_case_to_migrate(text, integer, uuid, uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
