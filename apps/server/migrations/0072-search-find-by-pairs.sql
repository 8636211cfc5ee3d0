-- Texts are found by every two signs that stand side by side, not by words somebody cut: 路灯 is in 路灯不亮, however that is cut, and 公园入 in 公园入口.
-- The question comes as a tsquery and as patterns of what must be said word for word. Else the function is that of 0053 as 0066 left it.
drop function search_cases(text[], text, integer, text, uuid);
create function search_cases(p_query text, p_phrases text[], p_limit integer, p_by text, p_id uuid) returns setof uuid language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  v_query tsquery := p_query::tsquery;
  v_limit integer := least(p_limit, 2000);
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
  -- Of cases named ($2) what they say, each by its key: an index of words would be read for all that hold them.
  v_said text := 'select d.case_id from unnest($2) as n(case_id) cross join lateral (select * from search_document d where d.case_id = n.case_id offset 0) d';
  v_phrase text := 'lower(d.masked) like all ($4)';
  v_some uuid[];
  v_found uuid[] := '{}';
  v_round uuid[];
  v_walked integer := 0;
  v_step integer;
  v_at timestamptz;
  v_case uuid;
begin
  if v_anchor is null then return; end if;
  if v_own then
    return query execute 'select c.case_id from cases c join search_document d on d.case_id = c.case_id where ' || v_anchor || ' and d.words @@ $2
        and lower(d.masked) like all ($3) and ' || v_judged || ' order by c.updated_at desc, c.case_id limit $4'
      using p_id, v_query, p_phrases, v_limit;
    return;
  end if;
  for v_n in 1..11 loop
    -- The newest 250 tell how common it is, then the next 2,000: the limit inside keeps to the order of the anchor's index, whatever is done with them.
    v_step := case v_n when 1 then 250 else 2000 end;
    execute 'select array_agg(n.case_id order by n.updated_at desc, n.case_id), count(*), min(n.updated_at) from (
        select c.case_id, c.updated_at from cases c where ' || v_anchor
        || case when v_case is null then '' else ' and c.updated_at <= $2 and (c.updated_at < $2 or c.case_id > $3)' end
        || ' order by c.updated_at desc, c.case_id limit ' || v_step || ') n'
      into v_round, v_walked, v_at using p_id, v_at, v_case;
    exit when v_walked = 0;
    v_case := v_round[v_walked];
    execute 'select $1 || array(select c.case_id from cases c where c.case_id = any (array(' || v_said || ' where d.words @@ $3 and ' || v_phrase || ')) and ' || v_judged
        || ' order by c.updated_at desc, c.case_id limit $5)'
      into v_found using v_found, v_round, v_query, p_phrases, v_limit;
    exit when v_walked < v_step or cardinality(v_found) >= v_limit;
    -- Not said by the newest, it may be in few cases, anywhere: those that hold its words, or, of common words, those that say it.
    if v_n = 1 and cardinality(v_found) < 3 + v_limit / 160 then
      v_some := array(select d.case_id from search_document d where d.words @@ v_query limit 5001);
      exit when cardinality(v_some) <= 5000;
    end if;
    if v_n = 11 or (v_n = 1 and v_some is not null) then
      v_some := array(select d.case_id from search_document d where d.words @@ v_query and lower(d.masked) like all (p_phrases) limit 5001);
      exit when cardinality(v_some) <= 5000;
    end if;
  end loop;
  return query select f.case_id from unnest(v_found[1:v_limit]) with ordinality as f(case_id, n) order by f.n;
  -- All there are, or what is left where the walk ended.
  if cardinality(v_some) <= 5000 or (v_walked = v_step and cardinality(v_found) < v_limit) then
    return query execute 'select c.case_id from cases c where c.case_id = any (array(' || v_said || ' where ' || v_phrase || ')) and c.case_id <> all ($1) and '
      || v_judged || ' order by c.updated_at desc, c.case_id limit $3' using v_found, v_some, v_limit - cardinality(v_found), p_phrases;
  end if;
end $$;
alter function search_cases(text, text[], integer, text, uuid) owner to tongxin_definer;
revoke all on function search_cases(text, text[], integer, text, uuid) from public;
grant execute on function search_cases(text, text[], integer, text, uuid) to tongxin_app;

-- No question is asked of it, and every write paid for it.
drop index search_document_trgm;
-- What was written before is found so too: by all pairs of signs, which are more than the product writes, and by its whole words.
create function signs_before(p_text text) returns tsvector language sql immutable as $$
  select array_to_tsvector(array(select distinct substr(said, at, 2) from lower(p_text) as said, generate_series(1, length(said)) as at)
    || array(select distinct left(m[1], 60) from regexp_matches(lower(p_text), '[a-z0-9]+', 'g') as m)) $$;
drop index search_document_words;
alter table search_document no force row level security;
update search_document set words = words || signs_before(masked) where masked <> '';
alter table search_document force row level security;
create index search_document_words on search_document using gin (words);
alter index search_document_words set (gin_pending_list_limit = 512);
alter table article no force row level security;
update article set words = words || signs_before(title || ' ' || body);
alter table article force row level security;
drop function signs_before(text);
