-- The same search, reading less. The index is asked once, for those that say it and not first for those that hold its words; a round of the walk is one
-- statement; what the index found is put in order before it is judged, so that only as many are judged as are wanted; and it is found within the list. No longer `stable`:
-- a function that explains may not be.
drop function search_cases(text, text[], integer, text, uuid);
create function search_cases(p_query text, p_phrases text[], p_limit integer, p_by text, p_id uuid) returns setof uuid language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  v_query tsquery := p_query::tsquery;
  v_limit integer := least(p_limit, 2000);
  -- As many as are read from the index before the walk is the cheaper way.
  v_most constant integer := 10000;
  -- Never the caller's words: one of these, or nothing is found.
  v_anchor text := case p_by when 'city' then 'c.city_id = $1' when 'district' then 'c.district_id = $1' when 'town' then 'c.town_id = $1'
    when 'community' then 'c.community_id = $1' when 'grid' then 'c.grid_id = $1' when 'lead' then 'c.lead_organization_id = $1'
    when 'receiving' then 'c.receiving_organization_id = $1' when 'handler' then 'c.handler_id = $1' when 'dispatcher' then 'c.dispatcher_id = $1'
    when 'overlay' then 'c.overlay_ids <> ''{}'' and c.overlay_ids @> array[$1]'
    when 'participant' then 'c.participant_ids @> array[$1]'
    when 'supporting' then 'c.supporting_organization_ids <> ''{}'' and c.supporting_organization_ids @> array[$1]' end;
  v_own boolean := p_by in ('handler', 'dispatcher', 'participant', 'supporting', 'overlay');
  v_judged text := 'sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
    c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids, c.overlay_ids)';
  v_some uuid[];
  v_found uuid[] := '{}';
  v_walked integer;
  v_step integer;
  v_at timestamptz;
  v_case uuid;
  v_asked boolean;
  v_sign text;
  v_plan json;
begin
  if v_anchor is null then return; end if;
  if v_own then
    return query execute 'select c.case_id from cases c join search_document d on d.case_id = c.case_id where ' || v_anchor || ' and d.words @@ $2
        and lower(d.masked) like all ($3) and ' || v_judged || ' order by c.updated_at desc, c.case_id limit $4'
      using p_id, v_query, p_phrases, v_limit;
    return;
  end if;
  for v_n in 1..11 loop
    -- The newest 250 tell how common it is, then the next 2,000: the limit inside keeps to the order of the anchor's index, and what each says is read
    -- by its key, for an index of words would be read for all that hold them.
    v_step := case v_n when 1 then 250 else 2000 end;
    execute 'with n as materialized (select c.case_id, c.updated_at from cases c where ' || v_anchor
        || case when v_case is null then '' else ' and c.updated_at <= $2 and (c.updated_at < $2 or c.case_id > $3)' end
        || ' order by c.updated_at desc, c.case_id limit ' || v_step || '),
        said as materialized (select n.case_id from n cross join lateral (select * from search_document d where d.case_id = n.case_id offset 0) d
          where d.words @@ $5 and lower(d.masked) like all ($6))
        select $4 || array(select c.case_id from said cross join lateral (select * from cases c where c.case_id = said.case_id offset 0) c
            where ' || v_judged || ' order by c.updated_at desc, c.case_id limit $7),
          (select count(*) from n), l.updated_at, l.case_id
        from (values (1)) as one left join (select n.updated_at, n.case_id from n order by n.updated_at, n.case_id desc limit 1) l on true'
      into v_found, v_walked, v_at, v_case using p_id, v_at, v_case, v_found, v_query, p_phrases, v_limit;
    exit when v_walked < v_step or cardinality(v_found) >= v_limit;
    -- Hardly said by the newest, it may be in few cases, anywhere, and where the walk ends, in others. Of many documents the planner is asked first
    -- (a quarter of a millisecond): where each of its signs is known to be in many, the index would be read for nothing.
    v_asked := v_n = 11 and v_some is null;
    if v_n = 1 and cardinality(v_found) < 3 + v_limit / 160 then
      v_asked := true;
      if (select reltuples from pg_class where oid = 'search_document'::regclass) > 20 * v_most then
        foreach v_sign in array string_to_array(p_query, ' & ') loop
          execute 'explain (format json) select from search_document d where d.words @@ $1' into v_plan using v_sign::tsquery;
          v_asked := (v_plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric <= 2 * v_most;
          exit when v_asked;
        end loop;
      end if;
    end if;
    if v_asked then
      v_some := array(select d.case_id from search_document d where d.words @@ v_query and lower(d.masked) like all (p_phrases) limit v_most + 1);
      exit when cardinality(v_some) <= v_most;
    end if;
  end loop;
  return query select f.case_id from unnest(v_found[1:v_limit]) with ordinality as f(case_id, n) order by f.n;
  -- All there are, or what is left where the walk ended.
  if cardinality(v_some) <= v_most or (v_walked = v_step and cardinality(v_found) < v_limit) then
    return query execute 'select c.case_id from (select c.* from unnest($2) as s(case_id)
          cross join lateral (select * from cases c where c.case_id = s.case_id offset 0) c
          where ' || v_anchor || ' and c.case_id <> all ($3) order by c.updated_at desc, c.case_id offset 0) c
        where ' || v_judged || ' limit $4' using p_id, v_some, v_found, v_limit - cardinality(v_found);
  end if;
end $$;
alter function search_cases(text, text[], integer, text, uuid) owner to tongxin_definer;
revoke all on function search_cases(text, text[], integer, text, uuid) from public;
grant execute on function search_cases(text, text[], integer, text, uuid) to tongxin_app;
